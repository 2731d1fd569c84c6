// How far each step of a trip went: speed integrated where it was seen, a straight line by coordinates across gaps. Also how
// much of the time was seen, and whether speed, coordinates and odometer agree.

import type { Course } from './course.ts'
import { metresBetween } from './fix.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'

export interface Path {
  /** Metres from the row before to this one; the first is 0. */
  readonly stepM: Float64Array
  /** 1 where the step was seen, 0 across a gap. */
  readonly isSeen: Uint8Array
  /** Speed of each row, held over rows that bring none; NaN when not known. */
  readonly speedKph: Float64Array
  readonly distanceM: number
  readonly seenM: number
  /** Share of the time that readings cover, 0 to 1. */
  readonly completeness: number
  /** Completeness times the agreement of the distance with coordinates and odometer, 0 to 1. */
  readonly confidence: number
}

export function measurePath(course: Course, rows: number, thresholds = behaviourThresholds): Path {
  const { stepMsMax } = thresholds.signal
  const stepM = new Float64Array(rows)
  const isSeen = new Uint8Array(rows)
  const speedKph = heldSpeeds(course, rows, thresholds)
  const usualMs = usualStepMs(course, rows)
  const seenMsMax = Math.max(stepMsMax, usualMs * thresholds.signal.usualStepsMax)
  let distanceM = 0
  let seenM = 0
  let seenMs = 0
  let bySpeedM = 0
  let byFixM = 0
  let from = -1
  for (let row = 0; row < rows; row += 1) {
    if (row > 0 && at(course.tMs, row) - at(course.tMs, row - 1) <= seenMsMax)
      seenMs += at(course.tMs, row) - at(course.tMs, row - 1)
    if (Number.isNaN(at(speedKph, row)) && Number.isNaN(at(course.latitude, row))) continue
    if (from >= 0) {
      const stepMs = at(course.tMs, row) - at(course.tMs, from)
      const trapezoidM = ((at(speedKph, from) + at(speedKph, row)) / 2) * (stepMs / 3600)
      const straightM = metresBetween(placeOf(course, from), placeOf(course, row))
      const metres = chooseStep(stepMs, trapezoidM, straightM, thresholds)
      stepM[row] = metres
      distanceM += metres
      if (stepMs <= seenMsMax) {
        isSeen[row] = 1
        seenM += metres
        if (!Number.isNaN(trapezoidM) && !Number.isNaN(straightM)) {
          bySpeedM += trapezoidM
          byFixM += straightM
        }
      }
    }
    from = row
  }
  const lastsMs = at(course.tMs, rows - 1) - at(course.tMs, 0)
  const completeness = lastsMs > 0 ? seenMs / lastsMs : 1
  const { checkDistanceMMin, odometerKmMin } = thresholds.signal
  const agreement = byFixM >= checkDistanceMMin ? ratioOf(bySpeedM, byFixM) : 1
  const odometerM = odometerStepM(course, rows)
  const byOdometer = odometerM >= odometerKmMin * 1000 ? ratioOf(distanceM, odometerM) : 1
  return { stepM, isSeen, speedKph, distanceM, seenM, completeness, confidence: completeness * Math.min(agreement, byOdometer) }
}

function chooseStep(stepMs: number, trapezoidM: number, straightM: number, { signal }: BehaviourThresholds): number {
  if (stepMs <= signal.stepMsMax && !Number.isNaN(trapezoidM)) return trapezoidM
  if (!Number.isNaN(straightM)) return straightM
  return stepMs <= signal.blindStepMsMax && !Number.isNaN(trapezoidM) ? trapezoidM : 0
}

function heldSpeeds(course: Course, rows: number, { signal }: BehaviourThresholds): Float64Array {
  const held = new Float64Array(rows).fill(Number.NaN)
  let lastRow = -1
  for (let row = 0; row < rows; row += 1) {
    if (!Number.isNaN(at(course.speedKph, row))) lastRow = row
    if (lastRow >= 0 && at(course.tMs, row) - at(course.tMs, lastRow) <= signal.speedHoldMs)
      held[row] = at(course.speedKph, lastRow)
  }
  return held
}

/** The median time between readings. */
function usualStepMs(course: Course, rows: number): number {
  if (rows < 2) return 0
  const steps = new Float64Array(rows - 1)
  for (let row = 1; row < rows; row += 1) steps[row - 1] = at(course.tMs, row) - at(course.tMs, row - 1)
  return medianOf(steps)
}

/** The lower median; sorts in place. NaN for none. */
export function medianOf(values: Float64Array): number {
  values.sort()
  return values[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}

function odometerStepM(course: Course, rows: number): number {
  let first = Number.NaN
  let last = Number.NaN
  for (let row = 0; row < rows; row += 1) {
    const km = at(course.odometerKm, row)
    if (Number.isNaN(km)) continue
    if (Number.isNaN(first)) first = km
    last = km
  }
  return Number.isNaN(first) ? 0 : Math.max(0, last - first) * 1000
}

function ratioOf(one: number, other: number): number {
  const larger = Math.max(one, other)
  return larger > 0 ? Math.min(one, other) / larger : 1
}

function placeOf(course: Course, row: number): { readonly latitude: number; readonly longitude: number } {
  return { latitude: at(course.latitude, row), longitude: at(course.longitude, row) }
}

/** A column's value; rows are always within it, and what is not is not known. */
export function at(column: ArrayLike<number>, row: number): number {
  return column[row] ?? Number.NaN
}
