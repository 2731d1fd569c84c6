// The Tweedie density against the compound Poisson-gamma sum it stands for, and the profile of its power.

import { expect, test } from 'vitest'
import { TweedieLikelihood } from '../../../pricing/fit/tweedie-density.ts'
import { profileTweediePower } from '../../../pricing/fit/tweedie-power.ts'
import { purePremium, smallTable } from './small-claims.ts'

// In R, the density as the sum over claim numbers that defines it:
// lcpg <- function(y, mu, phi, p) { lam <- mu^(2-p) / (phi*(2-p)); sh <- (2-p)/(p-1); sc <- phi*(p-1)*mu^(p-1)
//   if (y == 0) return(-lam); n <- 1:400; log(sum(dpois(n, lam) * dgamma(y, n*sh, scale = sc))) }
test.each([
  [0, 2, 1.3, 1.5, -2.1757131728817],
  [0.7, 2, 1.3, 1.5, -1.3377644420871],
  [30, 12, 2.5, 1.2, -5.5976728405458],
  [5, 12, 0.4, 1.85, -2.990185536026],
])('the log density of %d at mean %d, phi %d and power %d', (y, mu, phi, power, expected) => {
  const sample = { y: Float64Array.of(y), mu: Float64Array.of(mu), prior: Float64Array.of(1) }
  expect(new TweedieLikelihood(sample, power).at(phi)).toBeCloseTo(expected, 10)
  const heavier = { ...sample, prior: Float64Array.of(2.5) }
  expect(new TweedieLikelihood(heavier, power).at(phi * 2.5)).toBeCloseTo(expected, 10)
})

test('a row that would take too many terms has no likelihood instead of a wrong one', () => {
  const sample = { y: Float64Array.of(1e9), mu: Float64Array.of(1e9), prior: Float64Array.of(1) }
  expect(new TweedieLikelihood(sample, 1.5).at(0.001)).toBeNaN()
})

test('the profile finds the power that R finds', () => {
  const profile = profileTweediePower(purePremium, smallTable(), [1.2, 1.3, 1.4, 1.5, 1.6, 1.7], { epsilon: 1e-12 })
  if (profile.kind !== 'profiled') throw new Error(profile.kind)
  const at = (power: number) => profile.points.find((point) => point.power === power)
  // optimize() over log(phi) of the sum of lcpg with phi / exposure, at the means of glm(…, tweedie(var.power = p, link.power = 0))
  expect(at(1.3)?.logLikelihood).toBeCloseTo(-230.4498277, 6)
  expect(at(1.5)?.logLikelihood).toBeCloseTo(-231.5187141, 6)
  expect((at(1.5)?.phi ?? 0) / 56.35233957).toBeCloseTo(1, 5)
  expect(at(1.7)?.logLikelihood).toBeCloseTo(-238.1265697, 6)
  // optimize() over p
  expect(profile.best.power).toBeCloseTo(1.36116, 3)
  expect(profile.best.logLikelihood).toBeCloseTo(-230.062522013, 6)
  const [from, to] = profile.interval ?? [0, 0]
  expect(from).toBeLessThan(profile.best.power)
  expect(to).toBeGreaterThan(profile.best.power)
  expect(profile.fit.family).toEqual({ kind: 'tweedie', power: profile.best.power })
})
