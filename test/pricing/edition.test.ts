// Editions: content addresses, and what is refused, where, and how it is to be mended.

import { expect, test } from 'vitest'
import { canonicalJson, contentHash } from '../../pricing/canonical-json.ts'
import { parseEdition, parseRateableEdition } from '../../pricing/edition/parse-edition.ts'
import { compileEdition } from '../../pricing/rating/compile.ts'
import { small } from './small-edition.ts'
import { withValue } from './with-value.ts'

function problemsWith(pointer: string, value: unknown): readonly string[] {
  const parsed = parseEdition(withValue(small, pointer, value))
  return parsed.kind === 'invalid' ? parsed.problems : []
}

test('the edition that the others differ from by one thing is valid', () => {
  expect(parseEdition(small)).toMatchObject({ kind: 'edition', edition: { planId: 'small', schema: 'edition/2' } })
})

test('a draft may be tried out while its cases fail, and not while its tables have gaps', () => {
  const wrongCase = withValue(small, '/testCases/0/premiumMinor', 1)
  expect([parseEdition(wrongCase).kind, parseRateableEdition(wrongCase).kind]).toEqual(['invalid', 'edition'])
  expect(parseRateableEdition(withValue(small, '/factors/0/bands/2/below', 90)).kind).toBe('invalid')
})

test('a factor for some is a step on their worksheets alone', () => {
  const parsed = parseRateableEdition(withValue(small, '/factors/0/where', { input: 'region', levels: ['city'] }))
  if (parsed.kind !== 'edition') throw new Error('does not parse')
  const { worksheet } = compileEdition(parsed.edition)
  const idsIn = (region: string): readonly string[] => {
    const facts = small.testCases[0]?.facts
    if (facts === undefined) throw new Error('the edition has no case')
    return worksheet({ ...facts, class: { ...facts.class, region } }).map(({ id }) => id)
  }
  const own = `class:${small.factors[0]?.id}`
  expect(idsIn('city')).toContain(own)
  expect(idsIn('town')).toEqual(idsIn('city').filter((id) => id !== own))
})

test('an edition is addressed by its content: the order of keys and the layout do not matter, a digit does', () => {
  const reordered: unknown = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(small).reverse()), null, 7))
  const [one, two] = [parseEdition(small), parseEdition(reordered)]
  const three = parseEdition(withValue(small, '/note', 'another'))
  if (one.kind !== 'edition' || two.kind !== 'edition' || three.kind !== 'edition') throw new Error('does not parse')
  expect(two.hash).toBe(one.hash)
  expect(three.hash).not.toBe(one.hash)
  expect(one.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(contentHash(JSON.parse(one.document))).toBe(one.hash)
})

test.each([
  // Tables.
  ['/factors/0/bands/2/below', 90, '/factors/0/bands has a gap: nothing covers 90 and more; leave "below" out of the last band'],
  ['/factors/0/bands/0/below', undefined, '/factors/0/bands/0 needs "below": only the last band is open'],
  ['/factors/0/bands/1/below', 20, '/factors/0/bands/1 is not in order: below 20 after 25'],
  ['/factors/0/bands/0/below', 16, '/factors/0/bands/0 is not in order: below 16 after 16, the least age'],
  ['/factors/0/bands/1/level', 'young', '/factors/0/bands/1 is called "young" as another before it: give it a name of its own'],
  [
    '/factors/1/levels/city',
    undefined,
    '/factors/1/levels has no case for "city" of region: add it, or take it out of /inputs/region/levels',
  ],
  [
    '/factors/1/levels/moon',
    1,
    '/factors/1/levels has a case for "moon", which is no level of region: add it to /inputs/region/levels',
  ],
  [
    '/factors/1/levels/city',
    1.12345,
    '/factors/1/levels/city has more than the 4 decimals of /rounding/factorDecimals: write 1.1234',
  ],
  ['/factors/2/factors/1', [1], '/factors/2/factors/1 has 1 factors, /columns has 2: give one for each'],
  ['/factors/2/factors', [[1, 1]], '/factors/2/factors has 1 rows, /rows has 2: give one for each'],
  ['/factors/2/columns/0/below', 5, '/factors/2/columns/0 has "below", but region has levels: take it out'],
  ['/factors/3/curve/1/0', 0, '/factors/3/curve/1 is not sorted: 0 after 0'],
  [
    '/factors/0/where',
    { input: 'fuel', levels: ['diesel'] },
    '/factors/0/where reads "fuel", which /inputs does not declare: declare it, or leave "where" out',
  ],
  [
    '/factors/0/where',
    { input: 'age', levels: ['25'] },
    '/factors/0/where reads age, which is a number: a condition names levels; use kind "pair"',
  ],
  [
    '/factors/0/where',
    { input: 'region', levels: ['city', 'moon'] },
    '/factors/0/where/levels has "moon", which is no level of region: write one of town, city',
  ],
  ['/factors/3/input', 'region', '/factors/3 is a curve over region, which has levels: use kind "levels"'],
  ['/factors/1/input', 'age', '/factors/1/levels lists levels, but age is a number: use kind "bands" or "curve"'],
  ['/factors/0/input', 'region', '/factors/0/bands cuts bands, but region has levels: use kind "levels"'],
  ['/factors/0/id', 'region', '/factors/1 is called "region" as another before it: give it a name of its own'],
  // Inputs.
  [
    '/factors/0/input',
    'shoeSize',
    '/factors/0 reads "shoeSize", which /inputs does not declare: declare it, or read one of age, region, weight, kmPerYear',
  ],
  ['/inputs/age/default', 7, '/inputs/age/default is 7, not a number from 16 to 120 years'],
  ['/inputs/region/default', 'moon', '/inputs/region/default is "moon", not one of town, city'],
  ['/inputs/age/min', 200, '/inputs/age goes from 200 to 120: "min" must not be above "max"'],
  ['/inputs/shoe size', { kind: 'number', min: 0, max: 1, default: 0 }, 'must be named by letters and digits'],
  ['/inputs/kmPerYear', undefined, '/exposure reads the input kmPerYear: declare it in /inputs as a number'],
  // Curves that must rise.
  ['/exposure/curve/1/1', 0.5, '/exposure/curve/1 falls from 0.8 to 0.5: more must never cost less, so give it at least 0.8'],
  ['/behaviours/0/curve/2/1', 0.9, '/behaviours/0/curve/2 falls from 1 to 0.9: more must never cost less, so give it at least 1'],
  ['/behaviours/1/curve/1/0', 0, '/behaviours/1/curve/1 is not sorted: 0 after 0'],
  // Behaviours.
  ['/behaviours/0/rungMps2', 3, '/behaviours/0/rungMps2: 3 m/s² is not a rung of the ladder 2.7, 3.1, 3.6, 4, 4.9, 5.4, 6.3'],
  ['/behaviours/0/rungMps2', undefined, '/behaviours/0/rungMps2 is missing: use one of 2.7, 3.1, 3.6, 4, 4.9, 5.4, 6.3'],
  ['/behaviours/1/rungMps2', 3.1, '/behaviours/1/rungMps2 has no meaning for night: take it out'],
  [
    '/behaviours/0/measure',
    'singing',
    '/behaviours/0/measure is "singing", which is not measured for motor: use one of braking, acceleration, cornering, night, speeding, phone',
  ],
  ['/behaviours/0/measure', 'water', '/behaviours/0/measure is "water", which is not measured for motor'],
  ['/behaviours/1/untestedFactor', 1.1, '/behaviours/1/untestedFactor has no meaning for night: only water has a valve to test'],
  // Bounds and promises.
  ['/behaviourBounds/min', 1.1, '/behaviourBounds from 1.1 to 1.47 leaves out 1, the class price: let it in'],
  ['/behaviours/0/max', 0.9, '/behaviours/0 from 0 to 0.9 leaves out 1, the class price: let it in'],
  ['/guardRails/discountOnly', true, '/behaviourBounds/max is 1.47 in a plan that only gives discounts: lower it to 1'],
  ['/guardRails/discountOnly', true, '/behaviours/0/curve/2 is 1.2 in a plan that only gives discounts: lower it to 1'],
  ['/premiumBounds', { minAnnualMinor: 9, maxAnnualMinor: 8 }, '/premiumBounds from 9 to 8 leave nothing'],
  ['/bonusMalus/floor', 1.5, '/bonusMalus starts at 1, which is not from floor 1.5 to cap 3.5'],
  ['/bonusMalus/floor', 0.555, '/bonusMalus/floor is 0.555: it has more than 2 decimals'],
  ['/rounding/steps', [{ after: 'class', toMinor: 1 }], '/rounding/steps needs one after "instalment"'],
  // Its own cases.
  ['/testCases/0/premiumMinor', 1, '/testCases/0 "a new driver" comes to 5500 (class 5500), not 1 (class 5500)'],
  ['/testCases/0/facts/class/age', undefined, '/testCases/0/facts/class/age is missing'],
  ['/testCases/0/facts/class/shoeSize', 43, '/testCases/0/facts/class/shoeSize is no input of this plan: take it out'],
  ['/testCases/0/facts/class/age', 9, '/testCases/0/facts/class/age is 9, not a number from 16 to 120 years'],
])('%s = %j is refused: %s', (pointer, value, problem) => {
  const problems = problemsWith(pointer, value)
  expect(
    problems.some((found) => found.includes(problem)),
    `found: ${problems.join('\n')}`,
  ).toBe(true)
})

test.each([
  ['/baseRates/0/annualMinor', 0, '/baseRates/0/annualMinor must be >= 1'],
  ['/baseRates/0/annualMinor', 12.5, '/baseRates/0/annualMinor must be integer'],
  ['/baseRates', [], '/baseRates must not have fewer than 1 items'],
  ['/currency', 'euro', '/currency must match pattern'],
  ['/surprise', 1, '/surprise is no part of an edition: take it out, or mend its spelling'],
  ['/factors/0/colour', 'red', '/factors/0/colour is no part of an edition'],
  ['/factors/0/kind', 'table', '/factors/0/kind must be one of levels, bands, curve, pair'],
  ['/factors/0/bands/0/factor', Number.NaN, '/factors/0/bands/0/factor must be number'],
  ['/factors/0/bands/0/factor', 0, '/factors/0/bands/0/factor must be > 0'],
  ['/factors/0/bands/0/factor', '1,2', '/factors/0/bands/0/factor must be number'],
  ['/inputs/age/max', Number.POSITIVE_INFINITY, '/inputs/age/max must be number'],
  ['/exposure/curve', [[0, 1]], '/exposure/curve must not have fewer than 2 items'],
  ['/guardRails/discountOnly', undefined, '/guardRails/discountOnly is missing'],
  ['/product', 'boat', '/product must be one of motor, home'],
  ['/schema', 'edition/3', '/schema must be "edition/2"'],
  ['/testCases', [], '/testCases must not have fewer than 1 items'],
])('%s = %j does not have the form: %s', (pointer, value, problem) => {
  const problems = problemsWith(pointer, value)
  expect(
    problems.some((found) => found.includes(problem)),
    `found: ${problems.join('\n')}`,
  ).toBe(true)
})

test.each([undefined, null, 7, 'motor', []])('%j is no edition', (value) => {
  expect(parseEdition(value).kind).toBe('invalid')
})

test('canonical JSON sorts keys, drops what is undefined and refuses what JSON cannot say', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: undefined, A: 1e21 })).toBe('{"A":1e+21,"b":[1,{"c":"ü","d":null}]}')
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(/NaN/)
  expect(() => canonicalJson({ a: () => 1 })).toThrow(/function/)
})
