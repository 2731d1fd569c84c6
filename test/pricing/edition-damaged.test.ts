// Editions with anything at any place: parsing answers with an edition that rates, or with problems, and never fails.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEdition } from '../../pricing/edition/parse-edition.ts'
import { compileEdition } from '../../pricing/rating/compile.ts'
import { small } from './small-edition.ts'
import { withValue } from './with-value.ts'

/** Pointers to everything in the document. */
function pointersIn(value: unknown, pointer = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [pointer]
  const within = Object.entries(value).flatMap(([key, member]) => pointersIn(member, `${pointer}/${key}`))
  return pointer === '' ? within : [pointer, ...within]
}

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e308, 5e-324, '', '1,5', [], {}, true),
  fc.double(),
  fc.integer({ min: -10, max: 200_000 }),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
)
const damage = fc.tuple(fc.constantFrom(...pointersIn(small)), oddValue)

test('whatever stands anywhere in an edition, it is refused at a place or rates its own cases', () => {
  let accepted = 0
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const document = damages.reduce<unknown>((so, [pointer, value]) => withValue(so, pointer, value), small)
      const parsed = parseEdition(document)
      if (parsed.kind === 'invalid') {
        expect(parsed.problems.length).toBeGreaterThan(0)
        for (const problem of parsed.problems) expect(problem).toMatch(/^(\/|must )/)
        return
      }
      accepted += 1
      const { price } = compileEdition(parsed.edition)
      for (const { facts, premiumMinor } of parsed.edition.testCases) expect(price(facts).premiumMinor).toBe(premiumMinor)
    }),
    { numRuns: 1500 },
  )
  expect(accepted, 'texts and unused figures may be anything').toBeGreaterThan(0)
})

test('any JSON at all is an edition or has problems', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(parseEdition(value)).toMatchObject({ kind: 'invalid', problems: expect.any(Array) })
    }),
    { numRuns: 300 },
  )
})
