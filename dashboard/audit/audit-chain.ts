// The chain that what was written down makes: each row carries the hash of the one before it of the same insurer, so a row that
// is changed, taken out or put in between does not fit any more. Pure; rows come in and a verdict comes out.

import { contentHash } from '../../pricing/canonical-json.ts'
import type { AuditEventRow } from '../../store/book/tenant-rows.ts'

/** What the first row of an insurer carries as the hash before it. */
export const chainStart = '0'.repeat(64)

export type UnhashedEvent = Omit<AuditEventRow, 'hash'>

/** SHA-256 over the canonical form (RFC 8785) of every column but the hash itself. */
export function hashOfEvent(row: UnhashedEvent): string {
  const { id, at_ms, insurer_id, number, actor_id, actor_name, actor_role } = row
  const { action, subject_kind, subject_id, detail, previous_hash } = row
  const who = { actor_id, actor_name, actor_role }
  const what = { action, subject_kind, subject_id, detail }
  return contentHash({ id, at_ms, insurer_id, number, ...who, ...what, previous_hash })
}

/** How far a chain has been followed: the number and hash of the last row that fits. */
export interface ChainHead {
  readonly number: number
  readonly hash: string
}

/** In the order they are checked. */
export type ChainFault =
  /** A row before it is missing, or is there twice. */
  | { readonly kind: 'gap'; readonly number: number; readonly expected: number }
  /** It does not carry the hash of the row before it. */
  | { readonly kind: 'broken-link'; readonly number: number }
  /** What it says is not what was hashed. */
  | { readonly kind: 'changed'; readonly number: number }

export const noHead: ChainHead = { number: 0, hash: chainStart }

/** The next row of the chain, or why it is not. */
export function followChain(head: ChainHead, row: AuditEventRow): ChainHead | ChainFault {
  const { number, previous_hash, hash } = row
  if (number !== head.number + 1) return { kind: 'gap', number, expected: head.number + 1 }
  if (previous_hash !== head.hash) return { kind: 'broken-link', number }
  if (hashOfEvent(row) !== hash) return { kind: 'changed', number }
  return { number, hash }
}
