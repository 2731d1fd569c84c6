// Pausing what is collected of a policy, and letting it be collected again. Edge does not take in what lies in a pause; this writes
// down from when to when it is.

import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { CollectionPauseRow } from '../../store/book/person-rows.ts'
import type { Book, BookSchema } from '../../store/book/schema.ts'
import { tellAboutPrivacy } from './privacy-messages.ts'

/** Edge reads what was decided every second: from then on its receipts are true. */
export const takesEffectMs = 2_000
/** A pause that was to be longer would better be an erasure or the end of the policy. */
export const pauseDaysMax = 366
const dayMs = 86_400_000

/** In the order in which they are checked. */
export type Paused = { readonly kind: 'bad-end' } | { readonly kind: 'paused'; readonly pause: CollectionPauseRow }

/** @param untilMs null: until it is resumed. A pause that runs becomes this one. */
export function pauseCollecting(book: Book, policyId: string, untilMs: number | null, nowMs: number): Promise<Paused> {
  return book.transaction().execute(async (transaction): Promise<Paused> => {
    const fromMs = nowMs + takesEffectMs
    if (untilMs !== null && (untilMs <= fromMs || untilMs > nowMs + pauseDaysMax * dayMs)) return { kind: 'bad-end' }
    const pause = await pauseWithin(transaction, policyId, untilMs, nowMs)
    await tellAboutPrivacy(transaction, policyId, { what: 'paused', untilMs }, nowMs)
    return { kind: 'paused', pause }
  })
}

/** Nothing is told: whoever pauses as a part of something else tells that. */
export async function pauseWithin(
  transaction: Kysely<BookSchema>,
  policyId: string,
  untilMs: number | null,
  nowMs: number,
): Promise<CollectionPauseRow> {
  const running = await runningPause(transaction, policyId, nowMs)
  if (running !== undefined) {
    const changed = { until_ms: untilMs, changed_at_ms: nowMs }
    await transaction.updateTable('collection_pauses').set(changed).where('id', '=', running.id).execute()
    return { ...running, ...changed }
  }
  const pause: CollectionPauseRow = {
    id: randomUUID(),
    policy_id: policyId,
    from_ms: nowMs + takesEffectMs,
    until_ms: untilMs,
    changed_at_ms: nowMs,
  }
  await transaction.insertInto('collection_pauses').values(pause).execute()
  return pause
}

/** Nothing to resume is fine. */
export function resumeCollecting(book: Book, policyId: string, nowMs: number): Promise<void> {
  return book.transaction().execute(async (transaction) => {
    const isResumed = await resumeWithin(transaction, policyId, nowMs)
    if (isResumed) await tellAboutPrivacy(transaction, policyId, { what: 'resumed' }, nowMs)
  })
}

/** @returns whether there was a pause */
export async function resumeWithin(transaction: Kysely<BookSchema>, policyId: string, nowMs: number): Promise<boolean> {
  const running = await runningPause(transaction, policyId, nowMs)
  if (running === undefined) return false
  const until_ms = Math.max(running.from_ms, nowMs + takesEffectMs)
  await transaction
    .updateTable('collection_pauses')
    .set({ until_ms, changed_at_ms: nowMs })
    .where('id', '=', running.id)
    .execute()
  return true
}

/** The one that runs or is about to; one that was told to end is over. */
export async function runningPause(
  book: Kysely<BookSchema>,
  policyId: string,
  nowMs: number,
): Promise<CollectionPauseRow | undefined> {
  return book
    .selectFrom('collection_pauses')
    .selectAll()
    .where('policy_id', '=', policyId)
    .where(({ eb, or }) => or([eb('until_ms', 'is', null), eb('until_ms', '>', nowMs + takesEffectMs)]))
    .orderBy('from_ms', 'desc')
    .executeTakeFirst()
}
