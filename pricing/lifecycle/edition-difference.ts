// How two editions differ, cell by cell: a pure comparison of their tables, and of what is no table (words, inputs, guard
// rails, test cases) member by member.

import { canonicalJson } from '../canonical-json.ts'
import type { EditionDocument } from '../edition/edition-document.ts'
import { type Cell, type EditionTable, editionTables } from '../tables-csv/edition-tables.ts'

export interface CellChange {
  /** Name of the table; `document`, `inputs`, `guard-rails` and `test-cases` for what is in none. */
  readonly table: string
  /** What names the row, such as a level, or `city / under-21`. */
  readonly level: string
  readonly column: string
  /** Null where there is no such cell. */
  readonly before: string | number | null
  readonly after: string | number | null
  /** Of a number that was not zero, to six decimals: 0.05 is five per cent more. */
  readonly change: number | null
}

export function editionDifference(before: EditionDocument, after: EditionDocument): readonly CellChange[] {
  return [
    ...cellChanges('document', membersOf(before), membersOf(after)),
    ...tableChanges(editionTables(before), editionTables(after)),
    ...cellChanges('inputs', inputsOf(before), inputsOf(after)),
    ...cellChanges('guard-rails', jsonOf(railsOf(before)), jsonOf(railsOf(after))),
    ...cellChanges('test-cases', casesOf(before), casesOf(after)),
  ]
}

type Cells = ReadonlyMap<string, { readonly level: string; readonly column: string; readonly cell: Cell }>

function tableChanges(before: readonly EditionTable[], after: readonly EditionTable[]): readonly CellChange[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))]
  const of = (tables: readonly EditionTable[], name: string): Cells => {
    const table = tables.find((candidate) => candidate.name === name)
    return table === undefined ? new Map() : tableCells(table)
  }
  return names.flatMap((name) => cellChanges(name, of(before, name), of(after, name)))
}

function tableCells({ columns, rows }: EditionTable): Cells {
  const found = new Map<string, { level: string; column: string; cell: Cell }>()
  for (const row of rows) {
    const level = row.filter((_, index) => columns[index]?.isKey).join(' / ')
    for (const [index, { name, isKey }] of columns.entries())
      if (!isKey) found.set(`${level}\n${name}`, { level, column: name, cell: row[index] })
  }
  return found
}

function cellChanges(table: string, before: Cells, after: Cells): readonly CellChange[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])]
  return keys.flatMap((key): CellChange[] => {
    const [old, now] = [before.get(key), after.get(key)]
    const place = now ?? old
    if (place === undefined || old?.cell === now?.cell) return []
    const { level, column } = place
    return [{ table, level, column, before: old?.cell ?? null, after: now?.cell ?? null, change: relative(old?.cell, now?.cell) }]
  })
}

function relative(before: Cell, after: Cell): number | null {
  if (typeof before !== 'number' || typeof after !== 'number' || before === 0) return null
  return Number((after / before - 1).toFixed(6))
}

function cellsOf(entries: readonly (readonly [level: string, column: string, cell: Cell])[]): Cells {
  return new Map(entries.map(([level, column, cell]) => [`${level}\n${column}`, { level, column, cell }]))
}

function membersOf({ planId, product, title, note, currency }: EditionDocument): Cells {
  return cellsOf(Object.entries({ planId, product, title, note, currency }).map(([name, text]) => [name, 'text', text]))
}

function jsonOf(members: Readonly<Record<string, unknown>>): Cells {
  return cellsOf(Object.entries(members).map(([name, member]) => [name, 'value', canonicalJson(member)]))
}

/** What policies state, and whom a factor is for by it. */
function inputsOf({ inputs, factors }: EditionDocument): Cells {
  const conditions = factors.flatMap(({ id, where }): [string, string, Cell][] =>
    where === undefined ? [] : [[id, 'where', canonicalJson(where)]],
  )
  return new Map([...jsonOf(inputs), ...cellsOf(conditions)])
}

/** Those that are no figures: the others are in the table of constants. */
function railsOf({ guardRails: { discountOnly, noMidTermRerate, notForNonRenewal } }: EditionDocument) {
  return { discountOnly, noMidTermRerate, notForNonRenewal }
}

function casesOf({ testCases }: EditionDocument): Cells {
  return cellsOf(
    testCases.flatMap(({ name, facts, premiumMinor, classPremiumMinor }): [string, string, Cell][] => [
      [name, 'facts', canonicalJson(facts)],
      [name, 'premiumMinor', premiumMinor],
      [name, 'classPremiumMinor', classPremiumMinor],
    ]),
  )
}
