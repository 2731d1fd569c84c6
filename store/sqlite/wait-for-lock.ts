// Waits for another process's lock without blocking the event loop: SQLite's own busy handler sleeps inside the call,
// and edge must go on answering devices while office writes.

import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqliteFailure } from './sqlite-error.ts'

/** A transaction here takes milliseconds; whoever holds the lock longer than this is stuck. */
export const lockWaitMsMax = 5_000
/** SQLite's own, blocking wait: long enough for a single commit, too short for a device to notice. */
export const blockingLockWaitMs = 10
const retryAfterMs = 5

/**
 * Repeats `work` until it no longer meets a lock. It must be one statement, or undo itself when it fails.
 * @throws what `work` throws; the lock's own error after `lockWaitMsMax`
 */
export async function waitForLock<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  const giveUpAtMs = performance.now() + lockWaitMsMax
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (sqliteFailure(error) !== 'locked' || performance.now() > giveUpAtMs) throw error
      await sleep(retryAfterMs)
    }
  }
}

/** One write transaction: all of `work` or nothing of it. BEGIN IMMEDIATE, so that it cannot fail half-way for a lock. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Promise<Result> {
  return waitForLock(() => {
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk has rolled back already.
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  })
}
