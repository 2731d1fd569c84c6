// Makes drafts of editions and changes them. Each change is bound to the document that was seen, and written down with who
// made it.

import type { Kysely } from 'kysely'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import type { Book, BookSchema } from '../../store/book/schema.ts'
import type { EditionDocument } from '../edition/edition-document.ts'
import { parseStoredEdition } from '../edition/parse-edition.ts'
import { shortId } from '../short-id.ts'
import { addressed, draftDocument, nextTitle } from './draft-document.ts'
import { type Actor, authorsOf, eventsOf, findEdition, noteEvent, stateOf } from './edition-book.ts'
import { decideEdition, type EditionRefusal } from './edition-life.ts'

/** In the order they are checked. */
export type DraftOutcome =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'bad-form'; readonly problems: readonly string[] }
  | { readonly kind: 'other-plan'; readonly planId: string }
  | EditionRefusal
  /** Another edition of the book has exactly this content. */
  | { readonly kind: 'exists'; readonly id: string }
  | { readonly kind: 'done'; readonly row: EditionRow }

export interface DraftTime {
  readonly nowMs: number
  /** At least 5 random bytes, of which a new draft's id is made. */
  readonly random: Uint8Array
}

/** A draft with an edition's content and a title of its own. @param from id or hash, of any status */
export function draftFrom(
  book: Book,
  from: string,
  title: string | undefined,
  actor: Actor,
  time: DraftTime,
): Promise<DraftOutcome> {
  return book.transaction().execute(async (transaction) => {
    const base = await findEdition(transaction, from, actor.insurerId)
    if (base === undefined) return { kind: 'unknown' }
    const document = documentOf(base)
    if (document === undefined) return { kind: 'bad-form', problems: [] }
    const titles = new Set(
      (await transaction.selectFrom('editions').select('document').where('plan_id', '=', base.plan_id).execute()).map(titleOf),
    )
    const day = new Date(time.nowMs).toISOString().slice(0, 'YYYY-MM-DD'.length)
    const named = title ?? nextTitle(document.title, day, (candidate) => titles.has(candidate))
    const made = await addDraft(transaction, { ...document, title: named }, base.hash, base.insurer_id, actor, time)
    if (made.kind === 'done' && base.approved_hash === null) await carryAuthors(transaction, base, made.row, actor)
    return made
  })
}

/** Who wrote what nobody has approved has written the copy too: a copy made by another does not open its approval to them. */
async function carryAuthors(transaction: Kysely<BookSchema>, base: EditionRow, made: EditionRow, actor: Actor): Promise<void> {
  const events = await eventsOf(transaction, base.id)
  for (const id of authorsOf(events).filter((author) => author !== actor.id)) {
    const name = events.find(({ done_by: by }) => by === id)?.done_by_name ?? ''
    const { known_at_ms: done_at_ms, hash } = made
    const event = { edition_id: made.id, done_at_ms, action: 'edit', from_status: 'draft', to_status: 'draft', hash } as const
    await noteEvent(transaction, { ...event, comment: base.id }, { id, name })
  }
}

/** A draft of an uploaded document; it belongs to the plan that it names. */
export function draftOf(book: Book, value: unknown, actor: Actor, time: DraftTime): Promise<DraftOutcome> {
  return book.transaction().execute(async (transaction) => {
    const draft = draftDocument(value)
    if (draft.kind === 'bad-form') return draft
    const { planId, product } = draft.document
    const plan = await transaction
      .selectFrom('editions')
      .select(['product', 'insurer_id'])
      .where('plan_id', '=', planId)
      .executeTakeFirst()
    // A policy's plan is its product's; a plan of another product would never rate anything. Another insurer's is not there.
    const isOwn = actor.insurerId === undefined || plan?.insurer_id === actor.insurerId
    if (plan?.product !== product || !isOwn) return { kind: 'other-plan', planId }
    return addDraft(transaction, draft.document, null, plan.insurer_id, actor, time)
  })
}

async function addDraft(
  transaction: Kysely<BookSchema>,
  document: EditionDocument,
  basedOn: string | null,
  insurerId: string,
  actor: Actor,
  { nowMs, random }: DraftTime,
): Promise<DraftOutcome> {
  const { text, hash } = addressed(document)
  const existing = await findEdition(transaction, hash)
  if (existing !== undefined) return { kind: 'exists', id: existing.id }
  const row: EditionRow = {
    hash,
    id: shortId(document.planId, random),
    plan_id: document.planId,
    product: document.product,
    document: text,
    status: 'draft',
    known_at_ms: nowMs,
    active_from_ms: null,
    active_until_ms: null,
    approved_hash: null,
    based_on: basedOn,
    insurer_id: insurerId,
  }
  await transaction.insertInto('editions').values(row).execute()
  await noteEvent(
    transaction,
    { edition_id: row.id, done_at_ms: nowMs, action: 'create', from_status: null, to_status: 'draft', hash, comment: '' },
    actor,
  )
  return { kind: 'done', row }
}

/**
 * Puts another document in a draft's place. The same document again changes nothing.
 * @param seenHash of the document that the change was made to
 */
export function changeDraft(
  book: Book,
  reference: string,
  seenHash: string,
  change: (document: EditionDocument) => unknown,
  actor: Actor,
  nowMs: number,
): Promise<DraftOutcome> {
  return book.transaction().execute(async (transaction) => {
    const row = await findEdition(transaction, reference, actor.insurerId)
    if (row === undefined) return { kind: 'unknown' }
    const document = documentOf(row)
    const draft = document === undefined ? draftDocument(change(JSON.parse(row.document))) : draftDocument(change(document))
    const isSame = draft.kind === 'document' && draft.hash === row.hash
    if (isSame && row.status === 'draft') return { kind: 'done', row }
    const state = stateOf(row, await eventsOf(transaction, row.id))
    const decision = decideEdition(state, { kind: 'edit' }, { id: actor.id, seenHash, nowMs })
    if (decision.kind !== 'moves') return decision.kind === 'unchanged' ? { kind: 'done', row } : decision
    if (draft.kind === 'bad-form') return draft
    if (draft.document.planId !== row.plan_id || draft.document.product !== row.product)
      return { kind: 'other-plan', planId: draft.document.planId }
    const existing = await findEdition(transaction, draft.hash)
    if (existing !== undefined) return { kind: 'exists', id: existing.id }
    const changed = { hash: draft.hash, document: draft.text, known_at_ms: nowMs }
    await transaction.updateTable('editions').set(changed).where('hash', '=', row.hash).execute()
    await noteEvent(
      transaction,
      {
        edition_id: row.id,
        done_at_ms: nowMs,
        action: 'edit',
        from_status: 'draft',
        to_status: 'draft',
        hash: draft.hash,
        comment: '',
      },
      actor,
    )
    return { kind: 'done', row: { ...row, ...changed } }
  })
}

/** The document as the second form has it; undefined when it does not have the form of an edition. */
export function documentOf(row: Pick<EditionRow, 'document' | 'status'>): EditionDocument | undefined {
  const draft = draftDocument(JSON.parse(row.document))
  if (draft.kind === 'document') return draft.document
  return row.status === 'draft' ? undefined : parseStoredEdition(row.document)
}

function titleOf({ document }: Pick<EditionRow, 'document'>): unknown {
  const value: unknown = JSON.parse(document)
  return typeof value === 'object' && value !== null && 'title' in value ? value.title : undefined
}
