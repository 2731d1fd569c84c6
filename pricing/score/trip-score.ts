// One trip's score from 0 (worst) to 100 (best) and the figures it comes from. Every figure is a mean over moving time, so a
// long trip is not worse than a short one, and each trip starts with some minutes of ordinary driving to its credit, so that no
// single event decides a score.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { localClock } from '../behaviour/local-clock.ts'
import { addReading, type DrivingProfile, emptyProfile, settleProfile, speedBuckets } from './driving-profile.ts'
import { changing, type LaggedMoments, sustained } from './lagged-moments.ts'

export type ScoreComponent = 'smoothness' | 'speed' | 'cornering' | 'timeOfDay' | 'distance'

export interface ScoredComponent {
  /** 0 worst … 100 best; null when nothing is known, or when the component only says how much was driven. */
  readonly value: number | null
  readonly figure: number | null
  readonly unit: string
}

export interface TripScore {
  /** 0 worst … 100 best; what is not known counts neither way. */
  readonly score: number
  /** How much the readings support it, 0 to 1. */
  readonly confidence: number
  readonly components: Readonly<Record<ScoreComponent, ScoredComponent>>
}

/** Ordinary driving every trip starts with. */
export const creditS = 300
/** Mean squares of the share of the tolerable acceleration: of ordinary driving, and where half the points are gone. */
const ordinarySquare = 0.03
const halfSquare = 0.06
/** The change within a second is worth as much as twice the acceleration that lasts. */
const changeWeight = 0.5
const weights = { smoothness: 0.35, speed: 0.3, cornering: 0.3, timeOfDay: 0.05 } as const
/** Speeds compared only with each other say less than speeds compared with a limit. */
const freeFlowWeight = 0.1
/** Excess over the limit of ordinary driving, 0 to 1. */
const ordinaryExcess = 0.1
/** A score of less moving time than this is uncertain. */
const confidentS = 600

/**
 * @param readings of one device in order of time; others are left out
 * @param timeZone IANA name
 */
export function tripScore(readings: readonly VehicleReading[], timeZone: string): TripScore {
  const profile = emptyProfile()
  const clock = localClock(timeZone)
  for (const reading of readings) addReading(profile, reading, clock)
  return scoreOf(profile)
}

export function scoreOf(profile: DrivingProfile): TripScore {
  settleProfile(profile)
  const longitudinal = squareOf(profile, profile.longitudinal, profile.speedSlope)
  const lateral = squareOf(profile, profile.lateral, profile.turning)
  const speed = speedChoice(profile)
  const nightShare = profile.movingS > 0 ? profile.nightS / profile.movingS : undefined
  const values = {
    smoothness: valueOfSquare(profile, longitudinal?.square),
    speed: speed.value,
    cornering: valueOfSquare(profile, lateral?.square),
    timeOfDay: nightShare === undefined ? null : 100 * (1 - nightShare),
  }
  const used = { ...weights, speed: speed.weight }
  let weight = 0
  let sum = 0
  for (const name of ['smoothness', 'speed', 'cornering', 'timeOfDay'] as const) {
    const value = values[name]
    if (value === null) continue
    weight += used[name]
    sum += used[name] * value
  }
  const known = weight / (weights.smoothness + weights.speed + weights.cornering + weights.timeOfDay)
  const enough = Math.min(1, profile.movingS / confidentS)
  const sensed = Math.min(longitudinal?.trust ?? 0.3, lateral?.trust ?? 0.3)
  return {
    score: weight === 0 ? 50 : rounded(sum / weight, 2),
    confidence: rounded(enough * known * sensed * (profile.speedFromFix ? 0.5 : 1), 3),
    components: {
      smoothness: component(values.smoothness, percentOf(longitudinal?.square), '% of tolerable acceleration, RMS'),
      speed: component(speed.value, speed.figure, speed.unit),
      cornering: component(values.cornering, percentOf(lateral?.square), '% of tolerable acceleration, RMS'),
      timeOfDay: component(values.timeOfDay, nightShare === undefined ? null : 100 * nightShare, '% of moving time at night'),
      distance: component(null, profile.distanceM > 0 ? profile.distanceM / 1000 : null, 'km'),
    },
  }
}

interface Square {
  readonly square: number
  readonly trust: number
}

/** From the sensor and from speed or course; where both are known they are worth the same, as each has faults of its own. */
function squareOf(profile: DrivingProfile, sensor: LaggedMoments, kinematic: LaggedMoments): Square | undefined {
  const enoughS = Math.min(profile.movingS, 10) / 2
  const found: number[] = []
  for (const moments of [sensor, kinematic])
    if (moments.oneS > 0 && moments.oneS >= enoughS) found.push(sustained(moments) + changeWeight * changing(moments))
  if (found.length === 0) return undefined
  const covered = Math.max(sensor.oneS, kinematic.oneS) / Math.max(profile.movingS, 1)
  return {
    square: found.reduce((sum, square) => sum + square, 0) / found.length,
    trust: Math.min(1, covered) * (sensor.oneS > 0 ? 1 : 0.8),
  }
}

function valueOfSquare(profile: DrivingProfile, square: number | undefined): number | null {
  if (square === undefined) return null
  const credited = (square * profile.movingS + ordinarySquare * creditS) / (profile.movingS + creditS)
  return 100 / (1 + credited / halfSquare)
}

interface SpeedChoice {
  readonly value: number | null
  readonly figure: number | null
  readonly unit: string
  readonly weight: number
}

function speedChoice(profile: DrivingProfile): SpeedChoice {
  if (profile.limitS > 0 && profile.limitS * 2 >= profile.movingS) {
    const excess = (profile.excessS + ordinaryExcess * creditS) / (profile.limitS + creditS)
    return {
      value: 100 * (1 - excess),
      figure: (100 * profile.overLimitS) / profile.limitS,
      unit: '% of the time with a known limit above it',
      weight: weights.speed,
    }
  }
  const free = speedAtShare(profile, 0.85)
  const usual = speedAtShare(profile, 0.5)
  const top = speedAtShare(profile, 0.97)
  if (free === undefined || usual === undefined || top === undefined)
    return { value: null, figure: null, unit: '% above own free-flow speed', weight: 0 }
  const above = top / free - 1
  return { value: 100 / (1 + above / 0.25), figure: 100 * above, unit: '% above own free-flow speed', weight: freeFlowWeight }
}

/** The speed not exceeded in this share of the moving time. */
function speedAtShare(profile: DrivingProfile, share: number): number | undefined {
  let total = 0
  for (const seconds of profile.secondsAtKph) total += seconds
  if (total === 0) return undefined
  let below = 0
  for (let kph = 0; kph < speedBuckets; kph += 1) {
    const seconds = profile.secondsAtKph[kph] ?? 0
    if (below + seconds >= share * total) return kph + (share * total - below) / Math.max(seconds, 1e-9)
    below += seconds
  }
  return speedBuckets
}

function percentOf(square: number | undefined): number | null {
  return square === undefined ? null : 100 * Math.sqrt(square)
}

function component(value: number | null, figure: number | null, unit: string): ScoredComponent {
  return { value: value === null ? null : rounded(value, 2), figure: figure === null ? null : rounded(figure, 2), unit }
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}
