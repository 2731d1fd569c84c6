// Tables of an edition out as CSV and in again, and everything that is refused on the way in.

import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { EditionDocument } from '../../../pricing/edition/edition-document.ts'
import { readShippedPlan } from '../../../pricing/install-editions.ts'
import { draftDocument } from '../../../pricing/lifecycle/draft-document.ts'
import { editionDifference } from '../../../pricing/lifecycle/edition-difference.ts'
import { editionTables } from '../../../pricing/tables-csv/edition-tables.ts'
import { takeTable } from '../../../pricing/tables-csv/take-table.ts'
import { tableCsv, tablesZip } from '../../../pricing/tables-csv/write-csv.ts'

const plans = { motor: await shipped('motor'), home: await shipped('home') }

async function shipped(name: 'motor' | 'home'): Promise<EditionDocument> {
  const { edition } = await readShippedPlan(name)
  const { hash: _, ...document } = edition
  return document
}

/** As somebody sends it: with every table out and in again. */
function roundTrip(document: EditionDocument): EditionDocument {
  let taken = document
  for (const table of editionTables(document)) {
    const outcome = takeTable(taken, table.name, tableCsv(table))
    if (outcome.kind !== 'taken') throw new Error(`${table.name}: ${JSON.stringify(outcome)}`)
    taken = outcome.document
  }
  return taken
}

test.each(['motor', 'home'] as const)('every table of the %s plan comes back as it went', (name) => {
  const again = roundTrip(plans[name])
  expect(editionDifference(plans[name], again)).toEqual([])
  expect(draftDocument(again)).toMatchObject({ kind: 'document', hash: expect.any(String) })
  expect(draftDocument(again)).toEqual(draftDocument(plans[name]))
})

test('whatever factors and levels an edition has, its tables come back without a difference', () => {
  const factor = fc.integer({ min: 1, max: 100_000 }).map((thousandths) => thousandths / 10_000)
  const names = fc.uniqueArray(
    fc.string({ minLength: 1, maxLength: 12 }).map((text) => `l${text.trim()}`),
    { minLength: 1, maxLength: 6 },
  )
  const editions = fc
    .record({
      levels: names,
      factors: fc.array(factor, { minLength: 6, maxLength: 6 }),
      amount: fc.integer({ min: 1, max: 1e9 }),
    })
    .map(
      ({ levels, factors, amount }): EditionDocument => ({
        ...plans.motor,
        inputs: { own: { kind: 'level', levels, default: levels[0] ?? '' } },
        baseRates: [{ coverage: 'own', annualMinor: amount }],
        factors: [
          {
            id: 'own',
            kind: 'levels',
            input: 'own',
            levels: Object.fromEntries(levels.map((level, index) => [level, factors[index] ?? 1])),
          },
          {
            id: 'two',
            kind: 'pair',
            inputs: ['own', 'own'],
            rows: levels.map((level) => ({ level })),
            columns: [{ level: 'a,"b"' }],
            factors: levels.map((_, index) => [factors[index] ?? 1]),
          },
        ],
      }),
    )
  fc.assert(
    fc.property(editions, (edition) => {
      expect(editionDifference(edition, roundTrip(edition))).toEqual([])
    }),
    { numRuns: 50 },
  )
})

const regionCsv = (...lines: readonly string[]) => ['level,factor', ...lines].join('\n')

test.each([
  ['a decimal comma, quoted', regionCsv('country,0.93', 'town,1', 'city,"1,12"'), ['4 factor wrong-decimal-mark 1,12 → 1.12']],
  [
    'a table of a German spreadsheet',
    'level;factor\ncountry;0,93\ntown;1\ncity;1.120,5',
    ['2 factor wrong-decimal-mark 0,93 → 0.93', '4 factor wrong-decimal-mark 1.120,5 → 1120.5'],
  ],
  [
    'thousands separated',
    regionCsv('country,0.93', 'town,"1,000.5"', 'city,1'),
    ['3 factor wrong-decimal-mark 1,000.5 → 1000.5'],
  ],
  ['a level that is missing', regionCsv('country,0.93', 'town,1'), ['4 level missing-level  → city']],
  [
    'a level that the input does not have',
    regionCsv('country,0.93', 'town,1', 'city,1.1', 'village,1'),
    ['5 level unknown-level village → country, town, city'],
  ],
  ['a level twice', regionCsv('country,0.93', 'town,1', 'city,1.1', 'town,2'), ['5 level duplicate town → 3']],
  [
    'no number',
    regionCsv('country,NaN', 'town,Infinity', 'city,1e9'),
    ['2 factor not-a-number NaN → ', '3 factor not-a-number Infinity → ', '4 factor not-a-number 1e9 → '],
  ],
  ['nothing', regionCsv('country,', 'town,1', 'city,1.1'), ['2 factor missing-value  → ']],
  [
    'nought and less',
    regionCsv('country,0', 'town,-1', 'city,1.1'),
    ['2 factor not-positive 0 → ', '3 factor not-positive -1 → '],
  ],
  ['a cell too many', regionCsv('country,0.93,9', 'town,1', 'city,1.1'), ['2  cells 3 → 2']],
  ['another column', 'level,rate\ncountry,1', ['1 factor missing-column  → factor', '1 rate unknown-column rate → level,factor']],
  ['no lines', '', ['1  empty  → level,factor']],
] as const)('%s is refused with its line, its column and what to write', (_, text, expected) => {
  const taken = takeTable(plans.motor, 'factor-region', text)
  const found = taken.kind === 'problems' ? taken.problems : []
  expect(found.map(({ line, column, kind, found, mend }) => `${line} ${column} ${kind} ${found} → ${mend}`)).toEqual(expected)
})

test('everything that is wrong is said at once, in the order of the lines', () => {
  const taken = takeTable(plans.motor, 'factor-region', regionCsv('country,"0,93"', ',1', 'village,x'))
  const found = taken.kind === 'problems' ? taken.problems : []
  expect(found.map(({ line, kind }) => `${line} ${kind}`)).toEqual([
    '2 wrong-decimal-mark',
    '3 missing-value',
    '4 not-a-number',
    '4 unknown-level',
    '5 missing-level',
    '5 missing-level',
  ])
})

test('a quote that is not closed is no CSV', () => {
  expect(takeTable(plans.motor, 'factor-region', 'level,factor\n"town,1')).toMatchObject({
    kind: 'problems',
    problems: [{ kind: 'not-csv' }],
  })
})

test.each([
  ['the last band closed', ['young,25,1.2', 'old,99,1'], '3 below gap 99'],
  ['a band without an end in the middle', ['young,,1.2', 'old,,1'], '2 below missing-value '],
  ['bands out of order', ['young,25,1.2', 'middle,20,1.1', 'old,,1'], '3 below not-ascending 20'],
] as const)('%s is refused', (_, lines, expected) => {
  const taken = takeTable(plans.motor, 'factor-driver-age', ['level,below,factor', ...lines].join('\r\n'))
  const found = taken.kind === 'problems' ? taken.problems : []
  expect(found.map(({ line, column, kind, found }) => `${line} ${column} ${kind} ${found}`)).toContain(expected)
})

test('a cell that is missing from a table of pairs is a gap, named by both its levels', () => {
  const pair = editionTables(plans.motor).find(({ name }) => name === 'factor-age-power')
  if (pair === undefined) throw new Error('the motor plan has no table of pairs')
  const [first, ...rest] = pair.rows
  const taken = takeTable(plans.motor, pair.name, tableCsv({ ...pair, rows: rest }))
  expect(taken).toMatchObject({ kind: 'problems', problems: [{ kind: 'gap', mend: `${first?.[0]} / ${first?.[1]}` }] })
})

test('a figure beyond its bounds and a table that there is not are refused', () => {
  const constants = editionTables(plans.motor).find(({ name }) => name === 'constants')
  if (constants === undefined) throw new Error('no constants')
  const rows = constants.rows.map(([name, figure]) => [name, name === 'instalments' ? 0.5 : figure])
  expect(takeTable(plans.motor, 'constants', tableCsv({ ...constants, rows }))).toMatchObject({
    kind: 'bad-form',
    problems: expect.arrayContaining([expect.stringContaining('/instalments')]),
  })
  expect(takeTable(plans.motor, 'factor-moon', '')).toMatchObject({ kind: 'unknown-table' })
})

test('what was changed in a table, and nothing else, is the difference', () => {
  const taken = takeTable(plans.motor, 'factor-region', regionCsv('country,0.93', 'town,1', 'city,1.176'))
  if (taken.kind !== 'taken') throw new Error(taken.kind)
  const before = plans.motor.factors.find((factor) => factor.id === 'region')
  const city = before?.kind === 'levels' ? before.levels['city'] : undefined
  expect(editionDifference(plans.motor, taken.document)).toEqual([
    {
      table: 'factor-region',
      level: 'city',
      column: 'factor',
      before: city,
      after: 1.176,
      change: Number((1.176 / (city ?? 1) - 1).toFixed(6)),
    },
  ])
})

test('all tables go into one zip, the same bytes every time', () => {
  const files = unzipSync(tablesZip(plans.home))
  expect(Object.keys(files)).toEqual(editionTables(plans.home).map(({ name }) => `${name}.csv`))
  expect(tablesZip(plans.home)).toEqual(tablesZip(plans.home))
})
