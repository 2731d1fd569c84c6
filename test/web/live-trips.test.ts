// Trips that are being driven, folded from live events.

import { expect, test } from 'vitest'
import { foldTrip, type LiveTrips, liveTripOf, type TripEvent, trackPointsMax } from '../../dashboard/web/live-trips.ts'

function eventAt(tMs: number, status: 'open' | 'ended' = 'open', id = 't1'): TripEvent {
  return {
    kind: 'trip',
    policyId: 'p1',
    trip: {
      id,
      deviceId: 'd1',
      startedAtMs: 0,
      endedAtMs: tMs,
      status,
      standing: status === 'open' ? 'open' : 'counts',
      distanceM: tMs,
      durationS: tMs / 1000,
      maxSpeedKph: 50,
      nightShare: 0,
      completeness: 1,
      counts: { brake: 0, acceleration: 0, cornering: 0, speeding: 0 },
    },
    at: status === 'ended' ? null : { tMs, speedKph: 50, latitude: 52, longitude: 4 },
  }
}

function fold(events: readonly TripEvent[]): LiveTrips {
  return events.reduce(foldTrip, new Map())
}

test('a trip grows by every reading that arrives', () => {
  const live = liveTripOf(fold([eventAt(1000), eventAt(2000)]), 'p1')
  expect(live?.track.map(({ tMs }) => tMs)).toEqual([1000, 2000])
  expect(live?.trip.distanceM).toBe(2000)
})

test('a reading that arrives late or twice does not bend the line back', () => {
  const live = liveTripOf(fold([eventAt(2000), eventAt(1000), eventAt(2000), eventAt(3000)]), 'p1')
  expect(live?.track.map(({ tMs }) => tMs)).toEqual([2000, 3000])
})

test('a trip that has ended is no longer driven', () => {
  expect(liveTripOf(fold([eventAt(1000), eventAt(2000, 'ended')]), 'p1')).toBeUndefined()
})

test('another policy’s trip is not this one’s', () => {
  expect(liveTripOf(fold([eventAt(1000)]), 'p2')).toBeUndefined()
})

test('a very long trip is thinned, not cut off', () => {
  const events = Array.from({ length: trackPointsMax + 10 }, (_, index) => eventAt((index + 1) * 1000))
  let trips: LiveTrips = new Map()
  for (const event of events) trips = foldTrip(trips, event)
  const track = liveTripOf(trips, 'p1')?.track ?? []
  expect(track.length).toBeLessThan(trackPointsMax)
  expect(track.at(0)?.tMs).toBe(1000)
  expect(track.at(-1)?.tMs).toBe((trackPointsMax + 10) * 1000)
})
