// The exponential dispersion families with their links: variance, unit deviance, and the inner loop of Fisher scoring over a
// run of rows. Names are the literature's: eta is the linear predictor, mu the mean, phi the dispersion, p the Tweedie power.
// McCullagh and Nelder (1989), chapter 2; Tweedie: Jorgensen (1997).

import { logGamma } from './special-functions.ts'

export type Family =
  | { readonly kind: 'poisson' }
  | { readonly kind: 'gamma' }
  | { readonly kind: 'binomial' }
  /** 1 < power < 2: a gamma-distributed amount for each of a Poisson number of claims. */
  | { readonly kind: 'tweedie'; readonly power: number }

export type Link = 'log' | 'logit'

/** A run of rows in scratch arrays, all of the same length; `w` and `wr` are written. */
export interface Run {
  readonly eta: Float64Array
  readonly y: Float64Array
  /** Prior weight. */
  readonly prior: Float64Array
  /** The weight of Fisher scoring, (d mu / d eta)^2 / V(mu), times the prior weight. */
  readonly w: Float64Array
  /** That weight times the working residual (y - mu) d eta / d mu. */
  readonly wr: Float64Array
}

/** Fills `w` and `wr` of the first `length` rows. @returns the deviance of the run; NaN or infinite where mu left its range */
export type RunKernel = (run: Run, length: number) => number

/** Whether the dispersion is 1 by the family itself; else it is estimated. */
export function hasUnitDispersion(family: Family): boolean {
  return family.kind === 'poisson' || family.kind === 'binomial'
}

export function linkOf(family: Family): Link {
  return family.kind === 'binomial' ? 'logit' : 'log'
}

export function varianceOf(family: Family, mu: number): number {
  switch (family.kind) {
    case 'poisson':
      return mu
    case 'gamma':
      return mu * mu
    case 'binomial':
      return mu * (1 - mu)
    case 'tweedie':
      return mu ** family.power
  }
}

/** Twice the log-likelihood lost against the saturated model, at prior weight 1 and phi 1. */
export function unitDeviance(family: Family, y: number, mu: number): number {
  switch (family.kind) {
    case 'poisson':
      return 2 * ((y > 0 ? y * Math.log(y / mu) : 0) - (y - mu))
    case 'gamma':
      return 2 * ((y - mu) / mu - Math.log(y / mu))
    case 'binomial':
      return 2 * ((y > 0 ? y * Math.log(y / mu) : 0) + (y < 1 ? (1 - y) * Math.log((1 - y) / (1 - mu)) : 0))
    case 'tweedie': {
      const { power } = family
      const ofResponse = y > 0 ? y ** (2 - power) / ((1 - power) * (2 - power)) - (y * mu ** (1 - power)) / (1 - power) : 0
      return 2 * (ofResponse + mu ** (2 - power) / (2 - power))
    }
  }
}

/** Whether the family can have produced it. */
export function isPossible(family: Family, y: number): boolean {
  if (!Number.isFinite(y)) return false
  if (family.kind === 'gamma') return y > 0
  return family.kind === 'binomial' ? y >= 0 && y <= 1 : y >= 0
}

/** The mean that scoring starts from, row by row: near the observation, inside the range. The same as R's `glm` and `statmod`. */
export function startingMean(family: Family, y: number, prior: number): number {
  switch (family.kind) {
    case 'poisson':
      return y + 0.1
    case 'gamma':
      return y
    case 'binomial':
      return (prior * y + 0.5) / (prior + 1)
    case 'tweedie':
      return y > 0 ? y : 0.1
  }
}

export function linked(link: Link, mu: number): number {
  return link === 'log' ? Math.log(mu) : Math.log(mu / (1 - mu))
}

export function inverseLink(link: Link, eta: number): number {
  return link === 'log' ? Math.exp(eta) : 1 / (1 + Math.exp(-eta))
}

/** One loop a family: the choice is made once a run, not once a row. */
export function runKernel(family: Family, link: Link): RunKernel {
  switch (family.kind) {
    case 'poisson':
      return poissonLog
    case 'gamma':
      return gammaLog
    case 'binomial':
      return link === 'logit' ? binomialLogit : binomialLog
    case 'tweedie':
      return tweedieLog(family.power)
  }
}

function poissonLog({ eta, y, prior, w, wr }: Run, length: number): number {
  let deviance = 0
  for (let i = 0; i < length; i++) {
    const mu = Math.exp(eta[i] ?? 0)
    const yi = y[i] ?? 0
    const weight = prior[i] ?? 0
    w[i] = weight * mu
    wr[i] = weight * (yi - mu)
    deviance += weight * ((yi > 0 ? yi * Math.log(yi / mu) : 0) - (yi - mu))
  }
  return 2 * deviance
}

function gammaLog({ eta, y, prior, w, wr }: Run, length: number): number {
  let deviance = 0
  for (let i = 0; i < length; i++) {
    const ratio = (y[i] ?? 0) / Math.exp(eta[i] ?? 0)
    const weight = prior[i] ?? 0
    w[i] = weight
    wr[i] = weight * (ratio - 1)
    deviance += weight * (ratio - 1 - Math.log(ratio))
  }
  return 2 * deviance
}

function tweedieLog(power: number): RunKernel {
  const first = 1 - power
  const second = 2 - power
  return ({ eta, y, prior, w, wr }, length) => {
    let deviance = 0
    for (let i = 0; i < length; i++) {
      const mu = Math.exp(eta[i] ?? 0)
      const muSecond = Math.exp(second * (eta[i] ?? 0))
      const yi = y[i] ?? 0
      const weight = prior[i] ?? 0
      w[i] = weight * muSecond
      wr[i] = (weight * muSecond * (yi - mu)) / mu
      const ofResponse = yi > 0 ? yi ** second / (first * second) - (yi * muSecond) / mu / first : 0
      deviance += weight * (ofResponse + muSecond / second)
    }
    return 2 * deviance
  }
}

function binomialLogit({ eta, y, prior, w, wr }: Run, length: number): number {
  let deviance = 0
  for (let i = 0; i < length; i++) {
    const e = Math.exp(-Math.abs(eta[i] ?? 0))
    const small = e / (1 + e)
    const isHigh = (eta[i] ?? 0) > 0
    const mu = isHigh ? 1 - small : small
    const rest = isHigh ? small : 1 - small
    const yi = y[i] ?? 0
    const weight = prior[i] ?? 0
    w[i] = weight * mu * rest
    wr[i] = weight * (yi - mu)
    deviance += weight * ((yi > 0 ? yi * Math.log(yi / mu) : 0) + (yi < 1 ? (1 - yi) * Math.log((1 - yi) / rest) : 0))
  }
  return 2 * deviance
}

/** A mean of 1 or more gives a NaN deviance, which makes the step shorter. */
function binomialLog({ eta, y, prior, w, wr }: Run, length: number): number {
  let deviance = 0
  for (let i = 0; i < length; i++) {
    const mu = Math.exp(eta[i] ?? 0)
    const rest = 1 - mu
    const yi = y[i] ?? 0
    const weight = prior[i] ?? 0
    w[i] = (weight * mu) / rest
    wr[i] = (weight * (yi - mu)) / rest
    if (rest <= 0) return Number.NaN
    deviance += weight * ((yi > 0 ? yi * Math.log(yi / mu) : 0) + (yi < 1 ? (1 - yi) * Math.log((1 - yi) / rest) : 0))
  }
  return 2 * deviance
}

/** What a row adds to -2 log-likelihood, or undefined where it has no closed form (Tweedie). The definitions are R's `aic`. */
export function minusTwiceLogLikelihood(family: Family, y: number, mu: number, prior: number, phi: number): number | undefined {
  switch (family.kind) {
    case 'poisson':
      return -2 * prior * (y * Math.log(mu) - mu - logGamma(y + 1))
    case 'gamma': {
      const shape = 1 / phi
      const scale = mu * phi
      return -2 * prior * ((shape - 1) * Math.log(y) - y / scale - shape * Math.log(scale) - logGamma(shape))
    }
    case 'binomial': {
      const successes = Math.round(prior * y)
      const failures = Math.round(prior) - successes
      const ways = logGamma(successes + failures + 1) - logGamma(successes + 1) - logGamma(failures + 1)
      const mass = (successes > 0 ? successes * Math.log(mu) : 0) + (failures > 0 ? failures * Math.log(1 - mu) : 0)
      return -2 * (ways + mass)
    }
    case 'tweedie':
      return undefined
  }
}
