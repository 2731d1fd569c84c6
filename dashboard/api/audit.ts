// Writes down what was done and looked at, by whom. Rows are only ever added; each carries the hash of the one before it.

import type { Kysely } from 'kysely'
import type { Book, BookSchema } from '../../store/book/schema.ts'
import { chainStart, hashOfEvent, type UnhashedEvent } from '../audit/audit-chain.ts'
import type { Caller } from '../sign-in/sessions.ts'

/** Who looks at the same policy again and again is written down once in this time. */
export const viewedAgainMs = 60 * 60_000

export interface AuditEntry {
  readonly caller: Pick<Caller, 'id' | 'name' | 'insurerId'> & { readonly role: string }
  /** `viewed`, `sign-in`, `editions.approve`: stable names that are filtered by. */
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  /** What a reader needs besides; never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>
}

export function recordAudit(book: Book, entry: AuditEntry, nowMs: number): Promise<void> {
  return book.transaction().execute((transaction) => recordAuditWithin(transaction, entry, nowMs))
}

/** Within the transaction that does what is written down. */
export async function recordAuditWithin(transaction: Kysely<BookSchema>, entry: AuditEntry, nowMs: number): Promise<void> {
  const { caller, action, subjectKind, subjectId, detail = {} } = entry
  const last = await transaction
    .selectFrom('audit_events')
    .select(['number', 'hash'])
    .where('insurer_id', '=', caller.insurerId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const number = (last?.number ?? 0) + 1
  const row: UnhashedEvent = {
    id: `${caller.insurerId}-${number}`,
    at_ms: nowMs,
    insurer_id: caller.insurerId,
    number,
    actor_id: caller.id,
    actor_name: caller.name,
    actor_role: caller.role,
    action,
    subject_kind: subjectKind,
    subject_id: subjectId,
    detail: JSON.stringify(detail),
    previous_hash: last?.hash ?? chainStart,
  }
  await transaction
    .insertInto('audit_events')
    .values({ ...row, hash: hashOfEvent(row) })
    .execute()
}

/** Somebody who is not its holder has read of a policy: at most once in `viewedAgainMs` for the same person and policy. */
export function recordViewed(book: Book, caller: AuditEntry['caller'], policyId: string, nowMs: number): Promise<void> {
  return book.transaction().execute(async (transaction) => {
    const known = await transaction
      .selectFrom('audit_events')
      .select('number')
      .where('insurer_id', '=', caller.insurerId)
      .where('subject_kind', '=', 'policy')
      .where('subject_id', '=', policyId)
      .where('actor_id', '=', caller.id)
      .where('action', '=', 'viewed')
      .where('at_ms', '>', nowMs - viewedAgainMs)
      .limit(1)
      .executeTakeFirst()
    if (known !== undefined) return
    await recordAuditWithin(transaction, { caller, action: 'viewed', subjectKind: 'policy', subjectId: policyId }, nowMs)
  })
}
