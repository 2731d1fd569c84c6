// Trips as weeks, each Monday to Sunday by the policy's clock: pure, newest first as they come.

import type { Trip } from '../../api/shapes.ts'

export interface TripWeek {
  /** The Monday, YYYY-MM-DD. */
  readonly monday: string
  readonly trips: readonly Trip[]
  readonly distanceM: number
}

const dayMs = 86_400_000

export function tripWeeks(trips: readonly Trip[], timeZone: string): readonly TripWeek[] {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const weeks = Map.groupBy(trips, ({ startedAtMs }) => mondayOf(format.format(startedAtMs)))
  return [...weeks].map(([monday, each]) => ({
    monday,
    trips: each,
    distanceM: each.reduce((sum, { distanceM }) => sum + distanceM, 0),
  }))
}

function mondayOf(day: string): string {
  const atMs = Date.parse(`${day}T00:00:00Z`)
  return new Date(atMs - ((new Date(atMs).getUTCDay() + 6) % 7) * dayMs).toISOString().slice(0, 10)
}
