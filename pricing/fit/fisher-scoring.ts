// Iteratively reweighted least squares (Fisher scoring) with step halving, on a design whose terms of levels were never expanded.
// McCullagh and Nelder (1989), 2.5. The start and the rule to stop are those of R's `glm`, so that its figures can be compared.

import { groupFactors } from './cell-groups.ts'
import type { DenseTerm, Design, FactorTerm } from './design.ts'
import { type Family, type Link, linked } from './family.ts'
import { assembleEquations, type Factorised, factorise, inverse, type NormalEquations, solve } from './normal-equations.ts'
import { backTransform, orthonormalise } from './orthonormal-columns.ts'
import { meansOf, type Predictor, type ScoringData } from './score-block.ts'
import { type ScoringPasses, startPasses } from './scoring-passes.ts'

export interface ScoringOptions {
  /** Including the calling one. */
  readonly threads?: number
  /** The change of the deviance, relative to itself, at which scoring stops. */
  readonly epsilon?: number
  readonly iterationsMax?: number
}

export const defaultEpsilon = 1e-8
export const defaultIterationsMax = 50
/** 2^-30 of a step goes nowhere. */
const halvingsMax = 30

export type Scored =
  | {
      readonly kind: 'converged'
      /** By parameter; NaN for the aliased. */
      readonly beta: Float64Array
      /** (X'WX)^-1 row by row, W as the last step was taken with; NaN for the aliased. */
      readonly covariance: Float64Array
      readonly mu: Float64Array
      /** The means before the last step, of which W was made. */
      readonly muBefore: Float64Array
      readonly deviance: number
      readonly iterations: number
      readonly rank: number
    }
  | { readonly kind: 'not-converged'; readonly iterations: number; readonly change: number }

export function scoreDesign(design: Design, family: Family, link: Link, options: ScoringOptions = {}): Scored {
  const dense = design.terms.filter((term): term is DenseTerm => term.kind === 'dense')
  const factors = design.terms.filter((term): term is FactorTerm => term.kind === 'factor')
  const raw = dense.flatMap((term) => term.columns.map((column, index) => ({ column, parameter: term.first + index })))
  const groups = groupFactors(factors, design.rows.rows, raw.length)
  let kept = raw
  for (;;) {
    const orthonormal = orthonormalise(kept.map(({ column }) => column))
    kept = kept.filter((_, index) => (orthonormal.place[index] ?? -1) >= 0)
    const { y, prior, offset, rows } = design.rows
    const data: ScoringData = { rows, y, prior, offset, groups, dense: orthonormal.columns, family, link }
    const scorer = new Scorer(
      data,
      design.parameters.length,
      kept.map(({ parameter }) => parameter),
      options,
    )
    try {
      const outcome = scorer.run()
      if (outcome.kind === 'not-converged') return outcome
      const { aliased } = outcome.factorised
      // Beside the terms of levels a column may turn out to say nothing; the others are then made orthogonal without it.
      const telling = kept.filter(({ parameter }) => !aliased[parameter])
      if (telling.length < kept.length) {
        kept = telling
        continue
      }
      return inGivenColumns(outcome, scorer, backTransform(orthonormal))
    } finally {
      scorer.close()
    }
  }
}

interface ScoredPoint {
  readonly theta: Float64Array
  readonly deviance: number
  readonly equations: NormalEquations
}

type ScorerOutcome =
  | (ScoredPoint & {
      readonly kind: 'converged'
      readonly factorised: Factorised
      readonly before: Float64Array
      readonly iterations: number
    })
  | { readonly kind: 'not-converged'; readonly iterations: number; readonly change: number }

/** Holds the threads of one run; `theta` are the parameters in the coordinates of the orthonormal columns. */
class Scorer {
  readonly data: ScoringData
  readonly size: number
  readonly denseParameters: readonly number[]
  readonly #options: Required<ScoringOptions>
  readonly #passes: ScoringPasses

  constructor(data: ScoringData, size: number, denseParameters: readonly number[], options: ScoringOptions) {
    this.data = data
    this.size = size
    this.denseParameters = denseParameters
    this.#options = { threads: 1, epsilon: defaultEpsilon, iterationsMax: defaultIterationsMax, ...options }
    this.#passes = startPasses(data, this.#options.threads)
  }

  close(): void {
    this.#passes.close()
  }

  /** From the responses themselves, as R does; where most are 0 that can lead astray, and the common mean is a safer start. */
  run(): ScorerOutcome {
    const fromResponses = this.#runFrom(this.#at(new Float64Array(this.size), true), true)
    if (fromResponses !== 'astray') return fromResponses
    const fromMean = this.#runFrom(this.#homogeneous(), false)
    return fromMean === 'astray' ? { kind: 'not-converged', iterations: 0, change: Number.POSITIVE_INFINITY } : fromMean
  }

  #runFrom(start: ScoredPoint, isFromResponses: boolean): ScorerOutcome | 'astray' {
    const { epsilon, iterationsMax } = this.#options
    let point = start
    let change = Number.POSITIVE_INFINITY
    for (let iteration = 1; iteration <= iterationsMax; iteration++) {
      const factorised = factorise(point.equations)
      if (factorised === undefined) return 'astray'
      const step = solve(factorised, point.equations.right)
      let next = this.#at(moved(point.theta, step, 1), false)
      // The first step is measured against the responses or one mean for all; the deviance may rise in it.
      const isTaken = iteration === 1 ? Number.isFinite(next.deviance) : this.#isBetter(next, point)
      if (!isTaken && isFromResponses && iteration <= 2) return 'astray'
      for (let halving = 1; iteration > 1 && halving <= halvingsMax && !this.#isBetter(next, point); halving++) {
        next = this.#at(moved(point.theta, step, 2 ** -halving), false)
      }
      if (!Number.isFinite(next.deviance) || (iteration > 1 && !this.#isBetter(next, point))) {
        return { kind: 'not-converged', iterations: iteration, change }
      }
      change = relativeChange(next.deviance, point.deviance)
      if (change < epsilon) return { kind: 'converged', ...next, factorised, before: point.theta, iterations: iteration }
      point = next
    }
    return { kind: 'not-converged', iterations: iterationsMax, change }
  }

  #isBetter({ deviance }: ScoredPoint, before: ScoredPoint): boolean {
    return deviance <= before.deviance || relativeChange(deviance, before.deviance) < this.#options.epsilon
  }

  /** One mean for all: a start that is inside of every range. */
  #homogeneous(): ScoredPoint {
    const { y, prior, offset, link } = this.data
    let claims = 0
    let exposure = 0
    for (let row = 0; row < y.length; row++) {
      const weight = prior[row] ?? 0
      claims += weight * (y[row] ?? 0)
      exposure += weight * (link === 'log' ? Math.exp(offset[row] ?? 0) : 1)
    }
    const theta = new Float64Array(this.size)
    theta[0] = linked(link, claims / exposure)
    return this.#at(theta, false)
  }

  #at(theta: Float64Array, isStart: boolean): ScoredPoint {
    const sums = this.#passes.pass(this.predictor(theta, isStart))
    const equations = assembleEquations(this.data, this.#passes.layout, sums, this.size, this.denseParameters)
    return { theta, deviance: sums[0] ?? Number.NaN, equations }
  }

  predictor(theta: Float64Array, isStart: boolean): Predictor {
    const ofCells = this.data.groups.map(({ cells, starts, active }) => {
      const values = new Float64Array(cells)
      for (let cell = 0; cell < cells; cell++) {
        let sum = 0
        for (let at = starts[cell] ?? 0; at < (starts[cell + 1] ?? 0); at++) sum += theta[active[at] ?? 0] ?? 0
        values[cell] = sum
      }
      return values
    })
    const ofDense = Float64Array.from(this.denseParameters, (parameter) => theta[parameter] ?? 0)
    return { isStart, intercept: theta[0] ?? 0, ofCells, ofDense }
  }
}

function moved(theta: Float64Array, step: Float64Array, length: number): Float64Array {
  return theta.map((value, index) => value + length * (step[index] ?? 0))
}

function relativeChange(deviance: number, before: number): number {
  return Math.abs(deviance - before) / (Math.abs(deviance) + 0.1)
}

/** @param back from the orthonormal columns, the intercept first */
function inGivenColumns(
  { theta, before, deviance, factorised, iterations }: Extract<ScorerOutcome, { kind: 'converged' }>,
  scorer: Scorer,
  back: readonly (readonly number[])[],
): Scored {
  const { size, denseParameters, data } = scorer
  const turned = [0, ...denseParameters]
  const beta = Float64Array.from(theta)
  turned.forEach((parameter, row) => {
    beta[parameter] = turned.reduce((sum, from, column) => sum + (back[row]?.[column] ?? 0) * (theta[from] ?? 0), 0)
  })
  const covariance = inverse(factorised)
  turn(covariance, size, turned, back, size, 1)
  turn(covariance, size, turned, back, 1, size)
  const isKnown = (parameter: number): boolean =>
    !factorised.aliased[parameter] && !Number.isNaN(covariance[parameter * size + parameter] ?? Number.NaN)
  const rank = beta.reduce((count, _, parameter) => count + (isKnown(parameter) ? 1 : 0), 0)
  return {
    kind: 'converged',
    beta: beta.map((value, parameter) => (isKnown(parameter) ? value : Number.NaN)),
    covariance,
    mu: meansOf(data, scorer.predictor(theta, false)),
    muBefore: meansOf(data, scorer.predictor(before, false)),
    deviance,
    iterations,
    rank,
  }
}

/** Applies the map to the rows (stride `across` = 1) or the columns of a square matrix, in place. */
function turn(
  matrix: Float64Array,
  size: number,
  turned: readonly number[],
  back: readonly (readonly number[])[],
  along: number,
  across: number,
): void {
  for (let line = 0; line < size; line++) {
    const values = turned.map((parameter) => matrix[parameter * along + line * across] ?? 0)
    if (values.some(Number.isNaN)) continue
    turned.forEach((parameter, row) => {
      matrix[parameter * along + line * across] = values.reduce(
        (sum, value, column) => sum + (back[row]?.[column] ?? 0) * value,
        0,
      )
    })
  }
}
