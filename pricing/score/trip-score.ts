// One trip's score from 0 (worst) to 100 (best) and the figures it comes from. Every figure is a mean over moving time, so a
// long trip is not worse than a short one, and each trip starts with some minutes of ordinary driving to its credit, so that no
// single event decides a score.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { localClock } from '../behaviour/local-clock.ts'
import { emptySample } from '../behaviour/sample.ts'
import { addReading, type DrivingProfile, emptyProfile, settleProfile, speedBuckets } from './driving-profile.ts'
import { type LaggedMoments, meanSquare, meanSquareChange, pairedS } from './lagged-moments.ts'
import { scoreUnits } from './score-units.ts'

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

/** Ordinary driving every trip starts with, seconds. It is why no single event can move a score far. */
export const creditS = 420
/** More of it, as a share, where the speed is not known: nor is then what was tolerable. */
const blindCredit = 0.6
/** What one event of a few seconds, however violent, can move a score by, points. Held by a property test. */
export const pointsPerEventMax = 6
/** Mean squares of the share of the tolerable acceleration: of ordinary driving, and where half the points are gone. */
const ordinarySquare = 0.03
const halfSquare = 0.06
/** How much a change within a second is worth beside what is sustained: jerk, not only force, is what passengers feel. */
const changeWeight = 0.5
/** Excess over the limit of ordinary driving, 0 to 1. */
const ordinaryExcess = 0.1
const weights = { smoothness: 0.35, speed: 0.3, cornering: 0.3, timeOfDay: 0.05 } as const
/** Speeds compared only with each other say less than speeds compared with a limit. */
const freeFlowWeight = 0.1
/** A different kind of road begins beyond these multiples of the free-flow speed. */
const sameRoad = { from: 0.6, to: 1.35 } as const
/** Mean excess over the own free-flow speed at which half the points are gone, share. */
const halfFreeFlowExcess = 0.04
/** A score of less moving time than this is uncertain. */
const confidentS = 600
/** Sensor and speed that disagree by more than this factor: one of them is scaled or mounted wrongly. */
const disagreementMax = 4
const trustWhere = { disagreeing: 0.5, kinematicOnly: 0.8, unknown: 0.3, speedFromFix: 0.5 } as const
/** What stands in for a component that is not known, so that it counts neither way. */
const ordinary = {
  smoothness: valueOfSquare(ordinarySquare),
  speed: 100 * (1 - ordinaryExcess),
  cornering: valueOfSquare(ordinarySquare),
  timeOfDay: 100,
} as const
/** The score of a trip of which nothing is known. */
export const ordinaryScore =
  weights.smoothness * ordinary.smoothness +
  weights.speed * ordinary.speed +
  weights.cornering * ordinary.cornering +
  weights.timeOfDay * ordinary.timeOfDay

/**
 * @param readings of one device in order of time; what is not later than the reading before it is left out
 * @param timeZone IANA name
 */
export function tripScore(readings: readonly VehicleReading[], timeZone: string): TripScore {
  const profile = emptyProfile()
  const clock = localClock(timeZone)
  const sample = emptySample()
  for (const reading of readings) addReading(profile, reading, clock, sample)
  return scoreOf(profile)
}

export function scoreOf(profile: DrivingProfile): TripScore {
  settleProfile(profile)
  const longitudinal = forceOf(profile, profile.longitudinal, profile.speedSlope)
  const lateral = forceOf(profile, profile.lateral, profile.turning)
  const speed = speedChoice(profile)
  const nightShare = profile.movingS > 0 ? profile.nightS / profile.movingS : undefined
  const values = {
    smoothness: creditedValue(profile, longitudinal?.square),
    speed: speed.value,
    cornering: creditedValue(profile, lateral?.square),
    timeOfDay: nightShare === undefined ? null : 100 * (1 - nightShare),
  }
  const known = { ...weights, speed: speed.weight }
  let score = 0
  let knownWeight = 0
  for (const name of ['smoothness', 'speed', 'cornering', 'timeOfDay'] as const) {
    const value = values[name]
    const weight = value === null ? 0 : known[name]
    score += weight * (value ?? 0) + (weights[name] - weight) * ordinary[name]
    knownWeight += weight
  }
  const enough = Math.min(1, profile.movingS / confidentS)
  const sensed = ((longitudinal?.trust ?? trustWhere.unknown) + (lateral?.trust ?? trustWhere.unknown)) / 2
  return {
    score: rounded(score, 2),
    confidence: rounded(enough * knownWeight * sensed * (profile.speedFromFix ? trustWhere.speedFromFix : 1), 3),
    components: {
      smoothness: component(values.smoothness, percentOf(longitudinal), scoreUnits.tolerable),
      speed: component(speed.value, speed.figure, speed.unit),
      cornering: component(values.cornering, percentOf(lateral), scoreUnits.tolerable),
      timeOfDay: component(values.timeOfDay, nightShare === undefined ? null : 100 * nightShare, scoreUnits.night),
      distance: component(null, profile.distanceM > 0 ? profile.distanceM / 1000 : null, scoreUnits.distance),
    },
  }
}

interface Force {
  /** Mean square of the share of the tolerable acceleration, changes included. */
  readonly square: number
  readonly trust: number
}

/** From the sensor and from speed or course; where both are known they are worth the same, as each has faults of its own. */
function forceOf(profile: DrivingProfile, sensor: LaggedMoments, kinematic: LaggedMoments): Force | undefined {
  const enoughS = Math.max(profile.movingS, 10) / 4
  const squares = [sensor, kinematic]
    .filter((moments) => pairedS(moments) >= enoughS)
    .map((moments) => meanSquare(moments) + changeWeight * meanSquareChange(moments))
  const [one, other] = squares
  if (one === undefined) return undefined
  const covered = Math.min(1, Math.max(pairedS(sensor), pairedS(kinematic)) / Math.max(profile.movingS, 1))
  const sensed = pairedS(sensor) >= enoughS ? 1 : trustWhere.kinematicOnly
  if (other === undefined) return { square: one, trust: covered * sensed }
  const doesAgree = Math.max(one, other) <= disagreementMax ** 2 * Math.min(one, other)
  return { square: (one + other) / 2, trust: covered * (doesAgree ? 1 : trustWhere.disagreeing) }
}

function creditedValue(profile: DrivingProfile, square: number | undefined): number | null {
  if (square === undefined) return null
  const { movingS, blindS } = profile
  const credit = movingS > 0 ? creditS * (1 + (blindCredit * blindS) / movingS) : creditS
  return valueOfSquare((square * movingS + ordinarySquare * credit) / (movingS + credit))
}

/** Falls ever more slowly, so that there is always a worse trip, and never two alike at the bottom. */
function valueOfSquare(square: number): number {
  return 100 / (1 + square / halfSquare)
}

interface SpeedChoice {
  readonly value: number | null
  readonly figure: number | null
  readonly unit: string
  readonly weight: number
}

/** Against the limit where one is known for half the time; else only against the trip's own free-flow speed. */
function speedChoice(profile: DrivingProfile): SpeedChoice {
  if (profile.limitS > 0 && profile.limitS * 2 >= profile.movingS) {
    const excess = (profile.excessS + ordinaryExcess * creditS) / (profile.limitS + creditS)
    return {
      value: 100 * (1 - excess),
      figure: (100 * profile.overLimitS) / profile.limitS,
      unit: scoreUnits.aboveLimit,
      weight: weights.speed,
    }
  }
  const unit = scoreUnits.aboveFreeFlow
  const excess = freeFlowExcess(profile)
  if (excess === undefined) return { value: null, figure: null, unit, weight: 0 }
  return { value: 100 / (1 + excess / halfFreeFlowExcess), figure: 100 * excess, unit, weight: freeFlowWeight }
}

/**
 * The free-flow speed is the one not exceeded in 85 % of the moving time, as traffic engineers have it. Returned is the mean
 * excess over it on roads of its kind; nothing says what was allowed there, so it counts little.
 */
function freeFlowExcess(profile: DrivingProfile): number | undefined {
  const free = speedAtShare(profile, 0.85)
  if (free === undefined) return undefined
  let seconds = 0
  let excess = 0
  for (let kph = Math.floor(sameRoad.from * free); kph <= Math.min(sameRoad.to * free, speedBuckets - 1); kph += 1) {
    const at = profile.secondsAtKph[kph] ?? 0
    seconds += at
    excess += at * Math.max(0, (kph + 0.5) / free - 1)
  }
  return excess / (seconds + creditS)
}

/** The speed not exceeded in this share of the moving time. */
function speedAtShare(profile: DrivingProfile, share: number): number | undefined {
  let total = 0
  for (const seconds of profile.secondsAtKph) total += seconds
  if (total === 0) return undefined
  let below = 0
  for (let kph = 0; kph < speedBuckets; kph += 1) {
    const seconds = profile.secondsAtKph[kph] ?? 0
    if (below + seconds >= share * total) return kph + (share * total - below) / seconds
    below += seconds
  }
  return speedBuckets
}

function percentOf(force: Force | undefined): number | null {
  return force === undefined ? null : 100 * Math.sqrt(force.square)
}

function component(value: number | null, figure: number | null, unit: string): ScoredComponent {
  return { value: value === null ? null : rounded(value, 2), figure: figure === null ? null : rounded(figure, 2), unit }
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}
