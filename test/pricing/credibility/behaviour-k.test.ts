// K from trips: drivers who were made with a known K get it back.

import { expect, test } from 'vitest'
import { BehaviourExperience } from '../../../pricing/credibility/behaviour-k.ts'
import type { Behaviour } from '../../../pricing/edition/edition-document.ts'
import { figureColumns, type SummedTrip } from '../../../pricing/trip-sums.ts'

const dayMs = 86_400_000
const braking: Behaviour = {
  id: 'braking',
  measure: 'braking',
  rungMps2: 3.1,
  k: 1000,
  curve: [
    [0, 1],
    [100, 2],
  ],
}
const night: Behaviour = {
  id: 'night',
  measure: 'night',
  k: 800,
  curve: [
    [0, 1],
    [1, 2],
  ],
}

/** Every second week a trip of this distance, with these brakes at the second rung. */
function trip(atMs: number, km: number, brakes: number, isDriven = true): SummedTrip {
  const figures: Readonly<Record<string, number>> = { distance_m: km * 1000, longitudinal_m: km * 1000, brake_1: brakes }
  return {
    deviceId: 'd',
    startedAtMs: atMs,
    endedAtMs: atMs + 3_600_000,
    isDriven,
    agreement: 1,
    confidence: 10_000,
    figures: figureColumns.map((column) => figures[column] ?? 0),
  }
}

/** A linear congruential generator, so that the drivers are the same everywhere. */
function generator(): () => number {
  let state = 11
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function poisson(random: () => number, mean: number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count += 1
  return count
}

test('a thousand drivers whose rates are known give back the K they were made with', () => {
  const random = generator()
  const experience = new BehaviourExperience([braking, night], 28)
  for (let policy = 0; policy < 1000; policy++) {
    // Rates even between 10 and 70 per 1,000 km: mean 40 and variance 300. Within, a Poisson count has the variance of its mean, so
    // s² at 1 km is 40 × 1000 and K = 40,000 / 300.
    const rate = 10 + 60 * random()
    const trips = Array.from({ length: 26 }, (_, week) => {
      const km = 50 + 100 * random()
      return trip((week * 14 + 1) * dayMs, km, poisson(random, (rate * km) / 1000))
    })
    experience.add(`p${policy}`, trips)
  }
  const [ofBraking, ofNight] = experience.estimate('unbiased')
  expect(ofBraking).toMatchObject({ behaviour: 'braking', currentK: 1000, policies: 1000 })
  if (ofBraking?.outcome.kind !== 'estimated') throw new Error(ofBraking?.outcome.kind)
  const { k, mean } = ofBraking.outcome.structure
  expect(mean).toBeGreaterThan(38)
  expect(mean).toBeLessThan(42)
  expect(k / (40_000 / 300)).toBeGreaterThan(0.9)
  expect(k / (40_000 / 300)).toBeLessThan(1.1)
  // Nobody drove at night: there is nothing to tell drivers apart by.
  if (ofNight?.outcome.kind !== 'estimated') throw new Error(ofNight?.outcome.kind)
  expect(ofNight.outcome.structure.k).toBe(Number.POSITIVE_INFINITY)
})

test('trips somebody did not drive are no experience', () => {
  const experience = new BehaviourExperience([braking], 28)
  experience.add('p', [trip(dayMs, 100, 3, false)])
  expect(experience.estimate('unbiased')[0]).toMatchObject({ policies: 0, outcome: { kind: 'too-few-risks', found: 0 } })
})
