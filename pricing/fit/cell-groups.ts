// Terms of levels put together into cells: rows that agree in every term of a group share a cell, so that one addition a row serves
// every pair of terms in it. The cross-tabulation of all terms is then made of the cells, not of the rows.

import type { FactorTerm } from './design.ts'
import { sharedIntegers } from './model-rows.ts'

/** Cells of a group and pair of groups are looked up in arrays: four megabytes each at most. */
const cellsMax = 2 ** 20
/** The sums of one block of rows, in doubles: what stays in a processor's cache is added to fast. */
const sumsMax = 2 ** 20

export interface CellGroup {
  /** Which cell each row is in. */
  readonly cellOf: Int32Array
  readonly cells: number
  /** The parameters that are 1 in a cell: those of cell c from `starts[c]` up to `starts[c + 1]`. */
  readonly starts: Int32Array
  readonly active: Int32Array
}

/** @param denseColumns how many columns of numbers the model has: each adds a sum to every cell */
export function groupFactors(factors: readonly FactorTerm[], rows: number, denseColumns: number): readonly CellGroup[] {
  const candidates = [2 ** 17, 2 ** 13, 2 ** 10, 2 ** 8, 1].map((limit) => partition(factors, limit))
  const cost = (groups: readonly Planned[]): number => {
    const pairs = (groups.length * (groups.length - 1)) / 2
    return rows * (groups.length * (3 + denseColumns) + pairs) + 8 * sumsOf(groups, rows, denseColumns)
  }
  const affordable = candidates.filter((groups) => sumsOf(groups, rows, denseColumns) <= sumsMax)
  const possible = affordable.length > 0 ? affordable : candidates.slice(-1)
  const best = possible.reduce((cheapest, groups) => (cost(groups) < cost(cheapest) ? groups : cheapest))
  return best.map((group) => buildGroup(group.factors, rows))
}

interface Planned {
  readonly factors: readonly FactorTerm[]
  readonly cells: number
}

/** An interaction makes no new cells where both of its factors already are. */
function partition(factors: readonly FactorTerm[], limit: number): readonly Planned[] {
  const groups: { factors: FactorTerm[]; cells: number }[] = []
  for (const factor of factors) {
    const group = groups.at(-1)
    const isFree =
      group !== undefined && factor.parents.length > 0 && factor.parents.every((parent) => group.factors.includes(parent))
    const cells = (group?.cells ?? 1) * (isFree ? 1 : factor.levels.length)
    if (group !== undefined && cells <= limit) {
      group.factors.push(factor)
      group.cells = cells
    } else groups.push({ factors: [factor], cells: factor.levels.length })
  }
  return groups
}

function sumsOf(groups: readonly Planned[], rows: number, denseColumns: number): number {
  const sizes = groups.map((group) => Math.min(group.cells, rows))
  const own = sizes.reduce((sum, cells) => sum + cells * (2 + denseColumns), 0)
  const pairs = sizes.reduce((sum, cells, index) => sum + sizes.slice(index + 1).reduce((of, other) => of + cells * other, 0), 0)
  return own + pairs
}

function buildGroup(factors: readonly FactorTerm[], rows: number): CellGroup {
  const [first] = factors
  const cellOf = sharedIntegers(rows)
  if (first !== undefined) cellOf.set(first.codes)
  let cells = first?.levels.length ?? 1
  // The row by which a cell was first met tells its levels.
  for (const factor of factors.slice(1)) {
    const width = factor.levels.length
    if (cells * width > cellsMax) {
      cells = refineByMap(cellOf, factor.codes, width)
      continue
    }
    const place = new Int32Array(cells * width).fill(-1)
    let found = 0
    for (let row = 0; row < rows; row++) {
      const key = (cellOf[row] ?? 0) * width + (factor.codes[row] ?? 0)
      let cell = place[key] ?? -1
      if (cell === -1) {
        cell = found++
        place[key] = cell
      }
      cellOf[row] = cell
    }
    cells = found
  }
  return { cellOf, cells, ...activeOf(factors, cellOf, cells) }
}

function refineByMap(cellOf: Int32Array, codes: Int32Array, width: number): number {
  const place = new Map<number, number>()
  for (let row = 0; row < cellOf.length; row++) {
    const key = (cellOf[row] ?? 0) * width + (codes[row] ?? 0)
    const cell = place.get(key) ?? place.size
    place.set(key, cell)
    cellOf[row] = cell
  }
  return place.size
}

function activeOf(factors: readonly FactorTerm[], cellOf: Int32Array, cells: number): { starts: Int32Array; active: Int32Array } {
  const example = new Int32Array(cells).fill(-1)
  for (let row = cellOf.length - 1; row >= 0; row--) example[cellOf[row] ?? 0] = row
  const starts = sharedIntegers(cells + 1)
  const active: number[] = []
  for (let cell = 0; cell < cells; cell++) {
    const row = example[cell] ?? -1
    for (const factor of row === -1 ? [] : factors) {
      const parameter = factor.parameterOf[factor.codes[row] ?? 0] ?? -1
      if (parameter >= 0) active.push(parameter)
    }
    starts[cell + 1] = active.length
  }
  const shared = sharedIntegers(active.length)
  shared.set(active)
  return { starts, active: shared }
}
