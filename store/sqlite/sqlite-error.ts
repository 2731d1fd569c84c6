// What SQLite's result codes mean to Merit. https://www.sqlite.org/rescode.html

/** Primary result codes; an extended code carries its primary one in the low byte. */
const meanings = {
  3: 'denied', // SQLITE_PERM
  5: 'locked', // SQLITE_BUSY
  6: 'locked', // SQLITE_LOCKED
  8: 'denied', // SQLITE_READONLY
  10: 'broken-disk', // SQLITE_IOERR
  11: 'corrupt', // SQLITE_CORRUPT
  13: 'full', // SQLITE_FULL
  14: 'denied', // SQLITE_CANTOPEN
  23: 'denied', // SQLITE_AUTH
  26: 'corrupt', // SQLITE_NOTADB
} as const satisfies Readonly<Record<number, string>>

export type SqliteFailure = (typeof meanings)[keyof typeof meanings]

/** What went wrong around the database, or undefined when the error is the statement's own fault or not SQLite's at all. */
export function sqliteFailure(error: unknown): SqliteFailure | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  const primary = error.errcode & 0xff
  return Object.entries(meanings).find(([code]) => Number(code) === primary)?.[1]
}
