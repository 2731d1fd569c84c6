// Fits a generalised linear model to a table of claims. What comes out is either a fit with everything that is said about it, or the
// named reason why there is none: nothing that did not converge can be filed.

import { type DataProblem, UnfitData } from './data-problem.ts'
import type { DataTable } from './data-table.ts'
import { buildDesign, type Design, interceptName, type Parameter } from './design.ts'
import { type Family, hasUnitDispersion, type Link, linkOf, minusTwiceLogLikelihood, varianceOf } from './family.ts'
import { type Scored, type ScoringOptions, scoreDesign } from './fisher-scoring.ts'
import { modelRows } from './model-rows.ts'
import type { ModelSpec } from './model-spec.ts'
import { type Separated, separatedLevels, withoutBound } from './separation.ts'
import { normalTwoSided, studentTwoSided } from './special-functions.ts'

export interface Coefficient extends Parameter {
  /** `aliased`: the terms before it determine it, as R's NA says; the other four are then absent. */
  readonly kind: 'estimated' | 'aliased'
  readonly estimate?: number
  readonly standardError?: number
  /** Estimate over standard error: normal where the dispersion is 1, Student's t where it is estimated. */
  readonly statistic?: number
  readonly pValue?: number
}

export interface Fit {
  readonly model: ModelSpec
  readonly family: Family
  readonly link: Link
  readonly design: Design
  readonly coefficients: readonly Coefficient[]
  /** Of the estimates, row by row, the dispersion included; NaN for the aliased. */
  readonly covariance: Float64Array
  /** Fitted mean of each row that was kept. */
  readonly mu: Float64Array
  readonly deviance: number
  /** 1, or Pearson's estimate where the family leaves it open. */
  readonly phi: number
  readonly rank: number
  /** Residual: rows with a weight, less the rank. */
  readonly degreesOfFreedom: number
  /** Undefined for Tweedie, of which the density has no closed form. */
  readonly aic: number | undefined
  readonly iterations: number
}

/** In order of precedence. */
export type FitOutcome =
  | { readonly kind: 'fitted'; readonly fit: Fit }
  | { readonly kind: 'bad-data'; readonly problem: DataProblem }
  /** An estimate would have to be infinite: a level without a claim, or a rule that foretells every outcome. */
  | { readonly kind: 'separated'; readonly places: readonly Separated[] }
  | { readonly kind: 'not-converged'; readonly iterations: number; readonly change: number }

/** @param table has every column the model names */
export function fitGlm(model: ModelSpec, table: DataTable, options: ScoringOptions = {}): FitOutcome {
  const family = model.family
  const link = model.link ?? linkOf(family)
  try {
    if (link === 'logit' && family.kind !== 'binomial') {
      throw new UnfitData({ kind: 'link-not-for-family', link, family: family.kind })
    }
    const design = buildDesign(model, modelRows(model, family, table))
    return fitDesign(model, design, options)
  } catch (error) {
    if (error instanceof UnfitData) return { kind: 'bad-data', problem: error.problem }
    throw error
  }
}

/** The same for a design that was built before; the family of `model` may be another than it was built for. @throws UnfitData */
export function fitDesign(model: ModelSpec, design: Design, options: ScoringOptions = {}): FitOutcome {
  const family = model.family
  const link = model.link ?? linkOf(family)
  const places = separatedLevels(design, family)
  if (places.length > 0) return { kind: 'separated', places }
  const scored = scoreDesign(design, family, link, options)
  if (scored.kind === 'not-converged') return scored
  const unbound = withoutBound(design, scored.covariance)
  if (unbound.length > 0) return { kind: 'separated', places: unbound }
  return { kind: 'fitted', fit: describe(model, design, family, link, scored) }
}

function describe(
  model: ModelSpec,
  design: Design,
  family: Family,
  link: Link,
  scored: Extract<Scored, { kind: 'converged' }>,
): Fit {
  const { y, prior } = design.rows
  const { beta, mu, muBefore, rank, deviance, iterations } = scored
  const isUnit = hasUnitDispersion(family)
  let weighted = 0
  let pearson = 0
  for (let row = 0; row < y.length; row++) {
    const weight = prior[row] ?? 0
    if (weight === 0) continue
    weighted += 1
    const m = mu[row] ?? 0
    if (isUnit) continue
    // As R does it, with the weights of the last step: (y - mu)² / V(mu), but for what that step changed. The link is the log.
    const before = muBefore[row] ?? 0
    pearson += (weight * before ** 2 * ((y[row] ?? 0) / m - 1) ** 2) / varianceOf(family, before)
  }
  const degreesOfFreedom = weighted - rank
  if (!isUnit && degreesOfFreedom <= 0) throw new UnfitData({ kind: 'too-few-rows', rows: weighted, parameters: rank })
  const phi = isUnit ? 1 : pearson / degreesOfFreedom
  const covariance = scored.covariance.map((value) => value * phi)
  const size = beta.length
  const coefficients = design.parameters.map((parameter, index): Coefficient => {
    const estimate = beta[index] ?? Number.NaN
    if (Number.isNaN(estimate)) return { ...parameter, kind: 'aliased' }
    const standardError = Math.sqrt(covariance[index * size + index] ?? Number.NaN)
    const statistic = estimate / standardError
    const pValue = isUnit ? normalTwoSided(statistic) : studentTwoSided(statistic, degreesOfFreedom)
    return { ...parameter, kind: 'estimated', estimate, standardError, statistic, pValue }
  })
  const aic = aicOf(design, family, mu, deviance, rank)
  return { model, family, link, design, coefficients, covariance, mu, deviance, phi, rank, degreesOfFreedom, aic, iterations }
}

/** As R's `glm` defines it: gamma with the dispersion deviance / sum of weights, which counts as one more parameter. */
function aicOf(
  { rows: { y, prior } }: Design,
  family: Family,
  mu: Float64Array,
  deviance: number,
  rank: number,
): number | undefined {
  const phi = family.kind === 'gamma' ? deviance / prior.reduce((sum, weight) => sum + weight, 0) : 1
  let sum = 0
  for (let row = 0; row < y.length; row++) {
    const weight = prior[row] ?? 0
    if (weight === 0) continue
    const term = minusTwiceLogLikelihood(family, y[row] ?? 0, mu[row] ?? 0, weight, phi)
    if (term === undefined) return undefined
    sum += term
  }
  return sum + 2 * rank + (family.kind === 'gamma' ? 2 : 0)
}

/** On the scale of the linear predictor. */
export function interceptOf({ coefficients }: Fit): number {
  return coefficients.find(({ name }) => name === interceptName)?.estimate ?? 0
}
