// Corrections by people, applied: from trips as they were measured and decisions that were accepted to the trips that rate.
// The stored trip stays as it was measured; taking a decision back leads to exactly the facts from before it.

import { behaviourThresholds } from './behaviour/thresholds.ts'
import type { EndedTrip, TripFacts } from './trip-facts.ts'

/** A trip of somebody else, or an event that is excused. */
export const wholeTripKinds = ['passenger', 'not-my-car'] as const
export const eventKinds = ['avoided-harm', 'wrong-event'] as const
export type CorrectionKind = (typeof wholeTripKinds)[number] | (typeof eventKinds)[number]

/** As it was when it was disputed: what was measured may have been measured again since. */
export interface Correction {
  readonly kind: CorrectionKind
  readonly deviceId: string
  readonly tripId: string
  readonly tripStartMs: number
  readonly tripEndMs: number
  /** Of the whole trip when undefined. */
  readonly event: { readonly kind: string; readonly startMs: number; readonly endMs: number } | undefined
}

export interface MeasuredTrip extends EndedTrip {
  readonly id: string
  readonly deviceId: string
}

type TripSpan = Omit<MeasuredTrip, 'facts'>
export type MeasuredEvent = TripFacts['events'][number]

/**
 * How a correction finds a trip: by its id, or, when late readings moved the trip's start and with it the id, because at
 * least half of the trip's own time lies in the time that was disputed. A short trip that became part of a long one is not
 * found: nobody has decided about the rest of it.
 */
export function tripMatch(correction: Correction, trip: TripSpan): 'same' | 'moved' | undefined {
  if (correction.tripId === trip.id) return 'same'
  if (correction.deviceId !== trip.deviceId) return undefined
  const sharedMs = Math.min(correction.tripEndMs, trip.endedAtMs) - Math.max(correction.tripStartMs, trip.startedAtMs)
  return sharedMs > 0 && 2 * sharedMs >= trip.endedAtMs - trip.startedAtMs ? 'moved' : undefined
}

/** The events of a trip that a correction is about: of its kind and at its time, which measuring again may shift a little. */
export function matchedEvents(correction: Correction, trip: MeasuredTrip): readonly MeasuredEvent[] {
  const { event } = correction
  if (event === undefined || correction.deviceId !== trip.deviceId) return []
  // What lies no further apart would have been one event.
  const { debounceMs } = behaviourThresholds.event
  return trip.facts.events.filter(
    ({ kind, startMs, endMs }) =>
      kind === event.kind && startMs <= event.endMs + debounceMs && endMs >= event.startMs - debounceMs,
  )
}

/** @param accepted in any order; saying the same twice changes nothing */
export function correctTrips(trips: readonly MeasuredTrip[], accepted: readonly Correction[]): readonly EndedTrip[] {
  if (accepted.length === 0) return trips
  return trips.flatMap((trip): readonly EndedTrip[] => {
    if (accepted.some((correction) => correction.event === undefined && tripMatch(correction, trip) !== undefined)) return []
    const excused = new Set(accepted.flatMap((correction) => matchedEvents(correction, trip)))
    return [excused.size === 0 ? trip : { ...trip, facts: withoutEvents(trip.facts, excused) }]
  })
}

/** The same drive, its kilometres included, without the events. */
export function withoutEvents(facts: TripFacts, excused: ReadonlySet<MeasuredEvent>): TripFacts {
  const counts = (kind: keyof TripFacts['counts']): number[] => countsWithout(facts.counts[kind], kind, facts.events, excused)
  return {
    ...facts,
    counts: {
      brake: counts('brake'),
      acceleration: counts('acceleration'),
      'left-turn': counts('left-turn'),
      'right-turn': counts('right-turn'),
    },
    speeding: speedingWithout(facts, excused),
    events: facts.events.filter((event) => !excused.has(event)),
  }
}

/**
 * An event counts at the rungs at or below its peak. Where fewer are counted at a rung than peaked there (some for too short
 * a time), the strongest are those that count, as the dashboard's list of events says it too.
 */
function countsWithout(
  counts: readonly number[],
  kind: MeasuredEvent['kind'],
  events: readonly MeasuredEvent[],
  excused: ReadonlySet<MeasuredEvent>,
): number[] {
  const strongest = events.filter((event) => event.kind === kind).toSorted((one, other) => other.peak - one.peak)
  return counts.map((count, rung) => {
    const rungMps2 = behaviourThresholds.event.ladderMps2[rung] ?? Number.POSITIVE_INFINITY
    const counted = strongest.slice(0, count).filter(({ peak }) => peak >= rungMps2)
    return count - counted.filter((event) => excused.has(event)).length
  })
}

/** The metres above the limit are kept for all episodes of a trip together; one takes its share of them by time. */
function speedingWithout({ speeding, events }: TripFacts, excused: ReadonlySet<MeasuredEvent>): TripFacts['speeding'] {
  const episodes = events.filter(({ kind }) => kind === 'speeding')
  const taken = episodes.filter((event) => excused.has(event))
  if (taken.length === 0) return speeding
  const lastsMs = (of: readonly MeasuredEvent[]): number => of.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
  const allMs = lastsMs(episodes)
  const share = allMs > 0 ? lastsMs(taken) / allMs : taken.length / episodes.length
  return {
    ...speeding,
    count: Math.max(0, speeding.count - taken.length),
    metres: Math.round(speeding.metres * (1 - share)),
  }
}
