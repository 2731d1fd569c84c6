// Which segments a policy belongs to, by what it states and by what was measured of it.

import type { EditionDocument } from '../edition/edition-document.ts'
import type { ClassValues, Facts } from '../rating/facts.ts'
import type { DrivingQuality } from '../trip-sums.ts'

/** Nothing was measured. */
export const noData = 'no-data'

interface Bands {
  /** Ends of the bands, the last open; as they are written. */
  readonly ends: readonly number[]
  readonly levels: readonly string[]
}

function bandsAt(ends: readonly number[], write: (value: number) => string): Bands {
  const levels = ends.map((end, index) => {
    const from = ends[index - 1]
    return from === undefined ? `< ${write(end)}` : `${write(from)} – ${write(end)}`
  })
  return { ends, levels: [...levels, `≥ ${write(ends.at(-1) ?? 0)}`] }
}

const percent = (share: number): string => `${Math.round(share * 100)}%`
const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ' ')

const ages = bandsAt([25, 35, 50, 65, 80], String)
const distances = bandsAt([6_000, 10_000, 15_000, 25_000], thousands)
const nights = bandsAt([0.02, 0.05, 0.1, 0.2], percent)
const qualities = bandsAt([0.7, 0.9, 0.97], percent)
const liveShares = bandsAt([0.5, 0.8, 0.95], percent)
const sums = bandsAt([150_000, 250_000, 400_000], thousands)

const deviceClasses = ['accelerometer', 'speed-only'] as const
const ordered: Readonly<Record<string, readonly string[]>> = {
  age: ages.levels,
  mileage: distances.levels,
  'night-share': [...nights.levels, noData],
  'data-quality': [...qualities.levels, noData],
  'live-share': [...liveShares.levels, noData],
  'sum-insured': sums.levels,
  'device-class': [...deviceClasses, noData],
}

/** Observed shorter than this, the declared distance says more of a year. */
const observedDaysMin = 30
const daysPerYear = 365
/** Inputs with more levels than this are no segments but codes. */
const inputLevelsMax = 40

/**
 * @param values what the policy states for the edition in force
 * @param quality undefined for a home, and for a policy without a trip that rates
 */
export function levelsOf(
  { inputs }: Pick<EditionDocument, 'inputs'>,
  values: ClassValues,
  facts: Facts,
  quality: DrivingQuality | undefined,
): Record<string, string> {
  const levels: Record<string, string> = {}
  for (const [name, input] of Object.entries(inputs)) {
    const value = values[name]
    if (input.kind === 'level' && typeof value === 'string' && input.levels.length <= inputLevelsMax)
      levels[`input:${name}`] = value
  }
  const number = (name: string): number | undefined => {
    const value = values[name]
    return typeof value === 'number' ? value : undefined
  }
  const age = number('driverAgeYears')
  if (age !== undefined) levels['age'] = bandOf(ages, age)
  const sumInsured = number('sumInsured')
  if (sumInsured !== undefined) levels['sum-insured'] = bandOf(sums, sumInsured)
  if (facts.product === 'home') {
    const { days, liveDays } = facts.living
    return { ...levels, 'live-share': days === 0 ? noData : bandOf(liveShares, liveDays / days) }
  }
  const { distanceKm, observedDays, nightKm } = facts.driving
  const declaredKm = number('kmPerYear')
  const isObserved = observedDays >= observedDaysMin
  const kmPerYear = isObserved ? (distanceKm * daysPerYear) / observedDays : declaredKm
  if (kmPerYear !== undefined) levels['mileage'] = bandOf(distances, kmPerYear)
  const hasDriven = distanceKm > 0 && quality !== undefined
  return {
    ...levels,
    'night-share': hasDriven ? bandOf(nights, nightKm / distanceKm) : noData,
    'data-quality': hasDriven ? bandOf(qualities, quality.confidence) : noData,
    'device-class': hasDriven ? (quality.accelerometerShare >= 0.5 ? deviceClasses[0] : deviceClasses[1]) : noData,
  }
}

/** In the order in which a table shows them. */
export function orderOfLevels(segmentId: string, one: string, other: string): number {
  const order = ordered[segmentId]
  if (order !== undefined) return order.indexOf(one) - order.indexOf(other)
  return one < other ? -1 : one > other ? 1 : 0
}

function bandOf({ ends, levels }: Bands, value: number): string {
  const index = ends.findIndex((end) => value < end)
  return levels[index === -1 ? levels.length - 1 : index] ?? ''
}
