// Columns of numbers made orthogonal and of unit size before anything is fitted, so that powers of an age or the columns of a spline
// lose no digits in the normal equations; and the way back. Modified Gram-Schmidt, twice (Bjorck 1994).

import { sharedFloats } from './model-rows.ts'

/** What is left of a column after those before it: less than this part of it is rounding. R's `glm` uses the same. */
const remainderMin = 1e-11

export interface OrthonormalColumns {
  /** Of the columns that are not aliased. */
  readonly columns: readonly Float64Array[]
  /** For each given column its place among `columns`, or -1 where the intercept and the columns before it determine it. */
  readonly place: readonly number[]
  /** x_j = mean_j + sum over k <= j of q_k upper_kj, by the kept columns. */
  readonly means: readonly number[]
  readonly upper: readonly (readonly number[])[]
}

/** @param given all of the same length; left as they are */
export function orthonormalise(given: readonly Float64Array[]): OrthonormalColumns {
  const columns: Float64Array[] = []
  const means: number[] = []
  const upper: number[][] = []
  const place = given.map((raw): number => {
    const column = sharedFloats(raw.length)
    const size = Math.sqrt(dot(raw, raw))
    const mean = meanOf(raw)
    for (let row = 0; row < raw.length; row++) column[row] = (raw[row] ?? 0) - mean
    const parts = columns.map(() => 0)
    let centred = mean
    for (let round = 0; round < 2; round++) {
      const shift = meanOf(column)
      centred += round === 0 ? 0 : shift
      if (round > 0) for (let row = 0; row < column.length; row++) column[row] = (column[row] ?? 0) - shift
      columns.forEach((other, index) => {
        const part = dot(column, other) / raw.length
        parts[index] = (parts[index] ?? 0) + part
        for (let row = 0; row < column.length; row++) column[row] = (column[row] ?? 0) - part * (other[row] ?? 0)
      })
    }
    const left = Math.sqrt(dot(column, column))
    if (!(left > remainderMin * size)) return -1
    const norm = left / Math.sqrt(raw.length)
    for (let row = 0; row < column.length; row++) column[row] = (column[row] ?? 0) / norm
    means.push(centred)
    upper.push([...parts, norm])
    return columns.push(column) - 1
  })
  return { columns, place, means, upper }
}

/** In runs, so that the rounding of long sums stays small. */
function dot(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let start = 0; start < a.length; start += 4096) {
    const end = Math.min(a.length, start + 4096)
    let sum = 0
    for (let row = start; row < end; row++) sum += (a[row] ?? 0) * (b[row] ?? 0)
    total += sum
  }
  return total
}

function meanOf(column: Float64Array): number {
  let total = 0
  for (let start = 0; start < column.length; start += 4096) {
    const end = Math.min(column.length, start + 4096)
    let sum = 0
    for (let row = start; row < end; row++) sum += column[row] ?? 0
    total += sum
  }
  return total / Math.max(1, column.length)
}

/**
 * The linear map from the parameters of the orthonormal columns to those of the given ones: row by row, the intercept first, then one
 * for each kept column. Slopes are the inverse of `upper` times the parameters; the intercept loses what the means take.
 */
export function backTransform({ columns, means, upper }: OrthonormalColumns): readonly (readonly number[])[] {
  const width = columns.length
  const invertedUpper = columns.map(() => new Float64Array(width))
  for (let column = 0; column < width; column++) {
    for (let row = column; row >= 0; row--) {
      let sum = row === column ? 1 : 0
      for (let k = row + 1; k <= column; k++) sum -= (upper[k]?.[row] ?? 0) * (invertedUpper[k]?.[column] ?? 0)
      const target = invertedUpper[row]
      if (target !== undefined) target[column] = sum / (upper[row]?.[row] ?? 1)
    }
  }
  const ofIntercept = Array.from({ length: width }, (_, column) =>
    means.reduce((sum, mean, row) => sum - mean * (invertedUpper[row]?.[column] ?? 0), 0),
  )
  return [[1, ...ofIntercept], ...invertedUpper.map((row) => [0, ...row])]
}
