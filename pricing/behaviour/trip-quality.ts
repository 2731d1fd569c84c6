// How far a trip's figures can be trusted: its distance against coordinates and odometer, its clock against its movement, and
// by name whatever is doubtful. Nothing here counts for or against a driver.

import { type Course, faults } from './course.ts'
import { metresBetween } from './fix.ts'
import { at, type Path, placeOf } from './path.ts'
import type { BehaviourThresholds } from './thresholds.ts'

export const doubts = [
  /** Readings are missing for a part of the time. */
  'gaps',
  'jumped-position',
  /** The receiver repeated one position while the vehicle moved. */
  'frozen-position',
  'impossible-speed',
  /** One speed, to the last digit, for longer than anyone drives. */
  'constant-speed',
  /** Speed and coordinates differ as these units differ from km/h. */
  'speed-in-metres-per-second',
  'speed-in-knots',
  'speed-in-miles-per-hour',
  'speed-against-coordinates',
  'distance-against-odometer',
  /** The clock leapt ahead while the vehicle hardly moved. */
  'clock-leap',
  'time-backwards',
  'not-a-number',
  /** The facts are those of an earlier version, whose readings are gone. */
  'earlier-version',
] as const
export type Doubt = (typeof doubts)[number]

/** Another signal's distance over the part of the trip that both saw. */
export interface DistanceCheck {
  readonly metres: number
  /** Smaller over larger, 0 to 1. */
  readonly agreement: number
}

export interface TripQuality {
  readonly coordinates: DistanceCheck | undefined
  readonly odometer: DistanceCheck | undefined
  /** How far the distance can be trusted where it was seen: the least of the checks, 0 to 1. */
  readonly agreement: number
  /** Share of the time that the clock ran as the vehicle moved, 0 to 1. */
  readonly clockTrust: number
  /** How far the values themselves can be believed, 0 to 1: less for what stood still while the vehicle moved. */
  readonly valueTrust: number
  /** In the order above. */
  readonly doubts: readonly Doubt[]
}

/** km/h per unit that is mistaken for km/h. */
const mistakenUnits: readonly (readonly [Doubt, number])[] = [
  ['speed-in-metres-per-second', 3.6],
  ['speed-in-knots', 1.852],
  ['speed-in-miles-per-hour', 1.609344],
]

export function judgeQuality(course: Course, rows: number, path: Path, thresholds: BehaviourThresholds): TripQuality {
  const { quality } = thresholds
  const compared = compareWithCoordinates(course, rows, path, thresholds)
  const odometerM = odometerStepM(course, rows)
  const odometer =
    odometerM >= thresholds.signal.odometerKmMin * 1000
      ? { metres: odometerM, agreement: ratioOf(path.distanceM, odometerM) }
      : undefined
  const clockTrust = trustClock(course, rows, path, thresholds)
  const isConstant = constantMs(course, rows, path) > quality.constantMsMax && compared === undefined && odometer === undefined
  const frozenShare = shareFrozen(course, rows, quality.frozenMsMin)
  const found = new Set<Doubt>()
  if (path.completeness < quality.completenessMin) found.add('gaps')
  for (const [doubt, fault] of rowFaults) if (hasFault(course, rows, fault)) found.add(doubt)
  if (frozenShare > 0) found.add('frozen-position')
  if (isConstant) found.add('constant-speed')
  if (compared !== undefined && compared.agreement < quality.agreementMin)
    found.add(nameDisagreement(compared, quality.unitTolerance))
  if (odometer !== undefined && odometer.agreement < quality.agreementMin) found.add('distance-against-odometer')
  if (clockTrust < 1) found.add('clock-leap')
  return {
    coordinates: compared,
    odometer,
    agreement: Math.min(compared?.agreement ?? 1, odometer?.agreement ?? 1),
    clockTrust,
    valueTrust: (1 - frozenShare * quality.frozenCost) * (isConstant ? quality.constantTrust : 1),
    doubts: doubts.filter((doubt) => found.has(doubt)),
  }
}

const rowFaults: readonly (readonly [Doubt, number])[] = [
  ['jumped-position', faults.jumpedFix],
  ['impossible-speed', faults.impossibleSpeed],
  ['not-a-number', faults.notANumber],
  ['time-backwards', faults.timeBackwards],
]

function hasFault(course: Course, rows: number, fault: number): boolean {
  for (let row = 0; row < rows; row += 1) if ((at(course.faults, row) & fault) !== 0) return true
  return false
}

interface Compared extends DistanceCheck {
  readonly bySpeedM: number
}

/**
 * From fix to fix, only those far enough apart to be movement and not the receiver's noise; speeds are integrated over the same
 * time. Speeds half a minute apart say nothing of the way between them, so there is nothing to compare.
 */
function compareWithCoordinates(course: Course, rows: number, path: Path, { signal }: BehaviourThresholds): Compared | undefined {
  let metres = 0
  let bySpeedM = 0
  let sinceAnchorM = 0
  let anchor = -1
  let from = -1
  for (let row = 0; row < rows; row += 1) {
    if (!Number.isNaN(at(path.speedKph, row))) {
      const stepMs = from < 0 ? Number.POSITIVE_INFINITY : at(course.tMs, row) - at(course.tMs, from)
      if (stepMs <= signal.stepMsMax) sinceAnchorM += ((at(path.speedKph, from) + at(path.speedKph, row)) / 2) * (stepMs / 3600)
      else anchor = -1
      from = row
    }
    if (from !== row || Number.isNaN(at(course.latitude, row))) continue
    const awayM = anchor < 0 ? Number.NaN : metresBetween(placeOf(course, anchor), placeOf(course, row))
    if (awayM < signal.fixNoiseM && sinceAnchorM < signal.fixNoiseM) continue
    if (anchor >= 0) {
      metres += awayM
      bySpeedM += sinceAnchorM
    }
    anchor = row
    sinceAnchorM = 0
  }
  if (Math.max(metres, bySpeedM) < signal.checkDistanceMMin) return undefined
  return { metres, bySpeedM, agreement: ratioOf(bySpeedM, metres) }
}

function nameDisagreement({ metres, bySpeedM }: Compared, tolerance: number): Doubt {
  const ratio = metres / bySpeedM
  const unit = mistakenUnits.find(([, kphPerUnit]) => Math.abs(ratio / kphPerUnit - 1) <= tolerance)
  return unit?.[0] ?? 'speed-against-coordinates'
}

/** A step in which the vehicle, moving before and after, went far less than it must have: the time did not pass. */
function trustClock(course: Course, rows: number, path: Path, { signal, quality, trip }: BehaviourThresholds): number {
  const lastsMs = at(course.tMs, rows - 1) - at(course.tMs, 0)
  let leaptMs = 0
  for (let row = 1; row < rows; row += 1) {
    const stepMs = at(course.tMs, row) - at(course.tMs, row - 1)
    if (stepMs <= Math.max(signal.stepMsMax, path.seenMsMax)) continue
    const slowestKph = Math.min(at(path.speedKph, row - 1), at(path.speedKph, row))
    const straightM = metresBetween(placeOf(course, row - 1), placeOf(course, row))
    if (slowestKph >= trip.bridgeKphMin && straightM < (slowestKph / 3600) * stepMs * quality.leapShareMax) leaptMs += stepMs
  }
  return lastsMs > 0 ? 1 - leaptMs / lastsMs : 1
}

/** Share of the trip in which the receiver stood still for long; trackers that repeat a position for seconds are slow, not frozen. */
function shareFrozen(course: Course, rows: number, frozenMsMin: number): number {
  const lastsMs = at(course.tMs, rows - 1) - at(course.tMs, 0)
  let frozenMs = 0
  let believed = -1
  let isFrozen = false
  for (let row = 0; row <= rows; row += 1) {
    const isNewFix = row === rows || !Number.isNaN(at(course.latitude, row))
    if (!isNewFix) {
      isFrozen ||= (at(course.faults, row) & faults.frozenFix) !== 0
      continue
    }
    const sinceMs = at(course.tMs, Math.min(row, rows - 1)) - at(course.tMs, Math.max(believed, 0))
    if (isFrozen && sinceMs >= frozenMsMin) frozenMs += sinceMs
    believed = row
    isFrozen = false
  }
  return lastsMs > 0 ? frozenMs / lastsMs : 0
}

/** The longest time in which a moving vehicle reported one and the same speed. */
function constantMs(course: Course, rows: number, path: Path): number {
  let longestMs = 0
  let first = 0
  for (let row = 0; row < rows; row += 1) {
    if (at(path.speedKph, row) !== at(path.speedKph, first)) first = row
    if (at(path.speedKph, first) > 0) longestMs = Math.max(longestMs, at(course.tMs, row) - at(course.tMs, first))
  }
  return longestMs
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
