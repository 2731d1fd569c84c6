// The rows of the book about editions: the life of each, the terms of policies that are priced with them, and the edition
// that is priced in the shadow of another.

export type EditionStatus = 'draft' | 'submitted' | 'approved' | 'scheduled' | 'active' | 'superseded' | 'withdrawn'
export type EditionAction =
  | 'install'
  | 'create'
  | 'edit'
  | 'submit'
  | 'approve'
  | 'schedule'
  | 'activate'
  | 'supersede'
  | 'withdraw'
  | 'discard'
  | 'shadow'
  | 'unshadow'

export interface EditionRow {
  /** SHA-256 of the document's canonical form. */
  hash: string
  plan_id: string
  product: 'motor' | 'home'
  document: string
  /** Stays while a draft's document changes. */
  id: string
  /** When the book learnt the document as it is. */
  known_at_ms: number
  /** The window in which it is in force, or will be. */
  active_from_ms: number | null
  active_until_ms: number | null
  approved_hash: string | null
  /** Hash of the edition that a draft was made from. */
  based_on: string | null
  status: EditionStatus
  insurer_id: string
}

/** What was done with an edition, by whom; by Merit itself where there is no account. */
export interface EditionEventRow {
  edition_id: string
  /** 1 for the first. */
  number: number
  done_at_ms: number
  done_by: string | null
  done_by_name: string | null
  action: EditionAction
  from_status: EditionStatus | null
  to_status: EditionStatus | null
  hash: string
  /** At most 500 characters. */
  comment: string
}

/** A term of a policy that was priced. */
export interface PolicyTermRow {
  policy_id: string
  /** 1 for the first. */
  number: number
  from_ms: number
  until_ms: number
  /** A year's premium at the end of the term before; null in the first. */
  previous_annual_minor: number | null
}

/** The edition that is priced beside the active one of a plan, and charged to nobody. */
export interface EditionShadowRow {
  plan_id: string
  edition_hash: string
  set_at_ms: number
  set_by: string
}

export interface ShadowPremiumRow {
  premium_id: string
  edition_hash: string
  policy_id: string
  /** Null where it cannot price the policy; then `problem` says why. */
  premium_minor: number | null
  problem: string | null
  computed_at_ms: number
}
