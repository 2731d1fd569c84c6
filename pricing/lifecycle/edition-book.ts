// Editions out of the book, with what was done with each.

import type { Kysely } from 'kysely'
import type { EditionEventRow, EditionRow } from '../../store/book/edition-rows.ts'
import type { BookSchema } from '../../store/book/schema.ts'
import { sha256 } from '../canonical-json.ts'
import type { EditionState } from './edition-life.ts'

/** More than a book of many plans makes in decades. */
export const editionsMax = 500

type Reader = Kysely<BookSchema>

/** Whose editions are looked at: one insurer's, or everybody's for whoever runs Merit. */
export type Ownership = string | undefined

/** By its id, its hash, or the beginning of its hash where only one has it. */
export async function findEdition(book: Reader, reference: string, insurerId?: Ownership): Promise<EditionRow | undefined> {
  const exact = await editionsOf(book, insurerId)
    .where(({ eb, or }) => or([eb('id', '=', reference), eb('hash', '=', reference)]))
    .executeTakeFirst()
  if (exact !== undefined || !/^[0-9a-f]{8,63}$/.test(reference)) return exact
  const begun = await editionsOf(book, insurerId)
    .where('hash', '>=', reference)
    .where('hash', '<', `${reference}g`)
    .limit(2)
    .execute()
  return begun.length === 1 ? begun[0] : undefined
}

/** What becomes of each plan first: drafts and what waits, then by when they were in force, the latest first. */
export async function listEditions(book: Reader, planId?: string, insurerId?: Ownership): Promise<readonly EditionRow[]> {
  let query = editionsOf(book, insurerId)
  if (planId !== undefined) query = query.where('plan_id', '=', planId)
  const rows = await query.orderBy('known_at_ms', 'desc').orderBy('hash').limit(editionsMax).execute()
  const rank = (row: EditionRow) => row.active_from_ms ?? Number.POSITIVE_INFINITY
  return rows.toSorted((one, other) => (rank(one) === rank(other) ? 0 : rank(other) - rank(one)))
}

function editionsOf(book: Reader, insurerId: Ownership) {
  const query = book.selectFrom('editions').selectAll()
  return insurerId === undefined ? query : query.where('insurer_id', '=', insurerId)
}

/** In the order they happened. */
export function eventsOf(book: Reader, editionId: string): Promise<EditionEventRow[]> {
  return book.selectFrom('edition_events').selectAll().where('edition_id', '=', editionId).orderBy('number').execute()
}

const authorActions: ReadonlySet<EditionEventRow['action']> = new Set(['create', 'edit'])

export function authorsOf(events: readonly EditionEventRow[]): readonly string[] {
  const ids = events.flatMap(({ action, done_by: id }) => (authorActions.has(action) && id !== null ? [id] : []))
  return [...new Set(ids)]
}

export function stateOf(row: EditionRow, events: readonly EditionEventRow[]): EditionState {
  return {
    status: row.status,
    hash: row.hash,
    documentHash: sha256(row.document),
    authors: authorsOf(events),
    submitter: events.findLast(({ action }) => action === 'submit')?.done_by ?? undefined,
    approvedHash: row.approved_hash ?? undefined,
    activeFromMs: row.active_from_ms ?? undefined,
  }
}

export type NewEditionEvent = Pick<
  EditionEventRow,
  'edition_id' | 'done_at_ms' | 'action' | 'from_status' | 'to_status' | 'hash' | 'comment'
>

export interface Actor {
  readonly id: string
  readonly name: string
  /** Whose editions there are for them; everybody's when absent. */
  readonly insurerId?: Ownership
}

/** Appends to what was done with an edition. @param actor undefined when Merit acts by itself */
export async function noteEvent(transaction: Reader, event: NewEditionEvent, actor: Actor | undefined): Promise<void> {
  const { last } = await transaction
    .selectFrom('edition_events')
    .select(({ fn }) => fn.max<number | null>('number').as('last'))
    .where('edition_id', '=', event.edition_id)
    .executeTakeFirstOrThrow()
  await transaction
    .insertInto('edition_events')
    .values({ ...event, number: (last ?? 0) + 1, done_by: actor?.id ?? null, done_by_name: actor?.name ?? null })
    .execute()
}
