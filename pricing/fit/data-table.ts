// A table of claims data in memory, column by column: numbers, or levels by their code. Reading a file is parse-table.ts's.

export interface NumericColumn {
  readonly kind: 'numeric'
  /** One value a row; a missing value is NaN. */
  readonly values: Float64Array
}

export interface CategoricalColumn {
  readonly kind: 'categorical'
  /** Sorted by code unit, so that a level's code does not depend on the order of the rows. */
  readonly levels: readonly string[]
  /** One index into `levels` a row; a missing value is the level ''. */
  readonly codes: Int32Array
}

export type Column = NumericColumn | CategoricalColumn

export interface DataTable {
  readonly rows: number
  readonly columns: ReadonlyMap<string, Column>
}

/** @param rows ascending or not; a row may be taken more than once */
export function takeRows(table: DataTable, rows: Int32Array): DataTable {
  const columns = new Map<string, Column>()
  for (const [name, column] of table.columns) columns.set(name, takeFrom(column, rows))
  return { rows: rows.length, columns }
}

function takeFrom(column: Column, rows: Int32Array): Column {
  if (column.kind === 'numeric') {
    const values = new Float64Array(rows.length)
    for (let row = 0; row < rows.length; row++) values[row] = column.values[rows[row] ?? 0] ?? Number.NaN
    return { kind: 'numeric', values }
  }
  const codes = new Int32Array(rows.length)
  for (let row = 0; row < rows.length; row++) codes[row] = column.codes[rows[row] ?? 0] ?? 0
  return { kind: 'categorical', levels: column.levels, codes }
}

/** A categorical column of the given texts. */
export function categorical(texts: readonly string[]): CategoricalColumn {
  const levels = [...new Set(texts)].sort()
  const codeOf = new Map(levels.map((level, code) => [level, code]))
  return { kind: 'categorical', levels, codes: Int32Array.from(texts, (text) => codeOf.get(text) ?? 0) }
}

export function numeric(values: ArrayLike<number>): NumericColumn {
  return { kind: 'numeric', values: Float64Array.from(values) }
}
