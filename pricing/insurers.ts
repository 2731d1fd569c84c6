// The insurers of an installation: each with plans of its own from its first day, and nothing of any other.

import type { Book } from '../store/book/schema.ts'
import type { InsurerRow } from '../store/book/tenant-rows.ts'
import { installEditions } from './install-editions.ts'

export const insurerNameCharactersMax = 80
/** It is part of plan ids and of the ids of what is written down, so it is short and plain. */
const idExpression = /^[a-z][a-z0-9-]{1,31}$/

/** In the order they are checked. */
export type InsurerAdded =
  | { readonly kind: 'bad-id'; readonly id: string }
  | { readonly kind: 'bad-name' }
  | { readonly kind: 'exists'; readonly id: string }
  | { readonly kind: 'added'; readonly id: string }

export async function addInsurer(
  book: Book,
  { id, name }: Pick<InsurerRow, 'id' | 'name'>,
  nowMs: number,
): Promise<InsurerAdded> {
  if (!idExpression.test(id)) return { kind: 'bad-id', id }
  const shown = name.trim()
  if (shown === '' || shown.length > insurerNameCharactersMax) return { kind: 'bad-name' }
  const { numInsertedOrUpdatedRows } = await book
    .insertInto('insurers')
    .values({ id, name: shown, created_at_ms: nowMs })
    .onConflict((known) => known.column('id').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return { kind: 'exists', id }
  await installEditions(book, nowMs)
  return { kind: 'added', id }
}

/** The first one first. */
export function listInsurers(book: Book): Promise<InsurerRow[]> {
  return book.selectFrom('insurers').selectAll().orderBy('created_at_ms').orderBy('id').execute()
}
