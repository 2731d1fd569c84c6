// Whether a term earns its place: Wald's test from the covariance of its estimates, and the likelihood-ratio test from the fit without
// it. Chi-squared where the dispersion is 1, else F with Pearson's dispersion of the full model, as R's `anova` has it.

import type { DataTable } from './data-table.ts'
import { hasUnitDispersion } from './family.ts'
import type { ScoringOptions } from './fisher-scoring.ts'
import { type Fit, type FitOutcome, fitGlm } from './fit-glm.ts'
import { type ModelSpec, termId } from './model-spec.ts'
import { factorise, solve } from './normal-equations.ts'
import { chiSquaredTail, fTail } from './special-functions.ts'

export interface SignificanceTest {
  /** Chi-squared, or F where the dispersion is estimated. */
  readonly statistic: number
  readonly degreesOfFreedom: number
  readonly pValue: number
}

export interface TermTest {
  readonly term: string
  /** Undefined when every parameter of the term is aliased. */
  readonly wald: SignificanceTest | undefined
  /** Undefined where the smaller model could not be fitted. */
  readonly likelihoodRatio: SignificanceTest | undefined
}

/** @param table the one the fit was made of. A term goes together with its interactions. */
export function testTerms(fit: Fit, table: DataTable, options: ScoringOptions = {}): readonly TermTest[] {
  return fit.model.terms.map((term) => {
    const id = termId(term)
    return {
      term: id,
      wald: waldTest(fit, id),
      likelihoodRatio: likelihoodRatioTest(fit, fitGlm(without(fit.model, id), table, options)),
    }
  })
}

function without(model: ModelSpec, id: string): ModelSpec {
  const isLeft = (term: ModelSpec['terms'][number]): boolean =>
    termId(term) !== id && !(term.kind === 'interaction' && term.of.includes(id))
  return { ...model, terms: model.terms.filter(isLeft) }
}

/** @param smaller a model with fewer terms on the same rows */
function likelihoodRatioTest(fit: Fit, smaller: FitOutcome): SignificanceTest | undefined {
  if (smaller.kind !== 'fitted') return undefined
  const degreesOfFreedom = fit.rank - smaller.fit.rank
  if (degreesOfFreedom === 0) return undefined
  return significance(fit, (smaller.fit.deviance - fit.deviance) / fit.phi, degreesOfFreedom)
}

/** b' V^-1 b over the estimated parameters of the term. */
function waldTest(fit: Fit, term: string): SignificanceTest | undefined {
  const own = fit.coefficients.flatMap((coefficient, index) =>
    coefficient.term === term && coefficient.estimate !== undefined ? [{ index, estimate: coefficient.estimate }] : [],
  )
  if (own.length === 0) return undefined
  const width = fit.coefficients.length
  const matrix = Float64Array.from(
    own.flatMap((row) => own.map((column) => fit.covariance[row.index * width + column.index] ?? 0)),
  )
  const estimates = Float64Array.from(own, ({ estimate }) => estimate)
  const factorised = factorise({ size: own.length, matrix, right: estimates })
  if (factorised === undefined) return undefined
  const solved = solve(factorised, estimates)
  const statistic = estimates.reduce((sum, estimate, index) => sum + estimate * (solved[index] ?? 0), 0)
  return significance(fit, statistic, own.length)
}

function significance(fit: Fit, chiSquared: number, degreesOfFreedom: number): SignificanceTest {
  if (hasUnitDispersion(fit.family)) {
    return { statistic: chiSquared, degreesOfFreedom, pValue: chiSquaredTail(Math.max(0, chiSquared), degreesOfFreedom) }
  }
  const statistic = chiSquared / degreesOfFreedom
  return { statistic, degreesOfFreedom, pValue: fTail(Math.max(0, statistic), degreesOfFreedom, fit.degreesOfFreedom) }
}
