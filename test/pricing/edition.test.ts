// Editions: content addresses, and what is refused and how it is said.

import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { canonicalJson, contentHash } from '../../pricing/canonical-json.ts'
import { parseEdition } from '../../pricing/edition.ts'

const motor = await shipped('motor')
const home = await shipped('home')

async function shipped(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(new URL(`../../pricing/plans/${name}.json`, import.meta.url), 'utf8'))
}

/** A copy with the value at this path replaced. */
function withValue(document: unknown, path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(document)
  const keys = path.split('/').slice(1)
  let parent = copy
  for (const key of keys.slice(0, -1)) parent = Reflect.get(Object(parent), key)
  Reflect.set(Object(parent), keys.at(-1) ?? '', value)
  return copy
}

test('an edition is addressed by its content: the order of keys and the layout do not matter, a digit does', () => {
  const reordered: unknown = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(motor).reverse()), null, 7))
  const [one, two] = [parseEdition(motor), parseEdition(reordered)]
  const three = parseEdition(withValue(motor, '/baseRateMinor', 66_001))
  if (one.kind !== 'edition' || two.kind !== 'edition' || three.kind !== 'edition') throw new Error('does not parse')
  expect(two.hash).toBe(one.hash)
  expect(three.hash).not.toBe(one.hash)
  expect(one.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(contentHash(JSON.parse(one.document))).toBe(one.hash)
})

test.each([
  ['/classFactors/driverAge/5/below', 90, '/classFactors/driverAge has a gap: nothing covers 90 and more'],
  ['/classFactors/driverAge/1/below', 20, '/classFactors/driverAge/1 is not in order: below 20 after 21'],
  ['/classFactors/region', {}, '/classFactors/region has no levels'],
  ['/mileage/curve/2/0', 4000, '/mileage/curve/2 is not sorted: 4000 after 4000'],
  ['/behaviours/night/curve/1/0', 9, '/behaviours/night/curve/2 is not sorted: 0.15 after 9'],
  ['/behaviours/braking/rungMps2', 3, '3 m/s² is not a rung of the ladder 2.7, 3.1, 3.6, 4, 4.9, 5.4, 6.3'],
  ['/clamp/min', 1.1, '/clamp from 1.1 to 1.47 leaves out 1, the class price'],
  ['/product', 'boat', '/product must be motor or home'],
])('%s = %j is refused: %s', (path, value, problem) => {
  const parsed = parseEdition(withValue(motor, path, value))
  expect(parsed.kind === 'invalid' ? parsed.problems : []).toContain(problem)
})

test.each([
  ['/baseRateMinor', 0],
  ['/baseRateMinor', 12.5],
  ['/currency', 'euro'],
  ['/surprise', 1],
  ['/credits/water/k', 0],
  ['/credits/fire/curve', [[0, 1]]],
  ['/testCases', []],
])('a home edition with %s = %j is refused and the place is named', (path, value) => {
  const parsed = parseEdition(withValue(home, path, value))
  if (parsed.kind !== 'invalid') throw new Error('was accepted')
  expect(parsed.problems.join('\n')).toContain(path === '/surprise' ? 'properties' : path)
})

test.each([undefined, null, 7, 'motor', []])('%j is no edition', (value) => {
  expect(parseEdition(value).kind).toBe('invalid')
})

test('canonical JSON sorts keys, drops what is undefined and refuses what JSON cannot say', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'ü' }], a: undefined, A: 1e21 })).toBe('{"A":1e+21,"b":[1,{"c":"ü","d":null}]}')
  expect(() => canonicalJson({ a: Number.NaN })).toThrow(/NaN/)
  expect(() => canonicalJson({ a: () => 1 })).toThrow(/function/)
})
