// Whether scores rank what is known of how people drove: the same driver on the same road, and different drivers on it.

import type { KnownRecording } from './recording-set.ts'

export interface ScoredTrip extends Pick<KnownRecording, 'file' | 'driver' | 'road' | 'style'> {
  readonly score: number
}

export interface OrderedPairs {
  readonly pairs: number
  /** Pairs in which the calm trip has the better score; equal is not ordered. */
  readonly ordered: number
}

export interface StyleOrder extends OrderedPairs {
  readonly acrossDrivers: OrderedPairs
  /** Drowsy against calm, within driver and road. */
  readonly drowsy: OrderedPairs
}

export function styleOrder(trips: readonly ScoredTrip[]): StyleOrder {
  const withStyle = (style: string): readonly ScoredTrip[] => trips.filter((trip) => trip.style === style)
  const compare = (worse: readonly ScoredTrip[], isSameDriver: boolean): OrderedPairs => {
    let pairs = 0
    let ordered = 0
    for (const one of worse)
      for (const calm of withStyle('calm')) {
        if (one.road === undefined || one.road !== calm.road || (one.driver === calm.driver) !== isSameDriver) continue
        pairs += 1
        if (one.score < calm.score) ordered += 1
      }
    return { pairs, ordered }
  }
  const aggressive = withStyle('aggressive')
  return {
    ...compare(aggressive, true),
    acrossDrivers: compare(aggressive, false),
    drowsy: compare(withStyle('drowsy'), true),
  }
}
