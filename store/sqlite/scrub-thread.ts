// Runs in a thread of its own: writes a SQLite file anew without what was deleted from it, because that holds up whoever waits.
// The thread is told the path and answers nothing; an error ends it.

import { DatabaseSync } from 'node:sqlite'
import { workerData } from 'node:worker_threads'

/** Appends under way are waited for. */
const lockWaitMs = 10_000

const path: unknown = workerData
if (typeof path !== 'string') throw new TypeError('A scrub needs the path of a file.')
const database = new DatabaseSync(path, { timeout: lockWaitMs })
try {
  database.exec('PRAGMA secure_delete = ON; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)')
} finally {
  database.close()
}
