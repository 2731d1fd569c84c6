// `bench ingest`: how many messages a second are acknowledged and how many readings a second InfluxDB confirms, by Merit's edge and by
// what a user would build instead, one after the other on this machine with the same load: batches of simulated vehicles at QoS 1 out
// of a process of its own that checks every PUBACK. --connections 100,2000 --readings 1,30 --seconds 10 --idle 10000 --json.

import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { findService } from '../../services.ts'
import type { Ran } from './load-shapes.ts'
import { startLoader } from './loader.ts'
import { bareAedes, type Candidate, cpuSeconds, memoryMb, merit, nodeRed, plainSubscriber, type System } from './systems.ts'

/** Messages under way, over all connections: enough that nobody waits for the network, as many as a fleet's burst leaves. */
const inFlightMax = 5000
const warmMs = 1000
/** A store that takes nothing for so long will take no more. */
const settledMs = 3000
const settleMsMax = 10 * 60_000
const lookEveryMs = 250
const sinceMs = Date.UTC(2025, 0, 1)
const idleSettlesMs = 3000

export interface PeerFigures {
  readonly name: string
  readonly acknowledgedPerS: number
  readonly readingsStoredPerS: number
  /** Of what was acknowledged, how much InfluxDB had in the end. */
  readonly storedShare: number
  /** Stored; of what stands between the device and InfluxDB. */
  readonly cpuSPerMillionReadings: number
  readonly peakMemoryMb: number
  readonly durable: boolean
}

export interface IngestCase {
  readonly connections: number
  readonly readingsPerMessage: number
  readonly acknowledgedPerS: number
  readonly readingsStoredPerS: number
  readonly storedShare: number
  /** At half of the messages a second that were acknowledged. */
  readonly pubackMsP50: number
  readonly pubackMsP99: number
  readonly cpuSPerMillionReadings: number
  readonly peakMemoryMb: number
  readonly bareAedesPerS: number
  readonly peers: readonly PeerFigures[]
}

export interface IngestFigures {
  readonly cases: readonly IngestCase[]
  readonly idle: { readonly connections: number; readonly memoryMb: number } | null
}

export interface IngestSizes {
  readonly connections: readonly number[]
  readonly readings: readonly number[]
  readonly seconds: number
  /** Connections that say nothing; 0 for none. */
  readonly idle: number
  readonly say: (line: string) => void
}

export async function runIngest(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      connections: { type: 'string', default: '100,2000' },
      readings: { type: 'string', default: '1,30' },
      seconds: { type: 'string', default: '10' },
      idle: { type: 'string', default: '10000' },
      json: { type: 'boolean', default: false },
    },
  })
  const figures = await measureIngest({
    connections: wholes('connections', values.connections, 1, 10_000),
    readings: wholes('readings', values.readings, 1, 1000),
    seconds: wholes('seconds', values.seconds, 1, 3600)[0] ?? 10,
    idle: wholes('idle', values.idle, 0, 15_000)[0] ?? 0,
    say: (line) => void process.stderr.write(`${line}\n`),
  })
  console.log(values.json ? JSON.stringify(figures) : table(figures))
}

/** @throws Error with code `bad-argument` */
function wholes(name: string, text: string, from: number, to: number): readonly number[] {
  const numbers = text.split(',').map(Number)
  if (numbers.every((number) => Number.isInteger(number) && number >= from && number <= to)) return numbers
  const message = `--${name} is ${text}; expected whole numbers from ${from} to ${to}, with commas between them.`
  throw Object.assign(new Error(message), { code: 'bad-argument' })
}

export async function measureIngest({ connections, readings, seconds, idle, say }: IngestSizes): Promise<IngestFigures> {
  if (findService('influxd') === undefined || findService('mosquitto') === undefined)
    throw Object.assign(new Error('`bench ingest` needs InfluxDB and Mosquitto: apt-get install influxdb mosquitto'), {
      code: 'service-missing',
    })
  const cases: IngestCase[] = []
  for (const count of connections)
    for (const readingsPerMessage of readings) {
      const measure = async (candidate: Candidate): Promise<Measured> => {
        say(`${count} connections, ${readingsPerMessage} readings a message: ${candidate.name} …`)
        return measureCandidate(candidate, count, readingsPerMessage, seconds * 1000)
      }
      const own = await measure(merit)
      const bare = await measure(bareAedes)
      const peers: PeerFigures[] = []
      for (const candidate of [plainSubscriber, nodeRed]) {
        const { pubackMsP50, pubackMsP99, ...figures } = await measure(candidate)
        peers.push({ name: candidate.name, ...figures, durable: candidate.durable })
      }
      cases.push({ connections: count, readingsPerMessage, ...own, bareAedesPerS: bare.acknowledgedPerS, peers })
    }
  if (idle > 0) say(`${idle} connections that say nothing …`)
  return { cases, idle: idle > 0 ? await measureIdle(idle) : null }
}

type Measured = Omit<PeerFigures, 'name' | 'durable'> & Pick<IngestCase, 'pubackMsP50' | 'pubackMsP99'>

async function measureCandidate(
  candidate: Candidate,
  count: number,
  readingsPerMessage: number,
  forMs: number,
): Promise<Measured> {
  const system = await candidate.start(Array.from({ length: count }, (_, index) => `bench-${index + 1}`))
  try {
    const loader = await startLoader({
      port: system.port,
      devices: [...system.devices],
      readingsPerMessage,
      inFlightMax: Math.max(1, Math.floor(inFlightMax / count)),
      sinceMs,
    })
    const warm = await loader.run(warmMs, null)
    await settled(system)
    const [storedBefore, cpuBefore] = [await storedReadings(system), cpuSeconds(system.pids)]
    const startedAt = performance.now()
    const flood = await loader.run(forMs, null)
    const settledAt = await settled(system)
    const stored = (await storedReadings(system)) - storedBefore
    const published = flood.sent * readingsPerMessage
    const cpuS = cpuSeconds(system.pids) - cpuBefore
    const acknowledgedPerS = perSecond(flood)
    const half = candidate.durable ? await loader.run(forMs, acknowledgedPerS / 2) : undefined
    const peakMemoryMb = memoryMb(system.pids, 'VmHWM')
    await loader.end()
    // What came in during the first second is stored too, or the count of the second part says nothing.
    if (candidate.durable) await checkAllStored(system, [warm, flood, half], readingsPerMessage)
    return {
      acknowledgedPerS: Math.round(acknowledgedPerS),
      readingsStoredPerS: Math.round((stored * 1000) / Math.max(1, settledAt - startedAt)),
      storedShare: rounded(stored / published, 4),
      cpuSPerMillionReadings: rounded((cpuS * 1_000_000) / Math.max(1, stored), 2),
      peakMemoryMb,
      pubackMsP50: rounded(half?.p50Ms ?? 0, 1),
      pubackMsP99: rounded(half?.p99Ms ?? 0, 1),
    }
  } finally {
    await system.stop()
  }
}

/** @throws when something acknowledged is not in InfluxDB */
async function checkAllStored(system: System, runs: readonly (Ran | undefined)[], readingsPerMessage: number): Promise<void> {
  await settled(system)
  const acknowledged = runs.reduce((sum, run) => sum + (run?.acknowledged ?? 0), 0) * readingsPerMessage
  const stored = await storedReadings(system)
  if (stored !== acknowledged) throw new Error(`${acknowledged} readings were acknowledged, and ${stored} are stored.`)
}

function perSecond({ acknowledgedInTime, lastedMs }: Ran): number {
  return (acknowledgedInTime * 1000) / lastedMs
}

/** When InfluxDB had the last reading it was to get, by the bench's clock. */
async function settled(system: System): Promise<number> {
  let changedAt = performance.now()
  if (system.influxd === undefined) return changedAt
  let before = await storedReadings(system)
  for (const deadline = performance.now() + settleMsMax; performance.now() < deadline; ) {
    await pause(lookEveryMs)
    const now = await storedReadings(system)
    if (now !== before) changedAt = performance.now()
    else if (performance.now() - changedAt > settledMs) break
    before = now
  }
  return changedAt
}

const countsOf = Compile(
  Type.Object({
    results: Type.Array(
      Type.Object({
        series: Type.Optional(
          Type.Array(Type.Object({ values: Type.Array(Type.Array(Type.Union([Type.Number(), Type.String()]))) })),
        ),
      }),
    ),
  }),
)

/** The field that most readings have counts them: a vehicle's say how fast it is. */
async function storedReadings({ influxd }: System): Promise<number> {
  if (influxd === undefined) return 0
  const query = new URLSearchParams({ db: 'merit', epoch: 'ms', q: 'SELECT count("Speed") FROM "vehicle"' })
  const answer: unknown = await (await fetch(`${influxd.httpUrl}/query?${query}`)).json()
  if (!countsOf.Check(answer)) throw new Error(`InfluxDB does not count: ${JSON.stringify(answer)}`)
  return Number(answer.results[0]?.series?.[0]?.values[0]?.[1] ?? 0)
}

async function measureIdle(count: number): Promise<{ readonly connections: number; readonly memoryMb: number }> {
  const system = await merit.start(Array.from({ length: count }, (_, index) => `idle-${index + 1}`))
  try {
    const { port, devices } = system
    const loader = await startLoader({ port, devices: [...devices], readingsPerMessage: 1, inFlightMax: 1, sinceMs })
    await pause(idleSettlesMs)
    const connected = memoryMb(system.pids, 'VmRSS')
    await loader.end()
    return { connections: count, memoryMb: connected }
  } finally {
    await system.stop()
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function table({ cases, idle }: IngestFigures): string {
  const whole = (value: number) => value.toLocaleString('en')
  const lines = cases.flatMap((each) => [
    `${each.connections} connections, ${each.readingsPerMessage} readings a message`,
    `  ${'Merit'.padEnd(28)}${row(each)}   PUBACK at half load ${each.pubackMsP50} ms, p99 ${each.pubackMsP99} ms`,
    `  ${bareAedes.name.padEnd(28)}${whole(each.bareAedesPerS).padStart(9)} msg/s`,
    ...each.peers.map((peer) => `  ${peer.name.padEnd(28)}${row(peer)}`),
    '',
  ])
  if (idle !== null) lines.push(`${whole(idle.connections)} connections that say nothing: ${idle.memoryMb} MB`)
  return lines.join('\n')
}

function row(figures: Omit<PeerFigures, 'name' | 'durable'>): string {
  const whole = (value: number, places: number) => value.toLocaleString('en').padStart(places)
  return [
    `${whole(figures.acknowledgedPerS, 9)} msg/s`,
    `${whole(figures.readingsStoredPerS, 9)} readings/s stored (${(100 * figures.storedShare).toFixed(1)} %)`,
    `${figures.cpuSPerMillionReadings} CPU s a million`,
    `${figures.peakMemoryMb} MB`,
  ].join('  ')
}
