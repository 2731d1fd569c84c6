// Leads editions from state to state in the book: whatever edition-life.ts decides is written together with who did it, in
// one transaction.

import type { Kysely } from 'kysely'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import type { Book, BookSchema } from '../../store/book/schema.ts'
import { checkDraft, faultsOf } from './draft-document.ts'
import { type DraftOutcome, documentOf } from './edit-drafts.ts'
import { type Actor, eventsOf, findEdition, noteEvent, stateOf } from './edition-book.ts'
import { decideEdition, type EditionCommand, type EditionRefusal } from './edition-life.ts'
import { endShadowOf } from './shadow.ts'

export const commentCharactersMax = 500

export type MoveOutcome =
  | { readonly kind: 'unknown' }
  | EditionRefusal
  | { readonly kind: 'done'; readonly row: EditionRow; readonly isNew: boolean }

export interface Move {
  readonly kind: 'submit' | 'approve' | 'schedule' | 'withdraw'
  /** Of the document that was seen. */
  readonly seenHash: string
  readonly comment: string
  /** For `schedule`: from when it is in force; at once when absent. */
  readonly fromMs?: number | undefined
}

export function moveEdition(book: Book, reference: string, move: Move, actor: Actor, nowMs: number): Promise<MoveOutcome> {
  return book.transaction().execute(async (transaction) => {
    const row = await findEdition(transaction, reference, actor.insurerId)
    if (row === undefined) return { kind: 'unknown' }
    const state = stateOf(row, await eventsOf(transaction, row.id))
    const command = await commandOf(transaction, row, move, nowMs)
    const decision = decideEdition(state, command, { id: actor.id, seenHash: move.seenHash, nowMs })
    if (decision.kind === 'unchanged') return { kind: 'done', row, isNew: false }
    if (decision.kind !== 'moves') return decision
    const columns = {
      status: decision.to,
      ...(command.kind === 'approve' ? { approved_hash: row.hash } : {}),
      ...(command.kind === 'schedule' ? { active_from_ms: command.fromMs } : {}),
      ...(command.kind === 'withdraw' ? { active_from_ms: null, approved_hash: null } : {}),
    }
    await transaction.updateTable('editions').set(columns).where('hash', '=', row.hash).execute()
    await noteEvent(
      transaction,
      {
        edition_id: row.id,
        done_at_ms: nowMs,
        action: decision.action,
        from_status: row.status,
        to_status: decision.to,
        hash: row.hash,
        comment: move.comment,
      },
      actor,
    )
    if (command.kind === 'withdraw') await endShadowOf(transaction, row, actor, nowMs)
    return { kind: 'done', row: { ...row, ...columns }, isNew: true }
  })
}

async function commandOf(transaction: Kysely<BookSchema>, row: EditionRow, move: Move, nowMs: number): Promise<EditionCommand> {
  if (move.kind === 'submit') {
    const document = row.status === 'draft' ? documentOf(row) : undefined
    return { kind: 'submit', problems: document === undefined ? 0 : faultsOf(checkDraft(document)) }
  }
  if (move.kind !== 'schedule') return { kind: move.kind }
  const others = await transaction
    .selectFrom('editions')
    .select(['status', 'active_from_ms'])
    .where('plan_id', '=', row.plan_id)
    .where('hash', '<>', row.hash)
    .where('status', 'in', ['scheduled', 'active'])
    .execute()
  const startsOf = (status: EditionRow['status']) =>
    others.flatMap((other) => (other.status === status && other.active_from_ms !== null ? [other.active_from_ms] : []))
  return {
    kind: 'schedule',
    fromMs: move.fromMs ?? nowMs,
    takenFromMs: startsOf('scheduled'),
    inForceFromMs: startsOf('active').at(0),
  }
}

/** Takes a draft out of the book; what was done with it stays. Done again it is done already. */
export function discardDraft(
  book: Book,
  reference: string,
  seenHash: string,
  actor: Actor,
  nowMs: number,
): Promise<DraftOutcome | { readonly kind: 'discarded' }> {
  return book.transaction().execute(async (transaction) => {
    const row = await findEdition(transaction, reference, actor.insurerId)
    if (row === undefined) {
      const last = (await eventsOf(transaction, reference)).at(-1)
      const isOwn = last?.action === 'discard' && (await isColleague(transaction, last.done_by, actor))
      return { kind: isOwn ? 'discarded' : 'unknown' }
    }
    const decision = decideEdition(
      stateOf(row, await eventsOf(transaction, row.id)),
      { kind: 'discard' },
      { id: actor.id, seenHash, nowMs },
    )
    if (decision.kind !== 'moves') return decision.kind === 'unchanged' ? { kind: 'discarded' } : decision
    await transaction.deleteFrom('editions').where('hash', '=', row.hash).execute()
    const { id: edition_id, hash } = row
    await noteEvent(
      transaction,
      { edition_id, done_at_ms: nowMs, action: 'discard', from_status: 'draft', to_status: null, hash, comment: '' },
      actor,
    )
    return { kind: 'discarded' }
  })
}

/** Whether somebody is of the same insurer; to whoever runs Merit everybody is. */
async function isColleague(transaction: Kysely<BookSchema>, id: string | null, { insurerId }: Actor): Promise<boolean> {
  if (insurerId === undefined) return true
  const row = await transaction.selectFrom('user').select('insurer_id').where('id', '=', id).executeTakeFirst()
  return row?.insurer_id === insurerId
}
