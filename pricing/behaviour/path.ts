// How far each step of a trip went: speed integrated where it was seen, a straight line by coordinates across gaps; how much of
// the time was seen. What of it was not driven is left out in carried.ts; whether other signals agree is compared in trip-quality.ts.

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
  /** Steps up to this were seen. */
  readonly seenMsMax: number
  /** Share of the time in which readings tell how the vehicle moves, 0 to 1. */
  readonly completeness: number
}

export function measurePath(course: Course, rows: number, thresholds = behaviourThresholds): Path {
  const { stepMsMax } = thresholds.signal
  const stepM = new Float64Array(rows)
  const isSeen = new Uint8Array(rows)
  const speedKph = heldSpeeds(course, rows, thresholds)
  const usualMs = usualStepMs(course, rows, speedKph)
  const seenMsMax = Math.max(stepMsMax, usualMs * thresholds.signal.usualStepsMax)
  let distanceM = 0
  let seenM = 0
  let seenMs = 0
  let from = -1
  // The last position, what was added since, and the step since then of which nothing was known.
  let fixRow = -1
  let sinceFixM = 0
  let unknownRow = -1
  for (let row = 0; row < rows; row += 1) {
    const hasFix = !Number.isNaN(at(course.latitude, row))
    if (Number.isNaN(at(speedKph, row)) && !hasFix) continue
    const straightM = hasFix && fixRow >= 0 ? metresBetween(placeOf(course, fixRow), placeOf(course, row)) : Number.NaN
    if (from >= 0) {
      const stepMs = at(course.tMs, row) - at(course.tMs, from)
      const trapezoidM = ((at(speedKph, from) + at(speedKph, row)) / 2) * (stepMs / 3600)
      const metres = chooseStep(stepMs, trapezoidM, Math.max(0, straightM - sinceFixM), thresholds)
      if (metres === undefined) unknownRow = row
      else stepM[row] = metres
      sinceFixM += at(stepM, row)
      distanceM += at(stepM, row)
      if (stepMs <= seenMsMax) {
        isSeen[row] = 1
        seenMs += stepMs
        seenM += at(stepM, row)
      }
    }
    if (hasFix) {
      // Speed came back before the position did: now it shows how far the step was of which nothing was known.
      if (unknownRow >= 0 && straightM > sinceFixM) {
        stepM[unknownRow] = straightM - sinceFixM
        isSeen[unknownRow] = 0
        distanceM += straightM - sinceFixM
      }
      fixRow = row
      sinceFixM = 0
      unknownRow = -1
    }
    from = row
  }
  const lastsMs = at(course.tMs, rows - 1) - at(course.tMs, 0)
  const completeness = lastsMs > 0 ? seenMs / lastsMs : 1
  return { stepM, isSeen, speedKph, distanceM, seenM, seenMsMax, completeness }
}

/** Undefined when nothing tells how far it was. */
function chooseStep(stepMs: number, trapezoidM: number, straightM: number, { signal }: BehaviourThresholds): number | undefined {
  if (stepMs <= signal.stepMsMax && !Number.isNaN(trapezoidM)) return trapezoidM
  if (!Number.isNaN(straightM)) return straightM
  return stepMs <= signal.blindStepMsMax && !Number.isNaN(trapezoidM) ? trapezoidM : undefined
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

/** The median time between readings that tell how the vehicle moves; 0 for less than two. */
function usualStepMs(course: Course, rows: number, speedKph: Float64Array): number {
  const steps = new Float64Array(rows)
  let known = 0
  let from = -1
  for (let row = 0; row < rows; row += 1) {
    if (Number.isNaN(at(speedKph, row)) && Number.isNaN(at(course.latitude, row))) continue
    if (from >= 0) {
      steps[known] = at(course.tMs, row) - at(course.tMs, from)
      known += 1
    }
    from = row
  }
  return known === 0 ? 0 : medianOf(steps.subarray(0, known))
}

/** The lower median; sorts in place. NaN for none. */
export function medianOf(values: Float64Array): number {
  values.sort()
  return values[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}

export function placeOf(course: Course, row: number): { readonly latitude: number; readonly longitude: number } {
  return { latitude: at(course.latitude, row), longitude: at(course.longitude, row) }
}

/** A column's value; rows are always within it, and what is not is not known. */
export function at(column: ArrayLike<number>, row: number): number {
  return column[row] ?? Number.NaN
}
