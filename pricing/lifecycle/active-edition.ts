// Which edition of a plan is in force at a time, out of the book.

import type { Kysely } from 'kysely'
import type { BookSchema } from '../../store/book/schema.ts'
import type { Edition } from '../edition/edition-document.ts'
import { parseStoredEdition } from '../edition/parse-edition.ts'
import type { EditionWindow } from './policy-term.ts'

/** Editions kept parsed and compiled; a book has a handful in force at a time. */
const editionsRememberedMax = 64
const remembered = new Map<string, Edition>()

export interface EditionInForce extends EditionWindow {
  readonly untilMs: number | null
  readonly edition: Edition
}

/** Every edition of the plan that is or was active, the oldest first. @throws BadEdition when one does not parse */
export async function editionsInForce(book: Kysely<BookSchema>, planId: string): Promise<readonly EditionInForce[]> {
  const rows = await book
    .selectFrom('editions')
    .select(['hash', 'active_from_ms', 'active_until_ms'])
    .where('plan_id', '=', planId)
    .where('status', 'in', ['active', 'superseded'])
    .where('active_from_ms', 'is not', null)
    .orderBy('active_from_ms')
    .orderBy('hash')
    .execute()
  const inForce: EditionInForce[] = []
  for (const { hash, active_from_ms: fromMs, active_until_ms: untilMs } of rows) {
    if (fromMs === null) continue
    const edition = await editionOf(book, hash)
    if (edition !== undefined)
      inForce.push({ hash, fromMs, untilMs, edition, noMidTermRerate: edition.guardRails.noMidTermRerate })
  }
  return inForce
}

/**
 * The plan's edition at that time, undefined before its first; without a time the one that is active in the book.
 * @throws BadEdition when the stored document does not parse
 */
export async function activeEdition(book: Kysely<BookSchema>, planId: string, atMs?: number): Promise<Edition | undefined> {
  let query = book.selectFrom('editions').select('hash').where('plan_id', '=', planId)
  if (atMs === undefined) query = query.where('status', '=', 'active')
  else
    query = query
      .where('status', 'in', ['active', 'superseded'])
      .where('active_from_ms', '<=', atMs)
      .where(({ eb, or }) => or([eb('active_until_ms', 'is', null), eb('active_until_ms', '>', atMs)]))
  const row = await query.orderBy('active_from_ms', 'desc').limit(1).executeTakeFirst()
  return row === undefined ? undefined : editionOf(book, row.hash)
}

/** By its hash, whatever its status. @throws BadEdition when the stored document does not parse */
export async function editionOf(book: Kysely<BookSchema>, hash: string): Promise<Edition | undefined> {
  const known = remembered.get(hash)
  if (known !== undefined) return known
  const row = await book.selectFrom('editions').select('document').where('hash', '=', hash).executeTakeFirst()
  if (row === undefined) return undefined
  const edition = parseStoredEdition(row.document)
  // What lies under a hash and does not have it is used, and not remembered under it.
  if (edition.hash !== hash) return edition
  if (remembered.size >= editionsRememberedMax) remembered.clear()
  remembered.set(hash, edition)
  return edition
}
