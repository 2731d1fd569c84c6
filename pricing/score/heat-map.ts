// How a trip's moving time divides over speeds and accelerations: the speed–acceleration heat map of Gao and Wüthrich, "Feature
// extraction from telematics car driving heatmaps" (2018). It shows a way of driving at a glance and tells drivers apart.

/** Lower edges of the speed buckets, km/h; the last is open. */
export const heatSpeedsKph = [5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130] as const
/** Lower edges of the acceleration buckets, m/s²; the first is open downwards, the last upwards. */
export const heatAccelerationsMps2 = [-9, -2.5, -2, -1.5, -1, -0.5, -0.1, 0.1, 0.5, 1, 1.5, 2, 2.5] as const

/** Seconds by speed bucket, then by acceleration bucket; mutable. */
export type HeatSeconds = Float64Array

/** Thousandths of the moving time, a row for each speed bucket and in it a number for each acceleration bucket. */
export type HeatMap = readonly (readonly number[])[]

const columns = heatAccelerationsMps2.length

export function emptyHeat(): HeatSeconds {
  return new Float64Array(heatSpeedsKph.length * columns)
}

/** @param speedKph of a moving vehicle */
export function addToHeat(heat: HeatSeconds, speedKph: number, mps2: number, seconds: number): void {
  let row = heatSpeedsKph.length - 1
  while (row > 0 && speedKph < (heatSpeedsKph[row] ?? 0)) row -= 1
  let column = columns - 1
  while (column > 0 && mps2 < (heatAccelerationsMps2[column] ?? 0)) column -= 1
  heat[row * columns + column] = (heat[row * columns + column] ?? 0) + seconds
}

/** Empty when speed and acceleration were never known together. */
export function heatMapOf(heat: HeatSeconds): HeatMap {
  let total = 0
  for (const seconds of heat) total += seconds
  if (total === 0) return []
  return heatSpeedsKph.map((_, row) =>
    Array.from(heat.subarray(row * columns, (row + 1) * columns), (seconds) => Math.round((1000 * seconds) / total)),
  )
}

/** Half the summed difference of two maps' shares, from 0 (the same way of driving) to 1 (nothing in common). */
export function heatDistance(one: HeatMap, other: HeatMap): number {
  let sum = 0
  heatSpeedsKph.forEach((_, row) => {
    for (let column = 0; column < columns; column += 1) sum += Math.abs((one[row]?.[column] ?? 0) - (other[row]?.[column] ?? 0))
  })
  return sum / 2000
}
