// How good the data of each month was: what was observed, how completely, and whatever was doubtful. Told to people and to
// insurers; nothing here enters a rate, so a month with gaps costs nobody anything.

import { localClock } from './behaviour/local-clock.ts'
import type { Doubt } from './behaviour/trip-quality.ts'
import { type EndedTrip, isRateable } from './trip-facts.ts'

export interface MonthQuality {
  /** Local month of the trips' starts, by the clock that each was measured by: YYYY-MM. */
  readonly month: string
  readonly trips: number
  /** Of them, those that rate. */
  readonly ratedTrips: number
  readonly distanceM: number
  /** Of the distance, what was driven with readings. */
  readonly seenM: number
  /** By time, 0 to 1. */
  readonly completeness: number
  /** By time, 0 to 1. */
  readonly clockTrust: number
  /** By distance, carried metres included; 0 to 1. */
  readonly confidence: number
  /** Trips per doubt, most often first. */
  readonly doubts: readonly { readonly doubt: Doubt; readonly trips: number }[]
}

/** @returns the months that have trips, in order; the same for the trips in any order */
export function qualityByMonth(trips: readonly EndedTrip[]): readonly MonthQuality[] {
  const months = Map.groupBy(trips, ({ startedAtMs, facts }) => localClock(facts.timeZone).day(startedAtMs).slice(0, 7))
  return [...months].map(([month, each]) => qualityOf(month, each)).sort((one, other) => (one.month < other.month ? -1 : 1))
}

function qualityOf(month: string, trips: readonly EndedTrip[]): MonthQuality {
  const sum = (of: (trip: EndedTrip) => number): number => trips.reduce((total, trip) => total + of(trip), 0)
  /** Ten-thousandths, as the facts round them, are summed as whole numbers: in any order the same. */
  const mean = (share: (trip: EndedTrip) => number, weight: (trip: EndedTrip) => number): number => {
    const whole = sum(weight)
    return whole > 0 ? Math.round(sum((trip) => Math.round(share(trip) * 10_000) * weight(trip)) / whole) / 10_000 : 1
  }
  const seconds = ({ facts }: EndedTrip): number => facts.durationS
  const metres = ({ facts }: EndedTrip): number => facts.distanceM + facts.carried.metres
  const told = Map.groupBy(
    trips.flatMap(({ facts }) => facts.doubts),
    (doubt) => doubt,
  )
  return {
    month,
    trips: trips.length,
    ratedTrips: trips.filter(({ facts }) => isRateable(facts)).length,
    distanceM: sum(({ facts }) => facts.distanceM),
    seenM: sum(({ facts }) => facts.seenM),
    completeness: mean(({ facts }) => facts.completeness, seconds),
    clockTrust: mean(({ facts }) => facts.clockTrust, seconds),
    confidence: mean(({ facts }) => facts.confidence, metres),
    doubts: [...told]
      .map(([doubt, each]) => ({ doubt, trips: each.length }))
      .sort((one, other) => other.trips - one.trips || (one.doubt < other.doubt ? -1 : 1)),
  }
}
