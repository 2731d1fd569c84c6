// The rows of the insurer's book: a line for every policy, and the views that were saved.

import type { Generated, GeneratedAlways } from 'kysely'

/** Kept by triggers; nobody else writes it. */
export interface BookLineRow {
  number: Generated<number>
  policy_id: string
  insurer_id: string
  product: 'motor' | 'home'
  plan_id: string
  holder_name: string
  created_at_ms: number
  /** The premium that is charged now; these five are null together, before the first. */
  premium_id: string | null
  premium_minor: number | null
  class_premium_minor: number | null
  currency: string | null
  premium_at_ms: number | null
  difference_minor: GeneratedAlways<number | null>
  /** Of the class price, ten-thousandths. */
  difference: GeneratedAlways<number | null>
  trips: number
  seen_m: number
  trusted_m: number
  days: number
  complete_days: number
  /** How far the data can be trusted, ten-thousandths; null before there is any. */
  quality: GeneratedAlways<number | null>
  /** Devices that are connected now. */
  connected: number
  heard_at_ms: number | null
  open_disputes: number
  noticed_at_ms: number | null
}

export interface BookViewRow {
  id: string
  insurer_id: string
  user_id: string
  name: string
  /** As the address of the page holds it. */
  query: string
  is_shared: 0 | 1
  created_at_ms: number
  deleted_at_ms: number | null
}

export interface BookViewDefaultRow {
  user_id: string
  view_id: string
}
