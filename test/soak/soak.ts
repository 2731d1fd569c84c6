// The promise over minutes: a real edge under a steady load of QoS 1, killed with SIGKILL again and again, in front of a real
// InfluxDB where there is one. At the end every reading that was acknowledged is looked for in the store, one by one,
// and has to say what was sent. The devices are the simulator's: its vehicles' readings over its MQTT connection.

import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DeviceRef, Reading, VehicleReading } from '../../devices/contract/reading.ts'
import { connectDevice, type MqttDevice } from '../../devices/mqtt-device.ts'
import { type DrivingStyle, driverNames } from '../../devices/simulator/drive.ts'
import { driveOn } from '../../devices/simulator/vehicle.ts'
import { saysTheSame } from '../../store/reading-equality.ts'
import { type EdgePlace, type EdgeProcess, makeEdgePlace, startEdgeProcess } from '../ingest/edge-rig.ts'
import { findService } from '../services.ts'
import { startInfluxd } from '../store/influxd.ts'

export interface SoakOptions {
  readonly minutes: number
  readonly devices: number
  readonly kills: number
  /** Of readings a second; undefined: half of what this machine takes, measured first. */
  readonly pace?: number | undefined
  readonly say: (line: string) => void
}

export interface SoakReport {
  readonly store: 'influxdb' | 'sqlite'
  readonly minutes: number
  readonly kills: number
  readonly readingsPerS: number
  /** Readings, each counted once however often it was published. */
  readonly sent: number
  readonly acknowledged: number
  readonly stored: number
  /** Rows of the store beyond one a reading. */
  readonly duplicates: number
  /** Acknowledged and not stored. */
  readonly lost: number
  /** Edge's resident memory: the most in the first third and in the last third, megabytes. */
  readonly memoryMb: { readonly early: number; readonly late: number }
  /** From SIGKILL to the first answer, milliseconds, each. */
  readonly backAfterMs: readonly number[]
}

const readingsPerBatch = 10
/** Batches a device has under way: a kill always hits some between arrival and disk. */
const inFlightMax = 25
/** Of each driver. */
const drivenReadings = 600
const measureMs = 5000
const tickMs = 20
const sampleMs = 1000
const settleMsMax = 120_000
const startMs = Date.parse('2025-01-01T00:00:00Z')
const bytesPerMegabyte = 1_048_576
const statPageBytes = 4096

type Drive = readonly VehicleReading['values'][]

interface Sender {
  readonly ref: DeviceRef
  readonly drive: Drive
  readonly device: MqttDevice
  batches: number
  acknowledged: number
}

export async function soak({ minutes, devices: count, kills, pace, say }: SoakOptions): Promise<SoakReport> {
  const influxd = findService('influxd') === undefined ? undefined : await startInfluxd()
  const place = await makeEdgePlace(influxd === undefined ? {} : { MERIT_TELEMETRY_URL: influxd.url })
  let edge: EdgeProcess | undefined
  const senders: Sender[] = []
  try {
    const ids = Array.from({ length: count }, (_, index) => `soak-${index + 1}`)
    const secrets = new Map<string, string>()
    for (const id of ids) secrets.set(id, await place.register(id))
    edge = await startEdgeProcess(place)
    const drives = driverNames.map(driven)
    for (const [number, id] of ids.entries()) {
      const ref: DeviceRef = { id, kind: 'vehicle' }
      const reconnect = { firstMs: 50, mostMs: 1000 }
      const device = connectDevice({ url: place.mqttUrl, device: ref, secret: secrets.get(id) ?? '', inFlightMax, reconnect })
      senders.push({ ref, drive: drives[number % drives.length] ?? [], device, batches: 0, acknowledged: 0 })
    }
    await Promise.all(senders.map(({ device }) => device.online(20_000)))

    const readingsPerS = pace ?? Math.floor((await capacity(senders)) / 2)
    say(
      `${count} devices, ${readingsPerS.toLocaleString('en')} readings/s, store: ${influxd === undefined ? 'SQLite' : 'InfluxDB'}`,
    )
    const endsAt = performance.now() + minutes * 60_000
    const startedAt = performance.now()
    const memory: { readonly share: number; readonly megabytes: number }[] = []
    const backAfterMs: number[] = []
    const stop = startLoad(senders, readingsPerS)
    while (performance.now() < endsAt) {
      const share = (performance.now() - startedAt) / (endsAt - startedAt)
      if (share > (backAfterMs.length + 1) / (kills + 1) && backAfterMs.length < kills) {
        const killedAt = performance.now()
        await edge.end('SIGKILL')
        edge = await startEdgeProcess(place)
        backAfterMs.push(Math.round(performance.now() - killedAt))
        say(`killed and back after ${backAfterMs.at(-1)} ms`)
      }
      memory.push({ share, megabytes: residentMegabytes(edge.child.pid) })
      await sleep(sampleMs)
    }
    stop()
    say('waiting until everything is acknowledged …')
    await until(() => senders.every(({ device }) => device.unacknowledged() === 0))
    await Promise.all(senders.map(({ device }) => device.close()))
    // What the journal still holds is stored at the stop.
    await until(async () => (await journalAge(place)) === 0)
    await edge.end('SIGTERM')
    say('looking for every reading …')
    const most = (from: number, to: number) =>
      Math.max(0, ...memory.filter(({ share }) => share >= from && share <= to).map(({ megabytes }) => megabytes))
    return {
      store: influxd === undefined ? 'sqlite' : 'influxdb',
      minutes,
      kills: backAfterMs.length,
      readingsPerS,
      ...(await compare(place, senders)),
      memoryMb: { early: most(0, 1 / 3), late: most(2 / 3, 1) },
      backAfterMs,
    }
  } finally {
    for (const { device } of senders) await device.close(0).catch(() => undefined)
    await edge?.end('SIGKILL')
    place.remove()
    await influxd?.stop()
  }
}

function publish(sender: Sender): boolean {
  const from = sender.batches * readingsPerBatch
  const readings = Array.from({ length: readingsPerBatch }, (_, index) => readingOf(sender, from + index))
  const sent = sender.device.publish(readings)
  if (sent === undefined) return false
  sender.batches += 1
  void sent.acknowledged.then((isAcknowledged) => {
    if (isAcknowledged) sender.acknowledged += 1
  })
  return true
}

/** What the sender's nth reading says: ten minutes of its vehicle's drive, again and again. */
function readingOf({ ref: { id: device }, drive }: Pick<Sender, 'ref' | 'drive'>, index: number): Reading {
  return { kind: 'vehicle', device, takenAtMs: startMs + index * 1000, values: drive[index % drive.length] ?? {} }
}

/** Of a simulated vehicle with this driver. */
function driven(style: DrivingStyle): Drive {
  const values: VehicleReading['values'][] = []
  for (const reading of driveOn({ seed: 'soak', device: style, style, startMs, firstTripAfterS: 0 })) {
    values.push(reading.values)
    if (values.length === drivenReadings) break
  }
  return values
}

/** As fast as it is acknowledged, for some seconds: readings a second. */
async function capacity(senders: readonly Sender[]): Promise<number> {
  const before = total(senders, 'acknowledged')
  const startedAt = performance.now()
  while (performance.now() - startedAt < measureMs) {
    for (const sender of senders) while (sender.device.unacknowledged() < inFlightMax && publish(sender));
    await sleep(1)
  }
  return ((total(senders, 'acknowledged') - before) * readingsPerBatch * 1000) / (performance.now() - startedAt)
}

function startLoad(senders: readonly Sender[], readingsPerS: number): () => void {
  let allowance = 0
  let turn = 0
  let tickedAt = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    // While edge is away devices keep some seconds of readings, as devices do.
    allowance = Math.min(allowance + (readingsPerS * (now - tickedAt)) / 1000, readingsPerS)
    tickedAt = now
    for (let refused = 0; allowance >= readingsPerBatch && refused < senders.length; turn += 1) {
      const sender = senders[turn % senders.length]
      if (sender !== undefined && publish(sender)) {
        allowance -= readingsPerBatch
        refused = 0
      } else refused += 1
    }
  }, tickMs)
  return () => clearInterval(timer)
}

async function compare(place: EdgePlace, senders: readonly Sender[]) {
  let [stored, duplicates, lost] = [0, 0, 0]
  await place.withStore(async (store) => {
    for (const { ref, drive, batches } of senders) {
      const isThere = new Uint8Array(batches * readingsPerBatch)
      for await (const reading of store.range(ref, startMs, Number.MAX_SAFE_INTEGER)) {
        const index = (reading.takenAtMs - startMs) / 1000
        // What is stored otherwise than it was sent is not there.
        if (!saysTheSame(reading, readingOf({ ref, drive }, index))) continue
        if (isThere[index] === 1) duplicates += 1
        isThere[index] = 1
      }
      const found = isThere.reduce((sum, there) => sum + there, 0)
      stored += found
      // All were acknowledged, or the wait for it would not have ended.
      lost += isThere.length - found
    }
  })
  return {
    sent: total(senders, 'batches') * readingsPerBatch,
    acknowledged: total(senders, 'acknowledged') * readingsPerBatch,
    stored,
    duplicates,
    lost,
  }
}

function total(senders: readonly Sender[], what: 'batches' | 'acknowledged'): number {
  return senders.reduce((sum, sender) => sum + sender[what], 0)
}

/** Of the oldest message that is not stored yet, seconds; 0 when all are. */
async function journalAge(place: EdgePlace): Promise<number> {
  const metrics = await (await fetch(place.healthUrl.replace('/healthz', '/metrics'))).text()
  return Number(/^merit_journal_age_seconds ([\d.]+)/m.exec(metrics)?.[1] ?? Number.NaN)
}

function residentMegabytes(pid: number | undefined): number {
  try {
    const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')
    return Math.round((Number(pages) * statPageBytes) / bytesPerMegabyte)
  } catch {
    return 0
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + settleMsMax; !(await holds()); await sleep(100))
    if (performance.now() > deadline) throw new Error('It did not settle within two minutes.')
}
