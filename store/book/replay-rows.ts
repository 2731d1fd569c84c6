// The rows of the book that replaying an edition over it needs: the figures of every ended trip as whole numbers, and the state of
// each replay.

/** What rating needs of an ended trip, as whole numbers that add up: a row of the trip's figures besides these. */
export interface TripSumRow extends LadderSums<'brake'>, LadderSums<'acceleration'>, LadderSums<'turn'> {
  device_id: string
  started_at_ms: number
  ended_at_ms: number
  is_driven: 0 | 1
  agreement: number
  distance_m: number
  longitudinal_m: number
  lateral_m: number
  limit_known_m: number
  phone_known_m: number
  night_m: number
  speeding_m: number
  phone_s: number
  phone_known_s: number
  accelerometer_m: number
  /** Ten-thousandths. */
  confidence: number
}

/** Events per rung of the ladder, lowest first. */
type LadderSums<Name extends string> = Record<`${Name}_${0 | 1 | 2 | 3 | 4 | 5 | 6}`, number>

/** An ended trip whose sums are to be written: the database notes it whenever a trip is written. */
export interface UnsummedTripRow {
  device_id: string
  started_at_ms: number
}

/** A draft edition run over the book. */
export interface ReplayRow {
  /** A hash of all that decides the result. */
  id: string
  plan_id: string
  draft_hash: string
  champion_hash: string
  /** JSON: the draft, what is detected otherwise, the seed, the claims that are expected. */
  request: string
  status: 'running' | 'cancelled' | 'failed' | 'done'
  policies: number
  policies_done: number
  created_at_ms: number
  finished_at_ms: number | null
  /** Why it failed. */
  problem: string | null
  report: string | null
  report_hash: string | null
  insurer_id: string
}

/** The policies from one id to another, both included, and what became of them. */
export interface ReplayChunkRow {
  replay_id: string
  number: number
  from_policy_id: string
  to_policy_id: string
  /** JSON; null until it is done. */
  result: string | null
}
