// Opens the book, the database of policies, trips and premiums, with its tables up to date.

import { Kysely } from 'kysely'
import { openSqliteFile, type SqliteFile, sqlitePath } from '../sqlite/open-file.ts'
import { migrate, migrations } from './migrate.ts'
import type { Book, BookSchema } from './schema.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

/** `MRTB`. The book is small and its money matters: indexes are compared with their tables too. */
const bookFile: SqliteFile = { name: 'book', applicationId: 0x4d525442, check: 'integrity_check' }

/**
 * Creates or migrates the book. Close it with `book.destroy()`. There is one connection: inside a transaction every
 * query must use the transaction, or it waits for itself.
 * @param url `sqlite:/absolute/path`
 * @throws OpenError saying what is wrong with the file and how to mend it
 */
export async function openBook(url: string): Promise<Book> {
  const database = await openSqliteFile(sqlitePath(url), bookFile)
  try {
    await migrate(database, migrations, Date.now())
  } catch (error) {
    database.close()
    throw error
  }
  return new Kysely<BookSchema>({ dialect: sqliteDialect(database) })
}
