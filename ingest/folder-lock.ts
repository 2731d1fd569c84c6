// One edge per data folder: two would write one journal. The lock is an exclusive SQLite transaction, which the system gives
// back when its process ends, however it ends; no stale lock file ever needs a hand.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeFolder } from '../store/make-folder.ts'

const sqliteBusy = 5

/** Another edge works on this data folder. */
export class FolderLocked extends Error {
  readonly code = 'data-folder-in-use'
}

/** The data folder cannot be made or written. */
export class FolderUnusable extends Error {
  readonly code = 'data-folder-unusable'
}

export interface FolderLock {
  release(): void
}

/**
 * @param name of what may run once, such as `edge`
 * @throws FolderLocked or FolderUnusable, with a message that says how to mend it
 */
export function lockFolder(folder: string, name: string): FolderLock {
  const pidFile = join(folder, `${name}.pid`)
  let database: DatabaseSync | undefined
  try {
    makeFolder(folder)
    database = new DatabaseSync(join(folder, `${name}.lock`))
    const held = database
    held.exec('BEGIN EXCLUSIVE')
    writeFileSync(pidFile, `${process.pid}\n`)
    return { release: () => held.close() }
  } catch (error) {
    database?.close()
    if (isBusy(error)) {
      throw new FolderLocked(
        `Another Merit ${name} (process ${readPid(pidFile)}) works on ${folder}; stop it, or set MERIT_DATA_DIR to another folder.`,
        { cause: error },
      )
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new FolderUnusable(
      `The data folder ${folder} cannot be used (${reason}); set MERIT_DATA_DIR to a folder that can be written.`,
      {
        cause: error,
      },
    )
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
}

function readPid(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return 'unknown'
  }
}
