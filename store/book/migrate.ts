// Brings a book's tables up to date: every numbered migration once, in order, each recorded. All that is missing is
// applied in one transaction, so a book is never left half-way, and of two processes that start together one waits.

import type { DatabaseSync } from 'node:sqlite'
import { OpenError } from '../open-error.ts'
import { inTransaction } from '../sqlite/wait-for-lock.ts'
import { firstBook } from './migrations/0001-first-book.ts'
import { disputes } from './migrations/0002-disputes.ts'
import { editionLife } from './migrations/0003-edition-life.ts'
import { replays } from './migrations/0004-replays.ts'
import { nudgeMessages } from './migrations/0005-nudge-messages.ts'
import { premiumNotices } from './migrations/0007-premium-notices.ts'
import { premiumBases } from './migrations/0008-premium-bases.ts'
import { disputeSteps } from './migrations/0009-dispute-steps.ts'
import { tenants } from './migrations/0010-tenants.ts'
import { signIn } from './migrations/0011-sign-in.ts'
import { person } from './migrations/0013-person.ts'
import { bookLines } from './migrations/0014-book-lines.ts'
import { makerTester } from './migrations/0016-maker-tester.ts'
import { tripConfirmations } from './migrations/0017-trip-confirmations.ts'
import { apiKeys } from './migrations/0018-api-keys.ts'
import { nudgeStops } from './migrations/0020-nudge-stops.ts'
import { degrees } from './migrations/0021-degrees.ts'
import { runReports } from './migrations/0025-run-reports.ts'

export interface Migration {
  /** Number and name, as its file is called. A migration that was released never changes. */
  readonly id: string
  readonly sql: string
}

export const migrations: readonly Migration[] = [
  firstBook,
  disputes,
  editionLife,
  replays,
  nudgeMessages,
  premiumNotices,
  premiumBases,
  disputeSteps,
  tenants,
  signIn,
  person,
  bookLines,
  makerTester,
  tripConfirmations,
  apiKeys,
  nudgeStops,
  degrees,
  runReports,
]

/** @throws OpenError `store-newer` when the book holds a migration that this code does not know */
export async function migrate(database: DatabaseSync, known: readonly Migration[], nowMs: number): Promise<void> {
  await inTransaction(database, () => {
    database.exec('CREATE TABLE IF NOT EXISTS migrations (id TEXT NOT NULL PRIMARY KEY, applied_at_ms INTEGER NOT NULL) STRICT')
    const applied = database
      .prepare('SELECT id FROM migrations ORDER BY id')
      .all()
      .map((row) => String(row['id']))
    const stranger = applied.find((id, index) => known[index]?.id !== id)
    if (stranger !== undefined)
      throw new OpenError(
        'store-newer',
        `The book was written by a newer Merit (it holds migration ${stranger}). Start that version, or restore a backup made before it.`,
      )
    const record = database.prepare('INSERT INTO migrations (id, applied_at_ms) VALUES (?, ?)')
    for (const migration of known.slice(applied.length)) {
      database.exec(migration.sql)
      record.run(migration.id, nowMs)
    }
  })
}
