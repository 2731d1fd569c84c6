// The readings of one trip as columns, cleaned while they are appended: no fix, jumps, a frozen receiver and impossible speeds
// become "not known" (NaN). What is appended never depends on what comes after, so a trip still being driven measures like a
// finished one.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { type Fix, fixOf, metresBetween } from './fix.ts'
import { known } from './known.ts'
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
  /** Length of the acceleration as it was sent, faults and all: what no driving reaches may be a crash. */
  readonly shockMps2: number[]
  readonly yawDegPerS: number[]
  readonly engineRpm: number[]
  readonly odometerKm: number[]
  /** 1 handled, 0 not handled. */
  readonly phone: number[]
  /** 1 on, 0 off. */
  readonly ignition: number[]
  /** What was left out of the row: the sum of `faults`. */
  readonly faults: number[]
  readonly cleaning: Cleaning
}

/** Powers of two. */
export const faults = { jumpedFix: 1, frozenFix: 2, impossibleSpeed: 4, notANumber: 8, timeBackwards: 16 } as const

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
    shockMps2: [],
    yawDegPerS: [],
    engineRpm: [],
    odometerKm: [],
    phone: [],
    ignition: [],
    faults: [],
    cleaning: { fix: undefined, doubtedFix: undefined, speed: undefined, doubtedSpeed: undefined },
  }
}

/** A reading that is not later than the one before it is left out, and the row before says so. */
export function appendReading(course: Course, reading: VehicleReading, thresholds = behaviourThresholds): void {
  const { values, takenAtMs: tMs } = reading
  const last = course.tMs.length - 1
  if (!Number.isFinite(tMs) || tMs <= (course.tMs[last] ?? Number.NEGATIVE_INFINITY)) {
    if (last >= 0) course.faults[last] = (course.faults[last] ?? 0) | faults.timeBackwards
    return
  }
  const speed = believedSpeed(course.cleaning, reading, thresholds)
  const position = believedFix(course.cleaning, fixOf(reading), tMs, thresholds)
  course.tMs.push(tMs)
  course.speedKph.push(speed.kph)
  course.latitude.push(position.fix?.latitude ?? Number.NaN)
  course.longitude.push(position.fix?.longitude ?? Number.NaN)
  course.limitKph.push(known(values.SpeedLimit) ?? Number.NaN)
  course.longitudinalMps2.push(plausible(values.AccelerationLongitudinal, thresholds))
  course.lateralMps2.push(plausible(values.AccelerationLateral, thresholds))
  course.shockMps2.push(lengthOf(values.AccelerationLongitudinal, values.AccelerationLateral))
  course.yawDegPerS.push(known(values.AngularVelocityYaw) ?? Number.NaN)
  course.engineRpm.push(known(values.EngineSpeed) ?? Number.NaN)
  course.odometerKm.push(known(values.TraveledDistance) ?? Number.NaN)
  course.phone.push(toNumber(values.PhoneHandling))
  course.ignition.push(toNumber(values.Ignition))
  course.faults.push(speed.fault | position.fault | (Object.values(values).some(isBroken) ? faults.notANumber : 0))
}

/** Number of leading rows taken at or before the instant. */
export function rowsUntil(course: Course, endMs: number): number {
  let rows = course.tMs.length
  while (rows > 0 && (course.tMs[rows - 1] ?? 0) > endMs) rows -= 1
  return rows
}

function toNumber(value: boolean | undefined): number {
  return value === undefined ? Number.NaN : value ? 1 : 0
}

function isBroken(value: number | boolean | undefined): boolean {
  return typeof value === 'number' && !Number.isFinite(value)
}

/** m/s²; NaN where neither axis is known. */
function lengthOf(longitudinal: number | undefined, lateral: number | undefined): number {
  const [x, y] = [known(longitudinal), known(lateral)]
  return x === undefined && y === undefined ? Number.NaN : Math.sqrt((x ?? 0) ** 2 + (y ?? 0) ** 2)
}

function plausible(value: number | undefined, thresholds: BehaviourThresholds): number {
  const mps2 = known(value)
  return mps2 === undefined || Math.abs(mps2) > thresholds.signal.accelerationMps2Max ? Number.NaN : mps2
}

function believedFix(
  cleaning: Cleaning,
  fix: Fix | undefined,
  tMs: number,
  { signal }: BehaviourThresholds,
): { readonly fix?: Fix; readonly fault: number } {
  if (fix === undefined) return { fault: 0 }
  const { fix: last, speed } = cleaning
  // A receiver that stands still while the wheels turn repeats its last position.
  const isMoving = speed !== undefined && tMs - speed.tMs <= signal.speedHoldMs && speed.kph >= signal.frozenKphMin
  if (isMoving && last?.latitude === fix.latitude && last.longitude === fix.longitude) return { fault: faults.frozenFix }
  const isReachable = (from: Fix | undefined): boolean =>
    from !== undefined && (metresBetween(from, fix) / Math.max(fix.tMs - from.tMs, slopeMsMin)) * 3600 <= signal.fixJumpKph
  if (last !== undefined && !isReachable(last) && !isReachable(cleaning.doubtedFix)) {
    cleaning.doubtedFix = fix
    return { fault: faults.jumpedFix }
  }
  cleaning.fix = fix
  cleaning.doubtedFix = undefined
  return { fix, fault: 0 }
}

function believedSpeed(
  cleaning: Cleaning,
  reading: VehicleReading,
  { signal }: BehaviourThresholds,
): { readonly kph: number; readonly fault: number } {
  const { Latitude, Longitude } = reading.values
  const kph = known(reading.values.Speed)
  // A receiver without a fix sends zeros for everything, its speed included.
  if (kph === undefined || (kph === 0 && Latitude === 0 && Longitude === 0)) return { kph: Number.NaN, fault: 0 }
  const tMs = reading.takenAtMs
  const isReachable = (from: Timed | undefined): boolean =>
    from !== undefined &&
    Math.abs(kph - from.kph) / 3.6 <= (signal.accelerationMps2Max * Math.max(tMs - from.tMs, slopeMsMin)) / 1000
  if (cleaning.speed !== undefined && !isReachable(cleaning.speed) && !isReachable(cleaning.doubtedSpeed)) {
    cleaning.doubtedSpeed = { tMs, kph }
    return { kph: Number.NaN, fault: faults.impossibleSpeed }
  }
  cleaning.speed = { tMs, kph }
  cleaning.doubtedSpeed = undefined
  return { kph, fault: 0 }
}
