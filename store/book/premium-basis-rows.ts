// The rows of the book that say what a premium rests on. The database writes them by itself.

/** A coming, change or going of an ended trip or of a home's day. */
export interface ExperienceLogRow {
  /** 1 for the first. */
  number: number
  device_id: string
  /** Of a trip; null for a day. */
  started_at_ms: number | null
  /** Of a home; null for a trip. */
  day: string | null
  change: 'there' | 'gone'
}

export interface PremiumBasisRow {
  premium_id: string
  /** The last number of the log when it was computed; 0 before the first. */
  log_number: number
  /** JSON: the ids of the disputes that were accepted. */
  accepted: string
}
