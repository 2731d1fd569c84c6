// Follows an insurer's chain of what was written down from its first row to its last, and names the first that does not fit.

import type { Book } from '../../store/book/schema.ts'
import { type ChainFault, type ChainHead, followChain, noHead } from './audit-chain.ts'

/** Rows in memory at a time: a chain of years is followed in small memory. */
const rowsPerRead = 2000

export type AuditVerified =
  | { readonly kind: 'fits'; readonly head: ChainHead }
  | { readonly kind: 'does-not-fit'; readonly fault: ChainFault; readonly id: string; readonly atMs: number }
  /** Every row fits, but rows that were there when the head was noted are gone, or are others. */
  | { readonly kind: 'other-head'; readonly head: ChainHead }

/** @param noted a head that was noted before: the chain must still lead through it */
export async function verifyAudit(book: Book, insurerId: string, noted?: ChainHead): Promise<AuditVerified> {
  let head = noHead
  let isThroughNoted = noted === undefined || noted.number === 0
  for (;;) {
    const rows = await book
      .selectFrom('audit_events')
      .selectAll()
      .where('insurer_id', '=', insurerId)
      .where('number', '>', head.number)
      .orderBy('number')
      .limit(rowsPerRead)
      .execute()
    for (const row of rows) {
      const next = followChain(head, row)
      if ('kind' in next) return { kind: 'does-not-fit', fault: next, id: row.id, atMs: row.at_ms }
      head = next
      if (head.number === noted?.number) isThroughNoted = head.hash === noted.hash
    }
    if (rows.length < rowsPerRead) break
  }
  return isThroughNoted ? { kind: 'fits', head } : { kind: 'other-head', head }
}
