// Where the bars of the picture from class price to own price lie, as shares of its width. The scale does not start at zero,
// so nothing is drawn from its edge; only what moves has a length.

import type { PremiumPath } from '../../messages/premium-path.ts'

export interface StepBar {
  readonly id: string
  /** Left edge and length, 0 to 1. */
  readonly left: number
  readonly width: number
  /** Where the price is before and after the step. */
  readonly from: number
  readonly to: number
  readonly direction: 'lowers' | 'raises' | 'unchanged'
}

export interface StepScale {
  readonly classAt: number
  readonly ownAt: number
  readonly bars: readonly StepBar[]
}

/** Room at both ends so that marks are not cut. */
const marginShare = 0.04
/** The width stands for at least this share of the class price, so that small changes look small. */
const spanShareMin = 0.06
/** Less than half of the smallest coin is no change. */
const visibleChangeMin = 0.5

export function stepScale(path: PremiumPath): StepScale {
  const amounts = [path.classMinor, path.ownMinor, ...path.ownSteps.flatMap((step) => [step.fromMinor, step.toMinor])]
  const lowest = Math.min(...amounts)
  const highest = Math.max(...amounts)
  const span = Math.max(highest - lowest, Math.abs(path.classMinor) * spanShareMin, 1)
  const start = (lowest + highest) / 2 - span / 2
  const place = (minor: number): number => marginShare + ((minor - start) / span) * (1 - 2 * marginShare)
  const bars = path.ownSteps.map(({ step, fromMinor, toMinor, changeMinor }): StepBar => {
    const from = place(fromMinor)
    const to = place(toMinor)
    const direction = Math.abs(changeMinor) < visibleChangeMin ? 'unchanged' : changeMinor < 0 ? 'lowers' : 'raises'
    return { id: step.id, left: Math.min(from, to), width: Math.abs(to - from), from, to, direction }
  })
  return { classAt: place(path.classMinor), ownAt: place(path.ownMinor), bars }
}

export function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`
}
