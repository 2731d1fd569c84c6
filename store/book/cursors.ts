// Named places in a stream that a stage has worked up to, such as pricing's in the telemetry's changes.

import type { Kysely } from 'kysely'
import type { BookSchema } from './schema.ts'

/** @param book the book, or a transaction on it */
export async function readCursor(book: Kysely<BookSchema>, name: string): Promise<string | undefined> {
  const row = await book.selectFrom('cursors').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value
}

/** @param book the transaction that also writes what was worked out, so that neither is there without the other */
export async function writeCursor(book: Kysely<BookSchema>, name: string, value: string): Promise<void> {
  await book
    .insertInto('cursors')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
