// A key that a program calls the API with; see migration 0018.

export interface ApiKeyRow {
  id: string
  insurer_id: string
  /** The account it acts under. */
  made_by: string
  name: string
  role: 'insurer' | 'maker'
  can_write: number
  prefix: string
  key_sha256: string
  created_at_ms: number
  expires_at_ms: number | null
  used_at_ms: number | null
  revoked_at_ms: number | null
}
