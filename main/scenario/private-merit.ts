// A Merit of its own for one run: edge and pricing of the product over a temporary folder and free loopback ports, in this process.
// When it is closed nothing is left of it; when this process is killed, a helper that waits for its end takes the folder away.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { type Pricing, startPricing } from '../../pricing/start-pricing.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book } from '../../store/book/schema.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import { readConfiguration } from '../configuration.ts'
import { type Edge, startEdge } from '../edge.ts'

const sweeperFile = fileURLToPath(new URL('./sweep-folder.ts', import.meta.url))
export const folderPrefix = 'merit-scenario-'

export interface PrivateMerit {
  readonly mqttUrl: string
  readonly book: Book
  readonly telemetry: TelemetryStore
  /** What the devices measured, before any fault: a second store, which Merit itself knows nothing of. */
  readonly unfaulted: TelemetryStore
  readonly edge: Edge
  readonly pricing: Pricing
  /** Stops edge, which takes all that it acknowledged to the store. */
  drain(): Promise<void>
  /** Nothing is left behind. */
  close(): Promise<void>
}

/** @throws an Error with a `code` when edge cannot start */
export async function startPrivateMerit(log: Logger): Promise<PrivateMerit> {
  const folder = mkdtempSync(join(tmpdir(), folderPrefix))
  const sweeper = sweepWhenGone(folder)
  const closing: (() => Promise<void>)[] = [
    async () => {
      rmSync(folder, { recursive: true, force: true })
      sweeper.stop()
    },
  ]
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    const [mqttPort, mqttWsPort, edgeHttpPort, httpPort] = await freePorts(4)
    const configuration = readConfiguration({
      MERIT_DATA_DIR: folder,
      MERIT_DEMO: '0',
      MERIT_LOG: 'silent',
      MERIT_MQTT_PORT: String(mqttPort),
      MERIT_MQTT_WS_PORT: String(mqttWsPort),
      MERIT_EDGE_HTTP_PORT: String(edgeHttpPort),
      MERIT_HTTP_PORT: String(httpPort),
    })
    const edge = await startEdge(configuration, log)
    let isDrained = false
    const drain = async (): Promise<void> => {
      if (!isDrained) await edge.close()
      isDrained = true
    }
    closing.push(drain)
    const book = await openBook(configuration.bookUrl)
    closing.push(() => book.destroy())
    const telemetry = await openTelemetryStore(configuration.telemetryUrl)
    closing.push(() => telemetry.close())
    const unfaulted = await openTelemetryStore(`sqlite:${join(folder, 'unfaulted.db')}`)
    closing.push(() => unfaulted.close())
    const pricing = await startPricing({ book, telemetry, log, nowMs: Date.now })
    closing.push(() => pricing.close())
    return { mqttUrl: `mqtt://127.0.0.1:${edge.ports.mqttPort}`, book, telemetry, unfaulted, edge, pricing, drain, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** All held at once, so that they differ. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer()
          server.once('error', reject)
          server.listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.flatMap((server) => {
    const address = server.address()
    return address !== null && typeof address === 'object' ? [address.port] : []
  })
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))))
  return ports
}

/** A process that does nothing but wait: its input ends when this process does, however that ends. */
function sweepWhenGone(folder: string): { stop(): void } {
  const child = spawn(process.execPath, [sweeperFile, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.unref()
  child.on('error', () => undefined)
  const { stdin } = child
  if (stdin !== null) {
    stdin.on('error', () => undefined)
    if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
  }
  return { stop: () => void stdin?.end() }
}
