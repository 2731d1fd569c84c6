// The sums of trips that the book keeps, held against parsing every trip's facts: the same driving, whatever the trips are,
// whatever was corrected, and whoever wrote the trips.

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { behaviourThresholds } from '../../../pricing/behaviour/thresholds.ts'
import { type Correction, correctTrips, type MeasuredTrip } from '../../../pricing/corrections.ts'
import { drivenFacts } from '../../../pricing/experience.ts'
import { type Driving, noDriving } from '../../../pricing/rating/facts.ts'
import { drivingOfPolicy, sumNewTrips, sumOlderTrips } from '../../../pricing/stored-driving.ts'
import { type EndedTrip, isRateable, parseTripFacts, type TripFacts } from '../../../pricing/trip-facts.ts'
import { figureColumns } from '../../../pricing/trip-sums.ts'
import { defaultMotorClass } from '../default-class.ts'
import { type OpenStores, openStores } from '../open-stores.ts'
import { insureCar, tripFacts, writeTrip } from './made-book.ts'

const dayMs = 86_400_000
const startMs = Date.parse('2026-01-01T00:00:00Z')

let stores: OpenStores
beforeEach(async () => {
  stores = await openStores()
  await insureCar(stores, 'motor-1', ['car-1', 'car-2'])
})
afterEach(() => stores.close())

/** What a policy's driving is, straight from the definition: parsed facts, filtered and added one figure at a time. */
function drivingByDefinition(all: readonly EndedTrip[]): Driving {
  const rated = all.filter(({ facts }) => isRateable(facts))
  if (rated.length === 0) return noDriving
  const lastEndMs = Math.max(...rated.map(({ endedAtMs }) => endedAtMs))
  const trips = rated.filter((trip) => trip.startedAtMs > lastEndMs - 365 * dayMs)
  const firstStartMs = Math.min(...trips.map((trip) => trip.startedAtMs))
  const sum = (of: (facts: TripFacts) => number): number => trips.reduce((total, { facts }) => total + of(facts), 0)
  const ladder = (of: (facts: TripFacts) => readonly number[]): number[] =>
    behaviourThresholds.event.ladderMps2.map((_, rung) => sum((facts) => of(facts)[rung] ?? 0))
  return {
    trips: trips.length,
    observedDays: Math.round(((lastEndMs - firstStartMs) / dayMs) * 10_000) / 10_000,
    distanceKm: sum((facts) => facts.distanceM) / 1000,
    longitudinalKm: sum((facts) => facts.longitudinalM) / 1000,
    lateralKm: sum((facts) => facts.lateralM) / 1000,
    limitKnownKm: sum((facts) => facts.speeding.limitKnownM) / 1000,
    phoneKnownKm: sum((facts) => facts.phone.knownM) / 1000,
    brakes: ladder((facts) => facts.counts.brake),
    accelerations: ladder((facts) => facts.counts.acceleration),
    turns: ladder(({ counts }) => counts['left-turn'].map((left, rung) => left + (counts['right-turn'][rung] ?? 0))),
    nightKm: sum((facts) => facts.nightM) / 1000,
    speedingKm: sum((facts) => facts.speeding.metres) / 1000,
    phoneS: sum((facts) => facts.phone.seconds),
    phoneKnownS: sum((facts) => facts.phone.knownS),
  }
}

const counts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 7, maxLength: 7 })
const madeTrip = fc.record({
  device: fc.constantFrom('car-1', 'car-2'),
  /** Some days lie outside the year that counts. */
  startedAtMs: fc.integer({ min: 0, max: 500 }).map((day) => startMs + day * dayMs),
  lastsMs: fc.integer({ min: 60_000, max: 7_200_000 }),
  brake: counts,
  left: counts,
  distanceM: fc.integer({ min: 0, max: 400_000 }),
  nightM: fc.integer({ min: 0, max: 400_000 }),
  agreement: fc.integer({ min: 0, max: 10_000 }).map((share) => share / 10_000),
  role: fc.constantFrom('driven', 'driven', 'driven', 'not-driven'),
  status: fc.constantFrom('ended', 'ended', 'ended', 'open'),
  correction: fc.constantFrom('none', 'none', 'none', 'passenger', 'avoided-harm'),
})

test('the sums give exactly the driving that the facts give: any trips, any corrections, summed or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(madeTrip, { maxLength: 12, selector: (trip) => `${trip.device}/${trip.startedAtMs}` }),
      fc.boolean(),
      async (made, isSummed) => {
        await stores.book.deleteFrom('trips').execute()
        const corrections: Correction[] = []
        for (const {
          device,
          startedAtMs,
          lastsMs,
          brake,
          left,
          distanceM,
          nightM,
          agreement,
          role,
          status,
          correction,
        } of made) {
          const event = { kind: 'brake' as const, startMs: startedAtMs + 1000, endMs: startedAtMs + 2000, peak: 4.5 }
          const facts = tripFacts({
            distanceM,
            nightM,
            agreement,
            role: role === 'driven' ? 'driven' : 'not-driven',
            counts: { brake, acceleration: left, 'left-turn': left, 'right-turn': brake },
            events: [event],
          })
          const endedAtMs = startedAtMs + lastsMs
          const id = await writeTrip(stores.book, device, { startedAtMs, endedAtMs, facts }, status === 'open' ? 'open' : 'ended')
          if (correction === 'none') continue
          const isWhole = correction === 'passenger'
          corrections.push({
            kind: isWhole ? 'passenger' : 'avoided-harm',
            deviceId: device,
            // Late readings moved the start of a trip after somebody disputed it, and with it the id.
            tripId: lastsMs % 2 === 0 ? id : 'as-it-was',
            tripStartMs: startedAtMs - 1000,
            tripEndMs: endedAtMs,
            event: isWhole ? undefined : event,
          })
        }
        if (isSummed) await stores.book.transaction().execute((transaction) => sumNewTrips(transaction, 'motor-1'))
        const stored = await stores.book.selectFrom('trips').selectAll().where('status', '=', 'ended').execute()
        const trips: readonly MeasuredTrip[] = stored.map((row) => ({
          id: row.id,
          deviceId: row.device_id,
          startedAtMs: row.started_at_ms,
          endedAtMs: row.ended_at_ms,
          facts: parseTripFacts(row.facts),
        }))
        const sums = await drivingOfPolicy(stores.book, 'motor-1', corrections)
        expect(drivenFacts(defaultMotorClass, sums).driving).toEqual(drivingByDefinition(correctTrips(trips, corrections)))
        const plain = await drivingOfPolicy(stores.book, 'motor-1', [])
        expect(drivenFacts(defaultMotorClass, plain).driving).toEqual(drivingByDefinition(trips))
      },
    ),
    { numRuns: 60, seed: 20261123 },
  )
})

test('sums follow their trip whoever writes it: changed, reopened and deleted trips have none until they are summed again', async () => {
  const facts = tripFacts({ distanceM: 5000 })
  const trip = { startedAtMs: startMs, endedAtMs: startMs + 60_000, facts }
  const id = await writeTrip(stores.book, 'car-1', trip)
  const state = async () => ({
    sums: (await stores.book.selectFrom('trip_sums').select('distance_m').execute()).map((row) => row.distance_m),
    unsummed: (await stores.book.selectFrom('unsummed_trips').selectAll().execute()).length,
  })
  const sumAll = () => stores.book.transaction().execute((transaction) => sumOlderTrips(transaction, 10))
  expect(await state()).toEqual({ sums: [], unsummed: 1 })
  expect(await sumAll()).toBe(1)
  expect(await sumAll()).toBe(0)
  expect(await state()).toEqual({ sums: [5000], unsummed: 0 })
  await stores.book
    .updateTable('trips')
    .set({ facts: JSON.stringify(tripFacts({ distanceM: 7000 })) })
    .where('id', '=', id)
    .execute()
  expect(await state()).toEqual({ sums: [], unsummed: 1 })
  await sumAll()
  expect(await state()).toEqual({ sums: [7000], unsummed: 0 })
  await stores.book.updateTable('trips').set({ status: 'open' }).where('id', '=', id).execute()
  expect(await state()).toEqual({ sums: [], unsummed: 0 })
  await stores.book.updateTable('trips').set({ status: 'ended' }).where('id', '=', id).execute()
  await sumAll()
  await stores.book.deleteFrom('trips').execute()
  expect(await state()).toEqual({ sums: [], unsummed: 0 })
})

test('the table has a column for every figure that is added up', async () => {
  const { rows } = await sql<{ name: string }>`SELECT name FROM pragma_table_info('trip_sums')`.execute(stores.book)
  const others = ['device_id', 'started_at_ms', 'ended_at_ms', 'is_driven', 'agreement', 'confidence']
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...figureColumns, ...others].toSorted())
})
