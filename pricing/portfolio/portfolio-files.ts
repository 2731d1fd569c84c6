// A simulated portfolio as the files that Merit's own commands read: policies for `merit fit`, expected claims for
// `merit dislocation --claims`, periods of driving, the nudging experiment, the models to fit, and the truth to compare with.

import type { ModelSpec } from '../fit/model-spec.ts'
import { weeklyBudgetExperiment } from '../nudging/assign-arm.ts'
import { attributeShares, mileage, type PortfolioTruth, type TrueRelativities } from './portfolio-truth.ts'
import {
  baseFrequency,
  brakesAt,
  nudgeOutcomes,
  type PortfolioOptions,
  simulatePortfolio,
  trueNudgeEffect,
  trueStructure,
} from './simulate-portfolio.ts'

export interface PortfolioFile {
  readonly name: string
  readonly rows: Iterable<string>
}

export function portfolioFiles(options: PortfolioOptions): readonly PortfolioFile[] {
  return [
    { name: 'policies.csv', rows: policyRows(options) },
    { name: 'claims.csv', rows: claimRows(options) },
    { name: 'expected-claims.csv', rows: expectedRows(options) },
    { name: 'periods.csv', rows: periodRows(options) },
    { name: 'nudging.csv', rows: nudgeRows(options) },
    { name: 'frequency.json', rows: [json(frequencyModel)] },
    { name: 'severity.json', rows: [json(severityModel)] },
    { name: 'truth.json', rows: [json(toldTruth(options))] },
  ]
}

/** One row a policy; `style` is known to nobody but the simulator, and stands in truth-only columns. */
function* policyRows(options: PortfolioOptions): Generator<string> {
  yield 'policy,exposure,claims,amount,age,region,power,km_per_year,brakes_per_1000km,true_style,true_frequency\n'
  for (const { id, levels, exposureYears, kmPerYear, periods, claimsMinor, truth } of simulatePortfolio(options)) {
    const driven = periods()
    const km = driven.reduce((sum, period) => sum + period.km, 0)
    const brakes = driven.reduce((sum, period) => sum + brakesAt(period, options.thresholdMps2), 0)
    const amount = claimsMinor.reduce((sum, minor) => sum + minor, 0)
    const seen = [id, exposureYears, claimsMinor.length, amount, levels.age, levels.region, levels.power, kmPerYear]
    yield `${[...seen, decimal((brakes * 1000) / km), decimal(truth.style), decimal(truth.frequency)].join(',')}\n`
  }
}

function* claimRows(options: PortfolioOptions): Generator<string> {
  yield 'policy,claims,amount,power\n'
  for (const { id, levels, claimsMinor } of simulatePortfolio(options))
    for (const minor of claimsMinor) yield `${id},1,${minor},${levels.power}\n`
}

/** As a replay takes them. */
function* expectedRows(options: PortfolioOptions): Generator<string> {
  yield 'policy,expectedClaimsMinor\n'
  for (const { id, truth } of simulatePortfolio(options)) yield `${id},${Math.round(truth.frequency * truth.severityMinor)}\n`
}

function* periodRows(options: PortfolioOptions): Generator<string> {
  yield 'policy,period,km,brakes\n'
  for (const { id, periods } of simulatePortfolio(options))
    for (const [index, period] of periods().entries())
      yield `${id},${index + 1},${period.km},${brakesAt(period, options.thresholdMps2)}\n`
}

function* nudgeRows(options: PortfolioOptions): Generator<string> {
  yield 'policy,arm,before,after\n'
  for (const { id, arm, before, after } of nudgeOutcomes(options, weeklyBudgetExperiment))
    yield `${id},${arm},${decimal(before)},${decimal(after)}\n`
}

export const frequencyModel: ModelSpec = {
  schema: 'model/1',
  name: 'Claim frequency of a simulated portfolio',
  family: { kind: 'poisson' },
  response: { column: 'claims', per: 'exposure' },
  weight: 'exposure',
  terms: [
    { kind: 'levels', column: 'age', reference: '35-64' },
    { kind: 'levels', column: 'region', reference: 'town' },
    { id: 'mileage', kind: 'number', column: 'km_per_year', transform: 'log' },
    { id: 'style', kind: 'number', column: 'true_style' },
  ],
}

export const severityModel: ModelSpec = {
  schema: 'model/1',
  name: 'Claim severity of a simulated portfolio',
  family: { kind: 'gamma' },
  response: { column: 'amount', per: 'claims' },
  weight: 'claims',
  terms: [{ kind: 'levels', column: 'power', reference: '60-109-kw' }],
}

/** The coefficients that the two models above should find, by the name that `merit fit` gives each, and what else is true. */
export function toldTruth(options: PortfolioOptions): {
  readonly frequency: Readonly<Record<string, number>>
  readonly severity: Readonly<Record<string, number>>
  readonly braking: ReturnType<typeof trueStructure>
  readonly nudging: { readonly relativeEffect: number }
  readonly options: Omit<PortfolioOptions, 'truth'>
} {
  const { truth, ...rest } = options
  const { age, region, mileageElasticity, style } = truth.frequency
  const perKm = mileageElasticity * Math.log(mileage.referenceKm)
  return {
    frequency: {
      '(Intercept)': Math.log(baseFrequency(truth)) - perKm,
      ...coefficients('age', age),
      ...coefficients('region', region),
      mileage: mileageElasticity,
      style,
    },
    severity: {
      '(Intercept)': Math.log(truth.severity.meanMinor / meanPower(truth)),
      ...coefficients('power', truth.severity.power),
    },
    braking: trueStructure(options),
    nudging: { relativeEffect: trueNudgeEffect(truth) },
    options: rest,
  }
}

function coefficients(column: string, relativities: TrueRelativities): Record<string, number> {
  return Object.fromEntries(
    Object.entries(relativities).flatMap(([name, factor]) => (factor === 1 ? [] : [[`${column}=${name}`, Math.log(factor)]])),
  )
}

function meanPower({ severity }: PortfolioTruth): number {
  return Object.entries(attributeShares.power).reduce((sum, [name, share]) => sum + share * (severity.power[name] ?? 1), 0)
}

function decimal(value: number): string {
  return String(Math.round(value * 10_000) / 10_000)
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
