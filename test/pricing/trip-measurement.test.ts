// Trips are measured while they are driven: looking at one changes nothing, what is found near the window's edges is found once, what
// comes after the last movement does not belong to it, and ten hours keep no more than one.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import { foldReading, newFold, openSpan, type TripFold } from '../../pricing/behaviour/trip-fold.ts'
import { carriedMax, waitingMax } from '../../pricing/behaviour/trip-measurement.ts'
import { windowMsMax, windowRowsMax } from '../../pricing/behaviour/window.ts'
import { canonicalJson } from '../../pricing/canonical-json.ts'
import { parseTripFacts } from '../../pricing/trip-facts.ts'
import { amsterdam, everySecond, mondayMs, onlyTrip, reading, recordedDrive } from './drives.ts'

/** 80 km/h, less 19 by a brake each minute, and slowly back. */
function speedAt(second: number): number {
  const phase = second % 60
  return phase < 20 ? 80 : phase < 21.5 ? 80 - 12.6 * (phase - 20) : 61 + (phase - 21.5) / 2
}

/** So many readings a second; acceleration and yaw rate in each, speed and limit once a second. */
function drive(hertz: number, seconds: number, axes: (second: number) => VehicleValues): readonly VehicleReading[] {
  return Array.from({ length: hertz * seconds }, (_, index) => {
    const second = index / hertz
    const told = index % hertz === 0 ? { Speed: speedAt(second), SpeedLimit: second % 600 < 300 ? 100 : 70 } : {}
    return reading(mondayMs + Math.round(second * 1000), { ...axes(second), ...told })
  })
}

/** A brake a minute, 3.5 m/s² for a second and a half, and a hard left turn after it. */
const eachMinute = (second: number): VehicleValues => ({
  AccelerationLongitudinal: second % 60 >= 20 && second % 60 < 21.5 ? -3.5 : 0.1 * Math.sin(second),
  AccelerationLateral: second % 60 >= 40 && second % 60 < 42.5 ? 4.5 : 0.1,
  AngularVelocityYaw: second % 60 >= 40 && second % 60 < 42.5 ? 20 : 0,
})

function factsText(fold: TripFold): string {
  return canonicalJson(openSpan(fold)?.facts ?? null)
}

test('looking at a trip while it goes on changes nothing, and shows what the whole of it would be', async () => {
  const { readings: recorded } = await recordedDrive('nds-14.csv')
  const sources = [recorded, drive(10, 900, eachMinute), drive(50, 200, eachMinute)]
  fc.assert(
    fc.property(
      fc.constantFrom(...sources),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
      (readings, looks) => {
        const seen = new Set(looks.map((share) => Math.floor(share * readings.length)))
        const [watched, alone] = [newFold(amsterdam), newFold(amsterdam)]
        for (const [index, one] of readings.entries()) {
          foldReading(watched, one)
          foldReading(alone, one)
          if (!seen.has(index)) continue
          const fresh = newFold(amsterdam)
          for (const before of readings.slice(0, index + 1)) foldReading(fresh, before)
          expect(factsText(watched)).toBe(factsText(fresh))
          expect(factsText(watched), 'twice').toBe(factsText(fresh))
        }
        expect(factsText(watched)).toBe(factsText(alone))
      },
    ),
    { numRuns: 12, seed: 7 },
  )
})

test.each([1, 10, 25, 50])('over two hours at %i Hz every brake and every turn is counted once', (hertz) => {
  const fold = newFold(amsterdam)
  for (const one of drive(hertz, 7200, eachMinute)) foldReading(fold, one)
  const facts = openSpan(fold)?.facts
  expect(facts?.counts.brake.slice(0, 3)).toEqual([120, 120, 0])
  expect(facts?.counts['left-turn'].slice(0, 4)).toEqual([120, 120, 120, 120])
  expect(facts?.counts.acceleration[0]).toBe(0)
  expect(facts?.events.filter(({ kind }) => kind === 'brake')).toHaveLength(120)
  expect(facts?.observations).toHaveLength(behaviourThresholds.detect.observationsMax)
  for (const { evidence } of facts?.observations ?? []) expect(evidence.kph.length).toBeGreaterThan(9)
})

test('a limit told once a second is known in between, so that speeding is seen between faster rows', () => {
  const slow = onlyTrip(drive(1, 3600, () => ({}))).facts
  const fast = onlyTrip(drive(10, 3600, eachMinute)).facts
  expect(slow.speeding.count).toBeGreaterThan(5)
  expect(fast.speeding.count).toBe(slow.speeding.count)
  expect(Math.abs(fast.speeding.metres / slow.speeding.metres - 1)).toBeLessThan(0.05)
  expect(fast.speeding.limitKnownM).toBe(fast.distanceM)
})

test('what comes after the last movement does not belong to the trip', () => {
  const readings = drive(10, 400, eachMinute)
  // The last reading that tells of movement is the last full second.
  const upTo = readings.findLastIndex(({ values }) => values.Speed !== undefined)
  const last = readings[upTo]?.takenAtMs ?? 0
  const moved = readings.slice(0, upTo + 1)
  const shaken = Array.from({ length: 2000 }, (_, index) =>
    reading(last + 100 + index * 100, { AccelerationLongitudinal: index % 100 < 20 ? -5 : 0, PhoneHandling: true }),
  )
  const after = reading(last + 20 * 60_000, { Speed: 0 })
  expect(onlyTrip([...moved, ...shaken, after])).toEqual(onlyTrip(moved))
})

test('a phone held over many windows is one use, with the evidence of its fastest moment', () => {
  const { facts } = onlyTrip(
    everySecond(
      Array.from({ length: 7200 }, (_, second) => ({
        Speed: second === 3000 ? 72 : 60 + 5 * Math.sin(second / 30),
        PhoneHandling: second >= 600 && second < 6600,
      })),
    ),
  )
  const uses = facts.observations?.filter(({ kind }) => kind === 'phone-use') ?? []
  expect(uses).toHaveLength(1)
  expect(uses[0]).toMatchObject({ startMs: mondayMs + 600_000, endMs: mondayMs + 6_599_000, peak: 72 })
  expect(uses[0]?.evidence.kph).toContain(72)
  expect(facts.phone.seconds).toBe(6000)
})

test('ten hours on the roughest road keep no more than one', () => {
  const fold = newFold(amsterdam)
  const kept = (): readonly number[] => {
    const trip = fold.measurement
    return [
      trip?.window.tMs.length ?? 0,
      trip?.waiting.length ?? 0,
      trip?.uses.length ?? 0,
      trip?.carried.length ?? 0,
      trip?.crashes.shocks.length ?? 0,
      trip?.crashes.found.length ?? 0,
      trip?.kept.size ?? 0,
      trip?.ledger.events.length ?? 0,
      trip?.ledger.observations.length ?? 0,
    ]
  }
  const largest: number[] = []
  for (let second = 0; second < 36_000; second += 1) {
    const phase = second % 12
    foldReading(
      fold,
      reading(mondayMs + second * 1000, {
        // Never fast enough to be certain that it was driven, and something every few seconds.
        Speed: 40 + 30 * Math.sin(second / 9),
        SpeedLimit: second % 60 < 30 ? 10 : 100,
        AccelerationLongitudinal: phase < 2 ? -5 : phase === 5 ? 60 : phase < 9 ? 4 : 0,
        AccelerationLateral: phase === 11 ? -5 : 0,
        PhoneHandling: second % 40 < 20,
      }),
    )
    for (const [index, count] of kept().entries()) largest[index] = Math.max(largest[index] ?? 0, count)
  }
  const { event, detect } = behaviourThresholds
  const most = [
    windowRowsMax,
    waitingMax + windowMsMax / 1000,
    windowMsMax / 1000,
    carriedMax,
    16,
    40,
    57,
    2 * event.listedMax,
    2 * detect.observationsMax,
  ]
  for (const [index, count] of largest.entries()) expect(count, `of kind ${index}`).toBeLessThanOrEqual(most[index] ?? 0)
  const text = factsText(fold)
  expect(parseTripFacts(text).events).toHaveLength(event.listedMax)
  expect(text.length, 'a stored trip is bounded too').toBeLessThan(200_000)
})

/** Anything a device may send, and what it may not: times that repeat, run back or are none, values that are no numbers. */
const anyNumber = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -200, max: 300, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 1e300) },
)
const anyValues: fc.Arbitrary<VehicleValues> = fc.record(
  {
    Speed: anyNumber,
    Latitude: anyNumber,
    Longitude: anyNumber,
    Heading: anyNumber,
    AccelerationLongitudinal: anyNumber,
    AccelerationLateral: anyNumber,
    AngularVelocityYaw: anyNumber,
    EngineSpeed: anyNumber,
    TraveledDistance: anyNumber,
    SpeedLimit: anyNumber,
    Ignition: fc.boolean(),
    PhoneHandling: fc.boolean(),
  },
  { requiredKeys: [] },
)

test('whatever is sent: no error, and what comes out is facts', () => {
  const utc = localClock('UTC')
  const stepMs = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(1, 5, 20, 100, 1000, 5000) },
    { weight: 1, arbitrary: fc.constantFrom(0, -3000, 400_000, 2_000_000, Number.NaN) },
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(stepMs, anyValues, fc.integer({ min: 1, max: 30 })), { maxLength: 60 }), (steps) => {
      const fold = newFold(utc)
      let tMs = mondayMs
      for (const [ms, values, times] of steps)
        for (let time = 0; time < times; time += 1) {
          tMs += Number.isNaN(ms) ? 0 : ms
          const step = foldReading(fold, reading(Number.isNaN(ms) ? Number.NaN : tMs, values))
          if (step?.ended?.facts !== undefined) parseTripFacts(canonicalJson(step.ended.facts))
        }
      const facts = openSpan(fold)?.facts
      if (facts !== undefined) expect(parseTripFacts(canonicalJson(facts))).toEqual(facts)
    }),
    { numRuns: 300, seed: 11 },
  )
})
