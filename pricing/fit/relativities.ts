// From a fit to a table of relativities: for every level what the data indicate with its uncertainty, the same in shape (smoothed,
// monotone), and what is selected; then the base rate, so that the selected ones bring in what the fit foretells.

import { claimsForFullCredibility, customaryRule, limitedFluctuation } from '../credibility/full-credibility.ts'
import type { FactorTerm } from './design.ts'
import { type Fit, interceptOf } from './fit-glm.ts'
import { type Term, termId } from './model-spec.ts'
import { isotonic, smoothed } from './monotone.ts'
import { offBalance } from './off-balance.ts'

/** Selected relativities are rounded to so many decimals, as they are filed. */
export const relativityDecimals = 4
/** Two-sided 95 % of the standard normal distribution. */
const z95 = 1.959963984540054
const claimsForFull = claimsForFullCredibility(customaryRule)

export interface LevelRelativity {
  readonly level: string
  readonly exposure: number
  /** Of the response, per unit of weight: observed and fitted. */
  readonly observed: number
  readonly fitted: number
  /**
   * How far the level's own claims are believed by limited fluctuation, 1 from 1,082 claims on; undefined where the response and the
   * weight do not count claims.
   */
  readonly credibility: number | undefined
  /** exp of the estimate; 1 for the reference and for an aliased level. */
  readonly indicated: number
  /** 95 % by Wald; both 1 for the reference, undefined for an aliased level. */
  readonly interval: readonly [number, number] | undefined
  readonly shaped: number
  readonly selected: number
}

export interface FactorRelativities {
  readonly term: string
  readonly reference: string
  readonly levels: readonly LevelRelativity[]
}

export interface Relativities {
  readonly factors: readonly FactorRelativities[]
  /** exp of the intercept: the mean at every reference level, at an exposure of 1 and at 0 of every number. */
  readonly indicatedBase: number
  readonly offBalance: number
  /** The indicated base × the off-balance factor. */
  readonly selectedBase: number
}

/** @param fit with a log link; another has no relativities */
export function relativitiesOf(fit: Fit): Relativities | undefined {
  if (fit.link !== 'log') return undefined
  const terms = fit.design.terms.filter((term): term is FactorTerm => term.kind === 'factor')
  const factors = terms.map((term) => factorRelativities(fit, term))
  const factor = offBalance({ expected: expectedOf(fit), change: changeOf(fit, terms, factors) })
  const indicatedBase = Math.exp(interceptOf(fit))
  return { factors, indicatedBase, offBalance: factor, selectedBase: indicatedBase * factor }
}

function expectedOf({ mu, design: { rows } }: Fit): Float64Array {
  return mu.map((mean, row) => mean * (rows.prior[row] ?? 0))
}

/** Row by row the product of selected over indicated. */
function changeOf(fit: Fit, terms: readonly FactorTerm[], factors: readonly FactorRelativities[]): Float64Array {
  const change = new Float64Array(fit.mu.length).fill(1)
  terms.forEach((term, index) => {
    const ratios = (factors[index]?.levels ?? []).map(({ selected, indicated }) => selected / indicated)
    for (let row = 0; row < change.length; row++) change[row] = (change[row] ?? 1) * (ratios[term.codes[row] ?? 0] ?? 1)
  })
  return change
}

function factorRelativities(fit: Fit, term: FactorTerm): FactorRelativities {
  const { exposure, observed, fitted, claims } = oneWay(fit, term)
  const size = fit.coefficients.length
  const estimates = term.levels.map((_, code) => {
    const parameter = term.parameterOf[code] ?? -1
    if (parameter < 0) return { estimate: 0, standardError: 0 }
    return {
      estimate: fit.coefficients[parameter]?.estimate ?? 0,
      standardError: Math.sqrt(fit.covariance[parameter * size + parameter] ?? Number.NaN),
    }
  })
  const spec = fit.model.terms.find((candidate) => termId(candidate) === term.id)
  const indicated = estimates.map(({ estimate }) => Math.exp(estimate))
  const shaped = shapedBy(spec, indicated, exposure, term.levels.indexOf(term.reference))
  const chosen: Readonly<Record<string, number>> = spec?.kind === 'levels' || spec?.kind === 'bands' ? (spec.selected ?? {}) : {}
  return {
    term: term.id,
    reference: term.reference,
    levels: term.levels.map((level, code): LevelRelativity => {
      const { estimate, standardError } = estimates[code] ?? { estimate: 0, standardError: 0 }
      const margin = z95 * standardError
      return {
        level,
        exposure: exposure[code] ?? 0,
        observed: observed[code] ?? 0,
        fitted: fitted[code] ?? 0,
        credibility: claims === undefined ? undefined : limitedFluctuation(claims[code] ?? 0, claimsForFull),
        indicated: indicated[code] ?? 1,
        interval: Number.isNaN(margin) ? undefined : [Math.exp(estimate - margin), Math.exp(estimate + margin)],
        shaped: shaped[code] ?? 1,
        selected: chosen[level] ?? rounded(shaped[code] ?? 1),
      }
    }),
  }
}

function rounded(relativity: number): number {
  return Number(relativity.toFixed(relativityDecimals))
}

/** On the log scale, weighted by exposure; the reference level keeps its 1. */
function shapedBy(
  spec: Term | undefined,
  indicated: readonly number[],
  exposure: readonly number[],
  reference: number,
): readonly number[] {
  if (spec?.kind !== 'bands' || (spec.smoothness === undefined && spec.monotone === undefined)) return indicated
  const logs = smoothed(indicated.map(Math.log), exposure, spec.smoothness ?? 0)
  const shaped = spec.monotone === undefined ? logs : isotonic(logs, exposure, spec.monotone)
  return shaped.map((value) => Math.exp(value - (shaped[reference] ?? 0)))
}

interface OneWay {
  readonly exposure: readonly number[]
  readonly observed: readonly number[]
  readonly fitted: readonly number[]
  readonly claims: readonly number[] | undefined
}

/** Observed and fitted means by level: what a one-way chart shows. Of counts with an exposure, per unit of it. */
function oneWay({ model, family, mu, design: { rows } }: Fit, term: FactorTerm): OneWay {
  const exposure = term.levels.map(() => 0)
  const observed = term.levels.map(() => 0)
  const fitted = term.levels.map(() => 0)
  for (let row = 0; row < mu.length; row++) {
    const code = term.codes[row] ?? 0
    const weight = rows.prior[row] ?? 0
    exposure[code] = (exposure[code] ?? 0) + (rows.exposure[row] ?? 0)
    observed[code] = (observed[code] ?? 0) + weight * (rows.y[row] ?? 0)
    fitted[code] = (fitted[code] ?? 0) + weight * (mu[row] ?? 0)
  }
  const per = (sums: readonly number[]): readonly number[] =>
    sums.map((sum, code) => (exposure[code] === 0 ? 0 : sum / (exposure[code] ?? 1)))
  const ofCounts = family.kind === 'poisson' ? observed : undefined
  // Of mean claims the weight is their number.
  const claims = family.kind === 'gamma' && model.weight !== undefined ? exposure : ofCounts
  return { exposure, observed: per(observed), fitted: per(fitted), claims }
}
