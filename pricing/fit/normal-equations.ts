// The normal equations of one step of Fisher scoring: put together from the sums of a pass, and solved. A parameter that the
// others before it determine is found on the way and left out, as R does.

import type { ScoringData, SumsLayout } from './score-block.ts'

/** 1 - R² of a parameter on those before it: less is no information of its own, only rounding. */
const independenceMin = 1e-10

/** X'WX (symmetric, row by row) and X'W times the working residual. Parameter 0 is the intercept. */
export interface NormalEquations {
  readonly size: number
  readonly matrix: Float64Array
  readonly right: Float64Array
}

/** @param denseParameters the parameter of each dense column */
export function assembleEquations(
  { groups, dense }: Pick<ScoringData, 'groups' | 'dense'>,
  layout: SumsLayout,
  sums: Float64Array,
  size: number,
  denseParameters: readonly number[],
): NormalEquations {
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  /** Only where row <= column; mirrored at the end. */
  const add = (a: number, b: number, value: number): void => {
    const at = a < b ? a * size + b : b * size + a
    matrix[at] = (matrix[at] ?? 0) + value
  }
  matrix[0] = sums[1] ?? 0
  right[0] = sums[2] ?? 0
  groups.forEach(({ cells, starts, active }, g) => {
    const at = layout.groups[g]
    if (at === undefined) return
    for (let cell = 0; cell < cells; cell++) {
      const weight = sums[at.weight + cell] ?? 0
      const residual = sums[at.residual + cell] ?? 0
      if (weight === 0 && residual === 0) continue
      const end = starts[cell + 1] ?? 0
      for (let i = starts[cell] ?? 0; i < end; i++) {
        const a = active[i] ?? 0
        right[a] = (right[a] ?? 0) + residual
        matrix[a] = (matrix[a] ?? 0) + weight
        for (let j = i; j < end; j++) add(a, active[j] ?? 0, weight)
        for (let d = 0; d < dense.length; d++) add(a, denseParameters[d] ?? 0, sums[(at.dense[d] ?? 0) + cell] ?? 0)
      }
    }
  })
  for (const { left, right: rightGroup, at } of layout.pairs) {
    const a = groups[left]
    const b = groups[rightGroup]
    if (a === undefined || b === undefined) continue
    for (let cell = 0; cell < a.cells * b.cells; cell++) {
      const weight = sums[at + cell] ?? 0
      if (weight === 0) continue
      const leftCell = Math.floor(cell / b.cells)
      const rightCell = cell % b.cells
      for (let i = a.starts[leftCell] ?? 0; i < (a.starts[leftCell + 1] ?? 0); i++) {
        for (let j = b.starts[rightCell] ?? 0; j < (b.starts[rightCell + 1] ?? 0); j++) {
          add(a.active[i] ?? 0, b.active[j] ?? 0, weight)
        }
      }
    }
  }
  let cross = layout.denseCross
  for (let d = 0; d < dense.length; d++) {
    const parameter = denseParameters[d] ?? 0
    add(0, parameter, sums[layout.denseWeight + d] ?? 0)
    right[parameter] = sums[layout.denseResidual + d] ?? 0
    for (let e = d; e < dense.length; e++) add(parameter, denseParameters[e] ?? 0, sums[cross++] ?? 0)
  }
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) matrix[a * size + b] = matrix[b * size + a] ?? 0
  return { size, matrix, right }
}

/** A Cholesky factor of the equations scaled to a unit diagonal. */
export interface Factorised {
  readonly size: number
  /** Lower triangle, row by row; the rows of aliased parameters are 0. */
  readonly lower: Float64Array
  /** The square root of the diagonal. */
  readonly scale: Float64Array
  readonly aliased: readonly boolean[]
}

/** @returns undefined when the matrix holds something that is not a number */
export function factorise({ size, matrix }: NormalEquations): Factorised | undefined {
  const scale = new Float64Array(size)
  for (let a = 0; a < size; a++) scale[a] = Math.sqrt(matrix[a * size + a] ?? 0)
  if (!scale.every(Number.isFinite)) return undefined
  const lower = new Float64Array(size * size)
  const aliased: boolean[] = []
  for (let a = 0; a < size; a++) {
    const own = scale[a] ?? 0
    let pivot = 1
    for (let b = 0; b < a && own > 0; b++) {
      if (aliased[b]) continue
      let sum = (matrix[a * size + b] ?? 0) / (own * (scale[b] ?? 1))
      for (let c = 0; c < b; c++) sum -= (lower[a * size + c] ?? 0) * (lower[b * size + c] ?? 0)
      const value = sum / (lower[b * size + b] ?? 1)
      lower[a * size + b] = value
      pivot -= value * value
    }
    aliased[a] = own === 0 || !(pivot > independenceMin)
    if (aliased[a]) lower.fill(0, a * size, a * size + a + 1)
    else lower[a * size + a] = Math.sqrt(pivot)
  }
  return { size, lower, scale, aliased }
}

/** The solution, 0 for aliased parameters. */
export function solve({ size, lower, scale, aliased }: Factorised, right: Float64Array): Float64Array {
  const solution = new Float64Array(size)
  for (let a = 0; a < size; a++) {
    if (aliased[a]) continue
    let sum = (right[a] ?? 0) / (scale[a] ?? 1)
    for (let b = 0; b < a; b++) sum -= (lower[a * size + b] ?? 0) * (solution[b] ?? 0)
    solution[a] = sum / (lower[a * size + a] ?? 1)
  }
  for (let a = size - 1; a >= 0; a--) {
    if (aliased[a]) continue
    let sum = solution[a] ?? 0
    for (let b = a + 1; b < size; b++) sum -= (lower[b * size + a] ?? 0) * (solution[b] ?? 0)
    solution[a] = sum / (lower[a * size + a] ?? 1)
  }
  for (let a = 0; a < size; a++) if (!aliased[a]) solution[a] = (solution[a] ?? 0) / (scale[a] ?? 1)
  return solution
}

/** The inverse of X'WX, row by row; NaN for aliased parameters. */
export function inverse(factorised: Factorised): Float64Array {
  const { size, aliased } = factorised
  const result = new Float64Array(size * size)
  const unit = new Float64Array(size)
  for (let a = 0; a < size; a++) {
    unit.fill(0)
    unit[a] = 1
    const column = solve(factorised, unit)
    for (let b = 0; b < size; b++) result[b * size + a] = aliased[a] || aliased[b] ? Number.NaN : (column[b] ?? 0)
  }
  return result
}
