// Surges: hard accelerations that are broken off. A phone's own filter takes most of a long pull, and a slow sensor's noise hides the rest,
// but how far it falls from the pull to what follows shows through both.

import { at } from './columns.ts'
import type { DetectionThresholds } from './detection-thresholds.ts'
import type { Episode } from './episodes.ts'

/** One surge each, in order; they reach no rung by themselves. */
export function findSurges(tMs: Float64Array, values: Float64Array, { surge }: DetectionThresholds): readonly Episode[] {
  const sums = sumsOf(values)
  const { pullMs, gapMs, fallMs } = surge
  const surges: Episode[] = []
  // The rows at which the spans before and after the current one begin and end; each only ever moves on.
  let [pullFrom, pullTo, fallFrom, fallTo] = [0, 0, 0, 0]
  let best: (Episode & { readonly contrast: number; readonly atMs: number }) | undefined
  for (let row = 0; row < tMs.length; row += 1) {
    const nowMs = at(tMs, row)
    pullFrom = rowFrom(tMs, pullFrom, nowMs - gapMs - pullMs)
    pullTo = rowFrom(tMs, pullTo, nowMs - gapMs)
    fallFrom = rowFrom(tMs, fallFrom, nowMs + gapMs)
    fallTo = rowFrom(tMs, fallTo, nowMs + gapMs + fallMs)
    if (best !== undefined && nowMs - best.atMs >= surge.apartMs) {
      surges.push(best)
      best = undefined
    }
    const pull = sums.meanOf(pullFrom, pullTo)
    const fall = sums.meanOf(fallFrom, fallTo)
    const contrast = pull - fall
    if (!(contrast >= surge.contrastMps2Min && pull >= surge.pullMps2Min && fall <= surge.fallMps2Max)) continue
    if (best !== undefined && contrast <= best.contrast) continue
    best = { ...peakOf(values, pullFrom, fallFrom - 1), mean: pull, heldMs: [], contrast, atMs: nowMs }
  }
  if (best !== undefined) surges.push(best)
  return surges
}

function rowFrom(tMs: Float64Array, row: number, wantedMs: number): number {
  let next = row
  while (next < tMs.length && at(tMs, next) < wantedMs) next += 1
  return next
}

interface Sums {
  /** NaN where nothing is known. */
  meanOf(from: number, to: number): number
}

function sumsOf(values: Float64Array): Sums {
  const sums = new Float64Array(values.length + 1)
  const counts = new Float64Array(values.length + 1)
  for (let row = 0; row < values.length; row += 1) {
    const value = at(values, row)
    const isKnown = !Number.isNaN(value)
    sums[row + 1] = at(sums, row) + (isKnown ? value : 0)
    counts[row + 1] = at(counts, row) + (isKnown ? 1 : 0)
  }
  return { meanOf: (from, to) => (at(sums, to) - at(sums, from)) / (at(counts, to) - at(counts, from)) }
}

function peakOf(values: Float64Array, first: number, last: number): Pick<Episode, 'first' | 'last' | 'peakRow' | 'peak'> {
  let peakRow = first
  for (let row = first; row <= last; row += 1) if (!(at(values, row) <= at(values, peakRow))) peakRow = row
  return { first, last, peakRow, peak: at(values, peakRow) }
}
