// Everything a person was told, the newest first. Most of it stands elsewhere already (notices, goals, disputes, trips) and is read
// from there; only what stands nowhere else has rows of its own. Figures only: the words are the page's.

import { sql } from 'kysely'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import { type MessageKind, messageKinds } from '../../store/book/person-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import type { Caller } from '../sign-in/sessions.ts'
import { settingsOf } from './settings.ts'

/** Older ones stay with what they were about. */
export const inboxDays = 400
/** Of each kind: more than anybody scrolls through. */
const perKindMax = 200
const dayMs = 86_400_000

export interface InboxMessage {
  readonly id: string
  readonly kind: MessageKind
  /** Which of the kind's messages it is; it picks the words. */
  readonly what: string
  readonly policyId: string
  readonly timeZone: string
  readonly atMs: number
  readonly isRead: boolean
  /** What the words and the link need. */
  readonly facts: Readonly<Record<string, number | string | null>>
}

type Unmarked = Omit<InboxMessage, 'isRead' | 'timeZone'>

export async function inboxOf(book: Book, caller: Pick<Caller, 'id'>, nowMs: number): Promise<readonly InboxMessage[]> {
  const policies = await book
    .selectFrom('policies')
    .innerJoin('policyholders', 'policyholders.id', 'policies.policyholder_id')
    .select(['policies.id', 'policies.time_zone'])
    .where('policyholders.user_id', '=', caller.id)
    .execute()
  if (policies.length === 0) return []
  const zones = new Map(policies.map(({ id, time_zone }) => [id, time_zone]))
  const ids = [...zones.keys()]
  const sinceMs = nowMs - inboxDays * dayMs
  const found = (
    await Promise.all([
      notices(book, ids, sinceMs),
      goals(book, ids, sinceMs),
      disputes(book, ids, sinceMs),
      uncountedTrips(book, ids, sinceMs),
      ownMessages(book, ids, sinceMs),
    ])
  ).flat()
  const read = await book.selectFrom('message_reads').select('message_id').where('user_id', '=', caller.id).execute()
  const readIds = new Set(read.map(({ message_id }) => message_id))
  return found
    .map((message) => ({ ...message, timeZone: zones.get(message.policyId) ?? 'UTC', isRead: readIds.has(message.id) }))
    .sort((one, other) => other.atMs - one.atMs || (one.id < other.id ? -1 : 1))
}

/** What was not read, without the kinds that are not to be counted. */
export async function unreadOf(book: Book, caller: Pick<Caller, 'id'>, nowMs: number): Promise<number> {
  const { muted } = await settingsOf(book, caller.id)
  const messages = await inboxOf(book, caller, nowMs)
  return messages.filter(({ isRead, kind }) => !isRead && !muted.includes(kind)).length
}

/** Marks what is the person's own; ids of others are nobody's. */
export async function markRead(
  book: Book,
  caller: Pick<Caller, 'id'>,
  ids: readonly string[],
  isRead: boolean,
  nowMs: number,
): Promise<void> {
  const own = new Set((await inboxOf(book, caller, nowMs)).map(({ id }) => id))
  const marked = ids.filter((id) => own.has(id))
  if (marked.length === 0) return
  if (isRead)
    await book
      .insertInto('message_reads')
      .values(marked.map((message_id) => ({ user_id: caller.id, message_id, read_at_ms: nowMs })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  else await book.deleteFrom('message_reads').where('user_id', '=', caller.id).where('message_id', 'in', marked).execute()
}

async function notices(book: Book, policyIds: readonly string[], sinceMs: number): Promise<readonly Unmarked[]> {
  const rows = await book
    .selectFrom('premium_notices')
    .selectAll()
    .where('policy_id', 'in', policyIds)
    .where('noticed_at_ms', '>', sinceMs)
    .orderBy('noticed_at_ms', 'desc')
    .limit(perKindMax)
    .execute()
  return rows.map((row) => ({
    id: `notice:${row.policy_id}:${row.number}`,
    kind: 'premium',
    what: row.new_minor > row.old_minor ? 'raised' : 'lowered',
    policyId: row.policy_id,
    atMs: row.noticed_at_ms,
    facts: { number: row.number, oldMinor: row.old_minor, newMinor: row.new_minor, currency: row.currency },
  }))
}

async function goals(book: Book, policyIds: readonly string[], sinceMs: number): Promise<readonly Unmarked[]> {
  const rows = await book
    .selectFrom('nudge_messages')
    .selectAll()
    .where('policy_id', 'in', policyIds)
    .where('sent_at_ms', '>', sinceMs)
    .orderBy('sent_at_ms', 'desc')
    .limit(perKindMax)
    .execute()
  return rows.map((row) => ({
    id: `goal:${row.id}`,
    kind: 'goal',
    what: row.kind,
    policyId: row.policy_id,
    atMs: row.sent_at_ms,
    facts: {
      behaviour: row.behaviour,
      budgetMinor: row.budget_minor,
      leftMinor: row.left_minor,
      currency: row.currency,
      week: row.week,
    },
  }))
}

async function disputes(book: Book, policyIds: readonly string[], sinceMs: number): Promise<readonly Unmarked[]> {
  const rows = await book
    .selectFrom('dispute_steps')
    .innerJoin('disputes', 'disputes.id', 'dispute_steps.dispute_id')
    .select([
      'disputes.id',
      'disputes.policy_id',
      'disputes.trip_id',
      'disputes.trip_start_ms',
      'disputes.kind',
      'dispute_steps.number',
      'dispute_steps.status',
      'dispute_steps.reason',
      'dispute_steps.done_at_ms',
    ])
    .where('disputes.policy_id', 'in', policyIds)
    .where('dispute_steps.status', 'in', ['accepted', 'rejected'])
    .where('dispute_steps.done_at_ms', '>', sinceMs)
    .orderBy('dispute_steps.done_at_ms', 'desc')
    .limit(perKindMax)
    .execute()
  return rows.map((row) => ({
    id: `dispute:${row.id}:${row.number}`,
    kind: 'dispute',
    what: row.status,
    policyId: row.policy_id,
    atMs: row.done_at_ms,
    facts: { tripId: row.trip_id, tripStartMs: row.trip_start_ms, disputed: row.kind, reason: row.reason },
  }))
}

async function uncountedTrips(book: Book, policyIds: readonly string[], sinceMs: number): Promise<readonly Unmarked[]> {
  const rows = await book
    .selectFrom('policy_devices')
    .innerJoin('trip_sums', 'trip_sums.device_id', 'policy_devices.device_id')
    .innerJoin('trips', (join) =>
      join.onRef('trips.device_id', '=', 'trip_sums.device_id').onRef('trips.started_at_ms', '=', 'trip_sums.started_at_ms'),
    )
    .select([
      'policy_devices.policy_id',
      'trips.id',
      'trips.started_at_ms',
      'trips.ended_at_ms',
      'trips.distance_m',
      'trip_sums.is_driven',
    ])
    .where('policy_devices.policy_id', 'in', policyIds)
    .where('trip_sums.started_at_ms', '>', sinceMs)
    .where(({ eb, or }) =>
      or([eb('trip_sums.is_driven', '=', 0), eb('trip_sums.agreement', '<', behaviourThresholds.quality.ratedAgreementMin)]),
    )
    .orderBy('trip_sums.started_at_ms', 'desc')
    .limit(perKindMax)
    .execute()
  return rows.map((row) => ({
    id: `trip:${row.id}`,
    kind: 'trip',
    what: row.is_driven === 0 ? 'not-driven' : 'contradictory',
    policyId: row.policy_id,
    atMs: row.ended_at_ms,
    facts: { tripId: row.id, startedAtMs: row.started_at_ms, distanceM: row.distance_m },
  }))
}

async function ownMessages(book: Book, policyIds: readonly string[], sinceMs: number): Promise<readonly Unmarked[]> {
  const rows = await book
    .selectFrom('person_messages')
    .select(['id', 'policy_id', 'kind', 'at_ms', sql<string>`coalesce(json_extract(facts, '$.what'), '')`.as('what'), 'facts'])
    .where('policy_id', 'in', policyIds)
    .where('at_ms', '>', sinceMs)
    .orderBy('at_ms', 'desc')
    .limit(perKindMax)
    .execute()
  return rows.flatMap((row): readonly Unmarked[] => {
    const kind = messageKinds.find((known) => known === row.kind)
    if (kind === undefined) return []
    return [{ id: row.id, kind, what: row.what, policyId: row.policy_id, atMs: row.at_ms, facts: flatFacts(row.facts) }]
  })
}

function flatFacts(text: string): InboxMessage['facts'] {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) return {}
  const facts: Record<string, number | string | null> = {}
  for (const [name, of] of Object.entries<unknown>({ ...value }))
    if (typeof of === 'number' || typeof of === 'string' || of === null) facts[name] = of
  return facts
}
