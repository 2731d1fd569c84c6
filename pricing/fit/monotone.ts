// Relativities brought into shape: smoothed along their order by Whittaker and Henderson (Henderson 1924), and made to rise or fall by
// weighted isotonic regression (pool adjacent violators; Barlow, Bartholomew, Bremner and Brunk 1972). Pure functions of numbers.

export type Direction = 'increasing' | 'decreasing'

/** The nearest rising (falling) values by weighted squares. @param weights not negative, as many as values */
export function isotonic(values: readonly number[], weights: readonly number[], direction: Direction): readonly number[] {
  const sign = direction === 'increasing' ? 1 : -1
  const pools: { value: number; weight: number; count: number }[] = []
  values.forEach((value, index) => {
    pools.push({ value: sign * value, weight: weights[index] ?? 0, count: 1 })
    for (
      let last = pools.at(-1), before = pools.at(-2);
      last !== undefined && before !== undefined;
      last = pools.at(-1), before = pools.at(-2)
    ) {
      if (before.value <= last.value) break
      const weight = before.weight + last.weight
      // Levels that nothing is known about follow in between, whatever they say.
      const value =
        weight > 0 ? (before.value * before.weight + last.value * last.weight) / weight : (before.value + last.value) / 2
      pools.splice(-2, 2, { value, weight, count: before.count + last.count })
    }
  })
  return pools.flatMap(({ value, count }) => Array<number>(count).fill(sign * value))
}

/**
 * Values near the given ones whose second differences are small: minimises the weighted squares of the distance plus `smoothness`
 * times the squared second differences. Weights are taken relative to their mean, so that `smoothness` has no unit.
 */
export function smoothed(values: readonly number[], weights: readonly number[], smoothness: number): readonly number[] {
  const size = values.length
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / size
  if (size < 3 || smoothness === 0 || !(mean > 0)) return [...values]
  const rows = values.map((value, row) => {
    const cells = Array<number>(size + 1).fill(0)
    const weight = (weights[row] ?? 0) / mean
    cells[row] = weight
    cells[size] = weight * value
    return cells
  })
  const difference = [1, -2, 1]
  for (let start = 0; start + 2 < size; start++) {
    difference.forEach((a, i) => {
      difference.forEach((b, j) => {
        const row = rows[start + i]
        if (row !== undefined) row[start + j] = (row[start + j] ?? 0) + smoothness * a * b
      })
    })
  }
  return solved(rows)
}

/** Gaussian elimination with row exchange; the last cell of each row is the right-hand side. */
function solved(rows: readonly number[][]): readonly number[] {
  const size = rows.length
  const work = rows.map((row) => [...row])
  for (let column = 0; column < size; column++) {
    const pivot = work.reduce(
      (best, row, index) => (index > column && Math.abs(row[column] ?? 0) > Math.abs(work[best]?.[column] ?? 0) ? index : best),
      column,
    )
    const top = work[pivot]
    const other = work[column]
    if (top === undefined || other === undefined) continue
    work[pivot] = other
    work[column] = top
    for (const [index, row] of work.entries()) {
      if (index <= column) continue
      const part = (row[column] ?? 0) / (top[column] ?? 1)
      for (let cell = column; cell <= size; cell++) row[cell] = (row[cell] ?? 0) - part * (top[cell] ?? 0)
    }
  }
  const solution = Array<number>(size).fill(0)
  for (let row = size - 1; row >= 0; row--) {
    let sum = work[row]?.[size] ?? 0
    for (let column = row + 1; column < size; column++) sum -= (work[row]?.[column] ?? 0) * (solution[column] ?? 0)
    solution[row] = sum / (work[row]?.[row] ?? 1)
  }
  return solution
}
