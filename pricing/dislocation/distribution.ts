// The distribution of premium changes over a book: bands, percentiles, histogram and totals of one way of pricing the draft.

import { isNoticeable } from '../notice/threshold.ts'
import { changeOf, type Outcome } from './outcome.ts'
import type { View } from './report-form.ts'

/** Of the change, both ways: up to 5 %, 10 %, 15 %, 25 %, and more. */
const bandEdges = [0, 0.05, 0.1, 0.15, 0.25] as const
const percents = [1, 5, 10, 25, 50, 75, 90, 95, 99] as const
const barWidth = 0.05
/** Bars from -50 % to +50 %; what lies beyond is in the outermost. */
const barsEachWay = 10
const decimals = 1e6

export function rounded(value: number): number {
  // Never minus zero, which JSON writes as zero.
  return Math.round(value * decimals) / decimals + 0
}

/** @param outcomes in one order for all views, so that sums do not depend on how the work was divided */
export function viewOf(outcomes: readonly Outcome[], afterOf: (outcome: Outcome) => number): View {
  const beforeMinor = sumOf(outcomes, (outcome) => outcome.beforeMinor)
  const afterMinor = sumOf(outcomes, afterOf)
  const changes = outcomes.map((outcome) => rounded(changeOf(outcome.beforeMinor, afterOf(outcome))))
  const sorted = changes.toSorted((one, other) => one - other)
  return {
    afterMinor,
    offBalance: rounded(afterMinor === 0 ? 1 : beforeMinor / afterMinor),
    meanChange: rounded(meanOf(changes)),
    percentiles: percents.map((percent) => ({ percent, change: rounded(percentileOf(sorted, percent)) })),
    bands: bandsOf(outcomes, changes, afterOf),
    histogram: histogramOf(changes),
    lossRatio: ratioOf(
      sumOf(outcomes, (outcome) => outcome.claimsMinor),
      afterMinor,
    ),
    notices: outcomes.filter((outcome) => isRaised(outcome.beforeMinor, afterOf(outcome))).length,
  }
}

/** A rise from which on the policyholder is to be told. */
export function isRaised(beforeMinor: number, afterMinor: number): boolean {
  return afterMinor > beforeMinor && isNoticeable(beforeMinor, afterMinor)
}

export function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : sumOf(values, (value) => value) / values.length
}

export function ratioOf(part: number, whole: number): number | null {
  return whole === 0 ? null : rounded(part / whole)
}

/** Straight between the two nearest ranks (type 7 of Hyndman and Fan 1996). @param sorted ascending */
export function percentileOf(sorted: readonly number[], percent: number): number {
  const rank = ((sorted.length - 1) * percent) / 100
  const low = sorted[Math.floor(rank)] ?? 0
  const high = sorted[Math.ceil(rank)] ?? low
  return low + (high - low) * (rank - Math.floor(rank))
}

/** From the strongest fall to the strongest rise, with those that stay what they are in the middle. */
function bandsOf(outcomes: readonly Outcome[], changes: readonly number[], afterOf: (outcome: Outcome) => number): View['bands'] {
  const rises = bandEdges.map((from, index) => ({ from, to: bandEdges[index + 1] ?? null }))
  const falls = rises.toReversed().map(({ from, to }) => ({ from: to === null ? null : -to, to: -from + 0 }))
  const bands = [...falls, { from: 0, to: 0 }, ...rises].map((edges) => ({
    ...edges,
    policies: 0,
    beforeMinor: 0,
    afterMinor: 0,
  }))
  outcomes.forEach((outcome, index) => {
    const band = bands[bandIndexOf(changes[index] ?? 0)]
    if (band === undefined) return
    band.policies += 1
    band.beforeMinor += outcome.beforeMinor
    band.afterMinor += afterOf(outcome)
  })
  return bands
}

/** @param change rounded; exactly an edge lies in the band nearer to zero */
function bandIndexOf(change: number): number {
  const size = Math.abs(change)
  if (size === 0) return bandEdges.length
  const step = bandEdges.filter((edge) => size > edge).length
  return change > 0 ? bandEdges.length + step : bandEdges.length - step
}

function histogramOf(changes: readonly number[]): View['histogram'] {
  const bars = Array.from({ length: 2 * barsEachWay + 2 }, (_, index) => {
    const from = rounded((index - barsEachWay - 1) * barWidth)
    return {
      from: index === 0 ? null : from,
      to: index === 2 * barsEachWay + 1 ? null : rounded(from + barWidth),
      policies: 0,
    }
  })
  for (const change of changes) {
    // 0.15 ÷ 0.05 is a hair below 3.
    const place = Math.floor(rounded(change / barWidth)) + barsEachWay + 1
    const bar = bars[Math.min(bars.length - 1, Math.max(0, place))]
    if (bar !== undefined) bar.policies += 1
  }
  return bars
}
