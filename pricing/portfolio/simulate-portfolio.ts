// A portfolio with a known truth: policies with attributes, how their people drive, what it came to in claims, and what nudging did.
// Pure: each policy is a function of seed and number alone, so a portfolio may be made in any order and any part of it.

import { type Random, randomFor } from '../../devices/simulator/random.ts'
import { behaviourThresholds } from '../behaviour/thresholds.ts'
import { assignArm, type Experiment } from '../nudging/assign-arm.ts'
import type { Outcome } from '../nudging/effect.ts'
import { gamma, level, normal, poisson } from './draws.ts'
import {
  type Attribute,
  attributeShares,
  exposureYears,
  meanBrakesPer1000Km,
  mileage,
  type PortfolioTruth,
} from './portfolio-truth.ts'

export interface PortfolioOptions {
  readonly seed: string
  readonly policies: number
  readonly truth: PortfolioTruth
  /** m/s², a rung of the ladder; where hard braking is looked at. */
  readonly thresholdMps2: number
}

export interface SimulatedPolicy {
  readonly id: string
  readonly levels: Readonly<Record<Attribute, string>>
  readonly exposureYears: number
  readonly kmPerYear: number
  /** Made when it is asked for, the same each time: most who look at claims do not need it. */
  readonly periods: () => readonly DrivenPeriod[]
  /** One entry a claim, minor units. */
  readonly claimsMinor: readonly number[]
  readonly truth: {
    /** Standard deviations from the mean; above 0 is rougher. */
    readonly style: number
    readonly brakesPer1000Km: number
    /** A year of exposure, without what no column tells of. */
    readonly frequency: number
    readonly severityMinor: number
  }
}

/** Four weeks of driving. */
export interface DrivenPeriod {
  readonly km: number
  /** Hard brakes by rung of the ladder, lowest first: as strong or stronger. */
  readonly brakes: readonly number[]
}

const { ladderMps2 } = behaviourThresholds.event
const periodsPerYear = 13
/** Of a year's kilometres in one period, around its mean. */
const periodSpread = 0.25

export function* simulatePortfolio(options: PortfolioOptions): Generator<SimulatedPolicy, void, undefined> {
  const base = baseFrequency(options.truth)
  for (let number = 1; number <= options.policies; number += 1) yield simulatePolicy(options, number, base)
}

function simulatePolicy({ seed, truth, thresholdMps2 }: PortfolioOptions, number: number, base: number): SimulatedPolicy {
  const random = randomFor(seed, 'policy', number)
  const levels = {
    age: level(random, attributeShares.age),
    region: level(random, attributeShares.region),
    power: level(random, attributeShares.power),
  }
  const style = normal(random)
  const kmPerYear = Math.round(mileage.medianKm * Math.exp(mileage.logDeviation * normal(random)))
  const years = random.chance(exposureYears.wholeShare) ? 1 : Math.round(random.between(exposureYears.min, 1) * 1000) / 1000
  const brakingStyle = brakingFactor(truth, style)
  const frequency = base * frequencyFactor(truth, levels, kmPerYear, style)
  const severityMinor =
    (truth.severity.meanMinor / meanOf(truth.severity.power, attributeShares.power)) * (truth.severity.power[levels.power] ?? 1)
  const unseen = gamma(random, truth.frequency.unseenShape) / truth.frequency.unseenShape
  const claims = poisson(random, frequency * unseen * years)
  return {
    id: `sim-${String(number).padStart(6, '0')}`,
    levels,
    exposureYears: years,
    kmPerYear,
    periods: () => drivenPeriods(randomFor(seed, 'driven', number), kmPerYear, years, brakingStyle),
    claimsMinor: Array.from({ length: claims }, () =>
      Math.max(1, Math.round((severityMinor * gamma(random, truth.severity.shape)) / truth.severity.shape)),
    ),
    truth: { style, brakesPer1000Km: meanBrakesPer1000Km(thresholdMps2) * brakingStyle, frequency, severityMinor },
  }
}

/** Over all policies its mean is 1. */
function brakingFactor({ braking }: PortfolioTruth, style: number): number {
  return Math.exp(braking.style * style - braking.style ** 2 / 2)
}

function drivenPeriods(random: Random, kmPerYear: number, years: number, style: number): readonly DrivenPeriod[] {
  return Array.from({ length: Math.max(1, Math.floor(periodsPerYear * years)) }, () => {
    const km = Math.max(1, Math.round((kmPerYear / periodsPerYear) * Math.max(0.1, 1 + periodSpread * normal(random))))
    const brakes: number[] = []
    for (const [rung, threshold] of ladderMps2.entries()) {
      const mean = meanBrakesPer1000Km(threshold)
      const below = ladderMps2[rung - 1]
      const before = brakes.at(-1)
      if (below === undefined || before === undefined) {
        brakes.push(poisson(random, (mean * style * km) / 1000))
        continue
      }
      // Of those at the rung below, each is this strong with the same probability: a thinned Poisson variable is one again.
      const share = mean / meanBrakesPer1000Km(below)
      brakes.push(Array.from({ length: before }, () => random.chance(share)).filter((isStronger) => isStronger).length)
    }
    return { km, brakes }
  })
}

export function brakesAt({ brakes }: DrivenPeriod, thresholdMps2: number): number {
  return brakes[ladderMps2.indexOf(thresholdMps2)] ?? 0
}

function frequencyFactor(
  { frequency }: PortfolioTruth,
  levels: SimulatedPolicy['levels'],
  kmPerYear: number,
  style: number,
): number {
  return (
    (frequency.age[levels.age] ?? 1) *
    (frequency.region[levels.region] ?? 1) *
    (kmPerYear / mileage.referenceKm) ** frequency.mileageElasticity *
    Math.exp(frequency.style * style)
  )
}

/** What a policy with every factor at its reference has, so that the whole portfolio has the stated frequency. */
export function baseFrequency({ frequencyPerYear, frequency }: PortfolioTruth): number {
  const { mileageElasticity: e, style, age, region } = frequency
  // Means of lognormal variables: exp(μ + σ²/2).
  const mileageMean = (mileage.medianKm / mileage.referenceKm) ** e * Math.exp((e * mileage.logDeviation) ** 2 / 2)
  return (
    frequencyPerYear /
    (meanOf(age, attributeShares.age) * meanOf(region, attributeShares.region) * mileageMean * Math.exp(style ** 2 / 2))
  )
}

function meanOf(relativities: Readonly<Record<string, number>>, shares: Readonly<Record<string, number>>): number {
  return Object.entries(shares).reduce((sum, [name, share]) => sum + share * (relativities[name] ?? 1), 0)
}

/** Bühlmann and Straub's structure of the counts above, in closed form: what an estimate is to come close to. */
export function trueStructure({ truth, thresholdMps2 }: PortfolioOptions): {
  readonly mean: number
  readonly between: number
  readonly k: number
} {
  const mean = meanBrakesPer1000Km(thresholdMps2)
  // Var of a lognormal factor with mean 1 is exp(σ²) − 1; a count over km has variance rate ÷ (km / 1,000).
  const between = mean ** 2 * (Math.exp(truth.braking.style ** 2) - 1)
  return { mean, between, k: (mean * 1000) / between }
}

/** Weeks before and after somebody is assigned. */
const nudgeKm = { before: 3000, after: 3000 } as const

/** What would be measured of each policy had the experiment been run on it; who takes up what, the seed decides. */
export function* nudgeOutcomes(
  options: PortfolioOptions,
  experiment: Experiment,
): Generator<Outcome & { readonly id: string }, void, undefined> {
  const { nudging } = options.truth
  for (const { id, truth } of simulatePortfolio(options)) {
    const random = randomFor(options.seed, 'nudge', id)
    const arm = assignArm(experiment, id)
    const takesUp = random.chance(nudging.takeUp)
    const after = truth.brakesPer1000Km * (arm === 'nudged' && takesUp ? 1 - nudging.effect : 1)
    yield {
      id,
      arm,
      before: poisson(random, (truth.brakesPer1000Km * nudgeKm.before) / 1000) / (nudgeKm.before / 1000),
      after: poisson(random, (after * nudgeKm.after) / 1000) / (nudgeKm.after / 1000),
    }
  }
}

/** Intention to treat: over everybody who is nudged, whoever takes it up. Below 0. */
export function trueNudgeEffect({ nudging }: PortfolioTruth): number {
  return -nudging.effect * nudging.takeUp
}
