// A driver's score out of the stored scores of their trips: by distance and confidence, recent trips counting more, and drawn to
// ordinary driving until enough has been driven. It needs no clock: recent means near the newest trip.

import { ordinaryScore, type ScoreComponent, type TripScore } from './trip-score.ts'

/** What of a trip its driver's score needs. */
export interface ScoredTrip {
  readonly startedAtMs: number
  readonly score: Pick<TripScore, 'score' | 'confidence' | 'components'>
}

export interface DriverScore {
  /** 0 worst … 100 best, drawn to ordinary driving by what is still missing of credibility. */
  readonly score: number
  /** Z of credibility theory, 0 to 1. */
  readonly credibility: number
  /** Kilometres behind it, each trip's by its confidence and age. */
  readonly effectiveKm: number
  /** Means of the trips' own values; null when no trip knows it. */
  readonly components: Readonly<Record<ScoreComponent, number | null>>
  readonly trips: number
}

/** Effective kilometres at which half the score is the driver's own. Until a book of trips has been fitted, a choice. */
export const credibilityKm = 300
/** A trip this much older than the newest counts half. */
export const halfLifeMs = 90 * 86_400_000
/** One long journey does not outweigh weeks of commuting. */
export const kmPerTripMax = 150

const names: readonly ScoreComponent[] = ['smoothness', 'speed', 'cornering', 'timeOfDay', 'distance']

/** The order of the trips does not matter. */
export function driverScore(trips: readonly ScoredTrip[]): DriverScore {
  // Sums of numbers depend on their order in the last digit, so there is only one order.
  const ordered = [...trips].sort((one, other) => one.startedAtMs - other.startedAtMs)
  const newestMs = ordered.at(-1)?.startedAtMs ?? 0
  let effectiveKm = 0
  let sum = 0
  const componentKm = new Map<ScoreComponent, number>()
  const componentSum = new Map<ScoreComponent, number>()
  for (const { startedAtMs, score } of ordered) {
    // A trip without any speed is there, but nobody knows how far it went.
    const km = Math.min(score.components.distance.figure ?? 0, kmPerTripMax)
    const weight = (km * score.confidence) / (1 + (newestMs - startedAtMs) / halfLifeMs)
    effectiveKm += weight
    sum += weight * score.score
    for (const name of names) {
      const { value } = score.components[name]
      if (value === null) continue
      componentKm.set(name, (componentKm.get(name) ?? 0) + weight)
      componentSum.set(name, (componentSum.get(name) ?? 0) + weight * value)
    }
  }
  const credibility = effectiveKm / (effectiveKm + credibilityKm)
  const own = effectiveKm > 0 ? sum / effectiveKm : ordinaryScore
  const meanOf = (name: ScoreComponent): number | null => {
    const km = componentKm.get(name) ?? 0
    return km > 0 ? rounded((componentSum.get(name) ?? 0) / km) : null
  }
  return {
    score: rounded(credibility * own + (1 - credibility) * ordinaryScore),
    credibility: rounded(credibility),
    effectiveKm: rounded(effectiveKm),
    components: {
      smoothness: meanOf('smoothness'),
      speed: meanOf('speed'),
      cornering: meanOf('cornering'),
      timeOfDay: meanOf('timeOfDay'),
      distance: null,
    },
    trips: trips.length,
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
