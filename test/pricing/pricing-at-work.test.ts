// Pricing on a real store and a real book: whatever the order and the portions in which readings come, however often they
// come and whenever the process stops, the same trips, days and cents come out.

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HomeReading, Reading, VehicleReading } from '../../devices/contract/reading.ts'
import { addPolicy } from '../../pricing/policies.ts'
import { currentPremium } from '../../pricing/premium-of.ts'
import type { PricingChange } from '../../pricing/pricing-change.ts'
import { reprice } from '../../pricing/reprice.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import { parseTripFacts } from '../../pricing/trip-facts.ts'
import { readCursor } from '../../store/book/cursors.ts'
import { everySecond, mondayMs, recordedDrive } from './drives.ts'
import { derivedState, type OpenStores, openStores, startStill } from './open-stores.ts'

const dayMs = 86_400_000
const laterMs = mondayMs + 30 * dayMs

let stores: OpenStores
let pricing: Pricing | undefined
let nowMs = laterMs

beforeEach(async () => {
  nowMs = laterMs
  stores = await openStores()
  await stores.addDevice('car', 'vehicle')
  await stores.addDevice('house', 'home')
})
afterEach(async () => {
  await pricing?.close()
  pricing = undefined
  await stores.close()
})

async function start(): Promise<Pricing> {
  pricing = await startStill(stores, () => nowMs)
  // Its first pass is on its own; what a test appends afterwards is worked by the test's own passes.
  await pricing.settle()
  return pricing
}

async function restart(): Promise<Pricing> {
  await pricing?.close()
  return start()
}

/** The first term is the one that runs. */
const insuredAtMs = mondayMs - dayMs
const insureCar = (timeZone = 'Europe/Amsterdam') =>
  addPolicy(stores.book, { id: 'motor-1', product: 'motor', deviceIds: ['car'], timeZone }, insuredAtMs)
const tripRows = () => stores.book.selectFrom('trips').selectAll().orderBy('started_at_ms').execute()
const premiumRows = () => stores.book.selectFrom('premiums').selectAll().execute()

/** Minutes of driving at 72 km/h, a hard brake every five of them, without an end. */
const drive = (minutes: number, startMs = mondayMs): readonly VehicleReading[] =>
  everySecond(
    Array.from({ length: minutes * 60 + 1 }, (_, second) => ({
      Speed: 72,
      AccelerationLongitudinal: second % 300 === 30 ? -3.5 : 0,
    })),
    startMs,
  )

test('a drive becomes a trip, and the premium and its nudges follow', async () => {
  await insureCar()
  const { settle, onChange } = await start()
  const told: PricingChange[] = []
  onChange((change) => told.push(change))
  await stores.append(drive(30))
  await settle()
  const [trip] = await tripRows()
  expect(trip).toMatchObject({ status: 'ended', distance_m: 36_000, started_at_ms: mondayMs })
  const premium = await currentPremium(stores.book, 'motor-1')
  expect(premium?.steps.find(({ id }) => id === 'behaviour:braking')?.figures).toMatchObject({
    exposureKm: 36,
    observed: 166.6667,
  })
  expect(premium?.premiumMinor).toBeGreaterThan(premium?.classPremiumMinor ?? 0)
  expect(told).toEqual([
    { kind: 'trip', deviceId: 'car', policyId: 'motor-1', tripId: trip?.id, at: null },
    { kind: 'premium', policyId: 'motor-1', premiumMinor: premium?.premiumMinor, currency: 'EUR' },
  ])
  const nudges = await stores.book
    .selectFrom('nudges')
    .selectAll()
    .where('premium_id', '=', premium?.id ?? '')
    .execute()
  expect(nudges.map(({ behaviour }) => behaviour)).toContain('braking')
})

test('a trip is live while it is driven, closed by the clock, and taken up again by a reading that was late', async () => {
  await insureCar()
  const { settle, onChange } = await start()
  const told: PricingChange[] = []
  onChange((change) => told.push(change))
  const readings = drive(10)
  nowMs = mondayMs + 5 * 60_000
  await stores.append(readings.slice(0, 300))
  await settle()
  expect((await tripRows()).map(({ status }) => status)).toEqual(['open'])
  expect(told).toEqual([
    expect.objectContaining({ kind: 'trip', at: { tMs: mondayMs + 299_000, speedKph: 72, latitude: null, longitude: null } }),
  ])
  expect(await premiumRows(), 'an open trip does not count').toHaveLength(1)

  nowMs = mondayMs + 299_000 + 300_001
  await settle()
  expect((await tripRows()).map(({ status, ended_at_ms }) => [status, ended_at_ms])).toEqual([['ended', mondayMs + 299_000]])
  expect(await premiumRows()).toHaveLength(2)

  nowMs = laterMs
  await stores.append(readings.slice(300))
  await settle()
  const trips = await tripRows()
  expect(trips.map(({ status, distance_m }) => [status, distance_m])).toEqual([['ended', 12_000]])
})

test('telemetry that still arrives keeps an old trip open; silence closes it', async () => {
  const working = await start()
  await working.settle()
  expect(working.health()).toMatchObject({ status: 'ok', reasons: [], deviceFailures: 0 })
  await pricing?.close()
  const { pino } = await import('pino')
  const { startPricing } = await import('../../pricing/start-pricing.ts')
  await stores.append(drive(5))
  pricing = await startPricing({ ...stores, log: pino({ level: 'silent' }), nowMs: () => nowMs, pollMs: 5 })
  await expect.poll(async () => (await tripRows()).map(({ status }) => status)).toEqual(['open'])
  nowMs += 10_000
  await expect.poll(async () => (await tripRows()).map(({ status }) => status)).toEqual(['ended'])
})

test('once more changes nothing: the same readings, the same pass, the same facts', async () => {
  await insureCar()
  const { settle } = await start()
  await stores.append(drive(30))
  await settle()
  const before = await derivedState(stores.book)
  const premiums = await premiumRows()
  await stores.append(drive(30))
  await settle()
  nowMs += 7 * dayMs
  await (await restart()).settle()
  expect(await reprice(stores.book, 'motor-1', nowMs)).toEqual({ kind: 'unchanged' })
  expect(await derivedState(stores.book)).toBe(before)
  expect(await premiumRows()).toEqual(premiums)
})

test('a crash before the cursor is written costs work and nothing else', async () => {
  await insureCar()
  await stores.append(drive(30))
  await (await start()).settle()
  const before = await derivedState(stores.book)
  await pricing?.close()
  expect(await readCursor(stores.book, 'pricing')).toBeDefined()
  await stores.book.deleteFrom('cursors').execute()
  await (await start()).settle()
  expect(await derivedState(stores.book)).toBe(before)
  expect(await premiumRows()).toHaveLength(2)
})

test('a trip left open by a stop of the process is closed after the restart', async () => {
  nowMs = mondayMs + 5 * 60_000
  await stores.append(drive(4))
  await (await start()).settle()
  expect((await tripRows()).map(({ status }) => status)).toEqual(['open'])
  nowMs = laterMs
  await (await restart()).settle()
  expect((await tripRows()).map(({ status }) => status)).toEqual(['ended'])
})

/** Four real drives and one by hand that late readings can join and split. */
async function week(): Promise<readonly VehicleReading[]> {
  const drives = await Promise.all(['nds-06.csv', 'nds-07.csv', 'nds-14.csv', 'nds-17.csv'].map((file) => recordedDrive(file)))
  return [
    ...drives.flatMap(({ readings }) => readings),
    ...drive(4),
    ...drive(4, mondayMs + 6 * 60_000),
    ...drive(3, mondayMs + dayMs),
  ]
}

test('shuffled, repeated, in portions, with restarts: byte-equal trips and the same cents', { timeout: 60_000 }, async () => {
  const readings = await week()
  await insureCar('America/Chicago')
  await stores.append(readings)
  await (await start()).settle()
  const expected = await derivedState(stores.book)
  expect((await tripRows()).length).toBe(7 - 1)

  const portion = fc.record({
    order: fc.integer(),
    size: fc.integer({ min: 200, max: 2500 }),
    repeat: fc.boolean(),
    restartEvery: fc.integer({ min: 2, max: 5 }),
  })
  await fc.assert(
    fc.asyncProperty(portion, async ({ order, size, repeat, restartEvery }) => {
      await pricing?.close()
      await stores.close()
      stores = await openStores()
      await stores.addDevice('car', 'vehicle')
      await insureCar('America/Chicago')
      let working = await start()
      const shuffled = shuffle(readings, order)
      for (let from = 0, portions = 1; from < shuffled.length; from += size, portions += 1) {
        await stores.append(shuffled.slice(repeat ? Math.max(0, from - size) : from, from + size))
        if (portions % restartEvery === 0) working = await restart()
        await working.settle()
      }
      expect(await derivedState(stores.book)).toBe(expected)
    }),
    { numRuns: 4, seed: 7 },
  )
})

/** By blocks of seconds to minutes, as outboxes deliver, and single readings among them. */
function shuffle(readings: readonly VehicleReading[], seed: number): readonly VehicleReading[] {
  let state = seed >>> 0
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const block = 1 + Math.floor(random() * 200)
  const keys = Array.from({ length: Math.ceil(readings.length / block) }, random)
  return readings
    .map((reading, index) => ({ reading, key: random() < 0.05 ? random() : (keys[Math.floor(index / block)] ?? 0) }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ reading }) => reading)
}

test('a late reading joins two trips, and takes the second away', async () => {
  await insureCar()
  const { settle } = await start()
  await stores.append([...drive(5), ...drive(5, mondayMs + 11 * 60_000)])
  await settle()
  expect(await tripRows()).toHaveLength(2)
  await stores.append(drive(5, mondayMs + 5.5 * 60_000))
  await settle()
  const trips = await tripRows()
  expect(trips).toHaveLength(1)
  expect(
    (await currentPremium(stores.book, 'motor-1'))?.steps.find(({ id }) => id === 'behaviour:night')?.figures['exposureKm'],
  ).toBe(Math.round((trips[0]?.distance_m ?? 0) / 100) / 10)
})

test('late readings recompute the trips they touch and leave later ones alone', async () => {
  const { settle, onChange } = await start()
  await stores.append([...drive(5), ...drive(5, mondayMs + dayMs), ...drive(5, mondayMs + 2 * dayMs)])
  await settle()
  const before = await tripRows()
  const told: PricingChange[] = []
  onChange((change) => told.push(change))
  await stores.append(drive(1, mondayMs + 6 * 60_000))
  await settle()
  const after = await tripRows()
  expect(after.slice(1)).toEqual(before.slice(1))
  expect(after[0]?.ended_at_ms).toBe(mondayMs + 7 * 60_000)
  expect(told.map((change) => (change.kind === 'trip' ? change.tripId : change.kind))).toEqual([before[0]?.id])
})

test('trips whose readings were deleted stay', async () => {
  const { settle } = await start()
  await stores.append([...drive(5), ...drive(5, mondayMs + dayMs)])
  await settle()
  const before = await tripRows()
  await stores.telemetry.retain({ keepSinceMs: mondayMs + dayMs - 1 })
  await stores.append(drive(5, mondayMs + 2 * dayMs))
  await (await restart()).settle()
  await insureCar('Asia/Shanghai')
  await (await restart()).settle()
  const after = await tripRows()
  expect(after[0]).toEqual(before[0])
  expect(after).toHaveLength(3)
  expect(parseTripFacts(after[1]?.facts ?? '').timeZone).toBe('Asia/Shanghai')
})

test('a policy that comes later is rated on what is known, by its own clock', async () => {
  const { settle, onChange } = await start()
  const told: PricingChange[] = []
  onChange((change) => told.push(change))
  await stores.append(drive(30, Date.UTC(2024, 4, 6, 4)))
  await settle()
  expect(told).toEqual([expect.objectContaining({ kind: 'trip', policyId: undefined })])
  await insureCar('America/Chicago')
  await settle()
  const [trip] = await tripRows()
  expect(parseTripFacts(trip?.facts ?? '')).toMatchObject({ timeZone: 'America/Chicago', nightShare: 1 })
  const night = (await currentPremium(stores.book, 'motor-1'))?.steps.find(({ id }) => id === 'behaviour:night')
  expect(night?.figures['observed']).toBe(1)
})

test('the zone and language of the machine change nothing', async () => {
  const zone = process.env['TZ']
  const states: string[] = []
  for (const machine of ['Pacific/Apia', 'America/New_York']) {
    process.env['TZ'] = machine
    await pricing?.close()
    await stores.close()
    stores = await openStores()
    await stores.addDevice('car', 'vehicle')
    await insureCar()
    await stores.append(drive(30, Date.UTC(2024, 4, 6, 20, 45)))
    await (await start()).settle()
    states.push(await derivedState(stores.book))
  }
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
  expect(states[0]).toBe(states[1])
})

test('one device that cannot be worked does not stop the others, and is tried again', async () => {
  await stores.addDevice('second', 'vehicle')
  await insureCar()
  await addPolicy(stores.book, { id: 'motor-2', product: 'motor', deviceIds: ['second'] }, insuredAtMs)
  await stores.append([...drive(5), ...drive(5, mondayMs + 3_600_000)])
  const working = await start()
  await stores.book.updateTable('trips').set({ facts: '{}' }).where('started_at_ms', '=', mondayMs).execute()
  await stores.append([
    ...drive(5, mondayMs + dayMs),
    ...drive(5, mondayMs + dayMs).map((reading): Reading => ({ ...reading, device: 'second' })),
  ])
  await working.settle()
  expect(working.health()).toMatchObject({ status: 'degraded', deviceFailures: 1 })
  expect(working.health().reasons[0]).toMatch(/^pricing of car: /)
  expect(
    (await currentPremium(stores.book, 'motor-2'))?.steps.find(({ id }) => id === 'behaviour:night')?.figures['exposureKm'],
  ).toBe(6)
  const cursor = await readCursor(stores.book, 'pricing')
  // Trying again, it works the device out from its first reading, and so mends the row.
  await working.settle()
  expect(working.health()).toMatchObject({ status: 'ok', reasons: [] })
  expect(await readCursor(stores.book, 'pricing')).not.toBe(cursor)
  expect((await tripRows()).filter(({ device_id }) => device_id === 'car')).toHaveLength(3)
})

/** A reading every ten minutes for some days from a Monday's midnight in Amsterdam. */
const homeReadings = (days: number): readonly HomeReading[] =>
  Array.from({ length: days * 144 }, (_, index) => ({
    kind: 'home',
    device: 'house',
    takenAtMs: mondayMs - 10 * 3_600_000 + index * 600_000,
    values: {
      WaterLeak: false,
      WaterFlow: index % 50 === 0 ? 2 : 0,
      Temperature: 18,
      Humidity: 50,
      Motion: index % 7 === 0,
      ContactOpen: false,
    },
  }))

test('home days come in any order and portions, and the last one counts when it has passed', { timeout: 60_000 }, async () => {
  const insureHome = () => addPolicy(stores.book, { id: 'home-1', product: 'home', deviceIds: ['house'] }, insuredAtMs)
  const readings = homeReadings(5)
  await insureHome()
  await stores.append(readings)
  await (await start()).settle()
  const expected = await derivedState(stores.book)
  const premium = await currentPremium(stores.book, 'home-1')
  expect(premium?.steps.find(({ id }) => id === 'credit:water')?.figures).toMatchObject({ liveDays: 4, observed: 0 })
  expect(premium?.premiumMinor).toBeLessThan(premium?.classPremiumMinor ?? 0)

  for (const size of [100, 37]) {
    await pricing?.close()
    await stores.close()
    stores = await openStores()
    await stores.addDevice('house', 'home')
    await insureHome()
    let working = await start()
    const portions = Array.from({ length: Math.ceil(readings.length / size) }, (_, index) =>
      readings.slice(index * size, (index + 1) * size),
    )
    const mixed =
      size === 100
        ? portions.toReversed()
        : portions.toSorted((one, other) => ((one[3]?.takenAtMs ?? 0) % 7) - ((other[3]?.takenAtMs ?? 0) % 7))
    for (const [index, part] of mixed.entries()) {
      await stores.append(part)
      if (index % 3 === 2) working = await restart()
      await working.settle()
    }
    expect(await derivedState(stores.book)).toBe(expected)
  }
})

test('a change of clock moves the days of a home', async () => {
  await stores.append(homeReadings(3))
  const { settle, onChange } = await start()
  await settle()
  const days = () => stores.book.selectFrom('home_days').select('day').orderBy('day').execute()
  expect((await days()).map(({ day }) => day)).toEqual(['2024-05-06', '2024-05-07', '2024-05-08'])
  const told: PricingChange[] = []
  onChange((change) => told.push(change))
  await addPolicy(stores.book, { id: 'home-1', product: 'home', deviceIds: ['house'], timeZone: 'America/Chicago' }, insuredAtMs)
  await settle()
  expect((await days()).map(({ day }) => day)).toEqual(['2024-05-05', '2024-05-06', '2024-05-07', '2024-05-08'])
  expect(told.filter(({ kind }) => kind === 'home-day')).toHaveLength(4)
})
