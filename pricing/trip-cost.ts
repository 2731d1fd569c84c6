// What one trip costs: the month's premium with it and without it, rated twice on the real edition, and which steps the difference
// lies in, to the cent.

import type { Book, TripRow } from '../store/book/schema.ts'
import { acceptedCorrections } from './accepted-corrections.ts'
import type { Correction } from './corrections.ts'
import { decompose, type Part } from './notice/decompose.ts'
import { premiumUnder } from './reprice.ts'

export interface TripCost {
  readonly currency: string
  /** A month; with what was accepted of other trips either way. */
  readonly withMinor: number
  readonly withoutMinor: number
  /** They sum to `withMinor − withoutMinor`; those that change nothing are left out. */
  readonly parts: readonly Part[]
}

/** The trip as measured, whether or not it counts now: what it would cost. Undefined where nothing is rated. */
export function tripCost(book: Book, policyId: string, trip: TripRow): Promise<TripCost | undefined> {
  const leftOut: Correction = {
    kind: 'not-my-car',
    deviceId: trip.device_id,
    tripId: trip.id,
    tripStartMs: trip.started_at_ms,
    tripEndMs: trip.ended_at_ms,
    event: undefined,
  }
  // One transaction, so that both are of the same trips.
  return book.transaction().execute(async (transaction) => {
    const accepted = await acceptedCorrections(transaction, policyId)
    const having = await premiumUnder(transaction, policyId, accepted)
    const lacking = await premiumUnder(transaction, policyId, [...accepted, leftOut])
    if (having === undefined || lacking === undefined) return undefined
    const split = decompose(lacking, having)
    return {
      currency: having.currency,
      withMinor: having.premiumMinor,
      withoutMinor: lacking.premiumMinor,
      parts: split.kind === 'parts' ? split.parts.filter(({ changeMinor }) => changeMinor !== 0) : [],
    }
  })
}
