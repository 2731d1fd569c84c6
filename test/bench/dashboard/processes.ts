// The two processes of Merit over a folder of the bench, and the thread that publishes to them.

import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { freePort } from '../../free-port.ts'
import { root } from '../../source-tree.ts'

/** Both check their files at every start, at half a gigabyte a second. */
const readyMsMax = 10 * 60_000
const stopMsMax = 30_000

export interface Processes {
  readonly url: string
  readonly edgeUrl: string
  readonly mqttUrl: string
  stop(): Promise<void>
}

export async function startProcesses(dataDir: string): Promise<Processes> {
  const [httpPort, mqttPort, mqttWsPort, edgeHttpPort] = [await freePort(), await freePort(), await freePort(), await freePort()]
  const environment = {
    ...process.env,
    MERIT_DATA_DIR: dataDir,
    MERIT_DEMO: '0',
    MERIT_HTTP_PORT: String(httpPort),
    MERIT_MQTT_PORT: String(mqttPort),
    MERIT_MQTT_WS_PORT: String(mqttWsPort),
    MERIT_EDGE_HTTP_PORT: String(edgeHttpPort),
    MERIT_LOG_LEVEL: 'error',
  }
  const children: ChildProcess[] = []
  const url = `http://127.0.0.1:${httpPort}`
  const edgeUrl = `http://127.0.0.1:${edgeHttpPort}`
  const stop = async (): Promise<void> => {
    await Promise.all(children.map(ended))
  }
  try {
    // One after the other: both bring the book's tables up to date.
    for (const [name, address] of [
      ['edge', edgeUrl],
      ['office', url],
    ] as const) {
      const child = spawn(process.execPath, ['main.ts', name], {
        cwd: root,
        env: environment,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      children.push(child)
      let said = ''
      child.stderr.on('data', (chunk: Buffer) => {
        said = `${said}${chunk.toString()}`.slice(-4000)
      })
      await ready(child, `${address}/healthz`, () => `${name}: ${said}`)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { url, edgeUrl, mqttUrl: `mqtt://127.0.0.1:${mqttPort}`, stop }
}

/** Alive, and nothing in it is still starting. */
async function ready(child: ChildProcess, url: string, said: () => string): Promise<void> {
  const deadlineMs = Date.now() + readyMsMax
  while (Date.now() < deadlineMs) {
    if (child.exitCode !== null) throw new Error(`A process of the bench ended. ${said()}`)
    const answer = await fetch(url, { signal: AbortSignal.timeout(5000) })
      .then((response) => response.text())
      .catch(() => 'starting')
    if (!answer.includes('"starting"') && answer !== 'starting') return
    await pause(100)
  }
  throw new Error(`A process of the bench was not ready in time. ${said()}`)
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMsMax)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

export interface Load {
  /** As many readings a second as are acknowledged, measured for so long. */
  capacity(forMs: number): Promise<number>
  /** From now on. */
  pace(readingsPerS: number): void
  /** Readings acknowledged so far. */
  acknowledged(): number
  end(): Promise<void>
}

const progress = Compile(Type.Object({ acknowledged: Type.Number() }))

export async function startLoad(
  url: string,
  devices: readonly { readonly id: string; readonly secret: string }[],
  fromMs: number,
): Promise<Load> {
  const worker = new Worker(new URL('./load-thread.ts', import.meta.url), { workerData: { url, devices, fromMs } })
  let acknowledged = 0
  const left = new Promise<void>((resolve, reject) => {
    worker.once('exit', () => resolve())
    worker.once('error', reject)
  })
  await Promise.race([new Promise((resolve) => worker.once('message', resolve)), left])
  worker.on('message', (message: unknown) => {
    if (progress.Check(message)) acknowledged = message.acknowledged
  })
  const pace = (readingsPerS: number | null): void => worker.postMessage({ kind: 'pace', readingsPerS })
  return {
    async capacity(forMs) {
      pace(null)
      await pause(forMs / 4)
      const [before, startedAt] = [acknowledged, performance.now()]
      await pause(forMs)
      const perS = ((acknowledged - before) * 1000) / (performance.now() - startedAt)
      pace(0)
      return perS
    },
    pace,
    acknowledged: () => acknowledged,
    async end() {
      worker.postMessage({ kind: 'end', readingsPerS: 0 })
      await left
    },
  }
}
