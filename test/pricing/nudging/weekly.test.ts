// Weeks, how likely a goal is by one's own weeks, and the week's budget, by hand.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attainability, type Goal, rankByWorth } from '../../../pricing/nudging/attainability.ts'
import { weeklyBudget } from '../../../pricing/nudging/weekly-budget.ts'
import { mondayOf, rateOf, type Week, type WeeklyBehaviour, weeklyBehaviours } from '../../../pricing/nudging/weekly-history.ts'

const nothing: Record<WeeklyBehaviour, number> = {
  braking: 0,
  acceleration: 0,
  cornering: 0,
  night: 0,
  speeding: 0,
  phone: 0,
  mileage: 0,
}

/** A week of `brakes` hard brakes on `km` kilometres. */
function week(monday: string, brakes: number, km: number): Week {
  return {
    monday,
    trips: 5,
    done: { ...nothing, braking: brakes, mileage: km, speeding: km / 10 },
    over: { ...nothing, braking: km, mileage: km, speeding: km },
  }
}

const fewerBrakes: Goal = {
  behaviour: 'braking',
  savingMinor: 260,
  figures: { from: 50, to: 40, unit: 'per-1000-km' },
}
const weeks = [week('2026-05-04', 10, 100), week('2026-05-11', 3, 100), week('2026-05-18', 4, 100), week('2026-05-25', 0, 100)]

test.each([
  ['2026-06-01', '2026-06-01'],
  ['2026-06-07', '2026-06-01'],
  ['2026-01-01', '2025-12-29'],
  ['2024-02-29', '2024-02-26'],
])('%s belongs to the week of %s', (day, monday) => {
  expect(mondayOf(day)).toBe(monday)
})

test('rates come in the unit of a nudge', () => {
  const [first] = weeks
  if (first === undefined) throw new Error('no week')
  expect(rateOf(first, 'braking')).toBe(100)
  expect(rateOf(first, 'speeding')).toBeCloseTo(0.1, 12)
  expect(rateOf(first, 'mileage')).toBeCloseTo(100 * (365 / 7), 9)
  expect(rateOf(first, 'phone')).toBeUndefined()
})

test('three of four weeks at the goal make four sixths; no week makes a half; a valve has no weeks', () => {
  expect(attainability(fewerBrakes, weeks)).toBeCloseTo(4 / 6, 12)
  expect(attainability(fewerBrakes, [])).toBe(1 / 2)
  expect(attainability({ ...fewerBrakes, behaviour: 'valve-test' }, weeks)).toBe(1 / 2)
})

test('what saves less but is far more likely comes first', () => {
  const never: Goal = { ...fewerBrakes, behaviour: 'mileage', savingMinor: 300, figures: { from: 5000, to: 10, unit: 'km' } }
  const ranked = rankByWorth([never, fewerBrakes], weeks)
  expect(ranked.map(({ behaviour, attainability: likely }) => [behaviour, likely])).toEqual([
    ['braking', 0.6667],
    ['mileage', 0.1667],
  ])
  expect(rankByWorth([fewerBrakes, never], weeks)).toEqual(ranked)
})

// €2.60 a month is €0.60 a week. In 100 km the goal allows 4 brakes, the old habit were 5: the fifth takes all of it.
test.each([
  [0, 60],
  [4, 60],
  [5, 0],
  [9, 0],
])('after %d brakes %d cents are left', (brakes, leftMinor) => {
  const budget = weeklyBudget(fewerBrakes, weeks, week('2026-06-01', brakes, 30))
  expect(budget).toMatchObject({ budgetMinor: 60, leftMinor, done: brakes })
  expect(budget?.allowed).toBeCloseTo(4, 12)
  expect(budget?.spentAt).toBeCloseTo(5, 12)
})

test('a week with more kilometres allows more, and one without a trip has spent nothing', () => {
  expect(weeklyBudget(fewerBrakes, weeks, week('2026-06-01', 8, 200))).toMatchObject({ leftMinor: 60, allowed: 8 })
  expect(weeklyBudget(fewerBrakes, weeks, undefined)).toMatchObject({ budgetMinor: 60, leftMinor: 60, done: 0 })
  expect(weeklyBudget(fewerBrakes, [], undefined)).toBeUndefined()
  expect(weeklyBudget({ ...fewerBrakes, behaviour: 'live-days' }, weeks, undefined)).toBeUndefined()
})

test('what is left lies between nothing and the budget and never grows with what is done', () => {
  const goal = fc.record({
    behaviour: fc.constantFrom(...weeklyBehaviours),
    savingMinor: fc.integer({ min: 1, max: 5000 }),
    figures: fc.record({
      from: fc.double({ min: 0, max: 100, noNaN: true }),
      to: fc.double({ min: 0, max: 100, noNaN: true }),
      unit: fc.constant(''),
    }),
  })
  fc.assert(
    fc.property(goal, fc.nat(50), fc.nat(50), fc.integer({ min: 1, max: 900 }), (chosen, brakes, more, km) => {
      const left = (count: number) => weeklyBudget(chosen, weeks, week('2026-06-01', count, km))?.leftMinor ?? 0
      const budgetMinor = weeklyBudget(chosen, weeks, undefined)?.budgetMinor ?? 0
      expect(left(brakes)).toBeGreaterThanOrEqual(0)
      expect(left(brakes)).toBeLessThanOrEqual(budgetMinor)
      expect(left(brakes + more)).toBeLessThanOrEqual(left(brakes))
    }),
  )
})
