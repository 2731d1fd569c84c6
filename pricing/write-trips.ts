// Makes the book's trips of a span exactly those that were worked out, and says what that changed.

import type { Kysely } from 'kysely'
import type { BookSchema, TripRow } from '../store/book/schema.ts'
import type { RecomputedTrips } from './recompute-trips.ts'

export interface TripChanges {
  /** Added or different from before. */
  readonly written: readonly TripRow[]
  /** Whether a trip that counts for the premium came, went or changed. */
  readonly isExperienceChanged: boolean
  /** Whether the last of them is still being driven. */
  readonly isOpen: boolean
}

/** @param transaction the one that also writes the premium, so that neither is there without the other */
export async function writeTrips(
  transaction: Kysely<BookSchema>,
  deviceId: string,
  { fromMs, toMs, trips }: Pick<RecomputedTrips, 'fromMs' | 'toMs' | 'trips'>,
): Promise<TripChanges> {
  let before = transaction.selectFrom('trips').selectAll().where('device_id', '=', deviceId).where('started_at_ms', '>=', fromMs)
  if (Number.isFinite(toMs)) before = before.where('started_at_ms', '<', toMs)
  const stored = new Map((await before.execute()).map((trip) => [trip.id, trip]))
  const kept = new Set(trips.map(({ id }) => id))
  const gone = [...stored.values()].filter(({ id }) => !kept.has(id))
  // A trip that was closed by the clock and then looked at again has not been taken up again.
  const settled = trips.map((trip) => closedBefore(trip, stored.get(trip.id)) ?? trip)
  const written = settled.filter((trip) => !isSameTrip(trip, stored.get(trip.id)))
  for (const { id } of gone) await transaction.deleteFrom('trips').where('id', '=', id).execute()
  for (const trip of written) {
    const { id, ...columns } = trip
    await transaction
      .insertInto('trips')
      .values(trip)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute()
  }
  const touched = [...gone, ...written, ...written.flatMap(({ id }) => stored.get(id) ?? [])]
  return {
    written,
    isExperienceChanged: touched.some(({ status }) => status === 'ended'),
    isOpen: settled.at(-1)?.status === 'open',
  }
}

function closedBefore(trip: TripRow, stored: TripRow | undefined): TripRow | undefined {
  return stored?.status === 'ended' && stored.ended_at_ms === trip.ended_at_ms && stored.facts === trip.facts ? stored : undefined
}

function isSameTrip(trip: TripRow, stored: TripRow | undefined): boolean {
  return (
    stored !== undefined &&
    stored.started_at_ms === trip.started_at_ms &&
    stored.ended_at_ms === trip.ended_at_ms &&
    stored.status === trip.status &&
    stored.facts === trip.facts
  )
}
