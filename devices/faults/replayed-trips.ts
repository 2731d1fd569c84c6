// The fraud of sending an earlier trip again instead of the one that is driven: the first trip is kept, and takes the place of
// later ones with new times.

import { randomFor } from '../simulator/random.ts'
import type { SentReading } from './sent-reading.ts'
import type { Struck } from './spells.ts'

/** A longer silence lies between two trips. */
const pauseMs = 4 * 60_000
/** What is kept of a trip; at one reading a second about three hours. */
const readingsMax = 10_000

export function* replayTrips(readings: Iterable<SentReading>, { fault, device, seed }: Struck): Iterable<SentReading> {
  let kept: readonly SentReading[] | undefined
  for (const trip of tripsOf(readings)) {
    const [first] = trip
    if (first === undefined) continue
    if (first.trueMs < fault.fromMs || first.trueMs >= fault.untilMs) {
      yield* trip
    } else if (kept === undefined) {
      kept = trip
      yield* trip
    } else if (randomFor(seed, fault.fault, device, first.trueMs).chance(fault.intensity)) yield* inPlaceOf(kept, trip)
    else yield* trip
  }
}

/** It ends no later than the trip whose place it takes, so that it never runs into the next. */
function* inPlaceOf(kept: readonly SentReading[], trip: readonly SentReading[]): Iterable<SentReading> {
  const shiftMs = (trip[0]?.trueMs ?? 0) - (kept[0]?.trueMs ?? 0)
  const endMs = trip.at(-1)?.trueMs ?? 0
  for (const reading of kept) {
    const trueMs = reading.trueMs + shiftMs
    if (trueMs > endMs) return
    yield { ...reading, trueMs, takenAtMs: reading.takenAtMs + shiftMs }
  }
}

/** Readings with no pause between them; a trip beyond the limit goes on as another. */
export function* tripsOf(readings: Iterable<SentReading>): Iterable<readonly SentReading[]> {
  let trip: SentReading[] = []
  for (const reading of readings) {
    const last = trip.at(-1)
    if (last !== undefined && (reading.trueMs - last.trueMs > pauseMs || trip.length >= readingsMax)) {
      yield trip
      trip = []
    }
    trip.push(reading)
  }
  if (trip.length > 0) yield trip
}
