// Input that nobody should send, as a table: each is refused by name or believed little, whatever its rate and length; nothing throws,
// and no figure is a zero that says nothing.

import { expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { measureSpan, type NoTrip } from '../../pricing/behaviour/measure-trip.ts'
import { emptySample, readSample } from '../../pricing/behaviour/sample.ts'
import { addToTrip, newMeasurement } from '../../pricing/behaviour/trip-measurement.ts'
import type { Doubt } from '../../pricing/behaviour/trip-quality.ts'
import { canonicalJson } from '../../pricing/canonical-json.ts'
import { ordinaryScore } from '../../pricing/score/trip-score.ts'
import { parseTripFacts, type TripFacts } from '../../pricing/trip-facts.ts'
import { amsterdam, mondayMs, onlyTrip, reading, tripsIn } from './drives.ts'

/** Northwards, fast and slow by turns; every reading says where it is and how fast, and how that feels. */
function drive(seconds: number, hertz = 1, also: (values: VehicleValues, second: number) => VehicleValues = (values) => values) {
  const readings: VehicleReading[] = []
  let latitude = 52
  for (let index = 0; index < seconds * hertz; index += 1) {
    const second = index / hertz
    const kph = 60 + 20 * Math.sin(second / 20)
    latitude += kph / 3.6 / 111_195 / hertz
    const values = {
      Speed: kph,
      Latitude: latitude,
      Longitude: 5,
      AccelerationLongitudinal: Math.cos(second / 20) / 3.6,
      AccelerationLateral: 0.3 * Math.sin(second / 7),
    }
    readings.push(reading(mondayMs + Math.round(second * 1000), also(values, second)))
  }
  return readings
}

const reversed = (readings: readonly VehicleReading[]) => readings.toReversed()

test.each<[string, readonly VehicleReading[], NoTrip]>([
  ['nothing', [], 'empty'],
  ['one sample', drive(1), 'too-short'],
  ['one sample without a value', [reading(mondayMs, {})], 'no-movement-known'],
  ['NaN in every value', drive(600, 1, (values) => numbersOf(values, Number.NaN)), 'no-movement-known'],
  ['infinity in every value', drive(600, 1, (values) => numbersOf(values, Number.POSITIVE_INFINITY)), 'no-movement-known'],
  ['numbers no signal can be', drive(600, 1, (values) => numbersOf(values, 1e300)), 'no-movement-known'],
  ['a speed below zero and nothing else', drive(600, 1, () => ({ Speed: -40 })), 'no-movement-known'],
  ['reversed time', reversed(drive(600)), 'too-short'],
  ['reversed time at 200 Hz', reversed(drive(60, 200)), 'too-short'],
  ['one instant', drive(600).map((one) => ({ ...one, takenAtMs: mondayMs })), 'too-short'],
  ['no time', drive(600).map((one) => ({ ...one, takenAtMs: Number.NaN })), 'empty'],
  ['a standing car for ten hours', drive(36_000, 1, () => ({ Speed: 0, Ignition: true })), 'did-not-move'],
  ['200 Hz of acceleration and nothing else', drive(60, 200, () => ({ AccelerationLongitudinal: 3 })), 'no-movement-known'],
  ['a receiver without a fix', drive(600, 1, () => ({ Speed: 0, Latitude: 0, Longitude: 0 })), 'no-movement-known'],
])('%s is refused by name', (_, readings, reason) => {
  const measurement = newMeasurement(amsterdam)
  const sample = emptySample()
  for (const one of readings) {
    readSample(sample, one)
    addToTrip(measurement, sample, true)
  }
  expect(measureSpan(measurement, measurement.activeAtMs)).toEqual({ kind: 'no-trip', reason })
  expect(tripsIn(readings)).toEqual([])
})

function numbersOf(values: VehicleValues, value: number): VehicleValues {
  return Object.fromEntries(Object.keys(values).map((name) => [name, value]))
}

interface Doubted {
  readonly what: string
  readonly readings: readonly VehicleReading[]
  readonly doubts: readonly Doubt[]
  readonly confidenceMax: number
}

test.each<Doubted>([
  {
    what: 'half of the values NaN',
    readings: drive(900, 1, (values, second) => (second % 2 === 1 ? numbersOf(values, Number.NaN) : values)),
    doubts: ['not-a-number'],
    confidenceMax: 1,
  },
  {
    what: 'a speed below zero now and then',
    readings: drive(900, 1, (values, second) => (second % 9 === 4 ? { ...values, Speed: -30 } : values)),
    doubts: ['impossible-speed'],
    confidenceMax: 1,
  },
  {
    what: 'one speed for ever',
    readings: drive(1800, 1, () => ({ Speed: 57.3, AccelerationLongitudinal: 0.4 })),
    doubts: ['constant-speed'],
    confidenceMax: 0.5,
  },
  {
    what: 'one speed for ever at 200 Hz',
    readings: drive(1000, 200, () => ({ Speed: 57.3, AccelerationLongitudinal: 0.4 })),
    doubts: ['constant-speed'],
    confidenceMax: 0.5,
  },
  {
    what: 'metres per second',
    readings: drive(900, 1, (values) => ({ ...values, Speed: (values.Speed ?? 0) / 3.6 })),
    doubts: ['speed-in-metres-per-second'],
    confidenceMax: 0.4,
  },
  {
    what: 'units that change on the way',
    readings: drive(900, 1, (values, second) => (second < 600 ? values : { ...values, Speed: (values.Speed ?? 0) / 3.6 })),
    doubts: ['speed-against-coordinates'],
    confidenceMax: 0.8,
  },
  {
    what: 'every second reading late by ten',
    readings: drive(900).map((one, index) => (index % 2 === 1 ? { ...one, takenAtMs: one.takenAtMs - 10_000 } : one)),
    doubts: ['time-backwards'],
    confidenceMax: 1,
  },
])('$what is believed little, or said', ({ readings, doubts, confidenceMax }) => {
  const { facts } = onlyTrip(readings)
  for (const doubt of doubts) expect(facts.doubts).toContain(doubt)
  expect(facts.confidence).toBeLessThanOrEqual(confidenceMax)
  expectTold(facts)
})

test.each([
  ['ten hours at 1 Hz', 36_000, 1],
  ['twenty minutes at 50 Hz', 1200, 50],
  ['five minutes at 200 Hz', 300, 200],
] as const)('%s is a trip like any other', (_, seconds, hertz) => {
  const { facts } = onlyTrip(drive(seconds, hertz))
  expect(facts).toMatchObject({ durationS: seconds - (hertz === 1 ? 1 : 0), completeness: 1, doubts: [] })
  expect(facts.confidence).toBeGreaterThan(0.98)
  expect(Math.abs(facts.distanceM / seconds / (60 / 3.6) - 1), 'the distance, too').toBeLessThan(0.1)
  expectTold(facts)
})

test('an acceleration in g or of one value only is doubted by the score, and counts for nobody', () => {
  const scoreOf = (longitudinalMps2: (mps2: number) => number) =>
    onlyTrip(
      drive(1200, 10, ({ Speed = 0, AccelerationLongitudinal = 0 }) => ({
        Speed,
        AccelerationLongitudinal: longitudinalMps2(AccelerationLongitudinal),
      })),
    ).facts.score
  const right = scoreOf((mps2) => mps2)
  const inG = scoreOf((mps2) => mps2 / 9.81)
  const constant = scoreOf(() => 3)
  expect(inG?.confidence).toBeLessThan(0.85 * (right?.confidence ?? 0))
  expect(constant?.confidence).toBeLessThan(0.85 * (right?.confidence ?? 0))
  expect(Math.abs((constant?.score ?? 0) - (right?.score ?? 0))).toBeLessThan(6)
})

/** Facts that can be stored, and no zero where something was driven. */
function expectTold(facts: TripFacts): void {
  expect(parseTripFacts(canonicalJson(facts))).toEqual(facts)
  expect(facts.distanceM).toBeGreaterThan(2000)
  expect(facts.maxSpeedKph).toBeGreaterThan(10)
  expect(facts.score?.score).toBeGreaterThan(ordinaryScore / 2)
  expect(facts.score?.components.distance.figure).toBeGreaterThan(2)
}
