// From the bytes of a CSV to a typed table: one pass over the bytes, no text made of a number. RFC 4180 with a header line; the
// cells are separated by commas, semicolons or tabs. What cannot be read is named with its line and column.

import type { Column, DataTable } from './data-table.ts'
import { LevelDictionary } from './level-dictionary.ts'

/** More different texts than this are names or free text, not a factor to price by. */
export const levelsMax = 65_536
/** Enough rows to see of what kind a column is; a later surprise costs one more pass. */
const rowsLookedAt = 200

export interface TableOptions {
  /** The columns to keep; all when absent. */
  readonly columns?: readonly string[]
  /** Of what kind a column has to be; one that is not named is numeric when every cell is a number. */
  readonly kinds?: ReadonlyMap<string, Column['kind']>
}

/** In the order they are checked; `line` counts from 1, the header included. */
export type TableProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'no-header-name'; readonly position: number }
  | { readonly kind: 'duplicate-column'; readonly column: string }
  | { readonly kind: 'no-column'; readonly column: string; readonly columns: readonly string[] }
  /** A row has more or fewer cells than the header; a decimal comma does this in a file separated by commas. */
  | { readonly kind: 'cells'; readonly line: number; readonly found: number; readonly expected: number }
  | { readonly kind: 'open-quote'; readonly line: number }
  | { readonly kind: 'decimal-comma'; readonly line: number; readonly column: string; readonly text: string }
  | { readonly kind: 'not-a-number'; readonly line: number; readonly column: string; readonly text: string }
  | { readonly kind: 'too-many-levels'; readonly column: string; readonly max: number }
  | { readonly kind: 'no-rows' }

export type ParsedTable =
  | { readonly kind: 'table'; readonly table: DataTable }
  | { readonly kind: 'bad-table'; readonly problem: TableProblem }

const quote = 0x22
const lineFeed = 0x0a
const carriageReturn = 0x0d
const decimalComma = /^\s*[+-]?\d+,\d+\s*$/
const missing = new Set(['', 'NA', 'NaN', 'nan', 'null', 'NULL'])

interface Reading {
  readonly name: string
  readonly declared: Column['kind'] | undefined
  kind: Column['kind']
}

/** @param bytes UTF-8 text, with or without a byte order mark */
export function parseTable(bytes: Uint8Array, options: TableOptions = {}): ParsedTable {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const headerEnd = lineEnd(bytes, start)
  const headerText = new TextDecoder().decode(bytes.subarray(start, headerEnd)).trimEnd()
  if (headerText === '') return bad({ kind: 'empty' })
  const separator = separatorOf(headerText)
  const header = headerText.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'))
  const problem = headerProblem(header, options)
  if (problem !== undefined) return bad(problem)

  const wanted = options.columns === undefined ? undefined : new Set(options.columns)
  const readings = header.map((name): Reading | undefined =>
    wanted !== undefined && !wanted.has(name) ? undefined : reading(name, options.kinds?.get(name)),
  )
  const body = { bytes, start: Math.min(headerEnd + 1, bytes.length), separator: separator.charCodeAt(0), readings }
  for (const rowsMax of [rowsLookedAt, Number.POSITIVE_INFINITY]) {
    let read = readBody(body, rowsMax)
    // A column that turned out to be text is read again as such.
    while (read.kind === 'again') read = readBody(body, rowsMax)
    if (read.kind === 'bad-table' || rowsMax > rowsLookedAt) return read
  }
  return bad({ kind: 'no-rows' })
}

function reading(name: string, declared: Column['kind'] | undefined): Reading {
  return { name, declared, kind: declared ?? 'numeric' }
}

function bad(problem: TableProblem): { kind: 'bad-table'; problem: TableProblem } {
  return { kind: 'bad-table', problem }
}

function lineEnd(bytes: Uint8Array, start: number): number {
  const at = bytes.indexOf(lineFeed, start)
  return at === -1 ? bytes.length : at
}

function separatorOf(header: string): string {
  const count = (mark: string): number => header.split(mark).length
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

function headerProblem(header: readonly string[], { columns = [], kinds }: TableOptions): TableProblem | undefined {
  const unnamed = header.indexOf('')
  if (unnamed !== -1) return { kind: 'no-header-name', position: unnamed + 1 }
  const twice = header.find((name, index) => header.indexOf(name) !== index)
  if (twice !== undefined) return { kind: 'duplicate-column', column: twice }
  const absent = [...columns, ...(kinds?.keys() ?? [])].find((name) => !header.includes(name))
  return absent === undefined ? undefined : { kind: 'no-column', column: absent, columns: header }
}

interface Body {
  readonly bytes: Uint8Array
  readonly start: number
  readonly separator: number
  /** By position; undefined for a column that is not kept. */
  readonly readings: readonly (Reading | undefined)[]
}

/** Grows by doubling: the number of rows is known only at the end. */
interface Cells {
  values: Float64Array
  codes: Int32Array
  readonly dictionary: LevelDictionary
}

function readBody({ bytes, start, separator, readings }: Body, rowsMax: number): ParsedTable | { readonly kind: 'again' } {
  let capacity = Math.min(rowsMax, Math.max(16, Math.ceil((bytes.length - start) / 24)))
  const cells = readings.map((column): Cells => {
    const isNumeric = column?.kind === 'numeric'
    return {
      values: new Float64Array(isNumeric ? capacity : 0),
      codes: new Int32Array(column === undefined || isNumeric ? 0 : capacity),
      dictionary: new LevelDictionary(bytes),
    }
  })
  const width = readings.length
  let at = start
  let row = 0
  let line = 2
  while (at < bytes.length && row < rowsMax) {
    if (bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed)) {
      at += bytes[at] === lineFeed ? 1 : 2
      line += 1
      continue
    }
    if (row === capacity) {
      capacity *= 2
      for (const cell of cells) grow(cell, capacity)
    }
    let position = 0
    for (;;) {
      let from = at
      let end: number
      let isEscaped = false
      if (bytes[at] === quote) {
        from += 1
        at = from
        for (; at < bytes.length; at++) {
          if (bytes[at] !== quote) continue
          if (bytes[at + 1] !== quote) break
          isEscaped = true
          at += 1
        }
        if (at >= bytes.length) return bad({ kind: 'open-quote', line })
        end = at
        at += 1
        while (at < bytes.length && bytes[at] !== separator && bytes[at] !== lineFeed) at++
      } else {
        while (at < bytes.length && bytes[at] !== separator && bytes[at] !== lineFeed) at++
        end = bytes[at - 1] === carriageReturn && at > from ? at - 1 : at
      }
      const column = readings[position]
      const cell = cells[position]
      if (column !== undefined && cell !== undefined) {
        const problem = readCell(bytes, from, end, isEscaped, column, cell, row, line)
        if (problem === 'again') return { kind: 'again' }
        if (problem !== undefined) return bad(problem)
      }
      position += 1
      if (at >= bytes.length || bytes[at] === lineFeed) break
      at += 1
    }
    if (position !== width) return bad({ kind: 'cells', line, found: position, expected: width })
    at += 1
    row += 1
    line += 1
  }
  if (row === 0) return bad({ kind: 'no-rows' })
  const columns = new Map<string, Column>()
  readings.forEach((column, position) => {
    const cell = cells[position]
    if (column === undefined || cell === undefined) return
    columns.set(
      column.name,
      column.kind === 'numeric'
        ? { kind: 'numeric', values: cell.values.slice(0, row) }
        : { kind: 'categorical', ...cell.dictionary.sorted(cell.codes.slice(0, row)) },
    )
  })
  return { kind: 'table', table: { rows: row, columns } }
}

function grow(cells: Cells, capacity: number): void {
  const { values, codes } = cells
  if (values.length > 0) {
    cells.values = new Float64Array(capacity)
    cells.values.set(values)
  }
  if (codes.length > 0) {
    cells.codes = new Int32Array(capacity)
    cells.codes.set(codes)
  }
}

function readCell(
  bytes: Uint8Array,
  from: number,
  end: number,
  isEscaped: boolean,
  column: Reading,
  cells: Cells,
  row: number,
  line: number,
): TableProblem | 'again' | undefined {
  if (column.kind === 'numeric') {
    const value = plainNumber(bytes, from, end)
    if (!Number.isNaN(value)) {
      cells.values[row] = value
      return undefined
    }
    const text = new TextDecoder().decode(bytes.subarray(from, end))
    const number = missing.has(text.trim()) ? Number.NaN : Number(text)
    if (!Number.isNaN(number) || missing.has(text.trim())) {
      cells.values[row] = number
      return undefined
    }
    if (decimalComma.test(text)) return { kind: 'decimal-comma', line, column: column.name, text }
    if (column.declared === 'numeric') return { kind: 'not-a-number', line, column: column.name, text }
    column.kind = 'categorical'
    return 'again'
  }
  const code = cells.dictionary.codeOf(from, end, isEscaped)
  if (code >= levelsMax) return { kind: 'too-many-levels', column: column.name, max: levelsMax }
  cells.codes[row] = code
  return undefined
}

const powersOfTen = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent)
/** Whole numbers up to here and powers of ten up to 22 are exact, so one division rounds correctly. */
const exactMantissaMax = 2 ** 53

/** A number of digits and one point, or NaN when it takes more to read it. */
function plainNumber(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  const isNegative = bytes[at] === 0x2d
  if (isNegative) at += 1
  if (at >= end) return Number.NaN
  let mantissa = 0
  let decimals = -1
  let digits = 0
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= 0x30 && byte <= 0x39) {
      mantissa = mantissa * 10 + (byte - 0x30)
      digits += 1
      if (decimals >= 0) decimals += 1
    } else if (byte === 0x2e && decimals < 0) decimals = 0
    else return Number.NaN
  }
  if (digits === 0 || digits > 16 || mantissa > exactMantissaMax) return Number.NaN
  const value = decimals > 0 ? mantissa / (powersOfTen[decimals] ?? 1) : mantissa
  return isNegative ? -value : value
}
