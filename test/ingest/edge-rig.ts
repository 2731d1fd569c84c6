// A real edge for tests, in this process or as a child that can be killed, on free ports and a folder of its own; and devices
// that are registered in its book.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import pino from 'pino'
import { registerDevice } from '../../broker/registry.ts'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import type { DeviceKind } from '../../devices/contract/signals.ts'
import { type Configuration, readConfiguration } from '../../main/configuration.ts'
import { type Edge, startEdge } from '../../main/edge.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book } from '../../store/book/schema.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import { freePort } from '../free-port.ts'

export interface EdgePlace {
  readonly configuration: Configuration
  readonly environment: Readonly<Record<string, string>>
  readonly mqttUrl: string
  readonly wsUrl: string
  readonly healthUrl: string
  /** The secret of a device that is registered with this call. */
  register(id: string, kind?: DeviceKind): Promise<string>
  withBook<Result>(work: (book: Book) => Promise<Result>): Promise<Result>
  withStore<Result>(work: (store: TelemetryStore) => Promise<Result>): Promise<Result>
  remove(): void
}

export async function makeEdgePlace(settings: Readonly<Record<string, string>> = {}): Promise<EdgePlace> {
  const folder = mkdtempSync(join(tmpdir(), 'merit-edge-'))
  const environment = {
    MERIT_DATA_DIR: folder,
    MERIT_MQTT_PORT: String(await freePort()),
    MERIT_MQTT_WS_PORT: String(await freePort()),
    MERIT_EDGE_HTTP_PORT: String(await freePort()),
    MERIT_LOG: 'warn',
    ...settings,
  }
  const configuration = readConfiguration(environment)
  const withBook = async <Result>(work: (book: Book) => Promise<Result>): Promise<Result> => {
    const book = await openBook(configuration.bookUrl)
    try {
      return await work(book)
    } finally {
      await book.destroy()
    }
  }
  return {
    configuration,
    environment,
    mqttUrl: `mqtt://127.0.0.1:${configuration.mqttPort}`,
    wsUrl: `ws://127.0.0.1:${configuration.mqttWsPort}/mqtt`,
    healthUrl: `http://127.0.0.1:${configuration.edgeHttpPort}/healthz`,
    withBook,
    async register(id, kind = 'vehicle') {
      const registration = await withBook((book) => registerDevice(book, { id, kind }, Date.now()))
      if (registration.kind !== 'registered') throw new Error(registration.kind)
      return registration.secret
    },
    async withStore(work) {
      const store = await openTelemetryStore(configuration.telemetryUrl)
      try {
        return await work(store)
      } finally {
        await store.close()
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export function startEdgeHere(place: EdgePlace): Promise<Edge> {
  return startEdge(place.configuration, pino({ level: 'silent' }))
}

const mainFile = fileURLToPath(new URL('../../main.ts', import.meta.url))

export interface EdgeProcess {
  readonly child: ChildProcess
  /** Everything it wrote to stderr. */
  log(): string
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

/** @param wrap a command line to put in front, such as a limit */
export async function startEdgeProcess(place: EdgePlace, wrap: readonly string[] = []): Promise<EdgeProcess> {
  const [command = process.execPath, ...args] = [...wrap, process.execPath, mainFile, 'edge']
  const child = spawn(command, args, { env: { ...process.env, ...place.environment }, stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const edge: EdgeProcess = {
    child,
    log: () => log,
    async end(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit')
        child.kill(signal)
        await exit
      }
      return child.exitCode
    },
  }
  try {
    await until('edge is up', async () => {
      if (child.exitCode !== null) throw new Error(`edge ended: ${log}`)
      const health = await readHealth(place)
      return health !== undefined && health['status'] !== 'starting'
    })
    return edge
  } catch (error) {
    await edge.end('SIGKILL')
    throw error
  }
}

export async function readHealth(place: EdgePlace): Promise<Record<string, unknown> | undefined> {
  try {
    const body: unknown = await (await fetch(place.healthUrl)).json()
    return typeof body === 'object' && body !== null ? { ...body } : undefined
  } catch {
    return undefined
  }
}

/** @throws when the condition does not hold within ten seconds */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadlineMs = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > deadlineMs) throw new Error(`not within ten seconds: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export function connectDevice(url: string, id: string, secret: string, options: IClientOptions = {}): Promise<MqttClient> {
  return connectAsync(url, { clientId: id, username: id, password: secret, reconnectPeriod: 0, ...options }, false)
}

/** Everything the device is told on one of its topics, parsed. */
export async function listen(client: MqttClient, topic: string): Promise<Record<string, unknown>[]> {
  const heard: Record<string, unknown>[] = []
  client.on('message', (on, payload) => {
    if (on === topic) heard.push(JSON.parse(payload.toString()))
  })
  await client.subscribeAsync(topic, { qos: 1 })
  return heard
}

/** Speeds, one a second; what differs between two calls is the speed. */
export function speeds(device: DeviceRef, fromMs: number, count: number, speedKph = 50): string {
  const readings = Array.from({ length: count }, (_, index) => ({ t: fromMs + index * 1000, Speed: speedKph }))
  return JSON.stringify({ schema: `${device.kind}/1`, seq: Math.floor(fromMs / 1000) % 1_000_000, readings })
}
