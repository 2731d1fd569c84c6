// The additive model: an intercept, a table of log factors for each rating factor, and one for each chosen pair of them. Plain
// data: what it predicts is a product that anyone can look up.

import type { Column, DataTable } from '../fit/data-table.ts'
import { binCount, codesOf, type FactorBins, levelRows } from './factor-bins.ts'
import type { LogFamily } from './loss-rows.ts'
import type { Direction } from './monotone.ts'

export interface MainTable {
  readonly factor: string
  readonly bins: FactorBins
  /** A log factor a bin; 0 on average over the exposure. */
  readonly effects: readonly number[]
  /** Exposure of the training rows in each bin. */
  readonly exposure: readonly number[]
  readonly direction?: Direction
}

export interface PairTable {
  readonly factors: readonly [string, string]
  readonly rows: FactorBins
  readonly columns: FactorBins
  /** A log factor a cell; 0 on average over the exposure of every row and of every column, where the model has tables for these. */
  readonly effects: readonly (readonly number[])[]
  readonly exposure: readonly (readonly number[])[]
  /** What the screening of pairs saw in it, all levels together. */
  readonly gain: number
  /** The table holds for this level of a third factor only, and says 0 for the others. */
  readonly where?: { readonly factor: string; readonly level: string }
}

export interface AdditiveSettings {
  readonly seed: number
  /** Each is left out once to end its boosting; the tables are the mean over all. */
  readonly folds: number
  readonly mainBinsMax: number
  readonly pairBinsMax: number
  readonly pairs: number
  readonly mainShrinkage: number
  readonly pairShrinkage: number
  readonly mainLeaves: number
  readonly pairLeaves: number
  /** Expected claims (or as much information) at which a cell's own experience counts half. */
  readonly mainPrior: number
  readonly pairPrior: number
  readonly roundsMax: number
  readonly patience: number
}

export interface AdditiveModel {
  readonly family: LogFamily
  /** The column that is explained, in total, and the one it is proportional to. */
  readonly response: string
  readonly exposure: string
  readonly intercept: number
  readonly mains: readonly MainTable[]
  readonly pairs: readonly PairTable[]
  readonly settings: AdditiveSettings
  readonly training: {
    readonly rows: number
    readonly exposure: number
    readonly total: number
    /** Deviance per row of the rows themselves. */
    readonly deviance: number
    /** Deviance per row with every row predicted by the fold that did not learn from it: what settings are chosen by. */
    readonly heldOutDeviance: number
    readonly homogeneousDeviance: number
    readonly rounds: readonly { readonly mains: number; readonly pairs: number }[]
  }
}

/**
 * The mean per unit of exposure of every row. A level or a missing number that the model does not know has the factor 1 in
 * every table of it.
 * @throws RangeError when the table lacks a factor of the model
 */
export function predictAdditive(model: AdditiveModel, table: DataTable): Float64Array {
  const eta = new Float64Array(table.rows).fill(model.intercept)
  const columnOf = (factor: string): Column => {
    const column = table.columns.get(factor)
    if (column === undefined) throw new RangeError(`the table has no column ${factor}`)
    return column
  }
  const codes = (factor: string, bins: FactorBins): Uint16Array => codesOf(bins, columnOf(factor))
  for (const { factor, bins, effects } of model.mains) {
    const values = Float64Array.from([...effects, 0])
    const ofFactor = codes(factor, bins)
    for (let row = 0; row < eta.length; row++) eta[row] = (eta[row] ?? 0) + (values[ofFactor[row] ?? 0] ?? 0)
  }
  for (const { factors, rows, columns, effects, where } of model.pairs) {
    const width = binCount(columns) + 1
    const values = Float64Array.from([...effects, []].flatMap((line) => [...line, ...Array(width - line.length).fill(0)]))
    const [ofRows, ofColumns] = [codes(factors[0], rows), codes(factors[1], columns)]
    const isMeant = where === undefined ? undefined : levelRows(columnOf(where.factor), where.level)
    for (let row = 0; row < eta.length; row++) {
      if (isMeant?.[row] === 0) continue
      eta[row] = (eta[row] ?? 0) + (values[(ofRows[row] ?? 0) * width + (ofColumns[row] ?? 0)] ?? 0)
    }
  }
  return eta.map(Math.exp)
}

export function cellCount({ mains, pairs }: AdditiveModel): number {
  const ofMains = mains.reduce((sum, { effects }) => sum + effects.length, 0)
  return pairs.reduce((sum, { effects }) => sum + effects.length * (effects[0]?.length ?? 0), ofMains)
}
