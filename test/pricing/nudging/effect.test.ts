// The effect of nudging against known truths: a made one, a worked one, and none.

import { expect, test } from 'vitest'
import { assignArm, weeklyBudgetExperiment } from '../../../pricing/nudging/assign-arm.ts'
import { isHarmful, measureEffect, type Outcome, policiesPerArmMin } from '../../../pricing/nudging/effect.ts'

/** A small generator with a seed, so that the same people are drawn every time. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** People whose habits last: what they did before explains most of what they do after; nudging takes `effect` off. */
function people(count: number, effect: number, seed = 7): readonly Outcome[] {
  const draw = draws(seed)
  return Array.from({ length: count }, (_, index) => {
    const habit = 20 + 80 * draw()
    const arm = assignArm({ ...weeklyBudgetExperiment, holdOutShare: 0.5 }, `p${index}`)
    const noise = () => 10 * (draw() - 0.5)
    return { arm, before: habit + noise(), after: habit + noise() + (arm === 'nudged' ? effect : 0) }
  })
}

test('a true effect lies in its interval, and the past makes that narrow', () => {
  const effect = measureEffect(people(2000, -8))
  if (effect.kind !== 'effect') throw new Error(effect.kind)
  expect(effect.interval[0]).toBeLessThan(-8)
  expect(effect.interval[1]).toBeGreaterThan(-8)
  expect(effect.interval[1] - effect.interval[0]).toBeLessThan(1)
  expect(effect.varianceExplained).toBeGreaterThan(0.9)
  expect(effect.verdict).toBe('helps')
})

test('of a hundred experiments without an effect about five say otherwise', () => {
  const wrong = Array.from({ length: 100 }, (_, seed) => measureEffect(people(300, 0, seed + 1))).filter(
    (effect) => effect.kind === 'effect' && effect.verdict !== 'not-shown',
  )
  expect(wrong.length).toBeGreaterThan(0)
  expect(wrong.length).toBeLessThan(12)
})

test('an arm that harms is stopped, one that does nothing or helps is not', () => {
  expect(isHarmful(measureEffect(people(400, 6)))).toBe(true)
  expect(isHarmful(measureEffect(people(400, 0)))).toBe(false)
  expect(isHarmful(measureEffect(people(400, -6)))).toBe(false)
})

// By hand: before (1, 2, 3, 4) repeated, after = 2 × before, 1 less when nudged; so θ = 2 and nothing is left but the difference.
test('by hand: when the past explains everything, only the difference is left', () => {
  const outcomes = Array.from({ length: 80 }, (_, index): Outcome => {
    const before = 1 + (Math.floor(index / 2) % 4)
    return index % 2 === 0 ? { arm: 'nudged', before, after: 2 * before - 1 } : { arm: 'hold-out', before, after: 2 * before }
  })
  expect(measureEffect(outcomes)).toMatchObject({
    difference: -1,
    nudged: { policies: 40, mean: 4, adjusted: 4 },
    heldOut: { policies: 40, mean: 5, adjusted: 5 },
    relative: -0.2,
  })
})

test('too few people are no experiment, and the order of them does not matter', () => {
  expect(measureEffect(people(policiesPerArmMin, -8)).kind).toBe('too-few')
  const some = people(200, -3)
  expect(measureEffect([...some].reverse())).toEqual(measureEffect(some))
})

test('a fifth is held out, and everybody stays where they are', () => {
  const ids = Array.from({ length: 5000 }, (_, index) => `policy-${index}`)
  const heldOut = ids.filter((id) => assignArm(weeklyBudgetExperiment, id) === 'hold-out')
  // Four standard deviations of a binomial: 5,000 × .2 ± 4 × 28.3.
  expect(Math.abs(heldOut.length - 1000)).toBeLessThan(114)
  expect(heldOut).toEqual(ids.filter((id) => assignArm(weeklyBudgetExperiment, id) === 'hold-out'))
  const anew = ids.filter((id) => assignArm({ ...weeklyBudgetExperiment, id: 'another' }, id) === 'hold-out')
  expect(anew).not.toEqual(heldOut)
})
