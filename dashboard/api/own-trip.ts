// A trip as somebody may see it: with the one of its policies that is theirs to see. Another's trip is one that is not there.

import type { Book, TripRow } from '../../store/book/schema.ts'
import type { Caller } from '../sign-in/sessions.ts'
import { policyOf } from './policies.ts'
import type { Policy } from './shapes.ts'

export interface OwnTrip {
  readonly row: TripRow
  readonly policy: Policy
}

export async function ownTrip(book: Book, caller: Caller, tripId: string): Promise<OwnTrip | undefined> {
  const row = await book.selectFrom('trips').selectAll().where('id', '=', tripId).executeTakeFirst()
  if (row === undefined) return undefined
  const insured = await book.selectFrom('policy_devices').select('policy_id').where('device_id', '=', row.device_id).execute()
  for (const { policy_id: id } of insured) {
    const policy = await policyOf(book, caller, id)
    if (policy !== undefined) return { row, policy }
  }
  return undefined
}
