// The trips that are being driven, folded from live events: pure, so that live.ts only carries events here.

import type { LiveEvent, Trip } from '../api/shapes.ts'

export type TripEvent = Extract<LiveEvent, { kind: 'trip' }>

export interface TrackPoint {
  readonly tMs: number
  readonly speedKph: number | null
  readonly latitude: number | null
  readonly longitude: number | null
}

export interface LiveTrip {
  readonly policyId: string
  readonly trip: Trip
  /** What arrived since this page listens, oldest first. */
  readonly track: readonly TrackPoint[]
}

export type LiveTrips = ReadonlyMap<string, LiveTrip>

/** Two hours of one reading a second; past it every second point is dropped, which no drawing shows. */
export const trackPointsMax = 7200

export function foldTrip(trips: LiveTrips, { policyId, trip, at }: TripEvent): LiveTrips {
  const next = new Map(trips)
  if (trip.status === 'ended') {
    next.delete(trip.id)
    return next
  }
  const track = next.get(trip.id)?.track ?? []
  next.set(trip.id, { policyId, trip, track: at === null ? track : addPoint(track, at) })
  return next
}

function addPoint(track: readonly TrackPoint[], point: TrackPoint): readonly TrackPoint[] {
  const last = track.at(-1)
  if (last !== undefined && point.tMs <= last.tMs) return track
  const kept = track.length >= trackPointsMax ? track.filter((_, index) => index % 2 === 0) : track
  return [...kept, point]
}

export function liveTripOf(trips: LiveTrips, policyId: string): LiveTrip | undefined {
  let newest: LiveTrip | undefined
  for (const live of trips.values()) {
    if (live.policyId === policyId && (newest === undefined || live.trip.startedAtMs > newest.trip.startedAtMs)) newest = live
  }
  return newest
}
