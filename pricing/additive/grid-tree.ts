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

/**
 * The cells of a term, layer by layer and in it row by row: a main effect has a single column, and only a table that differs by
 * the level of a third factor has more than one layer.
 */
export interface Grid {
  readonly layers: GridAxis
  readonly rows: GridAxis
  readonly columns: GridAxis
}

/** An axis that is not there. */
export const single: GridAxis = { size: 1, isOrdered: true }

export function cellsOf({ layers, rows, columns }: Grid): number {
  return layers.size * rows.size * columns.size
}

export interface TreeLimits {
  readonly leavesMax: number
  readonly prior: Prior
  /** Both sides of a split hold at least this much of `b`. */
  readonly heldMin: number
}

type Side = keyof Grid

/** Which of a grid's layers, rows and columns a leaf covers. */
type Block = Readonly<Record<Side, Int32Array>>

interface Split {
  readonly gain: number
  readonly side: Side
  readonly low: Int32Array
  readonly high: Int32Array
}

interface Leaf {
  readonly block: Block
  readonly a: number
  readonly b: number
  readonly split: Split | undefined
}

/** Where two splits gain the same, the first of these is taken. */
const sides = ['rows', 'columns', 'layers'] as const satisfies readonly Side[]

/** @returns the log factor of every cell, before shrinkage */
export function growTree(grid: Grid, a: Float64Array, b: Float64Array, limits: TreeLimits): Float64Array {
  const whole = { layers: allOf(grid.layers.size), rows: allOf(grid.rows.size), columns: allOf(grid.columns.size) }
  const leaves = [leafOf(grid, a, b, whole, limits)]
  while (leaves.length < limits.leavesMax) {
    const at = mostGain(leaves)
    const leaf = leaves[at]
    if (leaf?.split === undefined) break
    const { side, low, high } = leaf.split
    const half = (members: Int32Array): Leaf => leafOf(grid, a, b, { ...leaf.block, [side]: members }, limits)
    leaves.splice(at, 1, half(low), half(high))
  }
  const values = new Float64Array(cellsOf(grid))
  for (const { block, a: ofA, b: ofB } of leaves) {
    const value = leafValue(ofA, ofB, limits.prior)
    for (const layer of block.layers) {
      for (const row of block.rows) {
        const start = (layer * grid.rows.size + row) * grid.columns.size
        for (const column of block.columns) values[start + column] = value
      }
    }
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

/** The sums of a block along one of its sides. */
interface Margin {
  readonly a: Float64Array
  readonly b: Float64Array
}

function leafOf(grid: Grid, a: Float64Array, b: Float64Array, block: Block, limits: TreeLimits): Leaf {
  const { layers, rows, columns } = block
  const margin = (of: Int32Array): Margin => ({ a: new Float64Array(of.length), b: new Float64Array(of.length) })
  const margins: Readonly<Record<Side, Margin>> = { layers: margin(layers), rows: margin(rows), columns: margin(columns) }
  let [sumA, sumB] = [0, 0]
  for (let k = 0; k < layers.length; k++) {
    for (let i = 0; i < rows.length; i++) {
      const start = ((layers[k] ?? 0) * grid.rows.size + (rows[i] ?? 0)) * grid.columns.size
      let [rowA, rowB] = [0, 0]
      for (let j = 0; j < columns.length; j++) {
        const cell = start + (columns[j] ?? 0)
        const [cellA, cellB] = [a[cell] ?? 0, b[cell] ?? 0]
        rowA += cellA
        rowB += cellB
        addAt(margins.columns, j, cellA, cellB)
      }
      addAt(margins.rows, i, rowA, rowB)
      addAt(margins.layers, k, rowA, rowB)
      sumA += rowA
      sumB += rowB
    }
  }
  let split: Split | undefined
  for (const side of sides) {
    const found = bestSplit(grid[side], block[side], margins[side].a, margins[side].b, sumA, sumB, limits)
    if (found !== undefined && found.gain > (split?.gain ?? 0)) split = { ...found, side }
  }
  return { block, a: sumA, b: sumB, split }
}

function addAt({ a, b }: Margin, at: number, ofA: number, ofB: number): void {
  a[at] = (a[at] ?? 0) + ofA
  b[at] = (b[at] ?? 0) + ofB
}

function bestSplit(
  axis: GridAxis,
  members: Int32Array,
  a: Float64Array,
  b: Float64Array,
  sumA: number,
  sumB: number,
  { prior, heldMin }: TreeLimits,
): Omit<Split, 'side'> | undefined {
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
  const { layers, rows, columns } = grid
  if (rows.direction === undefined && columns.direction === undefined) return table
  const cells = rows.size * columns.size
  const result = new Float64Array(table.length)
  for (let layer = 0; layer < layers.size; layer++) {
    const [from, to] = [layer * cells, (layer + 1) * cells]
    result.set(monotoneLayer(rows, columns, table.subarray(from, to), weights.subarray(from, to)), from)
  }
  return result
}

function monotoneLayer(rows: GridAxis, columns: GridAxis, table: Float64Array, weights: Float64Array): Float64Array {
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
