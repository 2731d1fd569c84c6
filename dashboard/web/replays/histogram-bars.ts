// The bars of a histogram of changes. Only arithmetic.

import type { View } from '../../../pricing/dislocation/report-form.ts'

export const histogramSize = { width: 480, height: 200, bottom: 24, top: 8 } as const

type Bin = View['histogram'][number]
export interface HistogramBar extends Bin {
  readonly x: number
  readonly barWidth: number
  readonly barHeight: number
}

/** A bar that has anybody in it is never too low to be seen. */
const heightMin = 2

export function histogramBars(bins: readonly Bin[]): readonly HistogramBar[] {
  const { width, height, bottom, top } = histogramSize
  const most = Math.max(1, ...bins.map(({ policies }) => policies))
  const each = width / Math.max(1, bins.length)
  return bins.map((bin, index) => ({
    ...bin,
    x: Math.round(index * each * 10) / 10,
    barWidth: Math.round((each - 2) * 10) / 10,
    barHeight: bin.policies === 0 ? 0 : Math.max(heightMin, (bin.policies / most) * (height - bottom - top)),
  }))
}
