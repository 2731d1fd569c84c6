// Everything that rating worked out for one set of facts: what a worksheet is written from.

import type { Program } from './program.ts'

/** Arrays have a place for every class factor or every behaviour of the edition. */
export interface Figures {
  /** Band, level or cell that the class factor was read from. */
  readonly places: Int32Array
  /** Input of a class factor that is read from a curve. */
  readonly values: Float64Array
  readonly factors: Float64Array
  claimsByYear: readonly number[]
  coefficient: number
  declaredKm: number
  distanceKm: number
  observedDays: number
  mileageCredibility: number
  km: number
  mileageFactor: number
  /** Of the declared distance alone: the class pays it. */
  declaredFactor: number
  readonly observed: Float64Array
  readonly exposure: Float64Array
  readonly credibility: Float64Array
  readonly own: Float64Array
  /** Before the behaviour's own bounds. */
  readonly free: Float64Array
  readonly behaviourFactors: Float64Array
  valveTests: number
  combined: number
  kept: number
  previousTermMinor: number | undefined
  premiumMinor: number
  classPremiumMinor: number
}

export function figuresFor({ factors, behaviours }: Program): Figures {
  const perBehaviour = () => new Float64Array(behaviours.length)
  return {
    places: new Int32Array(factors.length),
    values: new Float64Array(factors.length),
    factors: new Float64Array(factors.length),
    claimsByYear: [],
    coefficient: 1,
    declaredKm: 0,
    distanceKm: 0,
    observedDays: 0,
    mileageCredibility: 0,
    km: 0,
    mileageFactor: 1,
    declaredFactor: 1,
    observed: perBehaviour(),
    exposure: perBehaviour(),
    credibility: perBehaviour(),
    own: perBehaviour(),
    free: perBehaviour(),
    behaviourFactors: perBehaviour(),
    valveTests: 0,
    combined: 1,
    kept: 1,
    previousTermMinor: undefined,
    premiumMinor: 0,
    classPremiumMinor: 0,
  }
}
