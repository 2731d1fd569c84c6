// Filters of the book that somebody gave a name: their own, and those that colleagues of the same insurer share. Only whose they are
// changes them.

import { randomUUID } from 'node:crypto'
import type { Book } from '../../store/book/schema.ts'
import type { Caller } from '../sign-in/sessions.ts'
import type { BookView } from './book-shapes.ts'

/** Of one account; more than anybody finds again in a list. */
export const viewsMax = 100
/** What was taken out can be taken back this long. */
const keptMs = 24 * 60 * 60 * 1000

export type ViewKept =
  | { readonly kind: 'kept'; readonly view: BookView }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'not-found' }

export interface ViewContent {
  readonly name: string
  readonly query: string
  readonly isShared: boolean
}

/** One's own first, each by name. */
export async function viewsOf(book: Book, caller: Caller): Promise<BookView[]> {
  const rows = await visible(book, caller).where('book_views.deleted_at_ms', 'is', null).execute()
  return rows
    .map((row) => toView(row, caller))
    .toSorted((a, b) => Number(b.isOwn) - Number(a.isOwn) || a.name.localeCompare(b.name, undefined, { numeric: true }))
}

export async function viewOf(book: Book, caller: Caller, id: string): Promise<BookView | undefined> {
  const row = await visible(book, caller)
    .where('book_views.deleted_at_ms', 'is', null)
    .where('book_views.id', '=', id)
    .executeTakeFirst()
  return row && toView(row, caller)
}

export async function keepView(book: Book, caller: Caller, content: ViewContent, nowMs: number): Promise<ViewKept> {
  await book
    .deleteFrom('book_views')
    .where('deleted_at_ms', '<', nowMs - keptMs)
    .execute()
  const { views } = await book
    .selectFrom('book_views')
    .select(({ fn }) => fn.countAll<number>().as('views'))
    .where('user_id', '=', caller.id)
    .where('deleted_at_ms', 'is', null)
    .executeTakeFirstOrThrow()
  if (views >= viewsMax) return { kind: 'too-many' }
  const id = randomUUID()
  await book
    .insertInto('book_views')
    .values({
      id,
      insurer_id: caller.insurerId,
      user_id: caller.id,
      name: content.name.trim(),
      query: content.query,
      is_shared: content.isShared ? 1 : 0,
      created_at_ms: nowMs,
      deleted_at_ms: null,
    })
    .execute()
  const view = await viewOf(book, caller, id)
  return view === undefined ? { kind: 'not-found' } : { kind: 'kept', view }
}

export async function changeView(book: Book, caller: Caller, id: string, content: ViewContent): Promise<BookView | undefined> {
  await book
    .updateTable('book_views')
    .set({ name: content.name.trim(), query: content.query, is_shared: content.isShared ? 1 : 0 })
    .where('id', '=', id)
    .where('user_id', '=', caller.id)
    .execute()
  const view = await viewOf(book, caller, id)
  return view?.isOwn === true ? view : undefined
}

/** Also of what was taken out before: doing it twice is once. Undefined for what is not one's own, or long gone. */
export async function setViewDeleted(book: Book, caller: Caller, id: string, deletedAtMs: number | null): Promise<boolean> {
  const { numUpdatedRows } = await book
    .updateTable('book_views')
    .set({ deleted_at_ms: deletedAtMs })
    .where('id', '=', id)
    .where('user_id', '=', caller.id)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The view an account begins with; null for none. False when there is no such view. */
export async function chooseDefaultView(book: Book, caller: Caller, id: string | null): Promise<boolean> {
  if (id === null) {
    await book.deleteFrom('book_view_defaults').where('user_id', '=', caller.id).execute()
    return true
  }
  if ((await viewOf(book, caller, id)) === undefined) return false
  await book
    .insertInto('book_view_defaults')
    .values({ user_id: caller.id, view_id: id })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ view_id: id }))
    .execute()
  return true
}

function visible(book: Book, caller: Caller) {
  return book
    .selectFrom('book_views')
    .innerJoin('user', 'user.id', 'book_views.user_id')
    .leftJoin('book_view_defaults', (join) =>
      join.onRef('book_view_defaults.view_id', '=', 'book_views.id').on('book_view_defaults.user_id', '=', caller.id),
    )
    .where('book_views.insurer_id', '=', caller.insurerId)
    .where((eb) => eb.or([eb('book_views.user_id', '=', caller.id), eb('book_views.is_shared', '=', 1)]))
    .select([
      'book_views.id',
      'book_views.name',
      'book_views.query',
      'book_views.is_shared',
      'book_views.user_id',
      'user.name as owner_name',
      'book_view_defaults.view_id as default_id',
    ])
}

type VisibleRow = Awaited<ReturnType<ReturnType<typeof visible>['execute']>>[number]

function toView(row: VisibleRow, caller: Caller): BookView {
  const isOwn = row.user_id === caller.id
  return {
    id: row.id,
    name: row.name,
    query: row.query,
    isShared: row.is_shared === 1,
    isOwn,
    sharedBy: isOwn ? null : row.owner_name,
    isDefault: row.default_id !== null,
  }
}
