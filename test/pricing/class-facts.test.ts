// What a policy may state is what its edition reads: every refusal names the input and what is allowed.

import { expect, test } from 'vitest'
import { classFactsFor, statedClassFacts } from '../../pricing/class-facts.ts'
import { small } from './small-edition.ts'

const defaults = { age: 38, region: 'town', weight: 1000, kmPerYear: 12_000 }

test('what is not stated is the edition’s default, and its own inputs are as good as any', () => {
  expect(statedClassFacts(small, {})).toEqual({ kind: 'facts', facts: { class: defaults } })
  expect(statedClassFacts(small, { weight: 1450, region: 'city', claimsByYear: [0, 1] })).toEqual({
    kind: 'facts',
    facts: { class: { ...defaults, weight: 1450, region: 'city' }, claimsByYear: [0, 1] },
  })
})

test.each([
  [{ colour: 'red' }, '"colour" is no input of this plan; it reads age, region, weight, kmPerYear'],
  [{ constructor: 1 }, '"constructor" is no input of this plan'],
  [{ age: 9 }, 'age is 9, not a number from 16 to 120 years'],
  [{ age: '38' }, 'age is "38", not a number from 16 to 120 years'],
  [{ age: Number.NaN }, 'age is null, not a number from 16 to 120 years'],
  [{ region: 'moon' }, 'region is "moon", not one of town, city'],
  [{ region: 2 }, 'region is 2, not one of town, city'],
  [{ claimsByYear: [0, -1] }, 'claimsByYear is the number of at-fault claims of each year'],
  [{ claimsByYear: 3 }, 'claimsByYear is the number of at-fault claims of each year'],
  [[], 'Class facts are an object.'],
])('%j is refused: %s', (given, problem) => {
  const stated = statedClassFacts(small, given)
  expect(stated.kind === 'bad' ? stated.problem : '').toContain(problem)
})

test('what a policy stated for another edition is left out, not refused', () => {
  expect(classFactsFor(small, { colour: 'red', age: 50 })).toEqual({ kind: 'facts', facts: { class: { ...defaults, age: 50 } } })
  const { bonusMalus: _, ...without } = small
  expect(classFactsFor(without, { claimsByYear: [1] })).toEqual({ kind: 'facts', facts: { class: defaults } })
})
