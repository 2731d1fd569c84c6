// The rows of a fit as the two numbers that its loss needs of each (leaf-value.ts), kept while the means are multiplied by one
// table after the other. Rows are ordered by fold, so that leaving one out is leaving out a stretch.

import type { Family } from '../fit/family.ts'

export type LogFamily = Exclude<Family, { readonly kind: 'binomial' }>

export function powerOf(family: LogFamily): number {
  if (family.kind === 'tweedie') return family.power
  return family.kind === 'poisson' ? 1 : 2
}

/** From a row up to before another. */
export type Stretch = readonly [from: number, to: number]

export interface LossRows {
  readonly power: number
  /** w: exposure, or claims where amounts per claim are explained. */
  readonly weights: Float64Array
  /** w y: claims or money. */
  readonly totals: Float64Array
  readonly a: Float64Array
  readonly b: Float64Array
}

/** The rows with every mean at the given one. */
export function rowsAt(power: number, weights: Float64Array, totals: Float64Array, mean: number): LossRows {
  const [ofA, ofB] = [mean ** (1 - power), mean ** (2 - power)]
  return { power, weights, totals, a: totals.map((total) => total * ofA), b: weights.map((weight) => weight * ofB) }
}

/** Multiplies the mean of every row by the factor of its cell. */
export function multiplyMeans({ power, a, b }: LossRows, codes: Uint16Array, logFactors: Float64Array): void {
  if (power !== 1)
    multiply(
      a,
      codes,
      logFactors.map((value) => Math.exp((1 - power) * value)),
    )
  if (power !== 2)
    multiply(
      b,
      codes,
      logFactors.map((value) => Math.exp((2 - power) * value)),
    )
}

function multiply(values: Float64Array, codes: Uint16Array, factors: Float64Array): void {
  for (let row = 0; row < codes.length; row++) values[row] = (values[row] ?? 0) * (factors[codes[row] ?? 0] ?? 0)
}

export function cellSums(values: Float64Array, codes: Uint16Array, cells: number, stretches: readonly Stretch[]): Float64Array {
  const sums = new Float64Array(cells)
  for (const [from, to] of stretches) {
    for (let row = from; row < to; row++) {
      const cell = codes[row] ?? 0
      sums[cell] = (sums[cell] ?? 0) + (values[row] ?? 0)
    }
  }
  return sums
}

export function sumOver(values: Float64Array, stretches: readonly Stretch[]): number {
  let sum = 0
  for (const [from, to] of stretches) for (let row = from; row < to; row++) sum += values[row] ?? 0
  return sum
}

/** The part of the deviance that the means decide; what is left out is the same for every model of these rows. */
export function lossOver({ power, weights, totals, a, b }: LossRows, [from, to]: Stretch): number {
  let sum = 0
  if (power === 1) {
    for (let row = from; row < to; row++) {
      const [total, mean] = [totals[row] ?? 0, b[row] ?? 0]
      sum += total > 0 ? mean - total * Math.log(mean / (weights[row] ?? 1)) : mean
    }
  } else if (power === 2) {
    for (let row = from; row < to; row++) {
      const [total, ofA] = [totals[row] ?? 0, a[row] ?? 0]
      sum += ofA + (weights[row] ?? 0) * Math.log(total / ofA)
    }
  } else {
    for (let row = from; row < to; row++) sum += (b[row] ?? 0) / (2 - power) + (a[row] ?? 0) / (power - 1)
  }
  return 2 * sum
}

/** Pearson's estimate with one mean for all; 1 for counts, where the family says so. */
export function dispersionOf({ power, weights, totals }: LossRows, mean: number): number {
  if (power === 1) return 1
  let sum = 0
  weights.forEach((weight, row) => {
    const residual = (totals[row] ?? 0) / weight - mean
    sum += weight * residual * residual
  })
  return sum / (mean ** power * weights.length)
}
