// Rows: what is measured. Readings that follow each other faster than a manoeuvre could show are averaged into one row, so that a
// sensor at 100 Hz costs and remembers no more than one at 12 Hz, and both are judged alike.

import { emptySample, type Sample } from './sample.ts'

/** Readings within this of a row's first belong to it. Shorter than the steps of a 10 Hz sensor, however uneven. */
export const rowMs = 80

/** One row, filled by `fillRow`; mutable, and the same object for a whole trip. Its time is that of its first reading. */
export interface Row extends Sample {
  longitudinalCount: number
  lateralCount: number
  yawCount: number
  /** What the path makes of it: the speed, held over rows that bring none; the limit likewise; NaN when not known. */
  heldKph: number
  heldLimitKph: number
  /** Since the last row that told how the vehicle moves; NaN for the first, and for a row that tells nothing. */
  stepMs: number
  stepM: number
  /** Metres behind it in which a slope of the speed is known. */
  slopeM: number
  isNight: boolean
}

export function emptyRow(): Row {
  return {
    ...emptySample(),
    longitudinalCount: 0,
    lateralCount: 0,
    yawCount: 0,
    heldKph: Number.NaN,
    heldLimitKph: Number.NaN,
    stepMs: Number.NaN,
    stepM: 0,
    slopeM: 0,
    isNight: false,
  }
}

/** Begins a row with its first reading. */
export function beginRow(row: Row, sample: Sample): void {
  row.tMs = sample.tMs
  row.speedKph = sample.speedKph
  row.latitude = sample.latitude
  row.longitude = sample.longitude
  row.headingDegrees = sample.headingDegrees
  row.limitKph = sample.limitKph
  row.longitudinalMps2 = sample.longitudinalMps2
  row.lateralMps2 = sample.lateralMps2
  row.yawDegPerS = sample.yawDegPerS
  row.engineRpm = sample.engineRpm
  row.odometerKm = sample.odometerKm
  row.phone = sample.phone
  row.ignition = sample.ignition
  row.shockMps2 = sample.shockMps2
  row.faults = sample.faults
  row.longitudinalCount = Number.isNaN(sample.longitudinalMps2) ? 0 : 1
  row.lateralCount = Number.isNaN(sample.lateralMps2) ? 0 : 1
  row.yawCount = Number.isNaN(sample.yawDegPerS) ? 0 : 1
}

/** Accelerations and yaw rates are summed until `endRow`; of everything else the last that was said stands. */
export function addToRow(row: Row, sample: Sample): void {
  const { longitudinalMps2, lateralMps2, yawDegPerS } = sample
  if (!Number.isNaN(longitudinalMps2)) {
    row.longitudinalMps2 = row.longitudinalCount === 0 ? longitudinalMps2 : row.longitudinalMps2 + longitudinalMps2
    row.longitudinalCount += 1
  }
  if (!Number.isNaN(lateralMps2)) {
    row.lateralMps2 = row.lateralCount === 0 ? lateralMps2 : row.lateralMps2 + lateralMps2
    row.lateralCount += 1
  }
  if (!Number.isNaN(yawDegPerS)) {
    row.yawDegPerS = row.yawCount === 0 ? yawDegPerS : row.yawDegPerS + yawDegPerS
    row.yawCount += 1
  }
  if (!(row.shockMps2 >= sample.shockMps2)) row.shockMps2 = sample.shockMps2
  if (!Number.isNaN(sample.speedKph)) row.speedKph = sample.speedKph
  if (!Number.isNaN(sample.latitude)) {
    row.latitude = sample.latitude
    row.longitude = sample.longitude
  }
  if (!Number.isNaN(sample.headingDegrees)) row.headingDegrees = sample.headingDegrees
  if (!Number.isNaN(sample.limitKph)) row.limitKph = sample.limitKph
  if (!Number.isNaN(sample.engineRpm)) row.engineRpm = sample.engineRpm
  if (!Number.isNaN(sample.odometerKm)) row.odometerKm = sample.odometerKm
  if (!Number.isNaN(sample.phone)) row.phone = sample.phone
  if (!Number.isNaN(sample.ignition)) row.ignition = sample.ignition
  row.faults |= sample.faults
}

/** Sums become means. */
export function endRow(row: Row): void {
  if (row.longitudinalCount > 1) row.longitudinalMps2 /= row.longitudinalCount
  if (row.lateralCount > 1) row.lateralMps2 /= row.lateralCount
  if (row.yawCount > 1) row.yawDegPerS /= row.yawCount
}
