// How far a trip can be trusted, and that bad input gives a named refusal or a low confidence: never a throw, never a zero
// that says nothing. And that a gap counts against nobody.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { measureSpan, type NoTrip } from '../../pricing/behaviour/measure-trip.ts'
import { emptySample, readSample } from '../../pricing/behaviour/sample.ts'
import { addToTrip, newMeasurement } from '../../pricing/behaviour/trip-measurement.ts'
import type { Doubt } from '../../pricing/behaviour/trip-quality.ts'
import { canonicalJson } from '../../pricing/canonical-json.ts'
import { isRateable, parseTripFacts, type TripFacts } from '../../pricing/trip-facts.ts'
import { amsterdam, mondayMs, onlyTrip, reading, recordedDrive, tripsIn } from './drives.ts'

const { readings: recorded } = await recordedDrive('nds-14.csv')

/** Northwards with a speed that swings, a reading every `stepMs`. */
function drive(
  seconds: number,
  values: (second: number) => VehicleValues = () => ({}),
  stepMs = 1000,
): readonly VehicleReading[] {
  const readings: VehicleReading[] = []
  let latitude = 52
  for (let step = 0; step * stepMs <= seconds * 1000; step += 1) {
    const second = (step * stepMs) / 1000
    const kph = 60 + 20 * Math.sin(second / 20)
    latitude += (kph / 3.6 / 111_195) * (stepMs / 1000)
    readings.push(reading(mondayMs + step * stepMs, { Speed: kph, Latitude: latitude, Longitude: 5, ...values(second) }))
  }
  return readings
}
const map = (readings: readonly VehicleReading[], change: (values: VehicleValues, index: number) => VehicleValues) =>
  readings.map((one, index) => ({ ...one, values: change(one.values, index) }))
const inUnit = (kphPerUnit: number) => (readings: readonly VehicleReading[]) =>
  map(readings, ({ Speed, ...values }) => (Speed === undefined ? values : { ...values, Speed: Speed / kphPerUnit }))

test('speed, coordinates and odometer that agree are trusted, and each says how far', () => {
  const readings = map(drive(900), (values) => ({
    ...values,
    TraveledDistance: 50_000 + (values.Latitude ?? 0) * 111.195 - 52 * 111.195,
  }))
  const { facts } = onlyTrip(readings)
  expect(facts).toMatchObject({ completeness: 1, clockTrust: 1, doubts: [], role: 'driven' })
  expect(facts.checks.coordinates?.agreement).toBeGreaterThan(0.99)
  expect(facts.checks.odometer?.agreement).toBeGreaterThan(0.99)
  expect(facts.confidence).toBeGreaterThan(0.99)
})

test.each([
  ['metres per second', 3.6, 'speed-in-metres-per-second'],
  ['knots', 1.852, 'speed-in-knots'],
  ['miles per hour', 1.609344, 'speed-in-miles-per-hour'],
] as const)('a real drive whose speed comes in %s is doubted by that name, and does not rate', (_, kphPerUnit, doubt) => {
  const { facts } = onlyTrip(inUnit(kphPerUnit)(recorded))
  expect(facts.doubts).toContain(doubt)
  expect(facts.confidence).toBeLessThan(0.65)
  expect(isRateable(facts)).toBe(false)
  expect(isRateable(onlyTrip(recorded).facts)).toBe(true)
})

test.each(['nds-13.csv', 'nds-14.csv', 'nds-34.csv'])(
  'a tracker that reports every minute is sparse, not wrong: %s',
  async (file) => {
    const { readings } = await recordedDrive(file)
    const startMs = readings[0]?.takenAtMs ?? 0
    for (const everyS of [30, 60]) {
      const { facts } = onlyTrip(readings.filter(({ takenAtMs }) => Math.round((takenAtMs - startMs) / 1000) % everyS === 0))
      expect(facts).toMatchObject({ checks: { coordinates: null }, doubts: [], completeness: 1 })
      expect(isRateable(facts)).toBe(true)
    }
  },
)

interface Doubtful {
  readonly what: string
  readonly readings: readonly VehicleReading[]
  readonly doubt: Doubt
  readonly confidenceMax: number
}
const halfWay = (second: number) => second >= 300 && second < 600
const frozen = drive(900)[300]?.values ?? {}

test.each<Doubtful>([
  {
    what: 'a receiver that froze',
    readings: map(drive(900), (values, second) =>
      halfWay(second) ? { ...values, Latitude: frozen.Latitude ?? 0, Longitude: 5 } : values,
    ),
    doubt: 'frozen-position',
    confidenceMax: 0.9,
  },
  {
    what: 'a receiver that jumps',
    readings: map(drive(900), (values, second) => (second % 60 === 7 ? { ...values, Latitude: 40 } : values)),
    doubt: 'jumped-position',
    confidenceMax: 1,
  },
  {
    what: 'a speed that never changes',
    readings: map(drive(1200), () => ({ Speed: 57.3 })),
    doubt: 'constant-speed',
    confidenceMax: 0.5,
  },
  {
    what: 'a speed that is noise',
    readings: map(drive(900), (values, second) => (second % 30 === 7 ? { ...values, Speed: 300 } : values)),
    doubt: 'impossible-speed',
    confidenceMax: 1,
  },
  {
    what: 'a speed of some other vehicle',
    readings: inUnit(2.6)(drive(900)),
    doubt: 'speed-against-coordinates',
    confidenceMax: 0.4,
  },
  {
    what: 'an odometer of some other vehicle',
    readings: map(drive(900), (values, second) => ({ ...values, TraveledDistance: 1000 + second / 20 })),
    doubt: 'distance-against-odometer',
    confidenceMax: 0.4,
  },
  {
    what: 'a clock that leapt two minutes',
    readings: drive(900).map((one, second) => (second < 450 ? one : { ...one, takenAtMs: one.takenAtMs + 120_000 })),
    doubt: 'clock-leap',
    confidenceMax: 0.8,
  },
  {
    what: 'NaN among the values',
    readings: map(drive(900), (values, second) =>
      second % 9 === 0 ? { ...values, Speed: Number.NaN, AccelerationLateral: Number.POSITIVE_INFINITY } : values,
    ),
    doubt: 'not-a-number',
    confidenceMax: 1,
  },
  {
    what: 'times that run backwards',
    readings: drive(900).map((one, second) => (second % 50 === 3 ? { ...one, takenAtMs: one.takenAtMs - 10_000 } : one)),
    doubt: 'time-backwards',
    confidenceMax: 1,
  },
  {
    what: 'a third that is missing',
    readings: drive(900).filter((_, second) => !halfWay(second)),
    doubt: 'gaps',
    confidenceMax: 0.7,
  },
])('$what is told as $doubt', ({ readings, doubt, confidenceMax }) => {
  const { facts } = onlyTrip(readings)
  expect(facts.doubts).toContain(doubt)
  expect(facts.confidence).toBeLessThanOrEqual(confidenceMax)
  expect(facts.distanceM, 'and never a silent zero').toBeGreaterThan(3000)
  expect(parseTripFacts(canonicalJson(facts))).toEqual(facts)
})

test.each<[string, readonly VehicleReading[], NoTrip]>([
  ['nothing', [], 'empty'],
  ['one reading', [reading(mondayMs, { Speed: 50 })], 'too-short'],
  ['only NaN', map(drive(300), () => ({ Speed: Number.NaN, Latitude: Number.NaN, Longitude: Number.NaN })), 'no-movement-known'],
  ['only acceleration', map(drive(300), () => ({ AccelerationLongitudinal: 1 })), 'no-movement-known'],
  ['one time again and again', drive(300).map((one) => ({ ...one, takenAtMs: mondayMs })), 'too-short'],
  ['reversed time', drive(300).toReversed(), 'too-short'],
  ['standing', map(drive(300), () => ({ Speed: 0, Ignition: true })), 'did-not-move'],
  ['a few metres', drive(3), 'too-short'],
  ['a time that is none', drive(300).map((one) => ({ ...one, takenAtMs: Number.NaN })), 'empty'],
])('%s is no trip, and says why', (_, readings, reason) => {
  const measurement = newMeasurement(amsterdam)
  const sample = emptySample()
  for (const one of readings) {
    readSample(sample, one)
    addToTrip(measurement, sample, true)
  }
  expect(measureSpan(measurement, measurement.activeAtMs)).toEqual({ kind: 'no-trip', reason })
  expect(tripsIn(readings)).toEqual([])
})

test('ten hours at 1 Hz and five minutes at 200 Hz are trips like any other', () => {
  const long = onlyTrip(drive(36_000))
  expect(long.facts).toMatchObject({ durationS: 36_000, completeness: 1, doubts: [] })
  const fast = onlyTrip(drive(300, undefined, 5))
  const slow = onlyTrip(drive(300))
  expect(fast.facts).toMatchObject({ durationS: 300, completeness: 1, doubts: [] })
  expect(Math.abs(fast.facts.distanceM / slow.facts.distanceM - 1)).toBeLessThan(0.01)
})

test('whole kilometres per hour, stale and repeated: the distance stays within two percent', () => {
  const stale = map(drive(1800), (_, second) => ({ Speed: Math.round(60 + 20 * Math.sin((second - (second % 2)) / 20)) }))
  const { facts } = onlyTrip(stale.filter((_, second) => second % 7 !== 3))
  expect(Math.abs(facts.distanceM / onlyTrip(drive(1800)).facts.distanceM - 1)).toBeLessThan(0.02)
  expect(facts.doubts).toEqual([])
})

/** What can cost money: events per rung of each kind, and seconds and metres, with the metres in which they were watched for. */
const costly = (facts: TripFacts) => ({
  events: [...facts.counts.brake, ...facts.counts.acceleration, facts.speeding.count],
  amounts: [facts.nightM, facts.speeding.metres, facts.phone.seconds],
  watched: [facts.longitudinalM, facts.speeding.limitKnownM, facts.phone.knownM, facts.distanceM],
})

/** A step of up to ten seconds is not a gap: what the readings around it say stands for it. */
test('a gap never counts against anyone: what is left of a drive costs no more than its two parts alone', () => {
  const watched = drive(1200, (second) => ({
    AccelerationLongitudinal: second % 90 === 30 ? -4 : 0.1,
    SpeedLimit: second % 300 < 60 ? 50 : 100,
    PhoneHandling: second % 200 < 30,
  })).map((one) => ({ ...one, takenAtMs: one.takenAtMs - 11 * 3_600_000 }))
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 1100 }), fc.integer({ min: 10, max: 280 }), (from, length) => {
      const parts = [watched.slice(0, from), watched.slice(from + length)].map((part) => tripsIn(part)[0]?.facts)
      const whole = tripsIn(parts.flatMap((_, index) => (index === 0 ? watched.slice(0, from) : watched.slice(from + length))))
      const [trip] = whole
      if (whole.length !== 1 || trip === undefined) return
      const alone = parts.flatMap((facts) => (facts === undefined ? [] : [costly(facts)]))
      if (alone.length < 2) return
      const { events, amounts, watched: metres } = costly(trip.facts)
      const sum = (of: (part: ReturnType<typeof costly>) => readonly number[], index: number) =>
        alone.reduce((total, part) => total + (of(part)[index] ?? 0), 0)
      for (const [index, count] of events.entries()) expect(count).toBeLessThanOrEqual(sum((part) => part.events, index))
      // Each part is rounded to whole metres and seconds.
      for (const [index, amount] of amounts.entries()) expect(amount).toBeLessThanOrEqual(sum((part) => part.amounts, index) + 2)
      for (const [index, amount] of metres.entries())
        expect(amount).toBeGreaterThanOrEqual(sum((part) => part.watched, index) - 2)
    }),
    { numRuns: 60, seed: 3 },
  )
})
