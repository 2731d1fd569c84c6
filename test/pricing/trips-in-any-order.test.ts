// Trips do not depend on how their readings came: shuffled, repeated, cut and late in a hundred ways, with restarts between,
// the book holds the same bytes. And what is read on the way: live readings once, late ones no further than they reach.

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceRef, Reading, VehicleReading } from '../../devices/contract/reading.ts'
import { canonicalJson } from '../../pricing/canonical-json.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import { amsterdam, mondayMs, reading, recordedDrive, tripsIn } from './drives.ts'
import { type OpenStores, openStores, startStill } from './open-stores.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const ways = 100

let stores: OpenStores
let pricing: Pricing | undefined

beforeEach(async () => {
  stores = await openStores()
})
afterEach(async () => {
  await pricing?.close()
  pricing = undefined
  await stores.close()
})

async function restart(telemetry: TelemetryStore = stores.telemetry): Promise<Pricing> {
  await pricing?.close()
  pricing = await startStill({ ...stores, telemetry }, () => mondayMs + 30 * dayMs)
  await pricing.settle()
  return pricing
}

/** A reading every five seconds, from minute to minute of the Monday, northwards all day long. */
function leg(fromMinute: number, toMinute: number, kph: number, more: VehicleReading['values'] = {}): readonly VehicleReading[] {
  const steps = Math.round((toMinute - fromMinute) * 12)
  return Array.from({ length: steps }, (_, step) => {
    const tMs = mondayMs + fromMinute * minuteMs + step * 5000
    const latitude = 50 + ((tMs - mondayMs) / 3_600_000 / 111.195) * 50
    return reading(tMs, { Speed: kph + (step % 4), Latitude: latitude, Longitude: 5, ...more })
  })
}

/** Three recorded drives, and by hand: legs that late readings join, a tunnel, a jam told by the ignition, an idling engine. */
async function aDay(): Promise<readonly VehicleReading[]> {
  const recorded = await Promise.all(['nds-02.csv', 'nds-03.csv', 'nds-28.csv'].map((file) => recordedDrive(file)))
  return [
    ...recorded.flatMap(({ readings }) => readings),
    ...leg(0, 4, 50),
    ...leg(10, 13, 50),
    ...leg(50, 53, 50, { Ignition: true }),
    ...leg(53, 59, 0),
    ...leg(59, 61, 50, { Ignition: false }),
    ...leg(100, 102, 50, { EngineSpeed: 1500 }),
    ...leg(102, 108, 0, { EngineSpeed: 700 }),
    ...leg(108, 110, 50, { EngineSpeed: 1500 }),
  ]
}

/** The same for the same seed, on any machine. */
function generator(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Blocks of readings in a disorder of their own, some twice, one of them last of all. */
function delivered(readings: readonly VehicleReading[], seed: number): readonly (readonly VehicleReading[])[] {
  const random = generator(seed)
  const size = 5 + Math.floor(random() * 90)
  const blocks = Array.from({ length: Math.ceil(readings.length / size) }, (_, index) =>
    readings.slice(index * size, (index + 1) * size),
  )
  const keyed = blocks.map((block, index) => ({ block, key: random() < 0.4 ? random() * blocks.length : index }))
  const ordered = keyed.toSorted((one, other) => one.key - other.key).map(({ block }) => block)
  const twice = ordered.flatMap((block) => (random() < 0.2 ? [block, block.toReversed()] : [block]))
  const late = Math.floor(random() * twice.length)
  return [...twice.filter((_, index) => index !== late), twice[late] ?? []]
}

const tripsOf = async (device: string) => {
  const rows = await stores.book
    .selectFrom('trips')
    .selectAll()
    .where('device_id', '=', device)
    .orderBy('started_at_ms')
    .execute()
  return rows.map(({ started_at_ms, ended_at_ms, status, facts }) => ({ started_at_ms, ended_at_ms, status, facts }))
}

test(`${ways} deliveries, one book: every byte of every trip`, { timeout: 60_000 }, async () => {
  const readings = await aDay()
  const expected = tripsIn(readings, amsterdam).map(({ startedAtMs, endedAtMs, facts }) => ({
    started_at_ms: startedAtMs,
    ended_at_ms: endedAtMs,
    status: 'ended',
    facts: canonicalJson(facts),
  }))
  expect(
    expected
      .map(({ started_at_ms, ended_at_ms }) => [started_at_ms, ended_at_ms].map((tMs) => (tMs - mondayMs) / minuteMs))
      .slice(3),
  ).toEqual([
    [0, 12 + 55 / 60],
    [50, 59],
    // It rolls on, switched off: nobody drives.
    [59 + 5 / 60, 60 + 55 / 60],
    [100, 109 + 55 / 60],
  ])

  const devices = Array.from({ length: ways }, (_, seed) => `car-${seed}`)
  const deliveries = devices.map((_, seed) => delivered(readings, seed))
  for (const device of devices) await stores.addDevice(device, 'vehicle')
  const rounds = Math.max(...deliveries.map(({ length }) => length))
  const portions = 12
  let working = await restart()
  for (let portion = 0; portion < portions; portion += 1) {
    const part = devices.flatMap((device, seed) => {
      const blocks = deliveries[seed] ?? []
      const from = Math.floor((blocks.length * portion) / portions)
      const to = Math.floor((blocks.length * (portion + 1)) / portions)
      return blocks.slice(from, to).flatMap((block) => block.map((one): Reading => ({ ...one, device })))
    })
    await stores.append(part)
    if (portion % 5 === 3) working = await restart()
    await working.settle()
  }
  expect(rounds).toBeGreaterThan(portions)
  for (const device of devices) expect(await tripsOf(device), device).toEqual(expected)
})

/** The store, counting the readings that are read out of it. */
function counting(telemetry: TelemetryStore): { readonly telemetry: TelemetryStore; take(): number } {
  let read = 0
  async function* counted(device: DeviceRef, fromMs: number, toMs: number): AsyncIterable<Reading> {
    for await (const one of telemetry.range(device, fromMs, toMs)) {
      read += 1
      yield one
    }
  }
  return {
    telemetry: {
      append: (readings) => telemetry.append(readings),
      range: counted,
      latest: (device) => telemetry.latest(device),
      count: (device) => telemetry.count(device),
      devicesChangedSince: (cursor) => telemetry.devicesChangedSince(cursor),
      retain: (retention) => telemetry.retain(retention),
      erase: (device, beforeMs) => telemetry.erase(device, beforeMs),
      close: () => telemetry.close(),
    },
    take() {
      const taken = read
      read = 0
      return taken
    },
  }
}

test('a live trip is read once, however often it is looked at; after a restart it is read again, and then once', async () => {
  await stores.addDevice('car', 'vehicle')
  const store = counting(stores.telemetry)
  let working = await restart(store.telemetry)
  const drive = leg(0, 30, 50)
  for (let from = 0; from < 180; from += 10) {
    await stores.append(drive.slice(from, from + 10))
    await working.settle()
  }
  // Where the first reading is: one look.
  expect(store.take()).toBeLessThanOrEqual(180 + 1)
  working = await restart(store.telemetry)
  for (let from = 180; from < 360; from += 10) {
    await stores.append(drive.slice(from, from + 10))
    await working.settle()
  }
  expect(store.take()).toBeLessThanOrEqual(360 + 10)
})

test('a late reading is worked in from the trip before it to the trip after it', async () => {
  await stores.addDevice('car', 'vehicle')
  const store = counting(stores.telemetry)
  const { settle } = await restart(store.telemetry)
  const legs = Array.from({ length: 10 }, (_, index) => leg(index * 120, index * 120 + 10, 50))
  const late = legs[5]?.[60]
  await stores.append(legs.flat().filter((one) => one !== late))
  await settle()
  store.take()
  if (late !== undefined) await stores.append([late])
  await settle()
  expect(store.take(), 'one trip of ten').toBeLessThan(2 * 120)
  expect((await tripsOf('car')).map(({ ended_at_ms }) => ended_at_ms)).toHaveLength(10)
})

test('a reading older than what was deleted takes no trip away', async () => {
  await stores.addDevice('car', 'vehicle')
  const { settle } = await restart()
  await stores.append([...leg(0, 10, 50), ...leg(200, 210, 50), ...leg(400, 410, 50)])
  await settle()
  const before = await tripsOf('car')
  expect(before).toHaveLength(3)
  await stores.telemetry.retain({ keepSinceMs: mondayMs + 300 * minuteMs })
  await stores.append([reading(mondayMs + 205 * minuteMs + 1, { Speed: 50 })])
  await settle()
  expect(await tripsOf('car')).toEqual(before)
})

test('a restart in the middle of a tunnel makes no second trip', async () => {
  await stores.addDevice('car', 'vehicle')
  const first = await restart()
  await stores.append(leg(0, 10, 50))
  await first.settle()
  expect((await tripsOf('car')).map(({ status }) => status)).toEqual(['ended'])
  const second = await restart()
  await stores.append(leg(30, 40, 50))
  await second.settle()
  const [trip, ...others] = await tripsOf('car')
  expect(others).toEqual([])
  expect(trip?.ended_at_ms).toBe(mondayMs + 40 * minuteMs - 5000)
})
