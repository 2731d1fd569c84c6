// The log-likelihood of a compound Poisson-gamma (Tweedie, 1 < p < 2) sample by the series of Dunn and Smyth (2005), section 4. A row
// of prior weight w has the dispersion phi / w. Of each row's sum only the terms that show in a double are added.

import { logGamma } from './special-functions.ts'

/** exp(-37) of the largest term is below a double's last digit. */
const termsBelowMax = 37
/** A row whose number of claims could be more than this is not a single policy. */
export const seriesTermsMax = 200_000

export interface TweedieSample {
  readonly y: Float64Array
  readonly mu: Float64Array
  readonly prior: Float64Array
}

/** The likelihood as a function of phi; what does not depend on it is worked out once. */
export class TweedieLikelihood {
  readonly #power: number
  /** Over all rows, w (y theta - kappa): divided by phi it is what the mean adds. */
  readonly #linear: number
  readonly #y: Float64Array
  readonly #weight: Float64Array
  readonly #logs: number
  /** log j! + log gamma(-alpha j), by j. */
  readonly #denominators: number[] = [0]

  /** @param power between 1 and 2 */
  constructor({ y, mu, prior }: TweedieSample, power: number) {
    this.#power = power
    let linear = 0
    let logs = 0
    const amounts: number[] = []
    const weights: number[] = []
    for (let row = 0; row < y.length; row++) {
      const weight = prior[row] ?? 0
      const mean = mu[row] ?? 0
      const amount = y[row] ?? 0
      if (weight === 0) continue
      linear += weight * ((amount * mean ** (1 - power)) / (1 - power) - mean ** (2 - power) / (2 - power))
      if (amount <= 0) continue
      amounts.push(amount)
      weights.push(weight)
      logs += Math.log(amount)
    }
    this.#linear = linear
    this.#logs = logs
    this.#y = Float64Array.from(amounts)
    this.#weight = Float64Array.from(weights)
  }

  /** @returns the log-likelihood, or NaN when a row would take more than `seriesTermsMax` terms */
  at(phi: number): number {
    let series = 0
    for (let row = 0; row < this.#y.length; row++) series += this.#logSeries(this.#y[row] ?? 0, phi / (this.#weight[row] ?? 1))
    return this.#linear / phi + series - this.#logs
  }

  /** The dispersion of the greatest likelihood, by golden sections of its logarithm. @param around a guess, such as Pearson's */
  maximise(around: number): { readonly phi: number; readonly logLikelihood: number } {
    const ratio = (Math.sqrt(5) - 1) / 2
    let from = Math.log(around) - 3
    let to = Math.log(around) + 3
    let left = to - ratio * (to - from)
    let right = from + ratio * (to - from)
    let atLeft = this.at(Math.exp(left))
    let atRight = this.at(Math.exp(right))
    while (to - from > 1e-7) {
      if (atLeft > atRight) {
        to = right
        right = left
        atRight = atLeft
        left = to - ratio * (to - from)
        atLeft = this.at(Math.exp(left))
      } else {
        from = left
        left = right
        atLeft = atRight
        right = from + ratio * (to - from)
        atRight = this.at(Math.exp(right))
      }
    }
    const phi = Math.exp((from + to) / 2)
    return { phi, logLikelihood: this.at(phi) }
  }

  /** log of the sum over j of z^j / (j! gamma(-alpha j)), from its largest term outwards. */
  #logSeries(y: number, phi: number): number {
    const p = this.#power
    const alpha = (2 - p) / (1 - p)
    const logZ = -alpha * Math.log(y) + alpha * Math.log(p - 1) - (1 - alpha) * Math.log(phi) - Math.log(2 - p)
    const middle = Math.max(1, Math.round(y ** (2 - p) / (phi * (2 - p))))
    if (middle > seriesTermsMax) return Number.NaN
    const largest = middle * logZ - this.#denominator(middle)
    let sum = 1
    for (let j = middle + 1; j <= seriesTermsMax * 2; j++) {
      const term = j * logZ - this.#denominator(j) - largest
      sum += Math.exp(term)
      if (term < -termsBelowMax) break
    }
    for (let j = middle - 1; j >= 1; j--) {
      const term = j * logZ - this.#denominator(j) - largest
      sum += Math.exp(term)
      if (term < -termsBelowMax) break
    }
    return largest + Math.log(sum)
  }

  #denominator(j: number): number {
    const alpha = (2 - this.#power) / (1 - this.#power)
    for (let next = this.#denominators.length; next <= j; next++) {
      this.#denominators.push(logGamma(next + 1) + logGamma(-alpha * next))
    }
    return this.#denominators[j] ?? 0
  }
}
