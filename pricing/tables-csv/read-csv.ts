// CSV into the rows of a table, cell by cell: which column is which, which cells are numbers, and everything that is wrong
// with them. Spreadsheets of countries with a decimal comma separate by semicolons; that is understood, the comma is not.

import { CsvError, parse } from 'csv-parse/sync'
import { type CsvProblem, type CsvProblemKind, csvProblemsMax } from './csv-problem.ts'
import type { Cell, EditionTable, TableColumn } from './edition-tables.ts'

/** Far above the largest table; a mistaken file is not read to its end. */
export const csvCharactersMax = 1_000_000

export interface CsvRow {
  readonly line: number
  /** In the order of the table's columns. */
  readonly cells: readonly Cell[]
}

export type ReadCsv =
  /** A cell that is wrong is NaN, or empty where a name is wanted: so what is wrong with the table is found as well. */
  | { readonly kind: 'rows'; readonly rows: readonly CsvRow[]; readonly problems: readonly CsvProblem[] }
  /** Nothing can be read from it. */
  | { readonly kind: 'problems'; readonly problems: readonly CsvProblem[] }

interface Line {
  readonly number: number
  readonly cells: readonly string[]
}

export function readCsv(columns: EditionTable['columns'], text: string): ReadCsv {
  const problems: CsvProblem[] = []
  const say = (kind: CsvProblemKind, line: number, column: string, found: string, mend: string): void => {
    if (problems.length < csvProblemsMax) problems.push({ kind, line, column, found, mend })
  }
  if (text.length > csvCharactersMax) {
    say('too-large', 1, '', String(text.length), String(csvCharactersMax))
    return { kind: 'problems', problems }
  }
  const lines = linesOf(text, say)
  const [head, ...body] = lines
  if (head === undefined) {
    if (problems.length === 0) say('empty', 1, '', '', columns.map(({ name }) => name).join(','))
    return { kind: 'problems', problems }
  }
  const names = head.cells.map((name) => name.trim())
  for (const { name } of columns) if (!names.includes(name)) say('missing-column', head.number, name, '', name)
  for (const [index, name] of names.entries()) {
    if (!columns.some((column) => column.name === name))
      say('unknown-column', head.number, name, name, columns.map((column) => column.name).join(','))
    else if (names.indexOf(name) !== index)
      say('duplicate', head.number, name, name, columns.map((column) => column.name).join(','))
  }
  if (problems.length > 0) return { kind: 'problems', problems }
  const rows = body.map(({ number, cells }): CsvRow => {
    if (cells.length !== names.length) say('cells', number, '', String(cells.length), String(names.length))
    return { line: number, cells: columns.map((column) => cellOf(column, cells[names.indexOf(column.name)] ?? '', number, say)) }
  })
  return { kind: 'rows', rows, problems }
}

type Say = (kind: CsvProblemKind, line: number, column: string, found: string, mend: string) => void

function linesOf(text: string, say: Say): readonly Line[] {
  const firstLine = text.slice(0, text.search(/\r?\n|$/))
  const delimiter = !firstLine.includes(',') && firstLine.includes(';') ? ';' : ','
  const found: Line[] = []
  try {
    parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: readonly string[], { lines }) => {
        found.push({ number: lines, cells })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    say('not-csv', Number(error['lines'] ?? 1), '', '', error.message)
    return []
  }
  return found
}

const plainNumber = /^[+-]?\d+(\.\d+)?$/
/** `1,05`, `1.234,5` and `1 234,5`. */
const decimalComma = /^[+-]?\d{1,3}([. \u00a0\u202f']?\d{3})*,\d+$|^[+-]?\d+,\d+$/
const grouped = /^[+-]?\d{1,3}([, {2}\u00a0\u202f']\d{3})+(\.\d+)?$/

function cellOf(column: TableColumn, raw: string, line: number, say: Say): Cell {
  const text = raw.trim()
  if (text === '') {
    if (column.kind === 'open') return undefined
    say('missing-value', line, column.name, '', '')
    return column.kind === 'text' ? '' : Number.NaN
  }
  if (column.kind === 'text') return text
  if (plainNumber.test(text) && Number.isFinite(Number(text))) return Number(text)
  const isComma = decimalComma.test(text)
  if (isComma || grouped.test(text)) {
    const mended = isComma
      ? text.replaceAll(/[. \u00a0\u202f']/g, '').replace(',', '.')
      : text.replaceAll(/[, \u00a0\u202f']/g, '')
    say('wrong-decimal-mark', line, column.name, text, mended)
  } else say('not-a-number', line, column.name, text, '')
  return Number.NaN
}
