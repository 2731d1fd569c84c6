// Opens a book that another part of the process keeps, to read from it beside: no migration, no check, nothing written.

import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { sqlitePath } from '../sqlite/open-file.ts'
import type { Book, BookSchema } from './schema.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

/** Nobody waits for this connection but its own thread. */
const lockWaitMs = 5_000
/** What is read over a book is read again soon after: thirty thousand pages and not SQLite's five hundred. */
const cacheKiB = 120_000

/** @param url `sqlite:/absolute/path` of a book that is open already; close it with `book.destroy()` */
export function openBookToRead(url: string): Book {
  const database = new DatabaseSync(sqlitePath(url), { readOnly: true, timeout: lockWaitMs })
  database.exec(`PRAGMA cache_size = -${cacheKiB}`)
  return new Kysely<BookSchema>({ dialect: sqliteDialect(database) })
}
