// One pass of Fisher scoring over a block of rows: the linear predictor, the family's loop, and the sums of which the normal
// equations are made. It runs on any thread and touches nothing but the block's own sums, which are later added in the blocks'
// order: the same bytes come out however many threads there are.

import type { CellGroup } from './cell-groups.ts'
import { type Family, inverseLink, type Link, linked, type Run, runKernel, startingMean } from './family.ts'

/** So many rows fit into the nearest cache with their scratch arrays. */
const runLength = 1024

/** Everything a pass reads. All arrays are shared memory; `dense` are the orthonormal columns. */
export interface ScoringData {
  readonly rows: number
  readonly y: Float64Array
  readonly prior: Float64Array
  readonly offset: Float64Array
  readonly groups: readonly CellGroup[]
  readonly dense: readonly Float64Array[]
  readonly family: Family
  readonly link: Link
}

/** Where the sums of a block are, in one array of `length` doubles. */
export interface SumsLayout {
  readonly length: number
  /** The first three are the deviance, the sum of weights and the sum of weighted residuals. */
  readonly groups: readonly { readonly weight: number; readonly residual: number; readonly dense: readonly number[] }[]
  /** For each pair of groups, in the order (0, 1), (0, 2), … (1, 2), …: weights by cell of the one × cell of the other. */
  readonly pairs: readonly { readonly left: number; readonly right: number; readonly at: number }[]
  /** Sums of weight × column, of residual × column, and of weight × column × column for each pair with left <= right. */
  readonly denseWeight: number
  readonly denseResidual: number
  readonly denseCross: number
}

export function sumsLayout({ groups, dense }: Pick<ScoringData, 'groups' | 'dense'>): SumsLayout {
  let length = 3
  const take = (doubles: number): number => {
    length += doubles
    return length - doubles
  }
  const ofGroups = groups.map(({ cells }) => ({
    weight: take(cells),
    residual: take(cells),
    dense: dense.map(() => take(cells)),
  }))
  const pairs = groups.flatMap((left, i) =>
    groups.slice(i + 1).map((right, j) => ({ left: i, right: i + 1 + j, at: take(left.cells * right.cells) })),
  )
  const denseWeight = take(dense.length)
  const denseResidual = take(dense.length)
  const denseCross = take((dense.length * (dense.length + 1)) / 2)
  return { groups: ofGroups, pairs, denseWeight, denseResidual, denseCross, length }
}

/** What the linear predictor is made of: the parameters in the coordinates of the pass. */
export interface Predictor {
  /** The first pass starts from the responses themselves and not from parameters. */
  readonly isStart: boolean
  readonly intercept: number
  /** For each group, the sum of its parameters cell by cell. */
  readonly ofCells: readonly Float64Array[]
  readonly ofDense: Float64Array
}

/** @param sums of the layout's length; overwritten */
export function scoreBlock(
  data: ScoringData,
  layout: SumsLayout,
  predictor: Predictor,
  from: number,
  to: number,
  sums: Float64Array,
): void {
  sums.fill(0)
  const run: Run = {
    eta: new Float64Array(runLength),
    y: new Float64Array(runLength),
    prior: new Float64Array(runLength),
    w: new Float64Array(runLength),
    wr: new Float64Array(runLength),
  }
  const kernel = runKernel(data.family, data.link)
  let deviance = 0
  for (let start = from; start < to; start += runLength) {
    const length = Math.min(runLength, to - start)
    run.y.set(data.y.subarray(start, start + length))
    run.prior.set(data.prior.subarray(start, start + length))
    if (predictor.isStart) startRun(data, run, start, length)
    else predictRun(data, predictor, run.eta, start, length)
    deviance += kernel(run, length)
    if (predictor.isStart) addStartingPredictor(data, run, start, length)
    addRun(data, layout, run, start, length, sums)
  }
  sums[0] = deviance
}

/** eta of the starting mean. */
function startRun({ y, prior, family, link }: ScoringData, { eta }: Run, start: number, length: number): void {
  for (let i = 0; i < length; i++) eta[i] = linked(link, startingMean(family, y[start + i] ?? 0, prior[start + i] ?? 0))
}

/** The working response of the first step is measured from parameters of 0, of which the predictor is the offset alone. */
function addStartingPredictor({ offset }: ScoringData, { eta, w, wr }: Run, start: number, length: number): void {
  for (let i = 0; i < length; i++) wr[i] = (wr[i] ?? 0) + (w[i] ?? 0) * ((eta[i] ?? 0) - (offset[start + i] ?? 0))
}

function predictRun(
  { offset, groups, dense }: ScoringData,
  predictor: Predictor,
  eta: Float64Array,
  start: number,
  length: number,
): void {
  const { intercept, ofCells, ofDense } = predictor
  for (let i = 0; i < length; i++) eta[i] = (offset[start + i] ?? 0) + intercept
  for (let g = 0; g < groups.length; g++) {
    const cellOf = groups[g]?.cellOf
    const values = ofCells[g]
    if (cellOf === undefined || values === undefined) continue
    for (let i = 0; i < length; i++) eta[i] = (eta[i] ?? 0) + (values[cellOf[start + i] ?? 0] ?? 0)
  }
  for (let d = 0; d < dense.length; d++) {
    const column = dense[d]
    const slope = ofDense[d] ?? 0
    if (column === undefined) continue
    for (let i = 0; i < length; i++) eta[i] = (eta[i] ?? 0) + slope * (column[start + i] ?? 0)
  }
}

function addRun(
  { groups, dense }: ScoringData,
  layout: SumsLayout,
  { w, wr }: Run,
  start: number,
  length: number,
  sums: Float64Array,
): void {
  let weights = 0
  let residuals = 0
  for (let i = 0; i < length; i++) {
    weights += w[i] ?? 0
    residuals += wr[i] ?? 0
  }
  sums[1] = (sums[1] ?? 0) + weights
  sums[2] = (sums[2] ?? 0) + residuals

  groups.forEach(({ cellOf }, g) => {
    const at = layout.groups[g]
    if (at === undefined) return
    const { weight, residual } = at
    for (let i = 0; i < length; i++) {
      const cell = cellOf[start + i] ?? 0
      sums[weight + cell] = (sums[weight + cell] ?? 0) + (w[i] ?? 0)
      sums[residual + cell] = (sums[residual + cell] ?? 0) + (wr[i] ?? 0)
    }
    dense.forEach((column, d) => {
      const target = at.dense[d] ?? 0
      for (let i = 0; i < length; i++) {
        const cell = target + (cellOf[start + i] ?? 0)
        sums[cell] = (sums[cell] ?? 0) + (w[i] ?? 0) * (column[start + i] ?? 0)
      }
    })
  })
  for (const { left, right, at } of layout.pairs) {
    const leftCells = groups[left]?.cellOf
    const other = groups[right]
    if (leftCells === undefined || other === undefined) continue
    for (let i = 0; i < length; i++) {
      const cell = at + (leftCells[start + i] ?? 0) * other.cells + (other.cellOf[start + i] ?? 0)
      sums[cell] = (sums[cell] ?? 0) + (w[i] ?? 0)
    }
  }
  addDense(dense, layout, w, wr, start, length, sums)
}

function addDense(
  dense: readonly Float64Array[],
  layout: SumsLayout,
  w: Float64Array,
  wr: Float64Array,
  start: number,
  length: number,
  sums: Float64Array,
): void {
  let cross = layout.denseCross
  for (let d = 0; d < dense.length; d++) {
    const column = dense[d]
    if (column === undefined) continue
    let weighted = 0
    let residual = 0
    for (let i = 0; i < length; i++) {
      const x = column[start + i] ?? 0
      weighted += (w[i] ?? 0) * x
      residual += (wr[i] ?? 0) * x
    }
    sums[layout.denseWeight + d] = (sums[layout.denseWeight + d] ?? 0) + weighted
    sums[layout.denseResidual + d] = (sums[layout.denseResidual + d] ?? 0) + residual
    for (let e = d; e < dense.length; e++) {
      const other = dense[e]
      if (other === undefined) continue
      let product = 0
      for (let i = 0; i < length; i++) product += (w[i] ?? 0) * (column[start + i] ?? 0) * (other[start + i] ?? 0)
      sums[cross] = (sums[cross] ?? 0) + product
      cross += 1
    }
  }
}

/** The mean of every row. */
export function meansOf(data: ScoringData, predictor: Predictor): Float64Array {
  const mu = new Float64Array(data.rows)
  const eta = new Float64Array(runLength)
  for (let start = 0; start < data.rows; start += runLength) {
    const length = Math.min(runLength, data.rows - start)
    predictRun(data, predictor, eta, start, length)
    for (let i = 0; i < length; i++) mu[start + i] = inverseLink(data.link, eta[i] ?? 0)
  }
  return mu
}
