// Edge's part of an erasure: the journal keeps what it stored until its file is full, so for an erasure it begins a new file, and
// the old ones go as soon as the store has them; the recent messages that makers look at are forgotten. Then office erases the stores.

import type { Logger } from 'pino'
import type { Book } from '../store/book/schema.ts'
import type { Journal } from './journal/open-journal.ts'

export const erasurePollMs = 2_000

export interface JournalErasure {
  close(): Promise<void>
}

interface JournalErasureOptions {
  readonly book: Book
  readonly journal: Pick<Journal, 'turnPage' | 'status'>
  /** Resolves when what came of the devices before then is out of memory and out of the file. */
  readonly forget: (deviceIds: readonly string[], beforeMs: number) => Promise<void>
  readonly log: Logger
  readonly nowMs: () => number
  readonly pollMs?: number
}

export function startJournalErasure({
  book,
  journal,
  forget,
  log,
  nowMs,
  pollMs = erasurePollMs,
}: JournalErasureOptions): JournalErasure {
  /** The last segment that may hold what is to be erased, by erasure. */
  const turnedAt = new Map<string, number>()

  async function round(): Promise<void> {
    const asked = await book
      .selectFrom('erasures')
      .select(['id', 'policy_id', 'due_at_ms'])
      .where('status', '=', 'journal')
      .execute()
    for (const { id, policy_id, due_at_ms } of asked) {
      const last = turnedAt.get(id) ?? (await journal.turnPage())
      turnedAt.set(id, last)
      if (journal.status().oldestSegment <= last) continue
      const devices = await book.selectFrom('policy_devices').select('device_id').where('policy_id', '=', policy_id).execute()
      await forget(
        devices.map(({ device_id }) => device_id),
        due_at_ms,
      )
      await book
        .updateTable('erasures')
        .set({ status: 'stores', changed_at_ms: nowMs() })
        .where('id', '=', id)
        .where('status', '=', 'journal')
        .execute()
      turnedAt.delete(id)
    }
  }

  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(round)
      .catch((error: unknown) => log.error({ err: error }, 'The journal could not be erased; it is tried again.'))
  }, pollMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
