// A policy's weeks out of the book, with what was corrected taken into account.

import type { Kysely } from 'kysely'
import type { BookSchema } from '../../store/book/schema.ts'
import { acceptedCorrections } from '../accepted-corrections.ts'
import { correctTrips } from '../corrections.ts'
import type { Edition } from '../edition/edition-document.ts'
import { defaultRungs, parseTripFacts, type Rungs } from '../trip-facts.ts'
import { type Week, weeklyHistory } from './weekly-history.ts'

/** @throws BadFacts for a stored trip that does not parse */
export async function weeksOfPolicy(
  book: Kysely<BookSchema>,
  policy: { readonly id: string; readonly time_zone: string },
  rungs: Rungs,
  fromMs: number,
): Promise<readonly Week[]> {
  const rows = await book
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .selectAll('trips')
    .where('policy_devices.policy_id', '=', policy.id)
    .where('trips.status', '=', 'ended')
    .where('trips.started_at_ms', '>=', fromMs)
    .execute()
  const trips = rows.map((row) => ({
    id: row.id,
    deviceId: row.device_id,
    startedAtMs: row.started_at_ms,
    endedAtMs: row.ended_at_ms,
    facts: parseTripFacts(row.facts),
  }))
  return weeklyHistory(correctTrips(trips, await acceptedCorrections(book, policy.id)), policy.time_zone, rungs)
}

/** The rungs at which an edition counts hard events; the usual ones where it counts none. */
export function rungsOfEdition(edition: Edition | undefined): Rungs {
  const rungOf = (measure: keyof Rungs): number =>
    edition?.behaviours.find((behaviour) => behaviour.measure === measure)?.rungMps2 ?? defaultRungs[measure]
  return { braking: rungOf('braking'), acceleration: rungOf('acceleration'), cornering: rungOf('cornering') }
}
