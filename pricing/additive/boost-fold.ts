// Cyclic boosting of one fold: table after table is improved a little on the other folds, round after round, until the fold that
// was left out gets no better; its best round is kept.

import { cellsOf, type Grid, growTree, monotoneTable, type TreeLimits } from './grid-tree.ts'
import { cellSums, type LossRows, lossOver, multiplyMeans, type Stretch } from './loss-rows.ts'

export interface BoostedTerm {
  readonly grid: Grid
  /** The cell of every row. */
  readonly codes: Uint16Array
}

export interface BoostLimits extends TreeLimits {
  /** How much of each step is taken. */
  readonly shrinkage: number
  readonly roundsMax: number
  /** So many rounds without a better one end the boosting. */
  readonly patience: number
}

export interface Boosted {
  /** The log factors of each term's cells, in the order of the terms. */
  readonly tables: readonly Float64Array[]
  readonly rounds: number
}

/**
 * Goes one round at each step and says which.
 * @param rows changed in place: at the end they stand at the best round
 * @param heldOut undefined: every round is kept, up to the most
 */
export function* boostTerms(
  rows: LossRows,
  terms: readonly BoostedTerm[],
  training: readonly Stretch[],
  heldOut: Stretch | undefined,
  limits: BoostLimits,
): Generator<number, Boosted> {
  const tables: Float64Array[] = terms.map(({ grid }) => new Float64Array(cellsOf(grid)))
  const exposures = terms.map(({ codes }, term) => cellSums(rows.weights, codes, tables[term]?.length ?? 0, training))
  let best: { round: number; loss: number; tables: readonly Float64Array[] } = {
    round: 0,
    loss: heldOut === undefined ? 0 : lossOver(rows, heldOut),
    tables: [...tables],
  }
  for (let round = 1; round <= limits.roundsMax; round++) {
    terms.forEach(({ grid, codes }, at) => {
      const table = tables[at] ?? new Float64Array(0)
      const a = cellSums(rows.a, codes, table.length, training)
      const b = cellSums(rows.b, codes, table.length, training)
      const tree = growTree(grid, a, b, limits)
      const wanted = table.map((value, cell) => value + limits.shrinkage * (tree[cell] ?? 0))
      const next = monotoneTable(grid, wanted, exposures[at] ?? wanted)
      multiplyMeans(
        rows,
        codes,
        next.map((value, cell) => value - (table[cell] ?? 0)),
      )
      tables[at] = next
    })
    yield round
    if (heldOut === undefined) {
      best = { round, loss: 0, tables }
      continue
    }
    const loss = lossOver(rows, heldOut)
    if (loss < best.loss) best = { round, loss, tables: [...tables] }
    if (round - best.round >= limits.patience) break
  }
  terms.forEach(({ codes }, at) => {
    const kept = best.tables[at] ?? new Float64Array(0)
    const reached = tables[at] ?? kept
    if (kept !== reached)
      multiplyMeans(
        rows,
        codes,
        kept.map((value, cell) => value - (reached[cell] ?? 0)),
      )
  })
  return { tables: best.tables, rounds: best.round }
}
