// A trip as whole numbers that add up: what rating needs of it, without its events and their evidence. Adding those of a
// policy's trips gives exactly the driving that the trips' own facts give; a test holds the two against each other.

import { behaviourThresholds } from './behaviour/thresholds.ts'
import type { Driving } from './rating/facts.ts'
import type { EndedTrip, TripFacts } from './trip-facts.ts'

/** Shares are kept in ten-thousandths, as the facts round them. */
const shareScale = 10_000
const dayMs = 86_400_000
/** Experience older than this before the last trip or day is forgotten. */
export const windowDays = 365

interface Figure {
  /** Of `trip_sums`. */
  readonly column: string
  readonly of: (facts: TripFacts) => number
}

const rungs = behaviourThresholds.event.ladderMps2.map((_, rung) => rung)
const ladder = (name: string, of: (facts: TripFacts, rung: number) => number | undefined): readonly Figure[] =>
  rungs.map((rung) => ({ column: `${name}_${rung}`, of: (facts) => of(facts, rung) ?? 0 }))

/** Every figure that is added up. */
const figures: readonly Figure[] = [
  { column: 'distance_m', of: (facts) => facts.distanceM },
  { column: 'longitudinal_m', of: (facts) => facts.longitudinalM },
  { column: 'lateral_m', of: (facts) => facts.lateralM },
  { column: 'limit_known_m', of: (facts) => facts.speeding.limitKnownM },
  { column: 'phone_known_m', of: (facts) => facts.phone.knownM },
  { column: 'night_m', of: (facts) => facts.nightM },
  { column: 'speeding_m', of: (facts) => facts.speeding.metres },
  { column: 'phone_s', of: (facts) => facts.phone.seconds },
  { column: 'phone_known_s', of: (facts) => facts.phone.knownS },
  { column: 'accelerometer_m', of: (facts) => (facts.longitudinalFrom === 'accelerometer' ? facts.distanceM : 0) },
  ...ladder('brake', ({ counts }, rung) => counts.brake[rung]),
  ...ladder('acceleration', ({ counts }, rung) => counts.acceleration[rung]),
  ...ladder('turn', ({ counts }, rung) => (counts['left-turn'][rung] ?? 0) + (counts['right-turn'][rung] ?? 0)),
]
/** The columns that are added up, in the order of `SummedTrip.figures`. */
export const figureColumns: readonly string[] = figures.map(({ column }) => column)
const positionOf = new Map(figureColumns.map((column, index) => [column, index]))
const distanceAt = figureColumns.indexOf('distance_m')

/** A row of `trip_sums`. */
export interface SummedTrip {
  readonly deviceId: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly isDriven: boolean
  readonly agreement: number
  /** Ten-thousandths. */
  readonly confidence: number
  /** In the order of `figureColumns`. */
  readonly figures: readonly number[]
}

/** Trips added up: those that rate and are not older than the window. */
export interface DrivingSums {
  readonly trips: number
  readonly firstStartMs: number
  readonly lastEndMs: number
  /** Confidence in ten-thousandths times metres. */
  readonly trusted: number
  /** In the order of `figureColumns`. */
  readonly figures: readonly number[]
}

export function sumsOf(deviceId: string, { startedAtMs, endedAtMs, facts }: EndedTrip): SummedTrip {
  return {
    deviceId,
    startedAtMs,
    endedAtMs,
    isDriven: facts.role === 'driven',
    agreement: facts.agreement,
    confidence: Math.round(facts.confidence * shareScale),
    figures: figures.map(({ of }) => of(facts)),
  }
}

/** @param trips one policy's, in any order; undefined when none of them rates */
export function addTrips(trips: readonly SummedTrip[]): DrivingSums | undefined {
  const rated = trips.filter((trip) => trip.isDriven && trip.agreement >= behaviourThresholds.quality.ratedAgreementMin)
  if (rated.length === 0) return undefined
  const lastEndMs = rated.reduce((latest, { endedAtMs }) => Math.max(latest, endedAtMs), 0)
  const counted = rated.filter(({ startedAtMs }) => startedAtMs > lastEndMs - windowDays * dayMs)
  const sums = figures.map(() => 0)
  let trusted = 0
  let firstStartMs = lastEndMs
  for (const trip of counted) {
    trip.figures.forEach((figure, index) => {
      sums[index] = (sums[index] ?? 0) + figure
    })
    trusted += trip.confidence * (trip.figures[distanceAt] ?? 0)
    firstStartMs = Math.min(firstStartMs, trip.startedAtMs)
  }
  return { trips: counted.length, firstStartMs, lastEndMs, trusted, figures: sums }
}

/** Whole metres and seconds were summed, so the order of the trips cannot show in the last digit. */
export function drivingOfSums(sums: DrivingSums): Driving {
  const figure = (column: string): number => sums.figures[positionOf.get(column) ?? -1] ?? 0
  const km = (column: string): number => figure(column) / 1000
  const counts = (name: string): number[] => rungs.map((rung) => figure(`${name}_${rung}`))
  return {
    trips: sums.trips,
    observedDays: Math.round(((sums.lastEndMs - sums.firstStartMs) / dayMs) * 10_000) / 10_000,
    distanceKm: km('distance_m'),
    longitudinalKm: km('longitudinal_m'),
    lateralKm: km('lateral_m'),
    limitKnownKm: km('limit_known_m'),
    phoneKnownKm: km('phone_known_m'),
    brakes: counts('brake'),
    accelerations: counts('acceleration'),
    turns: counts('turn'),
    nightKm: km('night_m'),
    speedingKm: km('speeding_m'),
    phoneS: figure('phone_s'),
    phoneKnownS: figure('phone_known_s'),
  }
}

/** What is shown of a policy's data beside what rates. */
export interface DrivingQuality {
  /** By distance, 0 to 1. */
  readonly confidence: number
  /** Of the distance, 0 to 1. */
  readonly accelerometerShare: number
}

export function qualityOfSums({ trusted, figures: sums }: DrivingSums): DrivingQuality {
  const distanceM = sums[distanceAt] ?? 0
  if (distanceM === 0) return { confidence: 0, accelerometerShare: 0 }
  return {
    confidence: trusted / distanceM / shareScale,
    accelerometerShare: (sums[positionOf.get('accelerometer_m') ?? -1] ?? 0) / distanceM,
  }
}
