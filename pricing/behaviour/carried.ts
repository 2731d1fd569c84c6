// Stretches in which the vehicle was moved without driving, where its signals say so: on a ferry, on a transporter, towed.

import type { Course } from './course.ts'
import { at, type Path } from './path.ts'
import type { BehaviourThresholds } from './thresholds.ts'

export const carriedReasons = ['engine-off', 'no-vehicle-dynamics'] as const
export type CarriedReason = (typeof carriedReasons)[number]

export interface Carried {
  /** 1 where the step to this row was not driven. */
  readonly isCarried: Uint8Array
  /** Of the longest stretch; undefined when there is none. */
  readonly reason: CarriedReason | undefined
}

/** The path without what was not driven: there nobody can do anything wrong, and no kilometre counts. */
export function leaveOutCarried(path: Path, { isCarried, reason }: Carried): { readonly path: Path; readonly carriedM: number } {
  if (reason === undefined) return { path, carriedM: 0 }
  const stepM = path.stepM.map((metres, row) => (at(isCarried, row) === 1 ? 0 : metres))
  const isSeen = path.isSeen.map((seen, row) => (at(isCarried, row) === 1 ? 0 : seen))
  const speedKph = path.speedKph.map((kph, row) => (at(isCarried, row) === 1 ? Number.NaN : kph))
  const distanceM = stepM.reduce((sum, metres) => sum + metres, 0)
  const seenM = stepM.reduce((sum, metres, row) => sum + metres * at(isSeen, row), 0)
  return { path: { ...path, stepM, isSeen, speedKph, distanceM, seenM }, carriedM: path.distanceM - distanceM }
}

/**
 * A stretch is carried when
 * - the engine stands still in all of the trip's movement and the ignition is never on: `engine-off` (a tow, a transporter; a
 *   hybrid runs its engine at some time, an electric car has none to report);
 * - or it moves for long, slowly and evenly as no road lets a car do, with the engine known to stand still (`engine-off`) or
 *   with accelerometer and gyroscope flat (`no-vehicle-dynamics`).
 */
export function findCarried(course: Course, rows: number, speedKph: Float64Array, thresholds: BehaviourThresholds): Carried {
  const isCarried = new Uint8Array(rows)
  if (neverRan(course, rows, speedKph, thresholds)) return { isCarried: isCarried.fill(1), reason: 'engine-off' }
  let reason: CarriedReason | undefined
  let longestMs = 0
  for (let first = 0; first < rows; first += 1) {
    if (!isMoving(speedKph, first, thresholds)) continue
    let last = first
    while (last + 1 < rows && isMoving(speedKph, last + 1, thresholds)) last += 1
    const lastsMs = at(course.tMs, last) - at(course.tMs, first)
    const found = lastsMs >= thresholds.carried.lastsMsMin ? reasonOf(course, first, last, speedKph, thresholds) : undefined
    if (found !== undefined) {
      isCarried.fill(1, first, last + 1)
      if (lastsMs > longestMs) [longestMs, reason] = [lastsMs, found]
    }
    first = last
  }
  return { isCarried, reason }
}

function isMoving(speedKph: Float64Array, row: number, { trip }: BehaviourThresholds): boolean {
  return at(speedKph, row) >= trip.movingKph
}

function neverRan(course: Course, rows: number, speedKph: Float64Array, thresholds: BehaviourThresholds): boolean {
  let moving = 0
  let told = 0
  for (let row = 0; row < rows; row += 1) {
    if (at(course.ignition, row) === 1 || at(course.engineRpm, row) > 0) return false
    if (!isMoving(speedKph, row, thresholds)) continue
    moving += 1
    if (at(course.engineRpm, row) === 0) told += 1
  }
  return told > 0 && told >= moving * thresholds.carried.toldShareMin
}

function reasonOf(
  course: Course,
  first: number,
  last: number,
  speedKph: Float64Array,
  { carried }: BehaviourThresholds,
): CarriedReason | undefined {
  const rows = last - first + 1
  let fastestKph = 0
  let variationKph = 0
  let markedRow = first
  let stopped = 0
  let still = 0
  for (let row = first; row <= last; row += 1) {
    if (at(course.ignition, row) === 1) return undefined
    fastestKph = Math.max(fastestKph, at(speedKph, row))
    if (at(course.tMs, row) - at(course.tMs, markedRow) >= carried.sampleMs) {
      variationKph += Math.abs(at(speedKph, row) - at(speedKph, markedRow))
      markedRow = row
    }
    if (at(course.engineRpm, row) > 0) return undefined
    if (at(course.engineRpm, row) === 0) stopped += 1
    if (isStill(course, row, carried)) still += 1
  }
  const lastsS = (at(course.tMs, last) - at(course.tMs, first)) / 1000
  if (fastestKph > carried.kphMax || variationKph / 3.6 / lastsS > carried.variationMps2Max) return undefined
  if (stopped >= rows * carried.toldShareMin) return 'engine-off'
  return still >= rows * carried.toldShareMin ? 'no-vehicle-dynamics' : undefined
}

function isStill(course: Course, row: number, { flatMps2Max, flatDegPerSMax }: BehaviourThresholds['carried']): boolean {
  return (
    Math.abs(at(course.longitudinalMps2, row)) <= flatMps2Max &&
    Math.abs(at(course.lateralMps2, row)) <= flatMps2Max &&
    Math.abs(at(course.yawDegPerS, row)) <= flatDegPerSMax
  )
}
