// The ordered Lorenz curve: rows from the lowest to the highest expected rate, the share of exposure against the share of what was
// observed. Twice the area between it and the diagonal is the Gini index (Frees, Meyers and Cummings, 2011): 0 sorts nothing.

import { orderBy, type RatedRows } from './rated-rows.ts'

export interface LorenzPoint {
  readonly exposureShare: number
  readonly observedShare: number
}

export interface Lorenz {
  readonly name: string
  /** From (0, 0) to (1, 1), thinned to what a picture shows. */
  readonly points: readonly LorenzPoint[]
  /** Of all rows, not of the thinned points. */
  readonly gini: number
}

/** Points of the drawn curve; the index is computed over every row. */
const pointsMax = 101

export function lorenz({ observed, exposure, expected }: RatedRows, name: string): Lorenz {
  const rates = Float64Array.from({ length: exposure.length }, (_, row) => (expected[row] ?? 0) / (exposure[row] ?? 1))
  const order = orderBy(rates)
  let [totalExposure, totalObserved] = [0, 0]
  for (const row of order) {
    totalExposure += exposure[row] ?? 0
    totalObserved += observed[row] ?? 0
  }
  const points: LorenzPoint[] = [{ exposureShare: 0, observedShare: 0 }]
  let [years, claims, yearsBefore, claimsBefore, area] = [0, 0, 0, 0, 0]
  order.forEach((row, at) => {
    years += exposure[row] ?? 0
    claims += observed[row] ?? 0
    // Rows of the same rate are one step: their order among each other says nothing.
    const next = order[at + 1]
    if (next !== undefined && rates[next] === rates[row]) return
    area += ((years - yearsBefore) * (claims + claimsBefore)) / 2
    yearsBefore = years
    claimsBefore = claims
    const point = { exposureShare: years / totalExposure, observedShare: claims / totalObserved }
    const isLast = next === undefined
    if (isLast || point.exposureShare - (points.at(-1)?.exposureShare ?? 0) >= 1 / (pointsMax - 1)) points.push(point)
  })
  return { name, points, gini: 1 - (2 * area) / (totalExposure * totalObserved) }
}
