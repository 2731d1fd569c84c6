// The holder's word that a trip was theirs, as Kysely sees it.

/** With the trip as it was when it was confirmed: it may be measured again. */
export interface TripConfirmationRow {
  policy_id: string
  trip_id: string
  device_id: string
  trip_start_ms: number
  trip_end_ms: number
  said_by: string | null
  said_at_ms: number
}
