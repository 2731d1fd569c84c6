// What a score needs to know of a trip, gathered reading by reading in constant memory: accelerations as shares of what is
// tolerable at the speed driven, speed against the limit, speeds, hours. What these are worth is decided by trip-score.ts.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { type Fix, fixOf, metresBetween } from '../behaviour/fix.ts'
import type { LocalClock } from '../behaviour/local-clock.ts'
import { isNight } from '../behaviour/night.ts'
import { addToHeat, emptyHeat, type HeatSeconds } from './heat-map.ts'
import { addValue, closeBlock, emptyMoments, type LaggedMoments } from './lagged-moments.ts'

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
  fix: Fix | undefined
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
    fix: undefined,
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

/** One row of what a vehicle said; NaN where it said nothing. Mutable, so that one can be used for a whole trip. */
export interface Sample {
  tMs: number
  speedKph: number
  latitude: number
  longitude: number
  headingDegrees: number
  limitKph: number
  longitudinalMps2: number
  lateralMps2: number
  yawDegPerS: number
}

export function emptySample(): Sample {
  return {
    tMs: Number.NaN,
    speedKph: Number.NaN,
    latitude: Number.NaN,
    longitude: Number.NaN,
    headingDegrees: Number.NaN,
    limitKph: Number.NaN,
    longitudinalMps2: Number.NaN,
    lateralMps2: Number.NaN,
    yawDegPerS: Number.NaN,
  }
}

/** @param sample filled anew from the reading */
export function addReading(profile: DrivingProfile, reading: VehicleReading, clock: LocalClock, sample = emptySample()): void {
  const { values } = reading
  const fix = fixOf(reading)
  sample.tMs = reading.takenAtMs
  // A receiver without a fix sends zeros for everything, its speed included.
  sample.speedKph = values.Speed === 0 && values.Latitude === 0 ? Number.NaN : (values.Speed ?? Number.NaN)
  sample.latitude = fix?.latitude ?? Number.NaN
  sample.longitude = fix?.longitude ?? Number.NaN
  sample.headingDegrees = values.Heading ?? Number.NaN
  sample.limitKph = values.SpeedLimit ?? Number.NaN
  sample.longitudinalMps2 = values.AccelerationLongitudinal ?? Number.NaN
  sample.lateralMps2 = values.AccelerationLateral ?? Number.NaN
  sample.yawDegPerS = values.AngularVelocityYaw ?? Number.NaN
  addSample(profile, sample, clock)
}

/** What is not later than the sample before is left out, and so is every value that no vehicle can have. */
export function addSample(profile: DrivingProfile, sample: Sample, clock: LocalClock): void {
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
    addSpeed(profile, tMs, toldKph, clock)
  }
  if (Number.isFinite(sample.latitude) && Number.isFinite(sample.longitude)) addFix(profile, sample, clock)

  const isSpeedKnown = tMs - profile.speedAtMs <= speedHoldMs
  if (isSpeedKnown && profile.speedKph < movingKph) return
  if (!isSpeedKnown && stepMs <= stepMsMax && tMs - profile.speedAtMs > stepMsMax) {
    const seconds = stepMs / 1000
    profile.movingS += seconds
    if (isNight(clock.minuteOfDay(tMs))) profile.nightS += seconds
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

function addSpeed(profile: DrivingProfile, tMs: number, kph: number, clock: LocalClock): void {
  const stepMs = tMs - profile.speedAtMs
  if (stepMs <= stepMsMax) {
    const seconds = stepMs / 1000
    const meanKph = (kph + profile.speedKph) / 2
    profile.distanceM += (meanKph / 3.6) * seconds
    if (meanKph >= movingKph) {
      profile.movingS += seconds
      if (isNight(clock.minuteOfDay(tMs))) profile.nightS += seconds
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
function addFix(profile: DrivingProfile, sample: Sample, clock: LocalClock): void {
  const last = profile.fix
  if (last !== undefined && sample.tMs - last.tMs < slopeMsMin) return
  const fix: Fix = { tMs: sample.tMs, latitude: sample.latitude, longitude: sample.longitude }
  profile.fix = fix
  if (last === undefined || fix.tMs - last.tMs > stepMsMax) return
  const kph = (metresBetween(last, fix) / (fix.tMs - last.tMs)) * 3600
  if (!(kph <= fixJumpKph)) return
  if (profile.speedFromFix || fix.tMs - profile.speedAtMs > stepMsMax) {
    profile.speedFromFix = true
    addSpeed(profile, fix.tMs, kph, clock)
  }
  if (kph < courseKphMin || !Number.isNaN(sample.headingDegrees) || !Number.isNaN(sample.yawDegPerS)) return
  const north = fix.latitude - last.latitude
  const east = (fix.longitude - last.longitude) * Math.cos((fix.latitude * Math.PI) / 180)
  addCourse(profile, fix.tMs, (Math.atan2(east, north) * 180) / Math.PI)
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
