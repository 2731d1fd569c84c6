// The sessions of an account as its person sees them: which browser, when last used, which one this is; and ending them.

import type { Book } from '../../store/book/schema.ts'
import { type BrowserWords, browserWords } from './browser-words.ts'

export interface ListedSession extends BrowserWords {
  readonly id: string
  readonly openedAtMs: number
  readonly seenAtMs: number
  readonly provedBy: string
  readonly isThisOne: boolean
}

export async function listSessions(
  book: Book,
  userId: string,
  thisId: string | undefined,
  nowMs: number,
): Promise<ListedSession[]> {
  const rows = await book
    .selectFrom('session')
    .innerJoin('session_marks', 'session_marks.session_id', 'session.id')
    .select(['session.id', 'session.createdAt', 'session.userAgent', 'session_marks.seen_at_ms', 'session_marks.proved_by'])
    .where('session.userId', '=', userId)
    .where('session.expiresAt', '>', new Date(nowMs).toISOString())
    .orderBy('session_marks.seen_at_ms', 'desc')
    .orderBy('session.id')
    .execute()
  return rows
    .map((row) => ({
      id: row.id,
      ...browserWords(row.userAgent ?? ''),
      openedAtMs: Date.parse(row.createdAt),
      seenAtMs: row.seen_at_ms,
      provedBy: row.proved_by,
      isThisOne: row.id === thisId,
    }))
    .toSorted((a, b) => Number(b.isThisOne) - Number(a.isThisOne))
}

/** False when the account has no such session. */
export async function endSession(book: Book, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await book.deleteFrom('session').where('id', '=', id).where('userId', '=', userId).executeTakeFirst()
  return numDeletedRows === 1n
}

/** @returns how many ended */
export async function endOtherSessions(book: Book, userId: string, keptId: string): Promise<number> {
  const { numDeletedRows } = await book
    .deleteFrom('session')
    .where('userId', '=', userId)
    .where('id', '!=', keptId)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

export async function endAllSessions(book: Book, userId: string): Promise<void> {
  await book.deleteFrom('session').where('userId', '=', userId).execute()
}
