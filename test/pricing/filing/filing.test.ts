// The parts of a filing pack that are no document: which example is worked through, the manifest, and the CSV of what changed.

import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import type { Edition } from '../../../pricing/edition/edition-document.ts'
import { changesCsv } from '../../../pricing/filing/filed-csv.ts'
import { manifestOf } from '../../../pricing/filing/manifest.ts'
import { workedExample } from '../../../pricing/filing/worked-example.ts'
import { editionDifference } from '../../../pricing/lifecycle/edition-difference.ts'
import { withCasesRated } from '../../../pricing/rating/failed-cases.ts'
import { small } from '../small-edition.ts'

const edition: Edition = { ...withCasesRated(small), hash: 'a'.repeat(64) }

test('the example worked through is a test case in which no other has more factors at work', () => {
  const example = workedExample(edition)
  const working = (name: string) =>
    workedExample({ ...edition, testCases: edition.testCases.filter((one) => one.name === name) })?.worksheet.steps.filter(
      ({ operation, operand }) => operation === 'multiply' && operand !== 1,
    ).length ?? 0
  expect(example?.worksheet.premiumMinor).toBe(example?.testCase.premiumMinor)
  expect(working(example?.testCase.name ?? '')).toBe(Math.max(...edition.testCases.map(({ name }) => working(name))))
})

// SHA-256 of the empty input and of "abc": FIPS 180-2.
test('the manifest has the size and the SHA-256 of every file, sorted by path', () => {
  const files = [
    { path: 'b.txt', bytes: new TextEncoder().encode('abc') },
    { path: 'a.txt', bytes: new Uint8Array() },
  ]
  const manifest = manifestOf(edition, undefined, Date.parse('2026-03-02T09:30:00Z'), files)
  expect(manifest).toEqual({
    schema: 'filing/1',
    edition: { planId: 'small', hash: edition.hash, title: 'A small plan', product: 'motor' },
    submittedAt: '2026-03-02T09:30:00.000Z',
    files: [
      { path: 'a.txt', bytes: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
      { path: 'b.txt', bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
    ],
  })
  expect(manifestOf(edition, edition, 0, []).former).toBe(edition.hash)
})

test('the change list is read back as it was written, commas and all', () => {
  const [first, ...rest] = small.baseRates
  if (first === undefined) throw new Error('no base rate')
  const next = { ...small, title: 'A "small", second plan', baseRates: [{ ...first, annualMinor: 42_000 }, ...rest] }
  const changes = editionDifference(small, next)
  const rows: unknown = parse(changesCsv(changes), { columns: true })
  expect(rows).toEqual([
    { table: 'document', row: 'title', column: 'text', before: 'A small plan', after: 'A "small", second plan', change: '' },
    { table: 'base-rates', row: 'liability', column: 'annualMinor', before: '40000', after: '42000', change: '0.05' },
  ])
})
