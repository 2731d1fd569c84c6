// One step of boosting: a small tree on a table of cells, of one factor or of a pair, found from the sums of its cells. A tree
// has as many leaves as it is allowed and splits only where both sides hold enough.

import { leafGain, leafValue, type Prior } from './leaf-value.ts'
import { type Direction, monotone } from './monotone.ts'

/** One side of a table. Levels have no order: a split takes those with the fewest claims for what was expected. */
export interface GridAxis {
  readonly size: number
  readonly isOrdered: boolean
  readonly direction?: Direction
}

/** The cells of a term, row by row; a main effect has a single column. */
export interface Grid {
  readonly rows: GridAxis
  readonly columns: GridAxis
}

export interface TreeLimits {
  readonly leavesMax: number
  readonly prior: Prior
  /** Both sides of a split hold at least this much of `b`. */
  readonly heldMin: number
}

interface Split {
  readonly gain: number
  readonly isByRow: boolean
  readonly low: Int32Array
  readonly high: Int32Array
}

interface Leaf {
  readonly rows: Int32Array
  readonly columns: Int32Array
  readonly a: number
  readonly b: number
  readonly split: Split | undefined
}

/** @returns the log factor of every cell, before shrinkage */
export function growTree(grid: Grid, a: Float64Array, b: Float64Array, limits: TreeLimits): Float64Array {
  const width = grid.columns.size
  const leaves = [leafOf(grid, a, b, allOf(grid.rows.size), allOf(width), limits)]
  while (leaves.length < limits.leavesMax) {
    const at = mostGain(leaves)
    const split = leaves[at]?.split
    const leaf = leaves[at]
    if (leaf === undefined || split === undefined) break
    const side = (half: Int32Array): Leaf =>
      split.isByRow ? leafOf(grid, a, b, half, leaf.columns, limits) : leafOf(grid, a, b, leaf.rows, half, limits)
    leaves.splice(at, 1, side(split.low), side(split.high))
  }
  const values = new Float64Array(grid.rows.size * width)
  for (const leaf of leaves) {
    const value = leafValue(leaf.a, leaf.b, limits.prior)
    for (const row of leaf.rows) for (const column of leaf.columns) values[row * width + column] = value
  }
  return values
}

function allOf(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, index) => index)
}

function mostGain(leaves: readonly Leaf[]): number {
  let best = 0
  leaves.forEach((leaf, index) => {
    if ((leaf.split?.gain ?? 0) > (leaves[best]?.split?.gain ?? 0)) best = index
  })
  return best
}

function leafOf(grid: Grid, a: Float64Array, b: Float64Array, rows: Int32Array, columns: Int32Array, limits: TreeLimits): Leaf {
  const width = grid.columns.size
  const ofRows = { a: new Float64Array(rows.length), b: new Float64Array(rows.length) }
  const ofColumns = { a: new Float64Array(columns.length), b: new Float64Array(columns.length) }
  let [sumA, sumB] = [0, 0]
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] ?? 0) * width
    let [rowA, rowB] = [0, 0]
    for (let j = 0; j < columns.length; j++) {
      const cell = start + (columns[j] ?? 0)
      const [cellA, cellB] = [a[cell] ?? 0, b[cell] ?? 0]
      rowA += cellA
      rowB += cellB
      ofColumns.a[j] = (ofColumns.a[j] ?? 0) + cellA
      ofColumns.b[j] = (ofColumns.b[j] ?? 0) + cellB
    }
    ofRows.a[i] = rowA
    ofRows.b[i] = rowB
    sumA += rowA
    sumB += rowB
  }
  const byRow = bestSplit(grid.rows, rows, ofRows.a, ofRows.b, sumA, sumB, limits)
  const byColumn = bestSplit(grid.columns, columns, ofColumns.a, ofColumns.b, sumA, sumB, limits)
  const isByRow = (byRow?.gain ?? 0) >= (byColumn?.gain ?? 0)
  const best = isByRow ? byRow : byColumn
  return { rows, columns, a: sumA, b: sumB, split: best === undefined ? undefined : { ...best, isByRow } }
}

function bestSplit(
  axis: GridAxis,
  members: Int32Array,
  a: Float64Array,
  b: Float64Array,
  sumA: number,
  sumB: number,
  { prior, heldMin }: TreeLimits,
): Omit<Split, 'isByRow'> | undefined {
  const order = allOf(members.length)
  if (!axis.isOrdered) {
    const rate = Float64Array.from(order, (at) => leafValue(a[at] ?? 0, b[at] ?? 0, prior))
    order.sort((one, other) => (rate[one] ?? 0) - (rate[other] ?? 0) || one - other)
  }
  const unsplit = leafGain(sumA, sumB, prior)
  let [lowA, lowB, best, bestAt] = [0, 0, 0, -1]
  for (let at = 0; at < order.length - 1; at++) {
    lowA += a[order[at] ?? 0] ?? 0
    lowB += b[order[at] ?? 0] ?? 0
    if (lowB < heldMin || sumB - lowB < heldMin) continue
    const gain = leafGain(lowA, lowB, prior) + leafGain(sumA - lowA, sumB - lowB, prior) - unsplit
    if (gain > best) [best, bestAt] = [gain, at]
  }
  if (bestAt === -1) return undefined
  const half = (from: number, to: number): Int32Array =>
    order
      .slice(from, to)
      .sort()
      .map((at) => members[at] ?? 0)
  return { gain: best, low: half(0, bestAt + 1), high: half(bestAt + 1, order.length) }
}

/** The table made monotone along every axis that asks for it, changed where `weights` say that it matters least. */
export function monotoneTable(grid: Grid, table: Float64Array, weights: Float64Array): Float64Array {
  const { rows, columns } = grid
  let result = table
  // Two directions disturb each other a little; repeated projections meet where both hold.
  const passesMax = rows.direction !== undefined && columns.direction !== undefined ? 50 : 1
  for (let pass = 0; pass < passesMax; pass++) {
    const before = result
    if (rows.direction !== undefined) {
      result = alongLines(result, weights, columns.size, rows.size, 1, columns.size, rows.direction)
    }
    if (columns.direction !== undefined) {
      result = alongLines(result, weights, rows.size, columns.size, columns.size, 1, columns.direction)
    }
    if (result.every((value, cell) => value === before[cell])) break
  }
  return result
}

function alongLines(
  table: Float64Array,
  weights: Float64Array,
  lines: number,
  length: number,
  lineStep: number,
  cellStep: number,
  direction: Direction,
): Float64Array {
  const result = table.slice()
  const values = new Float64Array(length)
  const held = new Float64Array(length)
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < length; at++) {
      const cell = line * lineStep + at * cellStep
      values[at] = table[cell] ?? 0
      held[at] = weights[cell] ?? 0
    }
    monotone(values, held, direction).forEach((value, at) => {
      result[line * lineStep + at * cellStep] = value
    })
  }
  return result
}
