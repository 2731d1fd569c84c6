// A policy's driving with one of its trips left out, for every trip: what each of them moved. Sums of whole numbers, so that taking
// a trip out gives exactly what adding up the others would.

import { behaviourThresholds } from './behaviour/thresholds.ts'
import { addTrips, type DrivingSums, type SummedTrip, windowDays } from './trip-sums.ts'

const windowMs = windowDays * 86_400_000

export interface TripLeftOut {
  readonly trip: SummedTrip
  /** Undefined when nothing is left to rate. */
  readonly without: DrivingSums | undefined
}

export interface LeftOut {
  readonly all: DrivingSums | undefined
  /** Only trips that rate and are not forgotten; the others move nothing. */
  readonly trips: readonly TripLeftOut[]
}

/** @param trips of one policy, corrected, in any order */
export function leaveOut(trips: readonly SummedTrip[]): LeftOut {
  const all = addTrips(trips)
  if (all === undefined) return { all, trips: [] }
  const counted = trips.filter(
    (trip) =>
      trip.isDriven &&
      trip.agreement >= behaviourThresholds.quality.ratedAgreementMin &&
      trip.startedAtMs > all.lastEndMs - windowMs,
  )
  return { all, trips: counted.map((trip) => ({ trip, without: sumsWithout(trips, all, trip) })) }
}

function sumsWithout(trips: readonly SummedTrip[], all: DrivingSums, trip: SummedTrip): DrivingSums | undefined {
  // Without the first or the last trip the time that was observed is another, and so may be what is forgotten.
  if (trip.startedAtMs === all.firstStartMs || trip.endedAtMs === all.lastEndMs)
    return addTrips(trips.filter((other) => other !== trip))
  return { ...all, trips: all.trips - 1, figures: all.figures.map((figure, index) => figure - (trip.figures[index] ?? 0)) }
}
