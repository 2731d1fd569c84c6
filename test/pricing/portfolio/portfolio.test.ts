// A simulated portfolio against what was published, and the methods that are to find its truth.

import { expect, test } from 'vitest'
import { randomFor } from '../../../devices/simulator/random.ts'
import { estimateCredibility } from '../../../pricing/credibility/buhlmann-straub.ts'
import { fitGlm } from '../../../pricing/fit/fit-glm.ts'
import { columnKindsOf, columnsOf, type ModelSpec } from '../../../pricing/fit/model-spec.ts'
import { parseTable } from '../../../pricing/fit/parse-table.ts'
import { weeklyBudgetExperiment } from '../../../pricing/nudging/assign-arm.ts'
import { measureEffect } from '../../../pricing/nudging/effect.ts'
import { gamma, normal, poisson } from '../../../pricing/portfolio/draws.ts'
import { frequencyModel, portfolioFiles, severityModel, toldTruth } from '../../../pricing/portfolio/portfolio-files.ts'
import { meanBrakesPer1000Km, publishedTruth } from '../../../pricing/portfolio/portfolio-truth.ts'
import {
  brakesAt,
  nudgeOutcomes,
  type PortfolioOptions,
  simulatePortfolio,
  trueNudgeEffect,
  trueStructure,
} from '../../../pricing/portfolio/simulate-portfolio.ts'

const large: PortfolioOptions = { seed: 'calibration', policies: 200_000, truth: publishedTruth, thresholdMps2: 3.1 }

test('claims are as frequent, as unevenly spread and as large as those published', () => {
  let [exposure, claims, amount] = [0, 0, 0]
  const policiesWith = [0, 0, 0, 0]
  for (const { exposureYears, claimsMinor } of simulatePortfolio(large)) {
    exposure += exposureYears
    claims += claimsMinor.length
    amount += claimsMinor.reduce((sum, minor) => sum + minor, 0)
    const at = Math.min(3, claimsMinor.length)
    policiesWith[at] = (policiesWith[at] ?? 0) + 1
  }
  expect(claims / exposure).toBeCloseTo(0.0523, 3)
  expect(amount / claims / 100).toBeGreaterThan(3561 * 0.96)
  expect(amount / claims / 100).toBeLessThan(3561 * 1.04)
  const percent = policiesWith.map((policies) => (policies * 100) / large.policies)
  for (const [index, [published, within]] of [
    [95.7, 0.15],
    [4.06, 0.15],
    [0.2, 0.04],
    [0.01, 0.008],
  ].entries())
    expect(Math.abs((percent[index] ?? 0) - (published ?? 0)), `${index} claims: ${percent[index]} %`).toBeLessThan(within ?? 0)
})

test('hard braking falls with the threshold as published, and between the points without a step', () => {
  const per1000Miles = (mphPerS: number) => meanBrakesPer1000Km(mphPerS * 0.44704) * 1.609344
  expect([6, 8, 9].map((at) => Math.round(per1000Miles(at) * 10) / 10)).toEqual([83.7, 9.6, 3.1])
  for (let at = 2.7; at < 6.3; at += 0.05) expect(meanBrakesPer1000Km(at + 0.05)).toBeLessThan(meanBrakesPer1000Km(at))
})

test('a portfolio is the same whenever it is made, and a policy the same in whichever portfolio', () => {
  const made = (policies: number, seed = large.seed) =>
    [...simulatePortfolio({ ...large, policies, seed })].map((policy) => ({ ...policy, periods: policy.periods() }))
  const few = made(50)
  expect(made(50)).toEqual(few)
  expect(made(20)).toEqual(few.slice(0, 20))
  expect(made(50, 'another')).not.toEqual(few)
})

test('the models find every coefficient that claims were made with', () => {
  const options = { ...large, policies: 60_000 }
  const truth = toldTruth(options)
  check(frequencyModel, textOf(options, 'policies.csv'), truth.frequency, 1.1)
  check(severityModel, textOf(options, 'claims.csv'), truth.severity, 1)
})

/** @param overdispersion of what no column tells of: a Poisson model's standard errors do not know it */
function check(model: ModelSpec, csv: Uint8Array, truth: Readonly<Record<string, number>>, overdispersion: number): void {
  const table = parseTable(csv, { columns: columnsOf(model), kinds: columnKindsOf(model) })
  if (table.kind !== 'table') throw new Error(JSON.stringify(table))
  const outcome = fitGlm(model, table.table)
  if (outcome.kind !== 'fitted') throw new Error(JSON.stringify(outcome))
  expect(outcome.fit.coefficients.map(({ name }) => name).sort()).toEqual(Object.keys(truth).sort())
  for (const { name, estimate = Number.NaN, standardError = 0 } of outcome.fit.coefficients)
    expect(
      Math.abs(estimate - (truth[name] ?? 0)) / (standardError * overdispersion),
      `${name}: ${estimate}, true ${truth[name]}`,
    ).toBeLessThan(3.5)
}

function textOf(options: PortfolioOptions, name: string): Uint8Array {
  const file = portfolioFiles(options).find((candidate) => candidate.name === name)
  return new TextEncoder().encode([...(file?.rows ?? [])].join(''))
}

test('Bühlmann and Straub find how much drivers differ, and K with it', () => {
  const portfolio = [...simulatePortfolio({ ...large, policies: 6000 })].map(({ id, periods }) => ({
    id,
    ratios: periods().map((period) => (brakesAt(period, large.thresholdMps2) * 1000) / period.km),
    weights: periods().map(({ km }) => km),
  }))
  const outcome = estimateCredibility(portfolio)
  if (outcome.kind !== 'estimated') throw new Error(outcome.kind)
  const { mean, between, k } = trueStructure(large)
  expect(outcome.structure.mean / mean).toBeCloseTo(1, 1)
  expect(outcome.structure.between / between).toBeGreaterThan(0.85)
  expect(outcome.structure.between / between).toBeLessThan(1.15)
  expect(outcome.structure.k / k).toBeGreaterThan(0.85)
  expect(outcome.structure.k / k).toBeLessThan(1.15)
})

test('the effect of nudging that is measured holds the true one, and none is found where there is none', () => {
  const measured = (effect: number, seed: string) => {
    const truth = { ...publishedTruth, nudging: { effect, takeUp: 0.7 } }
    const outcome = measureEffect([...nudgeOutcomes({ ...large, seed, policies: 4000, truth }, weeklyBudgetExperiment)])
    if (outcome.kind !== 'effect') throw new Error(outcome.kind)
    return { ...outcome, true: trueNudgeEffect(truth) }
  }
  let holds = 0
  for (let seed = 1; seed <= 20; seed += 1) {
    const { interval, heldOut, true: effect, verdict } = measured(0.21, `nudge ${seed}`)
    expect(verdict).toBe('helps')
    const absolute = effect * heldOut.mean
    if (interval[0] <= absolute && absolute <= interval[1]) holds += 1
  }
  // 95 % of 20, less what chance takes: fewer than 16 happens once in four hundred.
  expect(holds).toBeGreaterThanOrEqual(16)
  const idle = Array.from({ length: 20 }, (_, seed) => measured(0, `idle ${seed}`).verdict)
  expect(idle.filter((verdict) => verdict !== 'not-shown').length).toBeLessThanOrEqual(4)
})

test('draws have the mean and the variance of their distribution', () => {
  const random = randomFor('draws')
  for (const [name, draw, mean, variance] of [
    ['normal', () => normal(random), 0, 1],
    ['gamma 0.9', () => gamma(random, 0.9), 0.9, 0.9],
    ['gamma 4', () => gamma(random, 4), 4, 4],
    ['Poisson 0.05', () => poisson(random, 0.05), 0.05, 0.05],
    ['Poisson 30', () => poisson(random, 30), 30, 30],
    ['Poisson 1200', () => poisson(random, 1200), 1200, 1200],
  ] as const) {
    const drawn = Array.from({ length: 40_000 }, draw)
    const found = drawn.reduce((sum, value) => sum + value, 0) / drawn.length
    const spread = drawn.reduce((sum, value) => sum + (value - found) ** 2, 0) / drawn.length
    expect(Math.abs(found - mean) / Math.sqrt(variance / drawn.length), name).toBeLessThan(4)
    expect(Math.abs(spread / variance - 1), name).toBeLessThan(0.1)
  }
  expect(() => gamma(random, 0)).toThrow(RangeError)
})
