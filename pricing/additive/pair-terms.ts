// The pairs of an additive model while it is fitted: which pairs there are, the cells of every row, and their boosted tables made
// pure and written down. Where pairs differ by the level of a third factor, a pair is one grid with a layer for each level while it
// is boosted, and a table for each level afterwards.

import type { PairTable } from './additive-model.ts'
import type { BoostedTerm } from './boost-fold.ts'
import { binCount, binsMax, coarseOf, coarserBins, type FactorBins } from './factor-bins.ts'
import { type GridAxis, single } from './grid-tree.ts'
import { cellSums, type LossRows, type Stretch } from './loss-rows.ts'
import type { Direction } from './monotone.ts'
import type { PureMain, PurePair } from './purify.ts'
import { type CoarseFactor, type ScreenedPair, screenPairs } from './screen-pairs.ts'

export interface Factor {
  readonly name: string
  readonly direction: Direction | undefined
  readonly fine: FactorBins
  readonly fineCodes: Uint16Array
  readonly fineExposure: Float64Array
  readonly coarse: FactorBins
  readonly coarseOfFine: readonly number[]
}

export interface Pair {
  readonly screened: ScreenedPair
  readonly one: Factor
  readonly other: Factor
  /** The factor whose levels are the layers of the grid. */
  readonly by: Factor | undefined
  readonly term: BoostedTerm
}

/** Bins a side on which pairs are screened: coarse, so that chance in single cells evens out. */
const screeningBinsMax = 16

export interface PairChoice {
  /** Pairs beside those with `by` itself. */
  readonly pairsMax: number
  readonly phi: number
  readonly prior: number
}

/**
 * The most promising pairs first. With `by`, every factor's pair with it comes last: what a level's tables say about one factor
 * alone is kept there.
 */
export function choosePairs(
  factors: readonly Factor[],
  by: Factor | undefined,
  rows: LossRows,
  { pairsMax, phi, prior }: PairChoice,
): readonly Pair[] {
  if (pairsMax === 0) return []
  const screenable = (factor: Factor): CoarseFactor => {
    const bins = coarserBins(factor.fine, [...factor.fineExposure], screeningBinsMax)
    return { name: factor.name, size: binCount(bins), codes: joined(factor, coarseOf(factor.fine, bins)) }
  }
  const screen = (list: readonly Factor[], layers: Factor | undefined): readonly ScreenedPair[] =>
    screenPairs(list.map(screenable), layers && screenable(layers), rows.a, rows.b, phi, prior)
  const among = screen(
    factors.filter((factor) => factor !== by),
    by,
  )
  const chosen = pairsOf(among, factors, by).filter(({ screened, term }) => screened.gain > 0 && isTable(term))
  const withBy =
    by === undefined ? [] : screen(factors, undefined).filter((pair) => pair.factors.some((factor) => factor === by.name))
  return [...chosen.slice(0, pairsMax), ...pairsOf(withBy, factors, undefined)]
}

function isTable({ grid: { layers, rows, columns } }: BoostedTerm): boolean {
  return layers.size * rows.size * columns.size <= binsMax
}

function pairsOf(screened: readonly ScreenedPair[], factors: readonly Factor[], by: Factor | undefined): readonly Pair[] {
  return screened.flatMap((pair): Pair[] => {
    const [one, other] = pair.factors.map((name) => factors.find((factor) => factor.name === name))
    if (one === undefined || other === undefined) return []
    return [{ screened: pair, one, other, by, term: pairTerm(one, other, by) }]
  })
}

function pairTerm(one: Factor, other: Factor, by: Factor | undefined): BoostedTerm {
  const layers = by === undefined ? single : axisOf(by.coarse, undefined)
  const grid = { layers, rows: axisOf(one.coarse, one.direction), columns: axisOf(other.coarse, other.direction) }
  const [rows, columns] = [joined(one, one.coarseOfFine), joined(other, other.coarseOfFine)]
  const layerOf = by === undefined ? undefined : joined(by, by.coarseOfFine)
  const codes = rows.map((row, at) => ((layerOf?.[at] ?? 0) * grid.rows.size + row) * grid.columns.size + (columns[at] ?? 0))
  return { grid, codes }
}

export function axisOf(bins: FactorBins, direction: Direction | undefined): GridAxis {
  const axis = { size: binCount(bins), isOrdered: bins.kind === 'number' }
  return direction === undefined ? axis : { ...axis, direction }
}

function joined({ fineCodes }: Factor, of: readonly number[]): Uint16Array {
  const bins = Uint16Array.from(of)
  return fineCodes.map((code) => bins[code] ?? 0)
}

/** A table of the model: a pair's, or a pair's for one level of `by`. */
interface PairPart {
  readonly pair: Pair
  readonly layer: number
  readonly pure: PurePair
}

/**
 * The boosted tables as parts to be made pure, in the order in which purification takes them.
 * @param tables one for each pair, changed in place with the parts
 * @param mains one for each factor
 */
export function pairParts(
  pairs: readonly Pair[],
  tables: readonly Float64Array[],
  factors: readonly Factor[],
  mains: readonly PureMain[],
  weights: Float64Array,
  rows: readonly Stretch[],
): readonly PairPart[] {
  const exposures = pairs.map(({ term }, at) => cellSums(weights, term.codes, tables[at]?.length ?? 0, rows))
  const whole = pairs.map((pair, at) => {
    const [effects, exposure] = [tables[at] ?? new Float64Array(0), exposures[at] ?? new Float64Array(0)]
    return { pair, effects, exposure }
  })
  const mainOf = (factor: Factor): PureMain => mains[factors.indexOf(factor)] ?? nothing
  const plain = ({ pair, effects, exposure }: (typeof whole)[number]): PairPart => {
    const { one, other, term } = pair
    const [size, columns] = [term.grid.rows.size, term.grid.columns.size]
    const means = { rowMain: mainOf(one), rowOf: one.coarseOfFine, columnMain: mainOf(other), columnOf: other.coarseOfFine }
    return { pair, layer: 0, pure: { rows: size, columns, effects, exposure, ...means } }
  }
  const layered = ({ pair, effects, exposure }: (typeof whole)[number], by: Factor): readonly PairPart[] => {
    const { grid } = pair.term
    const [size, columns] = [grid.rows.size, grid.columns.size]
    return Array.from({ length: grid.layers.size }, (_, layer): PairPart => {
      const cells = [layer * size * columns, (layer + 1) * size * columns] as const
      const withBy = (factor: Factor) => {
        const home = whole.find(({ pair: { one, other } }) => [one, other].includes(factor) && [one, other].includes(by))
        if (home === undefined) return { table: nothing, of: [] }
        const isByRow = home.pair.one === by
        const width = home.pair.term.grid.columns.size
        const of = Array.from(home.effects, (_cell, at) => {
          const [row, column] = [Math.floor(at / width), at % width]
          if (isByRow) return row === layer ? column : -1
          return column === layer ? row : -1
        })
        return { table: home, of }
      }
      const [ofRows, ofColumns] = [withBy(pair.one), withBy(pair.other)]
      const means = { rowMain: ofRows.table, rowOf: ofRows.of, columnMain: ofColumns.table, columnOf: ofColumns.of }
      const of = { effects: effects.subarray(...cells), exposure: exposure.subarray(...cells) }
      return { pair, layer, pure: { rows: size, columns, ...of, ...means } }
    })
  }
  return whole.flatMap((table) => (table.pair.by === undefined ? [plain(table)] : layered(table, table.pair.by)))
}

const nothing: PureMain = { effects: new Float64Array(0), exposure: new Float64Array(0) }

export function pairTable({ pair: { screened, one, other, by }, layer, pure }: PairPart): PairTable {
  const table = {
    factors: screened.factors,
    rows: one.coarse,
    columns: other.coarse,
    effects: linesOf(pure.effects, pure.columns),
    exposure: linesOf(pure.exposure, pure.columns),
    gain: screened.gain,
  }
  if (by?.coarse.kind !== 'level') return table
  return { ...table, where: { factor: by.name, level: by.coarse.levels[layer] ?? '' } }
}

function linesOf(cells: Float64Array, width: number): readonly (readonly number[])[] {
  const values = [...cells]
  return Array.from({ length: values.length / width }, (_, line) => values.slice(line * width, (line + 1) * width))
}
