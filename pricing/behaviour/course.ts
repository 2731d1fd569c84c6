// The readings of one trip as columns, cleaned while they are appended: no fix, jumps and impossible speeds become "not
// known" (NaN). What is appended never depends on what comes after, so a trip still being driven measures like a finished one.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { type Fix, fixOf, metresBetween } from './fix.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'

/** Columns of equal length; NaN where a reading had no usable value. */
export interface Course {
  readonly tMs: number[]
  readonly speedKph: number[]
  readonly latitude: number[]
  readonly longitude: number[]
  readonly limitKph: number[]
  readonly longitudinalMps2: number[]
  readonly lateralMps2: number[]
  readonly yawDegPerS: number[]
  readonly odometerKm: number[]
  /** 1 handled, 0 not handled. */
  readonly phone: number[]
  readonly cleaning: Cleaning
}

/** The last value that was believed, and one that was not: a second value that agrees with the doubted one is believed. */
interface Cleaning {
  fix: Fix | undefined
  doubtedFix: Fix | undefined
  speed: Timed | undefined
  doubtedSpeed: Timed | undefined
}

interface Timed {
  readonly tMs: number
  readonly kph: number
}

/** Repeated or near-simultaneous samples would turn one digit of resolution into an impossible slope. */
const slopeMsMin = 1000

export function emptyCourse(): Course {
  return {
    tMs: [],
    speedKph: [],
    latitude: [],
    longitude: [],
    limitKph: [],
    longitudinalMps2: [],
    lateralMps2: [],
    yawDegPerS: [],
    odometerKm: [],
    phone: [],
    cleaning: { fix: undefined, doubtedFix: undefined, speed: undefined, doubtedSpeed: undefined },
  }
}

export function appendReading(course: Course, reading: VehicleReading, thresholds = behaviourThresholds): void {
  const { values } = reading
  const fix = believedFix(course.cleaning, fixOf(reading), thresholds)
  course.tMs.push(reading.takenAtMs)
  course.speedKph.push(believedSpeed(course.cleaning, reading, thresholds))
  course.latitude.push(fix?.latitude ?? Number.NaN)
  course.longitude.push(fix?.longitude ?? Number.NaN)
  course.limitKph.push(values.SpeedLimit ?? Number.NaN)
  course.longitudinalMps2.push(plausible(values.AccelerationLongitudinal, thresholds))
  course.lateralMps2.push(plausible(values.AccelerationLateral, thresholds))
  course.yawDegPerS.push(values.AngularVelocityYaw ?? Number.NaN)
  course.odometerKm.push(values.TraveledDistance ?? Number.NaN)
  course.phone.push(values.PhoneHandling === undefined ? Number.NaN : values.PhoneHandling ? 1 : 0)
}

/** Number of leading rows taken at or before the instant. */
export function rowsUntil(course: Course, endMs: number): number {
  let rows = course.tMs.length
  while (rows > 0 && (course.tMs[rows - 1] ?? 0) > endMs) rows -= 1
  return rows
}

function plausible(mps2: number | undefined, thresholds: BehaviourThresholds): number {
  return mps2 === undefined || Math.abs(mps2) > thresholds.signal.accelerationMps2Max ? Number.NaN : mps2
}

function believedFix(cleaning: Cleaning, fix: Fix | undefined, thresholds: BehaviourThresholds): Fix | undefined {
  if (fix === undefined) return undefined
  const isReachable = (from: Fix | undefined): boolean =>
    from !== undefined &&
    (metresBetween(from, fix) / Math.max(fix.tMs - from.tMs, slopeMsMin)) * 3600 <= thresholds.signal.fixJumpKph
  if (cleaning.fix !== undefined && !isReachable(cleaning.fix) && !isReachable(cleaning.doubtedFix)) {
    cleaning.doubtedFix = fix
    return undefined
  }
  cleaning.fix = fix
  cleaning.doubtedFix = undefined
  return fix
}

function believedSpeed(cleaning: Cleaning, reading: VehicleReading, thresholds: BehaviourThresholds): number {
  const { Speed: kph, Latitude, Longitude } = reading.values
  // A receiver without a fix sends zeros for everything, its speed included.
  if (kph === undefined || (kph === 0 && Latitude === 0 && Longitude === 0)) return Number.NaN
  const tMs = reading.takenAtMs
  const isReachable = (from: Timed | undefined): boolean =>
    from !== undefined &&
    Math.abs(kph - from.kph) / 3.6 <= (thresholds.signal.accelerationMps2Max * Math.max(tMs - from.tMs, slopeMsMin)) / 1000
  if (cleaning.speed !== undefined && !isReachable(cleaning.speed) && !isReachable(cleaning.doubtedSpeed)) {
    cleaning.doubtedSpeed = { tMs, kph }
    return Number.NaN
  }
  cleaning.speed = { tMs, kph }
  cleaning.doubtedSpeed = undefined
  return kph
}
