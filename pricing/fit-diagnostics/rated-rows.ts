// What every diagnostic reads: rows with what happened, how long they were insured, and what a model foretold. And how rows are
// cut into groups of the same exposure.

export interface RatedRows {
  /** Claims or money, in total for the row. */
  readonly observed: ArrayLike<number>
  readonly exposure: ArrayLike<number>
  /** What the model foretold, in total for the row. */
  readonly expected: ArrayLike<number>
}

export interface Group {
  readonly rows: number
  readonly exposure: number
  readonly observed: number
  readonly expected: number
  /** Of the observed rate: the root of the squared residuals of the group's rows over its exposure. */
  readonly standardError: number
}

/** Of a normal distribution: 19 of 20 intervals hold the true rate. */
export const intervalWidths = 1.96

/** Rows by rising key; equal keys stay in the order of the rows. */
export function orderBy(keys: Float64Array): Int32Array {
  return Int32Array.from(keys.keys()).sort((one, other) => (keys[one] ?? 0) - (keys[other] ?? 0) || one - other)
}

/** Which of `groups` each row falls into, when ordered rows are cut at equal shares of the exposure. */
export function groupsByExposure(order: Int32Array, exposure: ArrayLike<number>, groups: number): Int32Array {
  let total = 0
  for (const row of order) total += exposure[row] ?? 0
  const groupOf = new Int32Array(order.length)
  let before = 0
  for (const row of order) {
    const own = exposure[row] ?? 0
    groupOf[row] = Math.min(groups - 1, Math.floor(((before + own / 2) / total) * groups))
    before += own
  }
  return groupOf
}

export function sumGroups(
  { observed, exposure, expected }: RatedRows,
  groupOf: ArrayLike<number>,
  groups: number,
): readonly Group[] {
  const sums = Array.from({ length: groups }, () => ({ rows: 0, exposure: 0, observed: 0, expected: 0, squares: 0 }))
  for (let row = 0; row < exposure.length; row++) {
    const sum = sums[groupOf[row] ?? -1]
    if (sum === undefined) continue
    sum.rows += 1
    sum.exposure += exposure[row] ?? 0
    sum.observed += observed[row] ?? 0
    sum.expected += expected[row] ?? 0
  }
  for (let row = 0; row < exposure.length; row++) {
    const sum = sums[groupOf[row] ?? -1]
    if (sum === undefined) continue
    sum.squares += ((observed[row] ?? 0) - ((exposure[row] ?? 0) * sum.observed) / sum.exposure) ** 2
  }
  return sums.map(({ squares, ...sum }) => ({ ...sum, standardError: sum.exposure > 0 ? Math.sqrt(squares) / sum.exposure : 0 }))
}
