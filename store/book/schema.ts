// The tables of the book, as Kysely sees them. The numbered migrations create exactly these; what a row means is
// decided by the stage that writes it. JSON columns hold text that their owner parses.

import type { Generated, Kysely } from 'kysely'
import type { DeviceKind } from '../../devices/contract/signals.ts'
import type { ApiKeyRow } from './api-key-row.ts'
import type { BookLineRow, BookViewDefaultRow, BookViewRow } from './book-rows.ts'
import type { EditionEventRow, EditionRow, EditionShadowRow, PolicyTermRow, ShadowPremiumRow } from './edition-rows.ts'
import type { DeviceConnectionRow, RunRow } from './maker-tester-rows.ts'
import type { PersonTables } from './person-rows.ts'
import type { ExperienceLogRow, PremiumBasisRow } from './premium-basis-rows.ts'
import type { ReplayChunkRow, ReplayRow, TripSumRow, UnsummedTripRow } from './replay-rows.ts'
import type {
  AccountRow,
  AccountVisitRow,
  ClosedAccountRow,
  InvitationRow,
  PasskeyRow,
  RecoveryCodeRow,
  SessionMarkRow,
  SessionRow,
  TotpSecretRow,
  VerificationRow,
} from './sign-in-rows.ts'
import type { AuditEventRow, InsurerRow, Owned } from './tenant-rows.ts'
import type { TripConfirmationRow } from './trip-confirmation-row.ts'

export type Product = 'motor' | 'home'
export type Role = 'insurer' | 'policyholder' | 'maker' | 'tester'

export interface PolicyholderRow {
  id: string
  name: string
  /** The sign-in this person uses, or null before they were invited. */
  user_id: string | null
  created_at_ms: number
  insurer_id: string
}

export interface DeviceRow {
  id: string
  kind: DeviceKind
  label: string
  insurer_id: string
  created_at_ms: number
  revoked_at_ms: number | null
  /** The run whose simulated device this is; null for hardware. */
  simulated_by: Generated<string | null>
}

export interface DeviceCredentialRow {
  id: string
  device_id: string
  /** `device` for the hardware's own secret, `local` for a short-lived one of this machine's replay or simulator. */
  purpose: 'device' | 'local'
  /** SHA-256 of a random 256-bit secret, lower-case hex. */
  secret_sha256: string
  created_at_ms: number
  expires_at_ms: number | null
  /** When another took its place: it opens nothing, and is kept for as long as that can be taken back. */
  withdrawn_at_ms: Generated<number | null>
}

export interface DeviceStateRow {
  device_id: string
  state: 'online' | 'offline'
  session: number
  firmware: string | null
  battery_percent: number | null
  config_version: number | null
  changed_at_ms: number
}

export interface QuarantineRow {
  /** The journal position it came from, so that replaying the journal adds nothing. */
  id: string
  device_id: string
  received_at_ms: number
  code: string
  path: string
  message: string
  /** The refused payload or reading as text, cut at 4,096 characters. */
  payload: string
  /** Null while somebody should still look at it. */
  settled: 'dismissed' | 'replayed' | null
  settled_at_ms: number | null
}

export interface PolicyRow {
  id: string
  product: Product
  policyholder_id: string
  plan_id: string
  /** IANA name: night and days are the policy's own. */
  time_zone: string
  /** JSON: the class factors' inputs and the declared exposure. */
  class_facts: string
  created_at_ms: number
  current_premium_id: string | null
  insurer_id: string
}

export interface PolicyDeviceRow {
  policy_id: string
  device_id: string
}

export interface TripRow {
  /** Derived from device and start: computing a trip again gives the same id. */
  id: string
  device_id: string
  started_at_ms: number
  ended_at_ms: number
  status: 'open' | 'ended'
  distance_m: number
  /** JSON of the trip's facts. */
  facts: string
}

export interface HomeDayRow {
  device_id: string
  /** Local calendar day of the policy, YYYY-MM-DD. */
  day: string
  /** JSON of the day's facts. */
  facts: string
}

export interface PremiumRow {
  id: string
  policy_id: string
  edition_hash: string
  facts_hash: string
  premium_minor: number
  /** What the class pays: the same policy with every behaviour factor at 1. */
  class_premium_minor: number
  currency: string
  worksheet: string
  facts: string
  computed_at_ms: number
}

export interface NudgeRow {
  id: string
  premium_id: string
  policy_id: string
  rank: number
  behaviour: string
  saving_minor: number
  /** JSON of the figures its wording needs. */
  figures: string
}

/** A goal that somebody chose. */
export interface NudgeGoalRow {
  policy_id: string
  /** 1 for the policy's first. */
  number: number
  behaviour: string
  saving_minor: number
  currency: string
  /** JSON: from, to, unit. */
  figures: string
  chosen_at_ms: number
  /** Null for the goal that stands. */
  ended_at_ms: number | null
}

/** Who takes part in an experiment, in which arm, from when on. */
export interface NudgeSubjectRow {
  policy_id: string
  experiment: string
  arm: 'hold-out' | 'nudged'
  assigned_at_ms: number
}

/** A person who does not want to be told for now. */
export interface NudgePauseRow {
  policy_id: string
  paused_at_ms: number
}

/** An experiment whose arm did harm. */
export interface NudgeStopRow {
  experiment: string
  /** Where it did harm. */
  insurer_id: string
  stopped_at_ms: number
  /** JSON of the effect that stopped it. */
  effect: string
}

export interface NudgeMessageRow {
  id: string
  policy_id: string
  experiment: string
  /** The Monday of the week it is about, YYYY-MM-DD by the policy's clock. */
  week: string
  kind: 'week-starts' | 'week-so-far'
  behaviour: string
  currency: string
  budget_minor: number
  left_minor: number
  done: number
  allowed: number
  sent_at_ms: number
  closed_at_ms: number | null
  /** Null while it is still to be tried. */
  mqtt: 'sent' | 'expired' | null
  hook: 'sent' | 'expired' | 'none' | null
  hook_attempts: number
  hook_next_at_ms: number
}

export type DisputeKind = 'passenger' | 'not-my-car' | 'avoided-harm' | 'wrong-event'
export type DisputeStatus = 'open' | 'accepted' | 'rejected' | 'withdrawn'

export interface DisputeRow {
  id: string
  policy_id: string
  device_id: string
  /** The trip and the event as they were when they were disputed; either may have been measured again since. */
  trip_id: string
  trip_start_ms: number
  trip_end_ms: number
  kind: DisputeKind
  event_kind: string | null
  event_start_ms: number | null
  event_end_ms: number | null
  /** At most 500 characters, as is `reason`. */
  note: string
  status: DisputeStatus
  created_at_ms: number
  /** Of the last decision. */
  decided_at_ms: number | null
  decided_by: string | null
  reason: string | null
}

/** What became of a dispute, step by step; the last is also in its own row. */
export interface DisputeStepRow {
  dispute_id: string
  /** 1 for the first. */
  number: number
  status: 'accepted' | 'rejected' | 'withdrawn'
  reason: string | null
  /** Null for the holder's own step. */
  done_by: string | null
  done_at_ms: number
}

/** Which premium a policy paid from when on. */
export interface PremiumChangeRow {
  policy_id: string
  /** 1 for the policy's first premium. */
  number: number
  premium_id: string
  changed_at_ms: number
}

/** A change of premium that was explained to its policyholder. */
export interface PremiumNoticeRow {
  policy_id: string
  /** Of the change it explains, and of the one it compares with, in `premium_changes`. */
  number: number
  from_number: number
  old_premium_id: string
  new_premium_id: string
  old_minor: number
  new_minor: number
  currency: string
  /** JSON: how much of the difference each step of the worksheets is responsible for. */
  parts: string
  noticed_at_ms: number
}

export interface CursorRow {
  name: string
  value: string
}

/** Tables whose columns the sign-in library names; times are ISO text as it writes them. */
export interface UserRow {
  id: string
  name: string
  email: string
  emailVerified: number
  image: string | null
  createdAt: string
  updatedAt: string
  role: Role
  locale: string
  /** 1 for an account that the demo made; refused outside demo mode. */
  demo: number
  insurer_id: string
}

export interface BookSchema extends PersonTables {
  insurers: InsurerRow
  audit_events: AuditEventRow
  policyholders: Owned<PolicyholderRow>
  devices: Owned<DeviceRow>
  device_credentials: DeviceCredentialRow
  device_states: DeviceStateRow
  quarantine: QuarantineRow
  device_connections: DeviceConnectionRow
  runs: RunRow
  editions: Owned<EditionRow>
  edition_events: EditionEventRow
  edition_shadows: EditionShadowRow
  policies: Owned<PolicyRow>
  policy_devices: PolicyDeviceRow
  book_lines: BookLineRow
  book_views: BookViewRow
  book_view_defaults: BookViewDefaultRow
  trips: TripRow
  trip_sums: TripSumRow
  unsummed_trips: UnsummedTripRow
  home_days: HomeDayRow
  premiums: PremiumRow
  premium_bases: PremiumBasisRow
  experience_log: ExperienceLogRow
  shadow_premiums: ShadowPremiumRow
  policy_terms: PolicyTermRow
  nudges: NudgeRow
  nudge_goals: NudgeGoalRow
  nudge_subjects: NudgeSubjectRow
  nudge_pauses: NudgePauseRow
  nudge_stops: NudgeStopRow
  nudge_messages: NudgeMessageRow
  disputes: DisputeRow
  dispute_steps: DisputeStepRow
  trip_confirmations: TripConfirmationRow
  premium_changes: PremiumChangeRow
  premium_notices: PremiumNoticeRow
  replays: Owned<ReplayRow>
  replay_chunks: ReplayChunkRow
  cursors: CursorRow
  user: Owned<UserRow>
  account: AccountRow
  session: SessionRow
  verification: VerificationRow
  totp_secrets: TotpSecretRow
  recovery_codes: RecoveryCodeRow
  passkeys: PasskeyRow
  session_marks: SessionMarkRow
  account_visits: AccountVisitRow
  closed_accounts: ClosedAccountRow
  api_keys: ApiKeyRow
  invitations: InvitationRow
}

export type Book = Kysely<BookSchema>
