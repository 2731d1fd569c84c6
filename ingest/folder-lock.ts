// One edge per data folder: two would write one journal. The lock is an exclusive SQLite transaction, which the system gives
// back when its process ends, however it ends; no stale lock file ever needs a hand.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const sqliteBusy = 5

/** Another edge works on this data folder. */
export class FolderLocked extends Error {
  readonly code = 'data-folder-in-use'
}

export interface FolderLock {
  release(): void
}

/**
 * @param name of what may run once, such as `edge`
 * @throws FolderLocked, or the file system's error when the folder cannot be written
 */
export function lockFolder(folder: string, name: string): FolderLock {
  mkdirSync(folder, { recursive: true })
  const pidFile = join(folder, `${name}.pid`)
  const database = new DatabaseSync(join(folder, `${name}.lock`))
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (!isBusy(error)) throw error
    throw new FolderLocked(
      `Another Merit ${name} (process ${readPid(pidFile)}) works on ${folder}; stop it, or set MERIT_DATA_DIR to another folder.`,
      { cause: error },
    )
  }
  writeFileSync(pidFile, `${process.pid}\n`)
  return { release: () => database.close() }
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
