// The rows of the book that keep insurers apart: the insurers themselves, what belongs to one, and what was done and looked at.

import type { Generated } from 'kysely'

/** To whom belongs what nobody said an insurer for: the first of every installation. */
export const firstInsurerId = 'merit'

export interface InsurerRow {
  id: string
  name: string
  created_at_ms: number
}

/** A row of one insurer; written without one it belongs to the first. */
export type Owned<Row extends { insurer_id: string }> = Omit<Row, 'insurer_id'> & { insurer_id: Generated<string> }

/** Never changed and never taken out. */
export interface AuditEventRow {
  id: string
  at_ms: number
  insurer_id: string
  /** 1 for the insurer's first. */
  number: number
  actor_id: string
  /** As they were then. */
  actor_name: string
  actor_role: string
  action: string
  subject_kind: string
  subject_id: string
  /** JSON. */
  detail: string
  /** Of the insurer's row before this one; zeros before the first. */
  previous_hash: string
  hash: string
}
