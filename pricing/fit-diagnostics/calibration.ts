// Calibration: rows by rising expected rate in groups of equal exposure, what was foretold beside what happened.

import { type Group, groupsByExposure, intervalWidths, orderBy, type RatedRows, sumGroups } from './rated-rows.ts'

export interface CalibrationGroup extends Group {
  readonly observedRate: number
  readonly expectedRate: number
  /** Holds the true rate in 19 of 20 such groups. */
  readonly low: number
  readonly high: number
}

export interface Calibration {
  readonly name: string
  readonly groups: readonly CalibrationGroup[]
  /** Everything observed over everything expected: 1 is in balance. */
  readonly balance: number
  /** How many groups have the expected rate within their interval. */
  readonly within: number
}

export function calibration(rows: RatedRows, name: string, groups = 10): Calibration {
  const { exposure, expected, observed } = rows
  const rates = Float64Array.from({ length: exposure.length }, (_, row) => (expected[row] ?? 0) / (exposure[row] ?? 1))
  const sums = sumGroups(rows, groupsByExposure(orderBy(rates), exposure, groups), groups)
  const rated = sums.filter((group) => group.exposure > 0).map(withRates)
  const total = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0)
  return {
    name,
    groups: rated,
    balance: total(observed) / total(expected),
    within: rated.filter(({ expectedRate, low, high }) => low <= expectedRate && expectedRate <= high).length,
  }
}

export function withRates(group: Group): CalibrationGroup {
  const observedRate = group.observed / group.exposure
  return {
    ...group,
    observedRate,
    expectedRate: group.expected / group.exposure,
    low: Math.max(0, observedRate - intervalWidths * group.standardError),
    high: observedRate + intervalWidths * group.standardError,
  }
}
