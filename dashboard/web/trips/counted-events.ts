// Which of a trip's events count for the price. Events are kept from the mildest rung of the ladder on; an edition counts
// them from its own rung, and a trip says how many those are. They are the strongest of their kind.

import type { TripDetail } from '../../api/shapes.ts'

export type DrivingEvent = TripDetail['events'][number]
type Counts = TripDetail['counts']

const countOf: Readonly<Record<DrivingEvent['kind'], keyof Counts>> = {
  brake: 'brake',
  acceleration: 'acceleration',
  'left-turn': 'cornering',
  'right-turn': 'cornering',
  speeding: 'speeding',
}

/** In order of time. */
export function countedEvents(events: readonly DrivingEvent[], counts: Counts): readonly DrivingEvent[] {
  const left = { ...counts }
  return events
    .toSorted((a, b) => Math.abs(b.peak) - Math.abs(a.peak))
    .filter(({ kind }) => {
      const name = countOf[kind]
      left[name] -= 1
      return left[name] >= 0
    })
    .toSorted((a, b) => a.startMs - b.startMs)
}
