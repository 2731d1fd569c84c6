// Columns of numbers, NaN where nothing is known.

/** A column's value; rows are always within it, and what is not is not known. */
export function at(column: Float64Array, row: number): number {
  return column[row] ?? Number.NaN
}

/** The lower median; sorts in place. NaN for none. */
export function medianOf(values: Float64Array): number {
  values.sort()
  return values[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}
