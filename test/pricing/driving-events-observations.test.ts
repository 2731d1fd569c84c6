// Observations: a possible crash and a phone in the hand are told from what only resembles them, and each observation carries the
// samples around it.

import { expect, test } from 'vitest'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import { parseTripFacts } from '../../pricing/trip-facts.ts'
import { everySecond, mondayMs, onlyTrip } from './drives.ts'

/** Ten minutes at 54 km/h in which `at` changes single seconds. */
function observed(at: (second: number) => VehicleValues) {
  const quiet = { Speed: 54, AccelerationLongitudinal: 0, AccelerationLateral: 0 }
  return onlyTrip(everySecond(Array.from({ length: 601 }, (_, second) => ({ ...quiet, ...at(second) })))).facts
}

const kindsOf = (facts: ReturnType<typeof observed>) => (facts.observations ?? []).map(({ kind }) => kind)
const shock = { AccelerationLongitudinal: -60, AccelerationLateral: 20 }
const standing = (second: number): VehicleValues => (second > 302 ? { Speed: 0 } : second > 300 ? { Speed: 10 } : {})

test('a shock of 6 g out of 54 km/h into a standstill is a possible crash, with the seconds around it', () => {
  const facts = observed((second) => ({ ...standing(second), ...(second === 300 ? shock : {}) }))
  expect(kindsOf(facts)).toContain('possible-crash')
  const crash = facts.observations?.find(({ kind }) => kind === 'possible-crash')
  expect(crash).toMatchObject({ startMs: mondayMs + 300_000, endMs: mondayMs + 303_000, peak: 63.246 })
  expect(crash?.evidence.offsetMs, 'up to the last movement').toEqual(
    [-5, -4, -3, -2, -1, 0, 1, 2].map((second) => second * 1000),
  )
  expect(crash?.evidence.kph, 'a speed that falls this fast is believed the second time').toEqual([
    54, 54, 54, 54, 54, 54, 54, 10,
  ])
  expect(crash?.evidence.longitudinalMps2[5], 'no brake reaches it').toBeNull()
})

test.each([
  ['a phone that falls while the car drives on', (second: number) => (second === 300 ? shock : {})],
  ['a stop without a shock', standing],
  ['a shock at a standstill', (second: number) => ({ ...(second > 280 ? { Speed: 0 } : {}), ...(second === 300 ? shock : {}) })],
  [
    'a shock and a short stop',
    (second: number) => ({ ...(second > 302 && second < 315 ? { Speed: 0 } : {}), ...(second === 300 ? shock : {}) }),
  ],
  ['a pothole of 3 g', (second: number) => ({ ...standing(second), ...(second === 300 ? { AccelerationLateral: 29 } : {}) })],
] as const)('%s is no crash', (_, at: (second: number) => VehicleValues) => {
  expect(kindsOf(observed(at))).not.toContain('possible-crash')
})

test('a phone in the hand while moving is observed, at a standstill it is not', () => {
  const moving = observed((second) => (second === 100 ? { PhoneHandling: true } : second === 112 ? { PhoneHandling: false } : {}))
  expect(moving.observations).toMatchObject([
    { kind: 'phone-use', startMs: mondayMs + 100_000, endMs: mondayMs + 111_000, peak: 54 },
  ])
  const standingStill = observed((second) => ({
    ...(second >= 90 && second < 130 ? { Speed: 0 } : {}),
    ...(second === 100 ? { PhoneHandling: true } : second === 112 ? { PhoneHandling: false } : {}),
  }))
  expect(kindsOf(standingStill)).not.toContain('phone-use')
})

test('a brake carries its samples and its confidence, and the stored facts are read back', () => {
  const facts = observed((second) =>
    second >= 100 && second < 103 ? { Speed: 54 - 13 * (second - 99), AccelerationLongitudinal: -3.6 } : {},
  )
  const brake = facts.observations?.find(({ kind }) => kind === 'brake')
  expect(brake?.confidence).toBeGreaterThan(0.7)
  expect(brake?.evidence.longitudinalMps2.filter((value) => value === -3.6)).toHaveLength(3)
  expect(parseTripFacts(JSON.stringify(facts))).toEqual(facts)
})

test('a trip keeps a bounded number of observations, and the crash is among them', () => {
  const facts = observed((second) => ({
    ...standing(second),
    ...(second === 300 ? shock : second < 290 && second % 4 === 0 ? { AccelerationLateral: 5 } : {}),
  }))
  expect(facts.observations).toHaveLength(behaviourThresholds.detect.observationsMax)
  expect(kindsOf(facts)).toContain('possible-crash')
  for (const { evidence } of facts.observations ?? [])
    expect(evidence.offsetMs.length).toBeLessThanOrEqual(behaviourThresholds.detect.evidenceSamplesMax + 2)
})
