// What nudging did: the difference between those who were assigned to it and those who were held out, whoever read what
// (intention to treat), made sharper by what each did before (CUPED: Deng, Xu, Kohavi and Walker 2013).

import type { Arm } from './assign-arm.ts'

/** One policy: its rate of hard events per 1,000 km since it was assigned, and before. */
export interface Outcome {
  readonly arm: Arm
  readonly after: number
  readonly before: number
}

export interface Effect {
  readonly kind: 'effect'
  readonly nudged: ArmMean
  readonly heldOut: ArmMean
  /** Mean of the nudged minus mean of the held out, adjusted; below 0 nudging helps. */
  readonly difference: number
  /** 95 % of it. */
  readonly interval: readonly [number, number]
  /** The difference over the mean of those held out; null when that is 0. */
  readonly relative: number | null
  readonly z: number
  /** Of the variance, what the past explained, 0 to 1. */
  readonly varianceExplained: number
  readonly verdict: 'helps' | 'harms' | 'not-shown'
}

export interface ArmMean {
  readonly policies: number
  /** As measured, and adjusted by the past. */
  readonly mean: number
  readonly adjusted: number
}

export type MeasuredEffect = Effect | { readonly kind: 'too-few'; readonly nudged: number; readonly heldOut: number }

/** In each arm; with fewer, the normal distribution is no guide. */
export const policiesPerArmMin = 30
/** 97.5 % of the standard normal distribution. */
const z95 = 1.959_963_984_540_054
/**
 * Haybittle and Peto: looked at as often as one likes, an arm is stopped only beyond three standard errors, and the final
 * reading at 95 % stays what it says.
 */
export const stoppingZ = 3

/** @param outcomes in any order */
export function measureEffect(outcomes: readonly Outcome[]): MeasuredEffect {
  // Sums of numbers depend on their order in the last digit, so there is only one order.
  const ordered = [...outcomes].sort((one, other) => one.before - other.before || one.after - other.after)
  const nudged = ordered.filter(({ arm }) => arm === 'nudged')
  const heldOut = ordered.filter(({ arm }) => arm === 'hold-out')
  if (nudged.length < policiesPerArmMin || heldOut.length < policiesPerArmMin)
    return { kind: 'too-few', nudged: nudged.length, heldOut: heldOut.length }
  const theta = slope(ordered)
  const past = mean(ordered.map(({ before }) => before))
  const adjust = ({ after, before }: Outcome): number => after - theta * (before - past)
  const [adjustedNudged, adjustedHeldOut] = [nudged.map(adjust), heldOut.map(adjust)]
  const difference = mean(adjustedNudged) - mean(adjustedHeldOut)
  const error = Math.sqrt(variance(adjustedNudged) / nudged.length + variance(adjustedHeldOut) / heldOut.length)
  const z = error > 0 ? difference / error : 0
  const measured = variance(ordered.map(({ after }) => after))
  const interval = [difference - z95 * error, difference + z95 * error] as const
  const heldOutMean = mean(adjustedHeldOut)
  return {
    kind: 'effect',
    nudged: { policies: nudged.length, mean: mean(nudged.map(({ after }) => after)), adjusted: mean(adjustedNudged) },
    heldOut: { policies: heldOut.length, mean: mean(heldOut.map(({ after }) => after)), adjusted: heldOutMean },
    difference,
    interval,
    relative: heldOutMean > 0 ? difference / heldOutMean : null,
    z,
    varianceExplained: measured > 0 ? 1 - variance(ordered.map(adjust)) / measured : 0,
    verdict: interval[1] < 0 ? 'helps' : interval[0] > 0 ? 'harms' : 'not-shown',
  }
}

/** Whether the arm is to be stopped now, however often it was looked at before. */
export function isHarmful(effect: MeasuredEffect): boolean {
  return effect.kind === 'effect' && effect.z > stoppingZ
}

/** θ = cov(after, before) ÷ var(before); 0 when the past does not differ. */
function slope(outcomes: readonly Outcome[]): number {
  const beforeMean = mean(outcomes.map(({ before }) => before))
  const afterMean = mean(outcomes.map(({ after }) => after))
  let covariance = 0
  let spread = 0
  for (const { before, after } of outcomes) {
    covariance += (before - beforeMean) * (after - afterMean)
    spread += (before - beforeMean) ** 2
  }
  return spread > 0 ? covariance / spread : 0
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Unbiased. */
function variance(values: readonly number[]): number {
  if (values.length < 2) return 0
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
}
