// The rows of a table as a model sees them: limits applied, rows kept, response, prior weight and offset worked out and checked.

import { UnfitData } from './data-problem.ts'
import type { CategoricalColumn, Column, DataTable } from './data-table.ts'
import { takeRows } from './data-table.ts'
import { type Family, isPossible } from './family.ts'
import type { ModelSpec } from './model-spec.ts'

/** All of them of `rows` values, in memory that threads share. */
export interface ModelRows {
  readonly rows: number
  /** The columns the terms read, limits applied. */
  readonly table: DataTable
  readonly y: Float64Array
  readonly prior: Float64Array
  readonly offset: Float64Array
  /** What a row counts in one-way tables: the weight, or the exposure of the offset, or 1. */
  readonly exposure: Float64Array
  /** The row of the table as it was given, counted from 1. */
  givenRow(row: number): number
}

export function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT))
}

export function sharedIntegers(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT))
}

/** @throws UnfitData */
export function modelRows(model: ModelSpec, family: Family, whole: DataTable): ModelRows {
  const limited = withLimits(whole, model)
  const kept = keptRows(limited, model)
  const table = kept === undefined ? limited : takeRows(limited, kept)
  if (table.rows === 0) throw new UnfitData({ kind: 'no-rows' })
  const given = (row: number): number => (kept === undefined ? row : (kept[row] ?? row)) + 1

  const { response } = model
  const prior = sharedFloats(table.rows).fill(1)
  if (model.weight !== undefined) {
    const weight = numbersOf(table, model.weight, given)
    prior.set(weight)
    const row = weight.findIndex((value) => value < 0)
    if (row !== -1)
      throw new UnfitData({ kind: 'negative-weight', column: model.weight, row: given(row), value: weight[row] ?? 0 })
  }
  const offset = sharedFloats(table.rows)
  let exposure = prior
  if (model.logOffset !== undefined) {
    const base = positivesOf(table, model.logOffset, given)
    for (let row = 0; row < table.rows; row++) offset[row] = Math.log(base[row] ?? 0)
    exposure = base.map((value, row) => value * (prior[row] ?? 0))
  }
  const y = sharedFloats(table.rows)
  if (response.equals !== undefined) {
    const column = levelsOf(table, response.column)
    const code = column.levels.indexOf(response.equals)
    for (let row = 0; row < table.rows; row++) y[row] = column.codes[row] === code ? 1 : 0
  } else y.set(numbersOf(table, response.column, given))
  if (response.per !== undefined) {
    const per = positivesOf(table, response.per, given)
    for (let row = 0; row < table.rows; row++) y[row] = (y[row] ?? 0) / (per[row] ?? 1)
  }
  checkResponse(y, response.column, family, given)
  return { rows: table.rows, table, y, prior, offset, exposure, givenRow: given }
}

function checkResponse(y: Float64Array, column: string, family: Family, given: (row: number) => number): void {
  const row = y.findIndex((value) => !isPossible(family, value))
  if (row !== -1) {
    throw new UnfitData({ kind: 'impossible-response', column, row: given(row), value: y[row] ?? 0, family: family.kind })
  }
  const first = y[0] ?? 0
  const isEdge = first === 0 || (family.kind === 'binomial' && first === 1)
  if (isEdge && y.every((value) => value === first)) throw new UnfitData({ kind: 'constant-response', column, value: first })
}

export function columnOf(table: DataTable, name: string): Column {
  const column = table.columns.get(name)
  if (column === undefined) throw new UnfitData({ kind: 'no-column', column: name, columns: [...table.columns.keys()] })
  return column
}

export function levelsOf(table: DataTable, name: string): CategoricalColumn {
  const column = columnOf(table, name)
  if (column.kind !== 'categorical') throw new UnfitData({ kind: 'wrong-kind', column: name, expected: 'categorical' })
  return column
}

/** @param given the row as the user counts it, for the message */
export function numbersOf(table: DataTable, name: string, given: (row: number) => number): Float64Array {
  const column = columnOf(table, name)
  if (column.kind !== 'numeric') throw new UnfitData({ kind: 'wrong-kind', column: name, expected: 'numeric' })
  const row = column.values.findIndex((value) => !Number.isFinite(value))
  if (row === -1) return column.values
  throw new UnfitData({ kind: 'not-finite', column: name, row: given(row), value: column.values[row] ?? Number.NaN })
}

function positivesOf(table: DataTable, name: string, given: (row: number) => number): Float64Array {
  const values = numbersOf(table, name, given)
  const row = values.findIndex((value) => value <= 0)
  if (row === -1) return values
  throw new UnfitData({ kind: 'exposure-not-positive', column: name, row: given(row), value: values[row] ?? 0 })
}

function withLimits(table: DataTable, { limits = {} }: ModelSpec): DataTable {
  const columns = new Map(table.columns)
  for (const [name, { min = -Infinity, max = Infinity }] of Object.entries(limits)) {
    const column = columnOf(table, name)
    if (column.kind !== 'numeric') throw new UnfitData({ kind: 'wrong-kind', column: name, expected: 'numeric' })
    columns.set(name, { kind: 'numeric', values: column.values.map((value) => Math.min(max, Math.max(min, value))) })
  }
  return { rows: table.rows, columns }
}

function keptRows(table: DataTable, { keep }: ModelSpec): Int32Array | undefined {
  if (keep === undefined) return undefined
  const values = numbersOf(table, keep.column, (row) => row + 1)
  const kept: number[] = []
  for (let row = 0; row < table.rows; row++) if ((values[row] ?? 0) > keep.above) kept.push(row)
  return Int32Array.from(kept)
}
