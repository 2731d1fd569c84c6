// The functions behind p-values and likelihoods: log-gamma, incomplete gamma and beta, and the tails made of them.
// Abramowitz and Stegun 6.1.41; Numerical Recipes 6.2 and 6.4 for the continued fractions.

/** From here on Stirling's series is exact to the last digits. */
const stirlingMin = 12
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156]
const iterationsMax = 1000
const tiny = 1e-300
const epsilon = 1e-16

/** @param x above 0 */
export function logGamma(x: number): number {
  let shift = 0
  let z = x
  if (z < stirlingMin) {
    let product = 1
    for (; z < stirlingMin; z++) product *= z
    shift = Math.log(product)
  }
  let series = 0
  const inverseSquare = 1 / (z * z)
  for (let term = stirling.length - 1; term >= 0; term--) series = series * inverseSquare + (stirling[term] ?? 0)
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series / z - shift
}

/** The regularised upper incomplete gamma function Q(a, x). */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < iterationsMax && Math.abs(term) > Math.abs(sum) * epsilon; n++) {
      term *= x / (a + n)
      sum += term
    }
    return Math.max(0, 1 - front * sum)
  }
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < iterationsMax; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / away(an * d + b)
    c = away(b + an / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < epsilon * 4) break
  }
  return front * fraction
}

function away(value: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

/** The regularised incomplete beta function I_x(a, b). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < iterationsMax; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < epsilon * 4) break
  }
  return fraction
}

/** The probability of a chi-squared variable above x. */
export function chiSquaredTail(x: number, degreesOfFreedom: number): number {
  return upperGamma(degreesOfFreedom / 2, x / 2)
}

/** The probability of an F variable above x. */
export function fTail(x: number, numerator: number, denominator: number): number {
  return incompleteBeta(denominator / (denominator + numerator * x), denominator / 2, numerator / 2)
}

/** The probability of a standard normal variable at least as far from 0 as z, both sides. */
export function normalTwoSided(z: number): number {
  return chiSquaredTail(z * z, 1)
}

/** The same of Student's t. */
export function studentTwoSided(t: number, degreesOfFreedom: number): number {
  return incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5)
}

/** The z that a standard normal variable stays within, both sides, with this probability. @param probability above 0, below 1 */
export function normalWithin(probability: number): number {
  let from = 0
  let to = 40
  for (let halving = 0; halving < 100; halving++) {
    const middle = (from + to) / 2
    if (1 - normalTwoSided(middle) < probability) from = middle
    else to = middle
  }
  return (from + to) / 2
}
