// A model document is taken as it is or refused with the place of every problem.

import { expect, test } from 'vitest'
import { columnKindsOf, columnsOf, termId } from '../../../pricing/fit/model-spec.ts'
import { type ModelProblem, parseModelSpec } from '../../../pricing/fit/parse-model.ts'

const model = {
  schema: 'model/1',
  name: 'frequency',
  family: { kind: 'poisson' },
  response: { column: 'claims' },
  logOffset: 'exposure',
  terms: [
    { kind: 'levels', column: 'region' },
    { id: 'age', kind: 'bands', column: 'years', bands: [{ level: 'young', below: 30 }, { level: 'older' }] },
    { kind: 'number', column: 'km', per: 'days', transform: 'log', power: 2 },
    { kind: 'spline', column: 'power', basis: 'natural', knots: [50, 90], boundary: [20, 200] },
    { kind: 'interaction', of: ['region', 'age'] },
  ],
}

function withTerm(index: number, change: object): unknown {
  return { ...model, terms: model.terms.map((term, at) => (at === index ? { ...term, ...change } : term)) }
}

function problemsOf(value: unknown): readonly ModelProblem[] {
  const parsed = parseModelSpec(value)
  if (parsed.kind === 'model') throw new Error('it was taken')
  return parsed.problems
}

test('a model with every kind of term is taken, and says which columns it reads', () => {
  const parsed = parseModelSpec(model)
  if (parsed.kind !== 'model') throw new Error(JSON.stringify(parsed.problems))
  expect(parsed.model.terms.map(termId)).toEqual(['region', 'age', 'log(km/days)^2', 'power', 'region:age'])
  expect(columnsOf(parsed.model)).toEqual(['region', 'years', 'km', 'days', 'power', 'claims', 'exposure'])
  expect(columnKindsOf(parsed.model).get('region')).toBe('categorical')
  expect(columnKindsOf(parsed.model).get('years')).toBe('numeric')
})

test.each<[string, unknown, readonly ModelProblem[]]>([
  ['no object', [1], [{ place: '', kind: 'wrong-type', expected: 'object' }]],
  [
    'a family that is none',
    { ...model, family: { kind: 'poison' } },
    [{ place: '/family/kind', kind: 'not-one-of', allowed: ['poisson', 'gamma', 'binomial', 'tweedie'] }],
  ],
  [
    'a Tweedie family without its power',
    { ...model, family: { kind: 'tweedie' } },
    [{ place: '/family', kind: 'missing', name: 'power' }],
  ],
  [
    'a Tweedie power that is Poisson',
    { ...model, family: { kind: 'tweedie', power: 1 } },
    [{ place: '/family/power', kind: 'out-of-range', rule: 'must be > 1' }],
  ],
  ['a name nobody knows', { ...model, offset: 'exposure' }, [{ place: '', kind: 'unknown-name', name: 'offset' }]],
  [
    'a term of no kind',
    withTerm(0, { kind: 'factor' }),
    [{ place: '/terms/0/kind', kind: 'not-one-of', allowed: ['levels', 'bands', 'number', 'spline', 'interaction'] }],
  ],
  ['a misspelt name in a term', withTerm(0, { refrence: 'x' }), [{ place: '/terms/0', kind: 'unknown-name', name: 'refrence' }]],
  [
    'a selected relativity of 0',
    withTerm(0, { selected: { north: 0 } }),
    [{ place: '/terms/0/selected/north', kind: 'out-of-range', rule: 'must be > 0' }],
  ],
  [
    'two terms of one id',
    withTerm(1, { id: 'region' }),
    [
      { place: '/terms/1', kind: 'duplicate-id', id: 'region' },
      { place: '/terms/4/of/1', kind: 'unknown-term', id: 'age' },
    ],
  ],
  [
    'a last band that ends',
    withTerm(1, {
      bands: [
        { level: 'a', below: 1 },
        { level: 'b', below: 2 },
      ],
    }),
    [{ place: '/terms/1/bands/1/below', kind: 'open-band' }],
  ],
  [
    'bands out of order',
    withTerm(1, { bands: [{ level: 'a', below: 3 }, { level: 'b', below: 2 }, { level: 'c' }] }),
    [{ place: '/terms/1/bands/1/below', kind: 'not-rising' }],
  ],
  [
    'two bands of one name',
    withTerm(1, { bands: [{ level: 'a', below: 3 }, { level: 'a' }] }),
    [{ place: '/terms/1/bands', kind: 'duplicate-id', id: 'a' }],
  ],
  ['a knot outside of the boundary', withTerm(3, { knots: [50, 200] }), [{ place: '/terms/3/knots', kind: 'not-rising' }]],
  [
    'an interaction with nothing',
    withTerm(4, { of: ['region', 'colour'] }),
    [{ place: '/terms/4/of/1', kind: 'unknown-term', id: 'colour' }],
  ],
])('%s is refused at its place', (_, value, expected) => {
  expect(problemsOf(value)).toEqual(expected)
})
