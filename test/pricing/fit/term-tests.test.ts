// Tests of terms and the special functions behind their p-values, against R.

import { expect, test } from 'vitest'
import { type Fit, fitGlm } from '../../../pricing/fit/fit-glm.ts'
import type { ModelSpec } from '../../../pricing/fit/model-spec.ts'
import { chiSquaredTail, fTail, logGamma, normalTwoSided, studentTwoSided } from '../../../pricing/fit/special-functions.ts'
import { testTerms } from '../../../pricing/fit/term-tests.ts'
import { age, claimCounts, fuel, region, severity, smallTable } from './small-claims.ts'

const table = smallTable()

function fitted(model: ModelSpec): Fit {
  const outcome = fitGlm(model, table)
  if (outcome.kind !== 'fitted') throw new Error(JSON.stringify(outcome))
  return outcome.fit
}

test('terms of a Poisson model by chi-squared', () => {
  const [ofRegion, , ofAge] = testTerms(fitted(claimCounts([region, fuel, age])), table)
  // anova(glm(claims ~ fuel + age, …), glm(claims ~ region + fuel + age, …), test = 'LRT')
  expect(ofRegion?.likelihoodRatio?.statistic).toBeCloseTo(1.0790387025153, 9)
  expect(ofRegion?.likelihoodRatio?.pValue).toBeCloseTo(0.58302841691358, 9)
  // t(b) %*% solve(V) %*% b over the two parameters of region
  expect(ofRegion?.wald?.statistic).toBeCloseTo(1.0767889298589, 9)
  expect(ofRegion?.wald?.pValue).toBeCloseTo(0.58368462662019, 9)
  // drop1(…, test = 'LRT')
  expect([ofAge?.likelihoodRatio?.statistic, ofAge?.likelihoodRatio?.degreesOfFreedom]).toEqual([
    expect.closeTo(2.9574814546763, 8),
    1,
  ])
})

test('terms of a gamma model by F, because its dispersion is estimated', () => {
  const [ofRegion] = testTerms(fitted(severity), table)
  // anova(glm(amount / claims ~ fuel, …), glm(amount / claims ~ region + fuel, …), test = 'F')
  expect(ofRegion?.likelihoodRatio?.statistic).toBeCloseTo(0.77041526212923, 9)
  expect(ofRegion?.likelihoodRatio?.pValue).toBeCloseTo(0.47607515559097, 9)
  expect(ofRegion?.wald?.statistic).toBeCloseTo(0.83924922254928, 9)
  expect(ofRegion?.wald?.pValue).toBeCloseTo(0.44669180025333, 9)
})

test('a term goes together with its interactions', () => {
  const model = claimCounts([region, fuel, { kind: 'interaction', of: ['region', 'fuel'] }])
  const degrees = testTerms(fitted(model), table).map(({ term, likelihoodRatio }) => [term, likelihoodRatio?.degreesOfFreedom])
  expect(degrees).toEqual([
    ['region', 4],
    ['fuel', 3],
    ['region:fuel', 2],
  ])
})

test('tails and log-gamma are those of R', () => {
  // pchisq(3.7, 2.5, lower = F), pchisq(40, 3, lower = F), pf(2.3, 3, 17, lower = F), 2 * pt(-2.1, 9), 2 * pnorm(-1.3)
  expect(chiSquaredTail(3.7, 2.5)).toBeCloseTo(0.22330085032469, 12)
  expect(chiSquaredTail(40, 3) / 1.0655090334256e-8).toBeCloseTo(1, 10)
  expect(fTail(2.3, 3, 17)).toBeCloseTo(0.11393095703185, 12)
  expect(studentTwoSided(-2.1, 9)).toBeCloseTo(0.065118282412152, 12)
  expect(normalTwoSided(1.3)).toBeCloseTo(0.19360096917122, 12)
  // lgamma(c(0.3, 7.5, 123.4))
  expect([0.3, 7.5, 123.4].map(logGamma)).toEqual([
    expect.closeTo(1.0957979948181, 12),
    expect.closeTo(7.5343642367587, 12),
    expect.closeTo(469.33609744219, 10),
  ])
})
