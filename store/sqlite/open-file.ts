// Opens a SQLite file the way Merit needs it: durable, shared with other processes, checked for damage, and certainly
// Merit's own. What the tables are is the caller's business.

import { dirname, isAbsolute } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeFolder } from '../make-folder.ts'
import { OpenError } from '../open-error.ts'
import { sqliteFailure } from './sqlite-error.ts'
import { blockingLockWaitMs, inTransaction, waitForLock } from './wait-for-lock.ts'

export interface SqliteFile {
  /** As an error message names it, such as `telemetry store`. */
  readonly name: string
  /** Written into the file's header, so that one database is not taken for another. */
  readonly applicationId: number
  /**
   * Run at every start, at about half a gigabyte a second. `quick_check` reads every page and every row but compares no
   * index with its table; `integrity_check` does that too. Neither can notice a changed bit inside a number that stays a
   * valid number: SQLite keeps no checksums.
   */
  readonly check: 'quick_check' | 'integrity_check'
}

/** The file's path from a `sqlite:` URL. */
export function sqlitePath(url: string): string {
  const path = url.slice('sqlite:'.length)
  if (!url.startsWith('sqlite:') || !isAbsolute(path))
    throw new OpenError('store-address', `${JSON.stringify(url)} is not a database address; expected sqlite:/absolute/path.`)
  return path
}

/**
 * Opens the file, creating it and its folder when missing.
 * @throws OpenError saying what is wrong with the file and how to mend it
 */
export async function openSqliteFile(path: string, file: SqliteFile): Promise<DatabaseSync> {
  let database: DatabaseSync | undefined
  try {
    makeFolder(dirname(path))
    const opened = new DatabaseSync(path, { timeout: blockingLockWaitMs, enableForeignKeyConstraints: true })
    database = opened
    await waitForLock(() => opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON'))
    checkForDamage(opened, path, file)
    await inTransaction(opened, () => claim(opened, path, file))
    return opened
  } catch (error) {
    database?.close()
    throw explain(error, path, file)
  }
}

function checkForDamage(database: DatabaseSync, path: string, file: SqliteFile): void {
  const [first] = database.prepare(`PRAGMA ${file.check}(1)`).all()
  const finding = first?.[file.check]
  if (finding !== 'ok') throw damaged(path, file, String(finding))
}

/** A write, so that a file that cannot be written is refused now and not at the first reading. */
function claim(database: DatabaseSync, path: string, file: SqliteFile): void {
  const found = database.prepare('PRAGMA application_id').get()?.['application_id']
  const isEmpty = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0
  if (isEmpty) database.exec(`PRAGMA application_id = ${file.applicationId}`)
  else if (found !== file.applicationId)
    throw new OpenError('store-foreign', `${path} is a SQLite database, but not Merit's ${file.name}. Choose another file.`)
}

function damaged(path: string, file: SqliteFile, finding: string, cause?: unknown): OpenError {
  const reason = finding.replace('*** in database main ***', '').trim().split('\n')[0]
  const message = `The ${file.name} ${path} is corrupt or not a database (${reason}). Restore a backup or move the file away to start empty.`
  return new OpenError('store-corrupt', message, cause === undefined ? {} : { cause })
}

function explain(error: unknown, path: string, file: SqliteFile): unknown {
  if (error instanceof OpenError || !(error instanceof Error)) return error
  const reason = error.message
  switch (sqliteFailure(error)) {
    case 'corrupt':
      return damaged(path, file, reason, error)
    case 'locked':
      return new OpenError('store-locked', `The ${file.name} ${path} is locked by another process. Stop it and start again.`, {
        cause: error,
      })
    case undefined:
      // mkdir's errors (EACCES, ENOTDIR, EROFS…) are the file system's too.
      if (!('syscall' in error)) return error
      break
    default:
  }
  const message = `The ${file.name} ${path} cannot be opened for writing (${reason}). Check that the folder exists, belongs to this user and has space.`
  return new OpenError('store-denied', message, { cause: error })
}
