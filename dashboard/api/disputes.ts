// Disputes out of the book, each with the trips that it is about as they are measured now. Whose they are is decided by
// whose policy it is.

import Type from 'typebox'
import { correctionOf } from '../../pricing/accepted-corrections.ts'
import { type Correction, type MeasuredTrip, matchedEvents, tripMatch } from '../../pricing/corrections.ts'
import { readTripFacts } from '../../pricing/trip-facts.ts'
import type { Book, DisputeRow, DisputeStatus } from '../../store/book/schema.ts'
import type { Caller } from '../sign-in/sessions.ts'
import type { Dispute, DisputeDetail } from './dispute-shapes.ts'
import { listOrder, type Page, type PageQuery } from './page.ts'
import type { Refusal } from './route.ts'

const key = Type.Tuple([Type.Integer(), Type.String()])
const newestFirst = listOrder('disputes', key)
const oldestFirst = listOrder('open disputes', key)

interface Wanted {
  readonly status?: DisputeStatus
  /** Only those that are about this trip as it is measured now. */
  readonly tripId?: string
}

/** Newest first; the oldest first of those that wait. */
export async function disputesOf(
  book: Book,
  caller: Caller,
  { status, tripId }: Wanted,
  pageQuery: PageQuery,
): Promise<Page<Dispute> | Refusal> {
  const order = status === 'open' ? oldestFirst : newestFirst
  const start = order.start(pageQuery)
  if (start.kind === 'refused') return start
  const { after, limit } = start
  let query = visible(book, caller)
  if (status !== undefined) query = query.where('disputes.status', '=', status)
  if (tripId !== undefined) {
    const trip = await book.selectFrom('trips').selectAll().where('id', '=', tripId).executeTakeFirst()
    if (trip === undefined) return { items: [], next: null }
    query = query
      .where('disputes.device_id', '=', trip.device_id)
      .where('disputes.trip_start_ms', '<=', trip.ended_at_ms)
      .where('disputes.trip_end_ms', '>=', trip.started_at_ms)
  }
  if (after !== undefined) {
    const [atMs, id] = after
    const beyond = status === 'open' ? '>' : '<'
    query = query.where(({ or, and, eb }) =>
      or([
        eb('disputes.created_at_ms', beyond, atMs),
        and([eb('disputes.created_at_ms', '=', atMs), eb('disputes.id', '>', id)]),
      ]),
    )
  }
  const read = await query
    .orderBy('disputes.created_at_ms', status === 'open' ? 'asc' : 'desc')
    .orderBy('disputes.id')
    .limit(limit + 1)
    .execute()
  const { rows, next } = order.cut(read, limit, (row) => [row.created_at_ms, row.id])
  const disputes: Dispute[] = []
  for (const row of rows) disputes.push(await toDispute(book, caller, row))
  return { items: tripId === undefined ? disputes : disputes.filter(({ trips }) => trips.includes(tripId)), next }
}

export async function disputeOf(book: Book, caller: Caller, id: string): Promise<Dispute | undefined> {
  const row = await visible(book, caller).where('disputes.id', '=', id).executeTakeFirst()
  return row && toDispute(book, caller, row)
}

/** In the order in which they were taken. */
export async function disputeStepsOf(book: Book, disputeId: string): Promise<DisputeDetail['steps']> {
  const rows = await book
    .selectFrom('dispute_steps')
    .leftJoin('user', 'user.id', 'dispute_steps.done_by')
    .select(['status', 'reason', 'done_at_ms', 'user.name as name'])
    .where('dispute_id', '=', disputeId)
    .orderBy('number')
    .execute()
  return rows.map(({ status, reason, name, done_at_ms: atMs }) => ({ status, reason, by: name, atMs }))
}

function visible(book: Book, caller: Caller) {
  const query = book
    .selectFrom('disputes')
    .innerJoin('policies', 'policies.id', 'disputes.policy_id')
    .innerJoin('policyholders', 'policyholders.id', 'policies.policyholder_id')
    .leftJoin('user', 'user.id', 'disputes.decided_by')
    .selectAll('disputes')
    .select(['policies.time_zone', 'policyholders.name as holder_name', 'user.name as decider_name'])
    .where('policies.insurer_id', '=', caller.insurerId)
  return caller.role === 'insurer' ? query : query.where('policyholders.user_id', '=', caller.id)
}

interface VisibleRow extends DisputeRow {
  readonly time_zone: string
  readonly holder_name: string
  readonly decider_name: string | null
}

async function toDispute(book: Book, caller: Caller, row: VisibleRow): Promise<Dispute> {
  const correction = correctionOf(row)
  const found = await subjectsOf(book, correction)
  return {
    id: row.id,
    policyId: row.policy_id,
    policyholder: row.holder_name,
    timeZone: row.time_zone,
    kind: row.kind,
    tripId: row.trip_id,
    tripStartedAtMs: row.trip_start_ms,
    tripEndedAtMs: row.trip_end_ms,
    event: correction.event === undefined ? null : { ...correction.event },
    note: row.note,
    status: row.status,
    createdAtMs: row.created_at_ms,
    decidedAtMs: row.decided_at_ms,
    decidedBy: caller.role === 'insurer' ? row.decider_name : null,
    reason: row.reason,
    match: found.length === 0 ? 'gone' : found.every(({ isSame }) => isSame) ? 'same' : 'moved',
    trips: found.map(({ tripId }) => tripId),
    events: found.flatMap(({ events }) => events),
  }
}

interface Subject {
  readonly tripId: string
  readonly isSame: boolean
  readonly events: Dispute['events']
}

/** What a correction is about among the trips as measured now, exactly as pricing finds it. */
async function subjectsOf(book: Book, correction: Correction): Promise<readonly Subject[]> {
  const rows = await book
    .selectFrom('trips')
    .selectAll()
    .where('device_id', '=', correction.deviceId)
    .where('started_at_ms', '<=', correction.tripEndMs)
    .where('ended_at_ms', '>=', correction.tripStartMs)
    .orderBy('started_at_ms')
    .execute()
  return rows.flatMap((row) => {
    const facts = readTripFacts(row.facts)
    if (facts === undefined) return []
    const { id, device_id: deviceId, started_at_ms: startedAtMs, ended_at_ms: endedAtMs } = row
    const trip: MeasuredTrip = { id, deviceId, startedAtMs, endedAtMs, facts }
    if (correction.event === undefined) {
      const match = tripMatch(correction, trip)
      return match === undefined ? [] : [{ tripId: id, isSame: match === 'same', events: [] }]
    }
    const events = matchedEvents(correction, trip).map(({ kind, startMs, endMs }) => ({ kind, startMs, endMs }))
    const isSame = id === correction.tripId && events.some(({ startMs }) => startMs === correction.event?.startMs)
    return events.length === 0 ? [] : [{ tripId: id, isSame, events }]
  })
}
