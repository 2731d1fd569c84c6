// Puts a table that came in as CSV into an edition's document, where it fits: every level there once, bands without a gap,
// curves ascending. What is wrong is named at its line; then nothing is taken.

import { Compile } from 'typebox/compile'
import { type ClassFactor, type EditionDocument, EditionSchema, type Input } from '../edition/edition-document.ts'
import { formProblems } from '../edition/form-problems.ts'
import { type CsvProblem, csvProblemsMax, Faults } from './csv-problem.ts'
import { axisLevels, type EditionTable, editionTables } from './edition-tables.ts'
import { type CsvRow, readCsv } from './read-csv.ts'
import { withConstants } from './take-constants.ts'

export type TakenTable =
  | { readonly kind: 'unknown-table'; readonly tables: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly CsvProblem[] }
  /** Each cell is well, and yet it is no edition: a figure beyond its bounds. */
  | { readonly kind: 'bad-form'; readonly problems: readonly string[] }
  | { readonly kind: 'taken'; readonly document: EditionDocument }

const form = Compile(EditionSchema)

export function takeTable(edition: EditionDocument, name: string, text: string): TakenTable {
  const tables = editionTables(edition)
  const table = tables.find((candidate) => candidate.name === name)
  if (table === undefined) return { kind: 'unknown-table', tables: tables.map((one) => one.name) }
  const read = readCsv(table.columns, text)
  if (read.kind === 'problems') return read
  const faults = new Faults()
  uniqueRows(table, read.rows, faults)
  const document = withRows(edition, table, read.rows, faults)
  const problems = [...read.problems, ...faults.found].toSorted((one, other) => one.line - other.line)
  if (problems.length > 0) return { kind: 'problems', problems: problems.slice(0, csvProblemsMax) }
  return form.Check(document) ? { kind: 'taken', document } : { kind: 'bad-form', problems: formProblems(document) }
}

function uniqueRows({ columns }: EditionTable, rows: readonly CsvRow[], faults: Faults): void {
  const keys = columns.flatMap(({ isKey }, index) => (isKey ? [index] : []))
  const first = new Map<string, number>()
  for (const { line, cells } of rows) {
    if (keys.some((index) => cells[index] === '' || Number.isNaN(cells[index]))) continue
    const found = keys.map((index) => String(cells[index])).join(' / ')
    const before = first.get(found)
    if (before === undefined) first.set(found, line)
    else faults.say('duplicate', line, columns[keys[0] ?? 0]?.name ?? '', found, String(before))
  }
}

function withRows(edition: EditionDocument, table: EditionTable, rows: readonly CsvRow[], faults: Faults): EditionDocument {
  if (table.name === 'base-rates') return withBaseRates(edition, rows, faults)
  if (table.name === 'constants') return withConstants(edition, rows, faults)
  if (table.name === 'exposure' && edition.exposure !== undefined)
    return { ...edition, exposure: { ...edition.exposure, curve: curveOf(rows, faults) } }
  const factors = edition.factors.map((factor) =>
    table.name === `factor-${factor.id}` ? withFactorRows(factor, edition.inputs, rows, faults) : factor,
  )
  const behaviours = edition.behaviours.map((behaviour) =>
    table.name === `behaviour-${behaviour.id}` ? { ...behaviour, curve: curveOf(rows, faults) } : behaviour,
  )
  return { ...edition, factors, behaviours }
}

function withBaseRates(edition: EditionDocument, rows: readonly CsvRow[], faults: Faults): EditionDocument {
  const coverages = edition.baseRates.map(({ coverage }) => coverage)
  faults.everyLevel(coverages, levelsOf(rows), 'coverage')
  const amounts = new Map(rows.map(({ cells: [coverage, amount] }) => [coverage, amount]))
  for (const { line, cells } of rows) positive(line, 'annualMinor', cells[1], faults)
  const baseRates = edition.baseRates.map((rate) => {
    const annualMinor = amounts.get(rate.coverage)
    return typeof annualMinor === 'number' ? { ...rate, annualMinor } : rate
  })
  return { ...edition, baseRates }
}

function withFactorRows(
  factor: ClassFactor,
  inputs: Readonly<Record<string, Input>>,
  rows: readonly CsvRow[],
  faults: Faults,
): ClassFactor {
  switch (factor.kind) {
    case 'levels': {
      const input = inputs[factor.input]
      faults.everyLevel(input?.kind === 'level' ? input.levels : Object.keys(factor.levels), levelsOf(rows), 'level')
      const levels = rows.map(({ line, cells: [level, found] }): [string, number] => [
        String(level),
        factorIn(line, found, faults),
      ])
      return { ...factor, levels: Object.fromEntries(levels) }
    }
    case 'bands':
      return { ...factor, bands: bandsOf(rows, faults) }
    case 'curve':
      return { ...factor, curve: curveOf(rows, faults) }
    case 'pair': {
      const [down, across] = [axisLevels(factor.rows), axisLevels(factor.columns)]
      everyPair(factor.inputs, down, across, rows, faults)
      const found = new Map(
        rows.map(({ line, cells: [row, column, cell] }) => [`${row} / ${column}`, factorIn(line, cell, faults)]),
      )
      return { ...factor, factors: down.map((row) => across.map((column) => found.get(`${row} / ${column}`) ?? 1)) }
    }
  }
}

function bandsOf(rows: readonly CsvRow[], faults: Faults) {
  if (rows.length === 0) faults.say('too-few', 1, 'level', '0', '1')
  let before: number | undefined
  return rows.map(({ line, cells: [level, below, found] }, index) => {
    const isLast = index === rows.length - 1
    if (isLast && below !== undefined) faults.say('gap', line, 'below', String(below), '')
    if (!isLast && below === undefined) faults.say('missing-value', line, 'below', '', '')
    if (typeof below === 'number') {
      if (before !== undefined && below <= before) faults.say('not-ascending', line, 'below', String(below), String(before))
      before = below
    }
    const factor = factorIn(line, found, faults)
    return { level: String(level), ...(typeof below === 'number' ? { below } : {}), factor }
  })
}

function curveOf(rows: readonly CsvRow[], faults: Faults): [number, number][] {
  if (rows.length < 2) faults.say('too-few', rows.at(-1)?.line ?? 1, 'x', String(rows.length), '2')
  let before: number | undefined
  return rows.map(({ line, cells: [x, found] }) => {
    const at = typeof x === 'number' ? x : 0
    if (before !== undefined && at < before) faults.say('not-ascending', line, 'x', String(at), String(before))
    before = at
    return [at, factorIn(line, found, faults)]
  })
}

function factorIn(line: number, found: unknown, faults: Faults): number {
  positive(line, 'factor', found, faults)
  return typeof found === 'number' ? found : 1
}

function positive(line: number, column: string, found: unknown, faults: Faults): void {
  if (typeof found === 'number' && found <= 0) faults.say('not-positive', line, column, String(found), '')
}

function everyPair(
  [down, across]: readonly [string, string],
  rowLevels: readonly string[],
  columnLevels: readonly string[],
  rows: readonly CsvRow[],
  faults: Faults,
): void {
  const given = new Set(rows.map(({ cells: [row, column] }) => `${row} / ${column}`))
  for (const { line, cells } of rows) {
    if (cells[0] === '' || cells[1] === '') continue
    if (!rowLevels.includes(String(cells[0]))) faults.say('unknown-level', line, down, String(cells[0]), rowLevels.join(', '))
    if (!columnLevels.includes(String(cells[1])))
      faults.say('unknown-level', line, across, String(cells[1]), columnLevels.join(', '))
  }
  for (const row of rowLevels)
    for (const column of columnLevels)
      if (!given.has(`${row} / ${column}`)) faults.say('gap', (rows.at(-1)?.line ?? 1) + 1, across, '', `${row} / ${column}`)
}

function levelsOf(rows: readonly CsvRow[]): readonly (readonly [line: number, level: string])[] {
  return rows.map(({ line, cells: [level] }) => [line, String(level)])
}
