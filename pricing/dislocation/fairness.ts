// Fairness by segment: what behaviour makes of the class price for one level against everybody else, with intervals by a
// bootstrap out of a seed. It describes; whether a difference is justified by claims is for people to judge.

import { randomFor } from '../../devices/simulator/random.ts'
import { percentileOf, rounded } from './distribution.ts'
import type { Outcome } from './outcome.ts'
import type { SegmentLevel } from './report-form.ts'

type Fairness = SegmentLevel['fairness']

/** Resampled books; the 95 % interval lies between their 2.5th and 97.5th percentiles. */
export const replicates = 400
const intervalPercents = [2.5, 97.5] as const
/** Fewer policies than this say little, whatever the interval. */
export const smallPolicies = 30

/** Sums over the policies of one level. */
interface Tally {
  policies: number
  relativity: number
  relativityBefore: number
  discounted: number
}

const noTally = (): Tally => ({ policies: 0, relativity: 0, relativityBefore: 0, discounted: 0 })

/**
 * @param outcomes in one order
 * @param placeOf the level that each policy belongs to in each segment, as a position in `levels`
 * @param levels how many there are over all segments together
 */
export function fairnessOf(
  outcomes: readonly Outcome[],
  placesOf: readonly (readonly number[])[],
  levels: number,
  seed: number,
): readonly Fairness[] {
  const rows = outcomes.map((outcome) => ({
    relativity: ratio(outcome.afterMinor, outcome.afterClassMinor),
    relativityBefore: ratio(outcome.beforeMinor, outcome.beforeClassMinor),
    discounted: outcome.afterMinor < outcome.afterClassMinor ? 1 : 0,
  }))
  const tallyOf = (weightOf: (index: number) => number): { readonly all: Tally; readonly of: readonly Tally[] } => {
    const all = noTally()
    const of = Array.from({ length: levels }, noTally)
    rows.forEach((row, index) => {
      const weight = weightOf(index)
      if (weight === 0) return
      add(all, row, weight)
      for (const place of placesOf[index] ?? []) {
        const tally = of[place]
        if (tally !== undefined) add(tally, row, weight)
      }
    })
    return { all, of }
  }
  const random = randomFor('dislocation', seed)
  const drawn: { readonly ratios: number[]; readonly impacts: number[] }[] = Array.from({ length: levels }, () => ({
    ratios: [],
    impacts: [],
  }))
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    const weights = new Uint16Array(rows.length)
    for (let draw = 0; draw < rows.length; draw += 1) {
      const index = Math.floor(random.next() * rows.length)
      weights[index] = (weights[index] ?? 0) + 1
    }
    const { all, of } = tallyOf((index) => weights[index] ?? 0)
    of.forEach((tally, place) => {
      const { meanRatio, impact } = against(tally, all)
      if (meanRatio !== undefined) drawn[place]?.ratios.push(meanRatio)
      if (impact !== undefined) drawn[place]?.impacts.push(impact)
    })
  }
  const { all, of } = tallyOf(() => 1)
  return of.map((tally, place): Fairness => {
    const { meanRatio, ratioBefore, impact } = against(tally, all)
    return {
      meanRelativity: rounded(tally.policies === 0 ? 1 : tally.relativity / tally.policies),
      ratio: orNull(meanRatio),
      ratioInterval: intervalOf(meanRatio, drawn[place]?.ratios),
      ratioBefore: orNull(ratioBefore),
      discounted: rounded(tally.policies === 0 ? 0 : tally.discounted / tally.policies),
      impactRatio: orNull(impact),
      impactInterval: intervalOf(impact, drawn[place]?.impacts),
      isSmall: tally.policies < smallPolicies,
    }
  })
}

function add(tally: Tally, row: Omit<Tally, 'policies'>, weight: number): void {
  tally.policies += weight
  tally.relativity += row.relativity * weight
  tally.relativityBefore += row.relativityBefore * weight
  tally.discounted += row.discounted * weight
}

/** A level against everybody else. */
function against(tally: Tally, all: Tally): { meanRatio?: number; ratioBefore?: number; impact?: number } {
  const others = all.policies - tally.policies
  if (tally.policies === 0 || others === 0) return {}
  const mean = (of: 'relativity' | 'relativityBefore' | 'discounted') => {
    const rest = (all[of] - tally[of]) / others
    return rest > 0 ? tally[of] / tally.policies / rest : undefined
  }
  const [meanRatio, ratioBefore, impact] = [mean('relativity'), mean('relativityBefore'), mean('discounted')]
  return {
    ...(meanRatio === undefined ? {} : { meanRatio }),
    ...(ratioBefore === undefined ? {} : { ratioBefore }),
    ...(impact === undefined ? {} : { impact }),
  }
}

function intervalOf(found: number | undefined, draws: readonly number[] = []): Fairness['ratioInterval'] {
  if (found === undefined || draws.length === 0) return null
  const sorted = draws.toSorted((one, other) => one - other)
  const [low, high] = intervalPercents.map((percent) => rounded(percentileOf(sorted, percent)))
  return low === undefined || high === undefined ? null : { low, high }
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}

function orNull(value: number | undefined): number | null {
  return value === undefined ? null : rounded(value)
}
