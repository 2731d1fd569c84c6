// Cleans readings one by one: jumps, a frozen receiver and impossible speeds become "not known" (NaN), and the sample says so. What is
// believed never depends on what comes after, so a trip still being driven measures like a finished one.

import { metresBetween } from './place.ts'
import { faults, type Sample } from './sample.ts'
import type { BehaviourThresholds } from './thresholds.ts'

/** The last value that was believed, and one that was not: a second value that agrees with the doubted one is believed. */
export interface Cleaning {
  fixAtMs: number
  latitude: number
  longitude: number
  doubtedFixAtMs: number
  doubtedLatitude: number
  doubtedLongitude: number
  speedAtMs: number
  speedKph: number
  doubtedSpeedAtMs: number
  doubtedSpeedKph: number
}

/** Repeated or near-simultaneous samples would turn one digit of resolution into an impossible slope. */
const slopeMsMin = 1000
/** At most 67 m, which is slower than a jump even in `slopeMsMin`. */
const nearDegrees = 0.0006

export function noCleaning(): Cleaning {
  return {
    fixAtMs: Number.NaN,
    latitude: Number.NaN,
    longitude: Number.NaN,
    doubtedFixAtMs: Number.NaN,
    doubtedLatitude: Number.NaN,
    doubtedLongitude: Number.NaN,
    speedAtMs: Number.NaN,
    speedKph: Number.NaN,
    doubtedSpeedAtMs: Number.NaN,
    doubtedSpeedKph: Number.NaN,
  }
}

/** Takes out of the sample what is not believed. */
export function cleanSample(cleaning: Cleaning, sample: Sample, { signal }: BehaviourThresholds): void {
  cleanSpeed(cleaning, sample, signal)
  cleanFix(cleaning, sample, signal)
  if (!(Math.abs(sample.longitudinalMps2) <= signal.accelerationMps2Max)) sample.longitudinalMps2 = Number.NaN
  if (!(Math.abs(sample.lateralMps2) <= signal.accelerationMps2Max)) sample.lateralMps2 = Number.NaN
}

function cleanSpeed(cleaning: Cleaning, sample: Sample, signal: BehaviourThresholds['signal']): void {
  const { tMs, speedKph: kph } = sample
  if (Number.isNaN(kph)) return
  if (kph === 0 && (sample.faults & faults.noFix) !== 0) {
    sample.speedKph = Number.NaN
    return
  }
  const isFirst = Number.isNaN(cleaning.speedAtMs)
  if (
    !isFirst &&
    !isSpeedReachable(cleaning.speedAtMs, cleaning.speedKph, tMs, kph, signal) &&
    !isSpeedReachable(cleaning.doubtedSpeedAtMs, cleaning.doubtedSpeedKph, tMs, kph, signal)
  ) {
    cleaning.doubtedSpeedAtMs = tMs
    cleaning.doubtedSpeedKph = kph
    sample.speedKph = Number.NaN
    sample.faults |= faults.impossibleSpeed
    return
  }
  cleaning.speedAtMs = tMs
  cleaning.speedKph = kph
  cleaning.doubtedSpeedAtMs = Number.NaN
}

/** False where nothing was known. */
function isSpeedReachable(
  fromMs: number,
  fromKph: number,
  tMs: number,
  kph: number,
  signal: BehaviourThresholds['signal'],
): boolean {
  return Math.abs(kph - fromKph) / 3.6 <= (signal.accelerationMps2Max * Math.max(tMs - fromMs, slopeMsMin)) / 1000
}

function cleanFix(cleaning: Cleaning, sample: Sample, signal: BehaviourThresholds['signal']): void {
  const { tMs, latitude, longitude } = sample
  if (Number.isNaN(latitude)) return
  // A receiver that stands still while the wheels turn repeats its last position.
  const isMoving = tMs - cleaning.speedAtMs <= signal.speedHoldMs && cleaning.speedKph >= signal.frozenKphMin
  const isFrozen = isMoving && cleaning.latitude === latitude && cleaning.longitude === longitude
  const isFirst = Number.isNaN(cleaning.fixAtMs)
  if (
    isFrozen ||
    (!isFirst &&
      !isReachable(cleaning.fixAtMs, cleaning.latitude, cleaning.longitude, sample, signal) &&
      !isReachable(cleaning.doubtedFixAtMs, cleaning.doubtedLatitude, cleaning.doubtedLongitude, sample, signal))
  ) {
    sample.latitude = Number.NaN
    sample.longitude = Number.NaN
    sample.faults |= isFrozen ? faults.frozenFix : faults.jumpedFix
    if (isFrozen) return
    cleaning.doubtedFixAtMs = tMs
    cleaning.doubtedLatitude = latitude
    cleaning.doubtedLongitude = longitude
    return
  }
  cleaning.fixAtMs = tMs
  cleaning.latitude = latitude
  cleaning.longitude = longitude
  cleaning.doubtedFixAtMs = Number.NaN
}

/** False where nothing was known. */
function isReachable(
  fromMs: number,
  fromLatitude: number,
  fromLongitude: number,
  { tMs, latitude, longitude }: Sample,
  { fixJumpKph }: BehaviourThresholds['signal'],
): boolean {
  if (Number.isNaN(fromMs)) return false
  // What is this near is in reach of a second, and needs no cosine.
  if (Math.abs(latitude - fromLatitude) + Math.abs(longitude - fromLongitude) <= nearDegrees) return true
  const metres = metresBetween(fromLatitude, fromLongitude, latitude, longitude)
  return (metres / Math.max(tMs - fromMs, slopeMsMin)) * 3600 <= fixJumpKph
}
