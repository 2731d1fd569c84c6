// Telling a genuine statement from a forgery: by the code it prints, or by the hash of its bytes. Nothing personal is in the answer.

import { createHash } from 'node:crypto'
import type { Book } from '../../store/book/schema.ts'

/** 80 bits: nobody guesses one. */
const codeForm = /^[0-9a-f]{20}$/
const hashForm = /^[0-9a-f]{64}$/

export type Verified =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'genuine'
      /** `file`: these are the very bytes that were issued. */
      readonly by: 'code' | 'file'
      readonly product: 'motor' | 'home'
      readonly premiumMinor: number
      readonly currency: string
      readonly computedAtMs: number
      /** It is what the policy pays now. */
      readonly isCurrent: boolean
      /** Of the file; of a code, of the newest statement with it, or null. */
      readonly issuedAtMs: number | null
    }

/** Where a statement's QR leads. @param publicUrl the address people type; empty where none was configured */
export function verificationUrl(publicUrl: string, premiumId: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/verify/${encodeURIComponent(premiumId)}`
}

/** As people write it: in groups, in capitals. */
export function plainCode(written: string): string {
  return written.toLowerCase().replaceAll(/[\s\-_.·:]/g, '')
}

export async function noteStatement(book: Book, premiumId: string, pdf: Uint8Array, nowMs: number): Promise<void> {
  const sha256 = createHash('sha256').update(pdf).digest('hex')
  await book
    .insertInto('issued_statements')
    .values({ sha256, premium_id: premiumId, issued_at_ms: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** @param written a statement's code, or the SHA-256 of its file */
export async function verifyStatement(book: Book, written: string): Promise<Verified> {
  const plain = plainCode(written)
  if (hashForm.test(plain)) {
    const issued = await book.selectFrom('issued_statements').selectAll().where('sha256', '=', plain).executeTakeFirst()
    return issued === undefined ? { kind: 'unknown' } : verified(book, issued.premium_id, 'file', issued.issued_at_ms)
  }
  if (!codeForm.test(plain)) return { kind: 'unknown' }
  const newest = await book
    .selectFrom('issued_statements')
    .select('issued_at_ms')
    .where('premium_id', '=', plain)
    .orderBy('issued_at_ms', 'desc')
    .executeTakeFirst()
  return verified(book, plain, 'code', newest?.issued_at_ms ?? null)
}

async function verified(book: Book, premiumId: string, by: 'code' | 'file', issuedAtMs: number | null): Promise<Verified> {
  const row = await book
    .selectFrom('premiums')
    .innerJoin('policies', 'policies.id', 'premiums.policy_id')
    .select([
      'policies.product',
      'policies.current_premium_id',
      'premiums.premium_minor',
      'premiums.currency',
      'premiums.computed_at_ms',
    ])
    .where('premiums.id', '=', premiumId)
    .executeTakeFirst()
  if (row === undefined) return { kind: 'unknown' }
  return {
    kind: 'genuine',
    by,
    product: row.product,
    premiumMinor: row.premium_minor,
    currency: row.currency,
    computedAtMs: row.computed_at_ms,
    isCurrent: row.current_premium_id === premiumId,
    issuedAtMs,
  }
}
