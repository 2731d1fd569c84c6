// The corrections of a policy that were accepted, out of the book.

import type { Kysely } from 'kysely'
import type { BookSchema, DisputeRow } from '../store/book/schema.ts'
import type { Correction } from './corrections.ts'

/** @param exceptId leaves this one out */
export async function acceptedCorrections(
  book: Kysely<BookSchema>,
  policyId: string,
  exceptId = '',
): Promise<readonly Correction[]> {
  const rows = await book
    .selectFrom('disputes')
    .selectAll()
    .where('policy_id', '=', policyId)
    .where('status', '=', 'accepted')
    .where('id', '<>', exceptId)
    .orderBy('id')
    .execute()
  return rows.map(correctionOf)
}

export function correctionOf(row: DisputeRow): Correction {
  const { event_kind: kind, event_start_ms: startMs, event_end_ms: endMs } = row
  return {
    kind: row.kind,
    deviceId: row.device_id,
    tripId: row.trip_id,
    tripStartMs: row.trip_start_ms,
    tripEndMs: row.trip_end_ms,
    event: kind === null || startMs === null || endMs === null ? undefined : { kind, startMs, endMs },
  }
}
