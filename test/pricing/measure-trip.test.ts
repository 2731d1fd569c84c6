// The facts of a trip: distance, gaps, jumps, night, speeding, phone, and that missing data counts against nobody.

import { expect, test } from 'vitest'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { canonicalJson } from '../../pricing/canonical-json.ts'
import { parseTripFacts } from '../../pricing/trip-facts.ts'
import { everySecond, mondayMs, onlyTrip, reading, tripsIn } from './drives.ts'

const steady = (seconds: number, more: VehicleValues = {}): readonly VehicleValues[] =>
  Array.from({ length: seconds + 1 }, () => ({ Speed: 72, ...more }))

/** Northwards at 72 km/h: 20 m a second. */
const degreesPerSecond = 20 / 111_195
const northwards = (second: number): VehicleValues => ({ Latitude: 52 + second * degreesPerSecond, Longitude: 5 })

test('ten minutes at 72 km/h are 12 km', () => {
  const { facts } = onlyTrip(everySecond(steady(600)))
  expect(facts).toMatchObject({
    distanceM: 12_000,
    seenM: 12_000,
    durationS: 600,
    completeness: 1,
    confidence: 1,
    maxSpeedKph: 72,
  })
})

test('what is stored of a trip parses, and nothing else does', () => {
  const { facts } = onlyTrip(everySecond(steady(600)))
  expect(parseTripFacts(canonicalJson(facts))).toEqual(facts)
  expect(() => parseTripFacts(canonicalJson({ ...facts, distanceM: -1 }))).toThrow(/distanceM/)
})

test.each([
  ['499 m in less than two minutes', 24, 0],
  ['500 m in less than two minutes', 25, 1],
])('%s: %i s at 72 km/h are %i trips', (_, seconds, trips) => {
  expect(tripsIn(everySecond(steady(seconds)))).toHaveLength(trips)
})

test('two minutes are a trip although it is short, idling is none', () => {
  const crawl = Array.from({ length: 121 }, () => ({ Speed: 6 }))
  expect(tripsIn(everySecond(crawl))).toHaveLength(1)
  const idle = Array.from({ length: 600 }, () => ({ Speed: 0, Ignition: true }))
  expect(tripsIn(everySecond(idle))).toHaveLength(0)
})

test('a gap is bridged by coordinates, and is not called driving that was seen', () => {
  const before = Array.from({ length: 61 }, (_, second) =>
    reading(mondayMs + second * 1000, { Speed: 72, ...northwards(second) }),
  )
  const after = Array.from({ length: 61 }, (_, second) =>
    reading(mondayMs + (second + 120) * 1000, { Speed: 72, ...northwards(second + 120) }),
  )
  const { facts } = onlyTrip([...before, ...after])
  expect(facts.distanceM).toBeGreaterThanOrEqual(3590)
  expect(facts.distanceM).toBeLessThanOrEqual(3610)
  expect(facts.seenM).toBe(2400)
  expect(facts.completeness).toBeCloseTo(120 / 180, 3)
})

test('a gap without coordinates adds nothing', () => {
  const readings = everySecond(steady(240)).filter((_, second) => second < 60 || second > 180)
  expect(onlyTrip(readings).facts.distanceM).toBe(59 * 20 + 59 * 20)
})

test('a tracker that reports every thirty seconds is complete', () => {
  const readings = Array.from({ length: 21 }, (_, index) =>
    reading(mondayMs + index * 30_000, { Speed: 72, ...northwards(index * 30) }),
  )
  const { facts } = onlyTrip(readings)
  expect(facts.completeness).toBe(1)
  expect(Math.abs(facts.distanceM - 12_000)).toBeLessThan(20)
})

test('speed and position may come in alternating readings', () => {
  const readings = everySecond(
    Array.from({ length: 601 }, (_, second) => (second % 2 === 0 ? { Speed: 72 } : northwards(second))),
  )
  expect(onlyTrip(readings).facts.distanceM).toBe(12_000)
})

test('coordinates alone are enough', () => {
  const readings = everySecond(Array.from({ length: 601 }, (_, second) => northwards(second)))
  expect(Math.abs(onlyTrip(readings).facts.distanceM - 12_000)).toBeLessThan(40)
})

test('zeros are no position and a jump is none either', () => {
  const clean = everySecond(steady(300).map((values, second) => ({ ...values, ...northwards(second) })))
  const broken = clean.map((one, second) => {
    if (second % 50 === 10) return { ...one, values: { ...one.values, Latitude: 0, Longitude: 0 } }
    return second % 50 === 20 ? { ...one, values: { ...one.values, Latitude: 40, Longitude: -3 } } : one
  })
  const { facts } = onlyTrip(broken)
  expect(facts.distanceM).toBe(6000)
  expect(facts.confidence).toBeGreaterThan(0.99)
})

test('an impossible speed is dropped; a new speed that is confirmed is believed', () => {
  const spike = steady(300).map((values, second) => (second === 100 ? { Speed: 250 } : values))
  const { facts } = onlyTrip(everySecond(spike))
  expect(facts.maxSpeedKph).toBe(72)
  expect(facts.counts.brake[0]).toBe(0)
  const wrongStart = everySecond([{ Speed: 250 }, ...steady(300)])
  expect(onlyTrip(wrongStart).facts.distanceM).toBeGreaterThan(5900)
})

test('an odometer that disagrees lowers the confidence', () => {
  const wheel = (metresPerSecond: number): readonly VehicleValues[] =>
    steady(600).map((values, second) => ({ ...values, TraveledDistance: 50_000 + (second * metresPerSecond) / 1000 }))
  expect(onlyTrip(everySecond(wheel(20))).facts.confidence).toBeGreaterThan(0.99)
  expect(onlyTrip(everySecond(wheel(40))).facts.confidence).toBeCloseTo(0.5, 2)
})

test('speeding counts against a limit that is known, beyond the tolerance, and for a while', () => {
  const over = (limit: number | undefined): VehicleValues => (limit === undefined ? {} : { SpeedLimit: limit })
  const facts = (limit: (second: number) => number | undefined) =>
    onlyTrip(everySecond(steady(300).map((values, second) => ({ ...values, ...over(limit(second)) })))).facts.speeding
  expect(facts(() => undefined)).toEqual({ count: 0, metres: 0, limitKnownM: 0 })
  expect(facts(() => 70)).toEqual({ count: 0, metres: 0, limitKnownM: 6000 })
  expect(facts((second) => (second >= 100 && second <= 109 ? 50 : 80)).count, 'nine seconds').toBe(0)
  expect(
    facts((second) => (second >= 100 && second <= 110 ? 50 : 80)),
    'ten seconds',
  ).toEqual({
    count: 1,
    metres: 200,
    limitKnownM: 6000,
  })
})

test('the phone counts in seconds of driving, and only where the device can tell', () => {
  const facts = (phone: (second: number) => VehicleValues) =>
    onlyTrip(everySecond(steady(300).map((values, second) => ({ ...values, ...phone(second) })))).facts.phone
  expect(facts(() => ({}))).toEqual({ seconds: 0, knownS: 0, knownM: 0 })
  expect(facts((second) => ({ PhoneHandling: second >= 100 && second < 130 }))).toEqual({
    seconds: 30,
    knownS: 300,
    knownM: 6000,
  })
})

test('night is by the clock of the policy: the same hour is night in one zone and day in another', () => {
  const readings = everySecond(steady(600), Date.UTC(2024, 4, 6, 2, 55))
  expect(onlyTrip(readings, localClock('Europe/London')).facts.nightShare, '03:55 to 04:05').toBe(1)
  expect(onlyTrip(readings, localClock('Europe/Amsterdam')).facts.nightShare, '04:55 to 05:05').toBeCloseTo(0.5, 2)
  expect(onlyTrip(readings, localClock('Asia/Shanghai')).facts.nightShare, '10:55').toBe(0)
})
