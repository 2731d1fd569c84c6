// One-way: what was observed and what was expected for each level or band of one factor, with the exposure behind it.

import { binCount, binNames, codesOf, makeBins } from '../additive/factor-bins.ts'
import type { Column } from '../fit/data-table.ts'
import { type CalibrationGroup, withRates } from './calibration.ts'
import { type RatedRows, sumGroups } from './rated-rows.ts'

export interface OneWay {
  readonly factor: string
  readonly name: string
  /** Whether neighbours are neighbours: bands are, levels are not. */
  readonly isOrdered: boolean
  /** In the order of the bands, or of the levels' names, in which B2 stands before B10. */
  readonly levels: readonly (CalibrationGroup & { readonly level: string; readonly exposureShare: number })[]
}

/** More bars than this are not read. */
const bandsMax = 20
const byName = new Intl.Collator('en', { numeric: true })

/** @param column a number is cut into at most `bands` bands of about equal exposure */
export function oneWay(rows: RatedRows, factor: string, column: Column, name: string, bands = bandsMax): OneWay {
  const bins = makeBins(column, Float64Array.from(rows.exposure), bands)
  const names = binNames(bins)
  const sums = sumGroups(rows, codesOf(bins, column), binCount(bins))
  const total = sums.reduce((sum, { exposure }) => sum + exposure, 0)
  const levels = sums.map((group, at) => ({ ...withRates(group), level: names[at] ?? '', exposureShare: group.exposure / total }))
  const shown = levels.filter(({ exposure }) => exposure > 0)
  const isOrdered = bins.kind === 'number'
  if (!isOrdered) shown.sort((one, other) => byName.compare(one.level, other.level))
  return { factor, name, isOrdered, levels: shown }
}
