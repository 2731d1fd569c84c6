// Fits an additive model: screens the pairs, boosts mains and then pairs once for every fold left out, averages the tables, makes
// them pure and balances them. A generator: whoever drives it shows its progress, and cancels it by stopping.

import type { DataProblem } from '../fit/data-problem.ts'
import type { Column, DataTable } from '../fit/data-table.ts'
import { unitDeviance } from '../fit/family.ts'
import type { AdditiveModel, AdditiveSettings, MainTable } from './additive-model.ts'
import { type BoostedTerm, type BoostLimits, boostTerms } from './boost-fold.ts'
import { binCount, coarseOf, coarserBins, codesOf, makeBins } from './factor-bins.ts'
import { cellsOf, single } from './grid-tree.ts'
import { cellSums, dispersionOf, lossOver, multiplyMeans, powerOf, rowsAt, sumOver } from './loss-rows.ts'
import type { Direction } from './monotone.ts'
import { axisOf, choosePairs, type Factor, type Pair, pairParts, pairTable } from './pair-terms.ts'
import { type PureMain, purify } from './purify.ts'
import { type AdditiveSpec, type TrainingData, trainingData } from './training-data.ts'

/** Chosen on the rows left out by the folds of training data, never on a test sample. */
export const defaultSettings: AdditiveSettings = {
  seed: 1,
  folds: 5,
  mainBinsMax: 256,
  pairBinsMax: 64,
  pairs: 20,
  mainShrinkage: 0.1,
  pairShrinkage: 0.1,
  mainLeaves: 4,
  pairLeaves: 14,
  mainPrior: 5,
  pairPrior: 50,
  roundsMax: 400,
  patience: 10,
}

/** Rounds of mains before the pairs are screened: enough that what is left over is not a main effect. */
const screeningRounds = 40
/** Expected claims that both sides of a split must hold. */
const heldMin = 30

export interface AdditiveProgress {
  readonly phase: 'screening' | 'mains' | 'pairs'
  readonly fold: number
  readonly folds: number
  readonly round: number
}

export type AdditiveOutcome =
  | { readonly kind: 'fitted'; readonly model: AdditiveModel }
  | { readonly kind: 'bad-data'; readonly problem: DataProblem }

export function* fitAdditive(
  table: DataTable,
  spec: AdditiveSpec,
  settings: AdditiveSettings = defaultSettings,
): Generator<AdditiveProgress, AdditiveOutcome> {
  const checked = trainingData(table, spec, settings.seed, settings.folds)
  if (checked.kind === 'bad-data') return checked
  const { data } = checked
  const power = powerOf(spec.family)
  const mean = sumOver(data.totals, data.folds) / sumOver(data.weights, data.folds)
  const phi = dispersionOf(rowsAt(power, data.weights, data.totals, mean), mean)
  const factors = spec.factors.flatMap(({ column, direction }): Factor[] => {
    const values = data.columns.get(column)
    return values === undefined ? [] : [factorOf(column, direction, values, data.weights, settings)]
  })
  const mains = factors.map(mainTerm)
  const limits = limitsOf(settings, phi)

  const screening = rowsAt(power, data.weights, data.totals, mean)
  yield* roundsOf(
    'screening',
    0,
    settings,
    boostTerms(screening, mains, data.folds, undefined, { ...limits.mains, roundsMax: screeningRounds }),
  )
  const by = factors.find(({ name }) => name === spec.by)
  const choice = { pairsMax: settings.pairs, phi, prior: settings.pairPrior * phi }
  const pairs = choosePairs(factors, by, screening, choice)

  const sums = [...mains, ...pairs.map(({ term }) => term)].map(({ grid }) => new Float64Array(cellsOf(grid)))
  const rounds: { mains: number; pairs: number }[] = []
  let [intercept, heldOutLoss] = [0, 0]
  for (const [fold, heldOut] of data.folds.entries()) {
    const training = data.folds.filter((stretch) => stretch !== heldOut)
    const foldMean = sumOver(data.totals, training) / sumOver(data.weights, training)
    const rows = rowsAt(power, data.weights, data.totals, foldMean)
    const ofMains = yield* roundsOf('mains', fold, settings, boostTerms(rows, mains, training, heldOut, limits.mains))
    const pairTerms = pairs.map(({ term }) => term)
    const ofPairs = yield* roundsOf('pairs', fold, settings, boostTerms(rows, pairTerms, training, heldOut, limits.pairs))
    for (const [term, tables] of [...ofMains.tables, ...ofPairs.tables].entries()) addShare(sums[term], tables, settings.folds)
    intercept += Math.log(foldMean) / settings.folds
    heldOutLoss += lossOver(rows, heldOut)
    rounds.push({ mains: ofMains.rounds, pairs: ofPairs.rounds })
  }
  const model = finish(spec, settings, data, factors, pairs, intercept, sums)
  const all = rowsAt(power, data.weights, data.totals, mean)
  const homogeneousLoss = data.folds.reduce((sum, stretch) => sum + lossOver(all, stretch), 0)
  const homogeneous = devianceAt(spec, data, () => mean)
  const heldOutDeviance = homogeneous + (heldOutLoss - homogeneousLoss) / data.rows
  return {
    kind: 'fitted',
    model: { ...model, training: { ...model.training, homogeneousDeviance: homogeneous, heldOutDeviance, rounds } },
  }
}

function* roundsOf<Result>(
  phase: AdditiveProgress['phase'],
  fold: number,
  { folds }: AdditiveSettings,
  boosting: Generator<number, Result>,
): Generator<AdditiveProgress, Result> {
  for (;;) {
    const step = boosting.next()
    if (step.done === true) return step.value
    yield { phase, fold, folds, round: step.value }
  }
}

function limitsOf(settings: AdditiveSettings, phi: number): { mains: BoostLimits; pairs: BoostLimits } {
  const both = { heldMin: heldMin * phi, roundsMax: settings.roundsMax, patience: settings.patience }
  return {
    mains: { ...both, leavesMax: settings.mainLeaves, prior: settings.mainPrior * phi, shrinkage: settings.mainShrinkage },
    pairs: { ...both, leavesMax: settings.pairLeaves, prior: settings.pairPrior * phi, shrinkage: settings.pairShrinkage },
  }
}

function factorOf(
  name: string,
  direction: Direction | undefined,
  column: Column,
  weights: Float64Array,
  { mainBinsMax, pairBinsMax }: AdditiveSettings,
): Factor {
  const fine = makeBins(column, weights, mainBinsMax)
  const fineCodes = codesOf(fine, column)
  const fineExposure = cellSums(weights, fineCodes, binCount(fine), [[0, weights.length]])
  const coarse = coarserBins(fine, [...fineExposure], pairBinsMax)
  return { name, direction, fine, fineCodes, fineExposure, coarse, coarseOfFine: coarseOf(fine, coarse) }
}

function mainTerm({ fine, fineCodes, direction }: Factor): BoostedTerm {
  return { grid: { layers: single, rows: axisOf(fine, direction), columns: single }, codes: fineCodes }
}

function addShare(sum: Float64Array | undefined, table: Float64Array, folds: number): void {
  if (sum === undefined) return
  for (let cell = 0; cell < sum.length; cell++) sum[cell] = (sum[cell] ?? 0) + (table[cell] ?? 0) / folds
}

/** Pure tables, and an intercept at which the training rows are foretold in total. */
function finish(
  spec: AdditiveSpec,
  settings: AdditiveSettings,
  data: TrainingData,
  factors: readonly Factor[],
  pairs: readonly Pair[],
  intercept: number,
  tables: readonly Float64Array[],
): AdditiveModel {
  const pureMains = factors.map(
    ({ fineExposure }, at): PureMain => ({ effects: tables[at] ?? fineExposure, exposure: fineExposure }),
  )
  const ofPairs = pairs.map((_, at) => tables[factors.length + at] ?? new Float64Array(0))
  const parts = pairParts(pairs, ofPairs, factors, pureMains, data.weights, data.folds)
  const common = purify(
    intercept,
    pureMains,
    parts.map(({ pure }) => pure),
  )
  const means = rowsAt(1, data.weights, data.totals, Math.exp(common))
  factors.forEach(({ fineCodes }, at) => {
    multiplyMeans(means, fineCodes, pureMains[at]?.effects ?? new Float64Array(0))
  })
  pairs.forEach(({ term }, at) => {
    multiplyMeans(means, term.codes, ofPairs[at] ?? new Float64Array(0))
  })
  const offBalance = sumOver(data.totals, data.folds) / sumOver(means.b, data.folds)
  const mainTables = factors.map(({ name, fine, direction }, at): MainTable => {
    const { effects = [], exposure = [] } = pureMains[at] ?? {}
    const table = { factor: name, bins: fine, effects: [...effects], exposure: [...exposure] }
    return direction === undefined ? table : { ...table, direction }
  })
  return {
    family: spec.family,
    response: spec.response,
    exposure: spec.exposure,
    intercept: common + Math.log(offBalance),
    mains: mainTables,
    pairs: parts.map(pairTable),
    settings,
    training: {
      rows: data.rows,
      exposure: sumOver(data.weights, data.folds),
      total: sumOver(data.totals, data.folds),
      deviance: devianceAt(spec, data, (row) => ((means.b[row] ?? 0) * offBalance) / (data.weights[row] ?? 1)),
      heldOutDeviance: Number.NaN,
      homogeneousDeviance: Number.NaN,
      rounds: [],
    },
  }
}

/** Deviance per row. */
function devianceAt({ family }: AdditiveSpec, { weights, totals, rows }: TrainingData, mean: (row: number) => number): number {
  let sum = 0
  for (let row = 0; row < rows; row++) {
    const weight = weights[row] ?? 1
    sum += weight * unitDeviance(family, (totals[row] ?? 0) / weight, mean(row))
  }
  return sum / rows
}
