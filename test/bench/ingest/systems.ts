// What the ingest bench compares: Merit's edge, and what somebody would use instead. Each is started for one case, with an InfluxDB
// of its own, and ended after it.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { registerDevice } from '../../../broker/registry.ts'
import { freePort } from '../../free-port.ts'
import { makeEdgePlace, startEdgeProcess } from '../../ingest/edge-rig.ts'
import { startMosquitto } from '../../ingest/mosquitto.ts'
import { root } from '../../source-tree.ts'
import { type Influxd, startInfluxd } from '../../store/influxd.ts'
import type { Work } from './load-shapes.ts'
import { writeNodeRedFlow } from './node-red-flow.ts'

export interface System {
  readonly port: number
  readonly devices: Work['devices']
  /** Undefined where nothing is stored. */
  readonly influxd: Influxd | undefined
  /** Of what stands between the device and InfluxDB. */
  readonly pids: readonly number[]
  stop(): Promise<void>
}

export interface Candidate {
  readonly name: string
  /** Whether a PUBACK means that the reading is on disk. */
  readonly durable: boolean
  start(deviceIds: readonly string[]): Promise<System>
}

const readyMsMax = 30_000
const database = 'merit'

export const merit: Candidate = {
  name: 'Merit',
  durable: true,
  async start(deviceIds) {
    const influxd = await startInfluxd()
    const place = await makeEdgePlace({ MERIT_TELEMETRY_URL: influxd.url })
    const devices = await place.withBook(async (book) => {
      const registered: { id: string; secret: string }[] = []
      for (const id of deviceIds) {
        const registration = await registerDevice(book, { id, kind: 'vehicle' }, Date.now())
        if (registration.kind === 'registered') registered.push({ id, secret: registration.secret })
      }
      return registered
    })
    const edge = await startEdgeProcess(place)
    return {
      port: place.configuration.mqttPort,
      devices,
      influxd,
      pids: pidsOf(edge.child),
      async stop() {
        await edge.end('SIGKILL')
        await influxd.stop()
        place.remove()
      },
    }
  },
}

export const bareAedes: Candidate = {
  name: 'Aedes with an empty hook',
  durable: false,
  async start(deviceIds) {
    const port = await freePort()
    const child = await startChild([fileURLToPath(new URL('./bare-aedes.ts', import.meta.url)), String(port)], 'ready')
    return { port, devices: withoutSecrets(deviceIds), influxd: undefined, pids: pidsOf(child), stop: () => end(child) }
  },
}

export const plainSubscriber: Candidate = {
  name: 'Mosquitto, mqtt.js, influx',
  durable: false,
  start: (deviceIds) =>
    behindMosquitto(deviceIds, (mqttUrl, influxd) =>
      startChild(
        [fileURLToPath(new URL('./plain-subscriber.ts', import.meta.url)), mqttUrl, new URL(influxd.httpUrl).port, database],
        'ready',
      ),
    ),
}

export const nodeRed: Candidate = {
  name: 'Mosquitto, Node-RED flow',
  durable: false,
  async start(deviceIds) {
    const folder = mkdtempSync(join(tmpdir(), 'merit-bench-flow-'))
    const system = await behindMosquitto(deviceIds, (mqttUrl, influxd) => {
      const settings = writeNodeRedFlow(folder, Number(new URL(mqttUrl).port), influxd.httpUrl, database)
      return startChild([join(root, 'node_modules/node-red/red.js'), '--settings', settings], 'Connected to broker')
    })
    return {
      ...system,
      async stop() {
        await system.stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}

async function behindMosquitto(
  deviceIds: readonly string[],
  startSubscriber: (mqttUrl: string, influxd: Influxd) => Promise<ChildProcess>,
): Promise<System> {
  const influxd = await startInfluxd()
  const made = await fetch(`${influxd.httpUrl}/query`, {
    method: 'POST',
    body: new URLSearchParams({ q: `CREATE DATABASE "${database}"` }),
  })
  if (!made.ok) throw new Error(await made.text())
  const mosquitto = await startMosquitto()
  const subscriber = await startSubscriber(mosquitto.url, influxd)
  return {
    port: Number(new URL(mosquitto.url).port),
    devices: withoutSecrets(deviceIds),
    influxd,
    pids: [mosquitto.pid, ...pidsOf(subscriber)],
    async stop() {
      await end(subscriber)
      await mosquitto.stop()
      await influxd.stop()
    },
  }
}

function withoutSecrets(deviceIds: readonly string[]): System['devices'] {
  return deviceIds.map((id) => ({ id, secret: 'none' }))
}

function pidsOf({ pid }: ChildProcess): readonly number[] {
  return pid === undefined ? [] : [pid]
}

/** Resolves when it has said so. */
async function startChild(args: readonly string[], saysReady: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-4000)
    })
  const deadline = performance.now() + readyMsMax
  while (!said.includes(saysReady)) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await end(child)
      throw new Error(`${args[0]} did not start: ${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

/** User and system time so far, of all of them. proc(5) */
export function cpuSeconds(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((sum, value) => sum + value, 0) / clockTicksPerSecond
}

const clockTicksPerSecond = 100

/** The most that each had resident, summed; or what they have now. */
export function memoryMb(pids: readonly number[], line: 'VmHWM' | 'VmRSS'): number {
  const kilobytes = pids.map((pid) =>
    Number(new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
  )
  return Math.round(kilobytes.reduce((sum, value) => sum + value, 0) / 1024)
}
