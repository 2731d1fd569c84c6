// A rating factor cut into bins: the bands of a number or the levels of a text. Fine bins carry the main effects; the pairs' are
// made by joining neighbours of them, so that every pair's bin is made of whole fine ones.

import type { Column } from '../fit/data-table.ts'

/** Bin `k` holds the values from `edges[k - 1]` up to below `edges[k]`; the first and the last have no outer end. */
export interface NumberBins {
  readonly kind: 'number'
  readonly edges: readonly number[]
  readonly min: number
  readonly max: number
}

export interface LevelBins {
  readonly kind: 'level'
  readonly levels: readonly string[]
}

export type FactorBins = NumberBins | LevelBins

/** A code is 16 bits wide; one is kept for values the factor was not fitted with. */
export const binsMax = 65_535

export function binCount(bins: FactorBins): number {
  return bins.kind === 'number' ? bins.edges.length + 1 : bins.levels.length
}

/**
 * A bin for every different value up to `max` of them; more are joined so that each holds about the same weight.
 * @param weights one a row: the exposure
 */
export function makeBins(column: Column, weights: Float64Array, max: number): FactorBins {
  if (column.kind === 'categorical') {
    const seen = new Set(column.codes)
    return { kind: 'level', levels: column.levels.filter((_, code) => seen.has(code)) }
  }
  const weightOf = new Map<number, number>()
  column.values.forEach((value, row) => {
    weightOf.set(value, (weightOf.get(value) ?? 0) + (weights[row] ?? 0))
  })
  const values = [...weightOf.keys()].sort((one, other) => one - other)
  const starts = joinNeighbours(
    values.map((value) => weightOf.get(value) ?? 0),
    max,
  )
  return {
    kind: 'number',
    edges: starts.slice(1).map((start) => values[start] ?? 0),
    min: values[0] ?? 0,
    max: values.at(-1) ?? 0,
  }
}

/**
 * Where each joined group starts. The weight that is left is shared anew after each group, so that one very common value
 * does not take the bins of all others.
 */
export function joinNeighbours(weights: readonly number[], max: number): readonly number[] {
  if (weights.length <= max) return weights.map((_, index) => index)
  const starts = [0]
  let left = weights.reduce((sum, weight) => sum + weight, 0)
  let held = 0
  weights.forEach((weight, index) => {
    const share = left / (max - starts.length + 1)
    if (index > 0 && held > 0 && starts.length < max && held + weight / 2 >= share) {
      starts.push(index)
      left -= held
      held = 0
    }
    held += weight
  })
  return starts
}

/** The bins joined at these starts; levels have no neighbours and stay as they are. */
export function coarserBins(bins: FactorBins, weights: readonly number[], max: number): FactorBins {
  if (bins.kind === 'level') return bins
  const starts = joinNeighbours(weights, max)
  return { ...bins, edges: starts.slice(1).map((start) => bins.edges[start - 1] ?? 0) }
}

/** The bin of every row; `binCount(bins)` for a level or a missing number that the bins do not know. */
export function codesOf(bins: FactorBins, column: Column): Uint16Array {
  const unknown = binCount(bins)
  if (bins.kind === 'level') {
    if (column.kind !== 'categorical') return new Uint16Array(column.values.length).fill(unknown)
    const place = new Map(bins.levels.map((level, index) => [level, index]))
    const codeOf = Uint16Array.from(column.levels, (level) => place.get(level) ?? unknown)
    return Uint16Array.from(column.codes, (code) => codeOf[code] ?? unknown)
  }
  if (column.kind !== 'numeric') return new Uint16Array(column.codes.length).fill(unknown)
  const edges = Float64Array.from(bins.edges)
  const known = new Map<number, number>()
  return Uint16Array.from(column.values, (value) => {
    let code = known.get(value)
    if (code === undefined) {
      code = Number.isNaN(value) ? unknown : binOf(edges, value)
      known.set(value, code)
    }
    return code
  })
}

/** How many edges are at or below the value. */
export function binOf(edges: ArrayLike<number>, value: number): number {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((edges[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** For each fine bin the coarser one that holds it. */
export function coarseOf(fine: FactorBins, coarse: FactorBins): readonly number[] {
  if (fine.kind === 'level' || coarse.kind === 'level') return Array.from({ length: binCount(fine) }, (_, bin) => bin)
  return [0, ...fine.edges.map((edge) => binOf(coarse.edges, edge))]
}

/** What a person calls the bins: `21-24`, `25+`, or the level. */
export function binNames(bins: FactorBins): readonly string[] {
  if (bins.kind === 'level') return bins.levels
  const { edges, min, max } = bins
  const isWhole = [min, max, ...edges].every(Number.isInteger)
  const starts = [min, ...edges]
  return starts.map((start, bin) => {
    const end = starts[bin + 1]
    if (end === undefined) return start === max ? `${start}` : `${start}+`
    if (!isWhole) return `${start} to < ${end}`
    return end - 1 === start ? `${start}` : `${start}-${end - 1}`
  })
}

/** 1 for every row that has this level, 0 for the others. */
export function levelRows(column: Column, level: string): Uint8Array {
  if (column.kind !== 'categorical') return new Uint8Array(column.values.length)
  const code = column.levels.indexOf(level)
  return Uint8Array.from(column.codes, (found) => (found === code ? 1 : 0))
}
