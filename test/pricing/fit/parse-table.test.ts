// From CSV bytes to typed columns, and what is said about a file that cannot be read.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DataTable, takeRows } from '../../../pricing/fit/data-table.ts'
import { parseTable, type TableOptions, type TableProblem } from '../../../pricing/fit/parse-table.ts'
import { readTable } from '../../../pricing/fit/read-table.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function tableOf(text: string, options?: TableOptions): DataTable {
  const parsed = parseTable(bytes(text), options)
  if (parsed.kind !== 'table') throw new Error(JSON.stringify(parsed.problem))
  return parsed.table
}

function problemOf(text: string, options?: TableOptions): TableProblem {
  const parsed = parseTable(bytes(text), options)
  if (parsed.kind !== 'bad-table') throw new Error('it was read')
  return parsed.problem
}

/** Cells as they would be read aloud. */
function cellsOf(table: DataTable, name: string): readonly (number | string | undefined)[] {
  const column = table.columns.get(name)
  if (column === undefined) return []
  return column.kind === 'numeric' ? [...column.values] : [...column.codes].map((code) => column.levels[code])
}

test('a column is numeric when every cell is a number, and levels are sorted', () => {
  const table = tableOf('region,km,claims\nsouth,12.5,0\nnorth,-3e2,1\nsouth,NA,2\n')
  expect(table.rows).toBe(3)
  expect(table.columns.get('region')).toEqual({
    kind: 'categorical',
    levels: ['north', 'south'],
    codes: Int32Array.from([1, 0, 1]),
  })
  expect(cellsOf(table, 'km')).toEqual([12.5, -300, Number.NaN])
  expect(cellsOf(table, 'claims')).toEqual([0, 1, 2])
})

test('a text after thousands of numbers makes the column one of levels, unless it was to be numeric', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `${index % 7}`).join('\n')
  expect(tableOf(`zone\n${rows}\n7a\n`).columns.get('zone')?.kind).toBe('categorical')
  expect(problemOf(`zone\n${rows}\n7a\n`, { kinds: new Map([['zone', 'numeric']]) })).toEqual({
    kind: 'not-a-number',
    line: 5002,
    column: 'zone',
    text: '7a',
  })
})

test('only the columns asked for are kept, and numbers may be read as levels', () => {
  const table = tableOf('a,b,c\n1,x,3\n10,y,4\n', { columns: ['c', 'a'], kinds: new Map([['a', 'categorical']]) })
  expect([...table.columns.keys()]).toEqual(['a', 'c'])
  expect(cellsOf(table, 'a')).toEqual(['1', '10'])
})

test.each([
  ['quotes, doubled quotes and a comma inside', 'a,b\n"x, ""y""",1\nz,2\n', 'a', ['x, "y"', 'z']],
  ['a byte order mark and Windows line ends', '\uFEFFa,b\r\nu,1\r\nv,2\r\n', 'b', [1, 2]],
  ['semicolons', 'a;b\nu;1.5\nv;2\n', 'b', [1.5, 2]],
  ['tabs and no line end at the end', 'a\tb\nu\t1\nv\t2', 'b', [1, 2]],
  ['empty lines between', 'a,b\n\nu,1\n\n\nv,2\n\n', 'a', ['u', 'v']],
])('it reads %s', (_, text, column, expected) => {
  expect(cellsOf(tableOf(text), column)).toEqual(expected)
})

test.each<[string, string, TableProblem]>([
  ['a decimal comma between semicolons', 'a;b\nu;1.5\nv;2,5\n', { kind: 'decimal-comma', line: 3, column: 'b', text: '2,5' }],
  ['a decimal comma in quotes', 'a,b\nu,"0,75"\n', { kind: 'decimal-comma', line: 2, column: 'b', text: '0,75' }],
  ['a decimal comma that makes a cell too many', 'a,b\nu,1\nv,2,5\n', { kind: 'cells', line: 3, found: 3, expected: 2 }],
  ['a row that is too short', 'a,b\nu,1\nv\n', { kind: 'cells', line: 3, found: 1, expected: 2 }],
  ['a quote that never ends', 'a,b\n"u,1\nv,2\n', { kind: 'open-quote', line: 2 }],
  ['a column without a name', 'a,,c\n1,2,3\n', { kind: 'no-header-name', position: 2 }],
  ['two columns of one name', 'a,b,a\n1,2,3\n', { kind: 'duplicate-column', column: 'a' }],
  ['a header alone', 'a,b\n', { kind: 'no-rows' }],
  ['nothing', '', { kind: 'empty' }],
])('it names %s', (_, text, expected) => {
  expect(problemOf(text)).toEqual(expected)
})

test('a column that is asked for and missing is named with those there are', () => {
  expect(problemOf('a,b\n1,2\n', { columns: ['a', 'Exposure'] })).toEqual({
    kind: 'no-column',
    column: 'Exposure',
    columns: ['a', 'b'],
  })
})

test('every double comes back as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
      const read = cellsOf(tableOf(`x\n${values.join('\n')}\n`), 'x')
      expect(read).toEqual(values.map((value) => (Object.is(value, -0) ? 0 : value)))
    }),
  )
})

test('every list of texts comes back as it was written', () => {
  const text = fc.string().filter((value) => !/[\r\n]/.test(value))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1 }), (texts) => {
      const lines = texts.map((value) => `"${value.replaceAll('"', '""')}",1`)
      const read = cellsOf(tableOf(`t,n\n${lines.join('\n')}\n`, { kinds: new Map([['t', 'categorical']]) }), 't')
      expect(read).toEqual(texts)
    }),
  )
})

test('a gzip file is read like a plain one, and rows can be taken from it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'merit-table-'))
  try {
    await writeFile(join(folder, 't.csv.gz'), gzipSync('a,b\nu,1\nv,2\nw,3\n'))
    const read = await readTable(join(folder, 't.csv.gz'))
    if (read.kind !== 'table') throw new Error(read.problem.kind)
    const taken = takeRows(read.table, Int32Array.from([2, 0]))
    expect([cellsOf(taken, 'a'), cellsOf(taken, 'b')]).toEqual([
      ['w', 'u'],
      [3, 1],
    ])
  } finally {
    await rm(folder, { recursive: true })
  }
})
