// Books hold editions of the first form. What they are addressed by and what they rate to stays exactly what it was: golden.json
// was written by the version of Merit before the second form.

import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { sha256 } from '../../pricing/canonical-json.ts'
import { parseEdition } from '../../pricing/edition/parse-edition.ts'
import { rate } from '../../pricing/rating/rate.ts'
import golden from './editions-one/golden.json' with { type: 'json' }
import { homePolicy, motorPolicy } from './editions-one/policies.ts'
import { withValue } from './with-value.ts'

const policiesRated = 400

async function kept(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`editions-one/${name}.json`, import.meta.url), 'utf8'))
}

test.each([
  ['motor', motorPolicy, golden.motor],
  ['home', homePolicy, golden.home],
] as const)('the first %s plan keeps its hash, its worksheets byte for byte and its cents', async (name, policy, before) => {
  const parsed = parseEdition(await kept(name))
  if (parsed.kind !== 'edition') throw new Error(parsed.problems.join('; '))
  expect(parsed.hash).toBe(before.hash)
  expect(sha256(parsed.document), 'the document that is kept is the one that came in').toBe(before.hash)
  const worksheets = Array.from({ length: policiesRated }, (_, seed) => rate(parsed.edition, `policy-${seed}`, policy(seed)))
  expect(worksheets.slice(0, before.first.length).map((one) => [one.premiumMinor, one.classPremiumMinor])).toEqual(before.first)
  expect(worksheets[2]).toEqual(before.example)
  expect(sha256(worksheets.map((one) => JSON.stringify(one)).join('\n'))).toBe(before.worksheets)
})

test.each([
  ['/classFactors/driverAge/5/below', 90, '/classFactors/driverAge/5 leaves a gap'],
  ['/mileage/curve/2/0', 4000, '/mileage/curve/2 is not sorted: 4000 after 4000'],
  ['/clamp/min', 1.1, '/clamp from 1.1 to 1.47 leaves out 1'],
])('a first-form document with %s = %j is still refused', async (path, value, problem) => {
  const parsed = parseEdition(withValue(await kept('motor'), path, value))
  expect(parsed.kind === 'invalid' ? parsed.problems.join('\n') : '').toContain(problem)
})
