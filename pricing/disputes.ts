// Disputes from the holder's word to the insurer's decision: filed, withdrawn, decided. What changes a premium is written
// with that premium in one transaction, so a decision never stands beside a price that does not know of it.

import type { Kysely } from 'kysely'
import type { Book, BookSchema, DisputeRow, DisputeStepRow } from '../store/book/schema.ts'
import { acceptedCorrections, correctionOf } from './accepted-corrections.ts'
import { canonicalJson, sha256 } from './canonical-json.ts'
import { type CorrectionKind, eventKinds } from './corrections.ts'
import { premiumUnder, type Repriced, repriceWithin } from './reprice.ts'
import { parseTripFacts } from './trip-facts.ts'

/** Of a note and of a reason: a paragraph; the book holds no more. */
export const wordsCharactersMax = 500
/** Waiting for a decision at a time, per policy: more would bury the insurer's queue. */
export const openDisputesMax = 20
/** Filed per policy within a day, whatever became of them. */
export const filedPerDayMax = 50
const dayMs = 86_400_000
const idDigits = 20

export interface NewDispute {
  readonly policyId: string
  readonly tripId: string
  readonly kind: CorrectionKind
  /** As the trip lists it; of the whole trip when undefined. */
  readonly event: { readonly kind: string; readonly startMs: number } | undefined
  readonly note: string
}

/** In the order they are checked. */
export type Filed =
  | { readonly kind: 'too-long' }
  | { readonly kind: 'unknown-trip' }
  | { readonly kind: 'wrong-kind' }
  | { readonly kind: 'unknown-event' }
  | { readonly kind: 'exists'; readonly dispute: DisputeRow }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'filed'; readonly dispute: DisputeRow }

export function fileDispute(book: Book, wanted: NewDispute, nowMs: number): Promise<Filed> {
  return book.transaction().execute(async (transaction): Promise<Filed> => {
    if (wanted.note.length > wordsCharactersMax) return { kind: 'too-long' }
    const trip = await transaction
      .selectFrom('trips')
      .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
      .selectAll('trips')
      .where('trips.id', '=', wanted.tripId)
      .where('policy_devices.policy_id', '=', wanted.policyId)
      .executeTakeFirst()
    if (trip === undefined) return { kind: 'unknown-trip' }
    if (eventKinds.some((kind) => kind === wanted.kind) !== (wanted.event !== undefined)) return { kind: 'wrong-kind' }
    const event =
      wanted.event &&
      parseTripFacts(trip.facts).events.find(
        ({ kind, startMs }) => kind === wanted.event?.kind && startMs === wanted.event.startMs,
      )
    if (wanted.event !== undefined && event === undefined) return { kind: 'unknown-event' }
    const said = await transaction.selectFrom('disputes').selectAll().where('policy_id', '=', wanted.policyId).execute()
    const same = said.find(
      (dispute) =>
        dispute.status !== 'withdrawn' &&
        dispute.trip_id === trip.id &&
        dispute.kind === wanted.kind &&
        dispute.event_kind === (event?.kind ?? null) &&
        dispute.event_start_ms === (event?.startMs ?? null),
    )
    if (same !== undefined) return { kind: 'exists', dispute: same }
    const open = said.filter(({ status }) => status === 'open')
    const recent = said.filter((dispute) => dispute.created_at_ms > nowMs - dayMs)
    if (open.length >= openDisputesMax || recent.length >= filedPerDayMax) return { kind: 'too-many' }
    const dispute: DisputeRow = {
      // Said again after it was withdrawn is another dispute, and how many were said before tells them apart.
      id: sha256(canonicalJson([wanted.policyId, trip.id, wanted.kind, event ?? null, said.length])).slice(0, idDigits),
      policy_id: wanted.policyId,
      device_id: trip.device_id,
      trip_id: trip.id,
      trip_start_ms: trip.started_at_ms,
      trip_end_ms: trip.ended_at_ms,
      kind: wanted.kind,
      event_kind: event?.kind ?? null,
      event_start_ms: event?.startMs ?? null,
      event_end_ms: event?.endMs ?? null,
      note: wanted.note,
      status: 'open',
      created_at_ms: nowMs,
      decided_at_ms: null,
      decided_by: null,
      reason: null,
    }
    await transaction.insertInto('disputes').values(dispute).execute()
    return { kind: 'filed', dispute }
  })
}

/** In the order they are checked. `repriced` says what the step did to the premium; `unchanged` when it had no part in it. */
export type Settled =
  | { readonly kind: 'too-long' }
  | { readonly kind: 'unknown' }
  /** Withdrawn cannot be decided, rejected cannot be withdrawn. */
  | { readonly kind: 'settled'; readonly dispute: DisputeRow }
  | { readonly kind: 'done'; readonly dispute: DisputeRow; readonly repriced: Repriced }

/** Takes back what waits for a decision or was accepted; then the premium is that of the trips as measured. */
export function withdrawDispute(book: Book, id: string, nowMs: number): Promise<Settled> {
  return book.transaction().execute(async (transaction): Promise<Settled> => {
    const dispute = await findDispute(transaction, id)
    if (dispute === undefined) return { kind: 'unknown' }
    if (dispute.status === 'rejected') return { kind: 'settled', dispute }
    if (dispute.status === 'withdrawn') return change(transaction, dispute, {}, nowMs)
    await noteStep(transaction, { dispute_id: id, status: 'withdrawn', reason: null, done_by: null, done_at_ms: nowMs })
    return change(transaction, dispute, { status: 'withdrawn' }, nowMs)
  })
}

export interface Decision {
  readonly accept: boolean
  readonly reason: string
  /** The user who decides. */
  readonly decidedBy: string
}

/** Decides, or decides otherwise than before: the last decision stands. */
export function decideDispute(book: Book, id: string, decision: Decision, nowMs: number): Promise<Settled> {
  return book.transaction().execute(async (transaction): Promise<Settled> => {
    const { accept, reason, decidedBy } = decision
    if (reason.length > wordsCharactersMax) return { kind: 'too-long' }
    const dispute = await findDispute(transaction, id)
    if (dispute === undefined) return { kind: 'unknown' }
    if (dispute.status === 'withdrawn') return { kind: 'settled', dispute }
    const status = accept ? 'accepted' : 'rejected'
    // The same decision again leaves when it was made and by whom.
    if (dispute.status === status && dispute.reason === reason) return change(transaction, dispute, {}, nowMs)
    await noteStep(transaction, { dispute_id: id, status, reason, done_by: decidedBy, done_at_ms: nowMs })
    return change(transaction, dispute, { status, reason, decided_by: decidedBy, decided_at_ms: nowMs }, nowMs)
  })
}

async function noteStep(transaction: Kysely<BookSchema>, step: Omit<DisputeStepRow, 'number'>): Promise<void> {
  const { last } = await transaction
    .selectFrom('dispute_steps')
    .select(({ fn }) => fn.max<number | null>('number').as('last'))
    .where('dispute_id', '=', step.dispute_id)
    .executeTakeFirstOrThrow()
  await transaction
    .insertInto('dispute_steps')
    .values({ ...step, number: (last ?? 0) + 1 })
    .execute()
}

async function change(
  transaction: Kysely<BookSchema>,
  before: DisputeRow,
  columns: Partial<DisputeRow>,
  nowMs: number,
): Promise<Settled> {
  if (Object.keys(columns).length > 0)
    await transaction.updateTable('disputes').set(columns).where('id', '=', before.id).execute()
  const repriced = await repriceWithin(transaction, before.policy_id, nowMs)
  return { kind: 'done', dispute: { ...before, ...columns }, repriced }
}

export function findDispute(book: Kysely<BookSchema>, id: string): Promise<DisputeRow | undefined> {
  return book.selectFrom('disputes').selectAll().where('id', '=', id).executeTakeFirst()
}

export interface DisputeStakes {
  readonly currency: string
  /** A month, with everything else that was accepted. */
  readonly acceptedMinor: number
  readonly rejectedMinor: number
}

/** What hangs on a dispute: the premium with it and without it, rated as the premium itself is. */
export function stakesOf(book: Book, dispute: DisputeRow): Promise<DisputeStakes | undefined> {
  // One transaction, so that both are of the same trips.
  return book.transaction().execute(async (transaction) => {
    const { policy_id: policyId } = dispute
    const rest = await acceptedCorrections(transaction, policyId, dispute.id)
    const accepted = await premiumUnder(transaction, policyId, [...rest, correctionOf(dispute)])
    const rejected = await premiumUnder(transaction, policyId, rest)
    if (accepted === undefined || rejected === undefined) return undefined
    return { currency: accepted.currency, acceptedMinor: accepted.premiumMinor, rejectedMinor: rejected.premiumMinor }
  })
}
