// Scheduled editions become active by themselves when their time has come, each superseding the one before at that instant.
// May be called at any time and again: what is done is in the book.

import type { Kysely } from 'kysely'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import type { Book, BookSchema } from '../../store/book/schema.ts'
import { eventsOf, noteEvent, stateOf } from './edition-book.ts'
import { decideEdition } from './edition-life.ts'
import { queueRepricing } from './reprice-plan.ts'
import { endShadowOf } from './shadow.ts'

export interface Activations {
  readonly activated: readonly EditionRow[]
  /** Their time has come, but the approval is of another document than the one that lies in the book. */
  readonly refused: readonly EditionRow[]
}

export async function activateDue(book: Book, nowMs: number): Promise<Activations> {
  const due = await book
    .selectFrom('editions')
    .selectAll()
    .where('status', '=', 'scheduled')
    .where('active_from_ms', '<=', nowMs)
    .orderBy('active_from_ms')
    .execute()
  const activated: EditionRow[] = []
  const refused: EditionRow[] = []
  for (const { hash } of due) {
    const outcome = await book.transaction().execute((transaction) => activate(transaction, hash, nowMs))
    if (outcome.kind === 'activated') activated.push(outcome.row)
    if (outcome.kind === 'refused') refused.push(outcome.row)
  }
  return { activated, refused }
}

type Activation = { readonly kind: 'gone' } | { readonly kind: 'activated' | 'refused'; readonly row: EditionRow }

async function activate(transaction: Kysely<BookSchema>, hash: string, nowMs: number): Promise<Activation> {
  // Read again: it may have been withdrawn since.
  const row = await transaction.selectFrom('editions').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (row === undefined || row.active_from_ms === null) return { kind: 'gone' }
  const byItself = { id: undefined, seenHash: undefined, nowMs }
  const decision = decideEdition(stateOf(row, await eventsOf(transaction, row.id)), { kind: 'activate' }, byItself)
  if (decision.kind === 'not-approved') return { kind: 'refused', row }
  if (decision.kind !== 'moves') return { kind: 'gone' }
  const former = await transaction
    .selectFrom('editions')
    .selectAll()
    .where('plan_id', '=', row.plan_id)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (former !== undefined) {
    const untilMs = Math.max(row.active_from_ms, former.active_from_ms ?? 0)
    const ended = { status: 'superseded', active_until_ms: untilMs } as const
    await transaction.updateTable('editions').set(ended).where('hash', '=', former.hash).execute()
    await noteMove(transaction, former, 'supersede', 'superseded', nowMs)
  }
  await transaction.updateTable('editions').set({ status: 'active' }).where('hash', '=', hash).execute()
  await noteMove(transaction, row, 'activate', 'active', nowMs)
  await endShadowOf(transaction, row, undefined, nowMs)
  await queueRepricing(transaction, row.plan_id)
  return { kind: 'activated', row: { ...row, status: 'active' } }
}

function noteMove(
  transaction: Kysely<BookSchema>,
  { id, hash, status }: EditionRow,
  action: 'activate' | 'supersede',
  to: 'active' | 'superseded',
  nowMs: number,
): Promise<void> {
  const event = { edition_id: id, done_at_ms: nowMs, action, from_status: status, to_status: to, hash, comment: '' }
  return noteEvent(transaction, event, undefined)
}
