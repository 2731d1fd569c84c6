// What a score needs to know of a trip, gathered reading by reading in constant memory: accelerations as shares of what is
// tolerable at the speed driven, speed against the limit, speeds, hours. What these are worth is decided by trip-score.ts.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { LocalClock } from '../behaviour/local-clock.ts'
import { isNight } from '../behaviour/night.ts'
import { metresBetween } from '../behaviour/place.ts'
import { emptySample, faults, readSample, type Sample } from '../behaviour/sample.ts'
import { addToHeat, emptyHeat, type HeatSeconds } from './heat-map.ts'
import { addValue, closeBlock, copyMoments, emptyMoments, type LaggedMoments } from './lagged-moments.ts'

/** Faster than this is moving; slower is standing, parking, creeping in a queue. */
const movingKph = 5
/** A speed stands for this long; */
const speedHoldMs = 2500
/** a limit longer: some devices tell it only where it changes. */
const limitHoldMs = 30_000
/** A longer step between two speeds was not seen. */
const stepMsMax = 10_000
/** Slopes over less than this would turn one digit of resolution into an acceleration; over more they tell of nothing. */
const slopeMsMin = 750
const slopeMsMax = 2500
/** Coordinates jitter by metres; slower than this they have no direction. */
const courseKphMin = 15
/** Tilted mountings, slopes and cambers add what changes slowly. */
const biasSeconds = 40
/** Where the speed is not known: that of a street. */
const assumedKph = 40
const accelerationMps2Max = 9
const speedKphMax = 400
const fixJumpKph = 250
/** The last instant a calendar knows. */
const instantMsMax = 8.64e15
const standardGravityMps2 = 9.80665
/** Histogram of speeds in steps of 1 km/h; what is faster counts in the last. */
export const speedBuckets = 256
/** Excess over the limit starts to count just below it and counts fully at 30 % above. */
const ratioFrom = 0.95
const ratioFull = 1.3

/** Mutable; filled by `addReading`, read by `scoreOf`. */
export interface DrivingProfile {
  /** Shares of the tolerable acceleration. */
  readonly longitudinal: LaggedMoments
  readonly speedSlope: LaggedMoments
  readonly lateral: LaggedMoments
  readonly turning: LaggedMoments
  readonly heat: HeatSeconds
  readonly longitudinalBias: Bias
  readonly lateralBias: Bias
  /** Seconds at each whole km/h while moving. */
  readonly secondsAtKph: Float64Array
  firstMs: number
  lastMs: number
  readings: number
  movingS: number
  /** Of it, without a speed: what was tolerable is not known. */
  blindS: number
  nightS: number
  distanceM: number
  limitS: number
  /** Σ seconds × excess over the limit, 0 to 1. */
  excessS: number
  overLimitS: number
  speedFromFix: boolean
  speedAtMs: number
  speedKph: number
  /** At that speed. */
  tolerableMps2: number
  slopeFromMs: number
  slopeFromKph: number
  limitAtMs: number
  limitKph: number
  fixAtMs: number
  latitude: number
  longitude: number
  courseAtMs: number
  courseDegrees: number
}

interface Bias {
  mps2: number
  seconds: number
  atMs: number
}

export function emptyProfile(): DrivingProfile {
  return {
    longitudinal: emptyMoments(),
    speedSlope: emptyMoments(),
    lateral: emptyMoments(),
    turning: emptyMoments(),
    heat: emptyHeat(),
    longitudinalBias: { mps2: 0, seconds: 0, atMs: Number.NaN },
    lateralBias: { mps2: 0, seconds: 0, atMs: Number.NaN },
    secondsAtKph: new Float64Array(speedBuckets),
    firstMs: Number.NaN,
    lastMs: Number.NEGATIVE_INFINITY,
    readings: 0,
    movingS: 0,
    blindS: 0,
    nightS: 0,
    distanceM: 0,
    limitS: 0,
    excessS: 0,
    overLimitS: 0,
    speedFromFix: false,
    speedAtMs: Number.NEGATIVE_INFINITY,
    speedKph: Number.NaN,
    tolerableMps2: Number.NaN,
    slopeFromMs: Number.NaN,
    slopeFromKph: Number.NaN,
    limitAtMs: Number.NEGATIVE_INFINITY,
    limitKph: Number.NaN,
    fixAtMs: Number.NaN,
    latitude: Number.NaN,
    longitude: Number.NaN,
    courseAtMs: Number.NaN,
    courseDegrees: Number.NaN,
  }
}

/**
 * The largest acceleration, m/s², that drivers and passengers tolerate at a speed, in any direction along the road: Eboli,
 * Mazzulla and Pungillo, "Combining speed and acceleration to define car users' safe or unsafe driving behaviour" (2016).
 */
export function tolerableMps2(speedKph: number): number {
  const v = Math.min(speedKph, 150) / 100
  return standardGravityMps2 * (0.198 * v * v - 0.592 * v + 0.569)
}

/** @param sample filled anew from the reading */
export function addReading(profile: DrivingProfile, reading: VehicleReading, clock: LocalClock, sample = emptySample()): void {
  readSample(sample, reading)
  // A receiver without a fix sends zeros for everything, its speed included.
  if (sample.speedKph === 0 && (sample.faults & faults.noFix) !== 0) sample.speedKph = Number.NaN
  if (!(Math.abs(sample.tMs) <= instantMsMax)) return
  addSample(profile, sample, isNight(clock.minuteOfDay(sample.tMs)))
}

/** Makes one profile what the other is. */
export function copyProfile(from: DrivingProfile, into: DrivingProfile): void {
  copyMoments(from.longitudinal, into.longitudinal)
  copyMoments(from.speedSlope, into.speedSlope)
  copyMoments(from.lateral, into.lateral)
  copyMoments(from.turning, into.turning)
  into.heat.set(from.heat)
  copyBias(from.longitudinalBias, into.longitudinalBias)
  copyBias(from.lateralBias, into.lateralBias)
  into.secondsAtKph.set(from.secondsAtKph)
  into.firstMs = from.firstMs
  into.lastMs = from.lastMs
  into.readings = from.readings
  into.movingS = from.movingS
  into.blindS = from.blindS
  into.nightS = from.nightS
  into.distanceM = from.distanceM
  into.limitS = from.limitS
  into.excessS = from.excessS
  into.overLimitS = from.overLimitS
  into.speedFromFix = from.speedFromFix
  into.speedAtMs = from.speedAtMs
  into.speedKph = from.speedKph
  into.tolerableMps2 = from.tolerableMps2
  into.slopeFromMs = from.slopeFromMs
  into.slopeFromKph = from.slopeFromKph
  into.limitAtMs = from.limitAtMs
  into.limitKph = from.limitKph
  into.fixAtMs = from.fixAtMs
  into.latitude = from.latitude
  into.longitude = from.longitude
  into.courseAtMs = from.courseAtMs
  into.courseDegrees = from.courseDegrees
}

function copyBias(from: Bias, into: Bias): void {
  into.mps2 = from.mps2
  into.seconds = from.seconds
  into.atMs = from.atMs
}

/** What is not later than the sample before is left out, and so is every value that no vehicle can have. */
export function addSample(profile: DrivingProfile, sample: Sample, isAtNight: boolean): void {
  const { tMs, speedKph: toldKph, limitKph } = sample
  if (!(tMs > profile.lastMs && tMs <= instantMsMax)) return
  if (profile.readings === 0) profile.firstMs = tMs
  const stepMs = tMs - profile.lastMs
  profile.lastMs = tMs
  profile.readings += 1

  if (limitKph > 0 && limitKph <= speedKphMax) {
    profile.limitKph = limitKph
    profile.limitAtMs = tMs
  }
  if (toldKph >= 0 && toldKph <= speedKphMax) {
    profile.speedFromFix = false
    addSpeed(profile, tMs, toldKph, isAtNight)
  }
  if (!Number.isNaN(sample.latitude)) addFix(profile, sample, isAtNight)

  const isSpeedKnown = tMs - profile.speedAtMs <= speedHoldMs
  if (isSpeedKnown && profile.speedKph < movingKph) return
  if (!isSpeedKnown && stepMs <= stepMsMax && tMs - profile.speedAtMs > stepMsMax) {
    const seconds = stepMs / 1000
    profile.movingS += seconds
    profile.blindS += seconds
    if (isAtNight) profile.nightS += seconds
  }
  const tolerable = isSpeedKnown ? profile.tolerableMps2 : tolerableMps2(assumedKph)
  const { longitudinalMps2, lateralMps2, yawDegPerS, headingDegrees } = sample
  if (isPlausible(longitudinalMps2))
    addValue(profile.longitudinal, tMs, withoutBias(profile.longitudinalBias, tMs, longitudinalMps2) / tolerable)
  if (isPlausible(lateralMps2)) addValue(profile.lateral, tMs, withoutBias(profile.lateralBias, tMs, lateralMps2) / tolerable)
  if (!isSpeedKnown) return
  if (!Number.isNaN(yawDegPerS)) {
    const mps2 = ((profile.speedKph / 3.6) * yawDegPerS * Math.PI) / 180
    if (isPlausible(mps2)) addValue(profile.turning, tMs, mps2 / tolerable)
  } else if (!Number.isNaN(headingDegrees) && profile.speedKph >= courseKphMin) addCourse(profile, tMs, headingDegrees)
}

/** To be called before the profile is read; more readings may follow. */
export function settleProfile(profile: DrivingProfile): void {
  closeBlock(profile.longitudinal)
  closeBlock(profile.speedSlope)
  closeBlock(profile.lateral)
  closeBlock(profile.turning)
}

function addSpeed(profile: DrivingProfile, tMs: number, kph: number, isAtNight: boolean): void {
  const stepMs = tMs - profile.speedAtMs
  if (stepMs <= stepMsMax) {
    const seconds = stepMs / 1000
    const meanKph = (kph + profile.speedKph) / 2
    profile.distanceM += (meanKph / 3.6) * seconds
    if (meanKph >= movingKph) {
      profile.movingS += seconds
      if (isAtNight) profile.nightS += seconds
      const bucket = Math.min(Math.floor(meanKph), speedBuckets - 1)
      profile.secondsAtKph[bucket] = (profile.secondsAtKph[bucket] ?? 0) + seconds
      if (tMs - profile.limitAtMs <= limitHoldMs) {
        const ratio = meanKph / profile.limitKph
        profile.limitS += seconds
        profile.excessS += seconds * Math.min(1, Math.max(0, (ratio - ratioFrom) / (ratioFull - ratioFrom)))
        if (ratio > 1) profile.overLimitS += seconds
      }
    }
  }
  profile.speedAtMs = tMs
  profile.speedKph = kph
  profile.tolerableMps2 = tolerableMps2(kph)
  const slopeMs = tMs - profile.slopeFromMs
  if (slopeMs < slopeMsMin) return
  if (slopeMs <= slopeMsMax) {
    const mps2 = (kph - profile.slopeFromKph) / 3.6 / (slopeMs / 1000)
    const meanKph = (kph + profile.slopeFromKph) / 2
    if (meanKph >= movingKph && isPlausible(mps2)) {
      addValue(profile.speedSlope, tMs, mps2 / tolerableMps2(meanKph))
      addToHeat(profile.heat, meanKph, mps2, slopeMs / 1000)
    }
  }
  profile.slopeFromMs = tMs
  profile.slopeFromKph = kph
}

/** Speed and course out of coordinates, for devices that do not tell them. */
function addFix(profile: DrivingProfile, sample: Sample, isAtNight: boolean): void {
  const { tMs, latitude, longitude } = sample
  const { fixAtMs, latitude: lastLatitude, longitude: lastLongitude } = profile
  const stepMs = tMs - fixAtMs
  if (stepMs < slopeMsMin) return
  profile.fixAtMs = tMs
  profile.latitude = latitude
  profile.longitude = longitude
  if (!(stepMs <= stepMsMax)) return
  // Where speed and course are told, coordinates need not tell them.
  const hasSpeed = !profile.speedFromFix && tMs - profile.speedAtMs <= stepMsMax
  if (hasSpeed && !(Number.isNaN(sample.headingDegrees) && Number.isNaN(sample.yawDegPerS))) return
  const kph = (metresBetween(lastLatitude, lastLongitude, latitude, longitude) / stepMs) * 3600
  if (!(kph <= fixJumpKph)) return
  if (!hasSpeed) {
    profile.speedFromFix = true
    addSpeed(profile, tMs, kph, isAtNight)
  }
  if (kph < courseKphMin || !Number.isNaN(sample.headingDegrees) || !Number.isNaN(sample.yawDegPerS)) return
  const north = latitude - lastLatitude
  const east = (longitude - lastLongitude) * Math.cos((latitude * Math.PI) / 180)
  addCourse(profile, tMs, (Math.atan2(east, north) * 180) / Math.PI)
}

function addCourse(profile: DrivingProfile, tMs: number, degrees: number): void {
  const stepMs = tMs - profile.courseAtMs
  if (stepMs < slopeMsMin) return
  if (stepMs <= slopeMsMax) {
    const turned = ((((profile.courseDegrees - degrees + 180) % 360) + 360) % 360) - 180
    const mps2 = ((profile.speedKph / 3.6) * ((turned * Math.PI) / 180)) / (stepMs / 1000)
    if (isPlausible(mps2)) addValue(profile.turning, tMs, mps2 / profile.tolerableMps2)
  }
  profile.courseAtMs = tMs
  profile.courseDegrees = degrees
}

function withoutBias(bias: Bias, tMs: number, mps2: number): number {
  const stepS = Math.min(Math.max(tMs - bias.atMs, 0), 1000) / 1000 || 0
  bias.atMs = tMs
  bias.seconds = Math.min(bias.seconds + stepS, biasSeconds)
  bias.mps2 = bias.seconds === 0 ? mps2 : bias.mps2 + (mps2 - bias.mps2) * (stepS / bias.seconds)
  return mps2 - bias.mps2
}

/** False for NaN. */
function isPlausible(mps2: number): boolean {
  return Math.abs(mps2) <= accelerationMps2Max
}
