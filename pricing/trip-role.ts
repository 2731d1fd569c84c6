// Who drove, as the holder says it: at the wheel (a confirmation, kept), or somebody else (a dispute, which the insurer decides).
// One answer stands for a trip at a time, and taking it back leaves things as they were before it.

import type { Kysely } from 'kysely'
import type { Book, BookSchema, DisputeRow, TripRow } from '../store/book/schema.ts'
import { correctionOf } from './accepted-corrections.ts'
import { tripMatch, wholeTripKinds } from './corrections.ts'
import { fileDispute, type Settled, withdrawDispute } from './disputes.ts'
import type { Repriced } from './reprice.ts'

export const saidRoles = ['driver', ...wholeTripKinds] as const
export type SaidRole = (typeof saidRoles)[number]

/** In the order they are checked. `repriced` is what it did to the premium; most answers wait for the insurer and do nothing. */
export type RoleSaid =
  | { readonly kind: 'unknown-trip' }
  /** It is still being driven. */
  | { readonly kind: 'not-ended' }
  /** The insurer has decided that it counts; what can be said now is on the dispute itself. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'said'; readonly role: SaidRole | null; readonly disputeId: string | null; readonly repriced: Repriced }

interface Saying {
  readonly policyId: string
  readonly tripId: string
  /** Null takes back whatever was said. */
  readonly role: SaidRole | null
  readonly userId: string
}

/** Idempotent: the same answer again changes nothing. Each step is one transaction, and saying it again finishes what was begun. */
export async function sayRole(book: Book, { policyId, tripId, role, userId }: Saying, nowMs: number): Promise<RoleSaid> {
  const trip = await insuredTrip(book, policyId, tripId)
  if (trip === undefined) return { kind: 'unknown-trip' }
  if (trip.status !== 'ended') return { kind: 'not-ended' }
  const said = await wholeTripDisputes(book, policyId, trip)
  if (said.some(({ kind, status }) => status === 'rejected' && kind === role)) return { kind: 'settled' }
  let disputeId: string | null = null
  if (role === 'passenger' || role === 'not-my-car') {
    const filed = await fileDispute(book, { policyId, tripId, kind: role, event: undefined, note: '' }, nowMs)
    if (filed.kind === 'too-many') return { kind: 'too-many' }
    if (filed.kind !== 'filed' && filed.kind !== 'exists') return { kind: 'unknown-trip' }
    disputeId = filed.dispute.id
  }
  let repriced: Repriced = { kind: 'unchanged' }
  for (const dispute of said) {
    if (dispute.id === disputeId || (dispute.status !== 'open' && dispute.status !== 'accepted')) continue
    const withdrawn: Settled = await withdrawDispute(book, dispute.id, nowMs)
    if (withdrawn.kind === 'done' && withdrawn.repriced.kind === 'repriced') repriced = withdrawn.repriced
  }
  if (role === 'driver') await confirm(book, policyId, trip, userId, nowMs)
  else await book.deleteFrom('trip_confirmations').where('policy_id', '=', policyId).where('trip_id', '=', tripId).execute()
  return { kind: 'said', role, disputeId, repriced }
}

async function confirm(book: Book, policyId: string, trip: TripRow, userId: string, nowMs: number): Promise<void> {
  await book
    .insertInto('trip_confirmations')
    .values({
      policy_id: policyId,
      trip_id: trip.id,
      device_id: trip.device_id,
      trip_start_ms: trip.started_at_ms,
      trip_end_ms: trip.ended_at_ms,
      said_by: userId,
      said_at_ms: nowMs,
    })
    // When it was first said stays.
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What stands of each trip: undefined where nobody said anything. A dispute that was rejected or withdrawn says nothing any more. */
export async function rolesOf(
  book: Kysely<BookSchema>,
  policyId: string,
  trips: readonly Pick<TripRow, 'id' | 'device_id' | 'started_at_ms' | 'ended_at_ms'>[],
): Promise<ReadonlyMap<string, SaidRole>> {
  if (trips.length === 0) return new Map()
  const fromMs = Math.min(...trips.map((trip) => trip.started_at_ms))
  const untilMs = Math.max(...trips.map((trip) => trip.ended_at_ms))
  const confirmed = await book
    .selectFrom('trip_confirmations')
    .select(['device_id', 'trip_id', 'trip_start_ms', 'trip_end_ms'])
    .where('policy_id', '=', policyId)
    .where('trip_start_ms', '<=', untilMs)
    .where('trip_end_ms', '>=', fromMs)
    .execute()
  const disputed = (await standingDisputes(book, policyId, fromMs, untilMs)).map((row) => ({
    role: row.kind,
    correction: correctionOf(row),
  }))
  const roles = new Map<string, SaidRole>()
  for (const trip of trips) {
    const span = { id: trip.id, deviceId: trip.device_id, startedAtMs: trip.started_at_ms, endedAtMs: trip.ended_at_ms }
    const dispute = disputed.find(({ correction }) => tripMatch(correction, span) !== undefined)
    const role = saidRoles.find((each) => each === dispute?.role)
    if (role !== undefined) roles.set(trip.id, role)
    else if (
      confirmed.some(
        (row) =>
          tripMatch(
            {
              kind: 'passenger',
              deviceId: row.device_id,
              tripId: row.trip_id,
              tripStartMs: row.trip_start_ms,
              tripEndMs: row.trip_end_ms,
              event: undefined,
            },
            span,
          ) !== undefined,
      )
    )
      roles.set(trip.id, 'driver')
  }
  return roles
}

function standingDisputes(book: Kysely<BookSchema>, policyId: string, fromMs: number, untilMs: number): Promise<DisputeRow[]> {
  return book
    .selectFrom('disputes')
    .selectAll()
    .where('policy_id', '=', policyId)
    .where('event_kind', 'is', null)
    .where('status', 'in', ['open', 'accepted'])
    .where('trip_start_ms', '<=', untilMs)
    .where('trip_end_ms', '>=', fromMs)
    .orderBy('created_at_ms', 'desc')
    .execute()
}

async function wholeTripDisputes(book: Book, policyId: string, trip: TripRow): Promise<readonly DisputeRow[]> {
  const rows = await book
    .selectFrom('disputes')
    .selectAll()
    .where('policy_id', '=', policyId)
    .where('device_id', '=', trip.device_id)
    .where('event_kind', 'is', null)
    .where('trip_start_ms', '<=', trip.ended_at_ms)
    .where('trip_end_ms', '>=', trip.started_at_ms)
    .execute()
  const span = { id: trip.id, deviceId: trip.device_id, startedAtMs: trip.started_at_ms, endedAtMs: trip.ended_at_ms }
  return rows.filter((row) => tripMatch(correctionOf(row), span) !== undefined)
}

function insuredTrip(book: Book, policyId: string, tripId: string): Promise<TripRow | undefined> {
  return book
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .selectAll('trips')
    .where('trips.id', '=', tripId)
    .where('policy_devices.policy_id', '=', policyId)
    .executeTakeFirst()
}
