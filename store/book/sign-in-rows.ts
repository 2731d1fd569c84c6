// The rows of signing in. Those of the sign-in library (how users sign in, their sessions, what waits to be verified) have the
// columns it names, with times as ISO text; the others are Merit's own: second factors, marks on sessions, invitations.

/** How a user signs in; a password is here as its hash. */
export interface AccountRow {
  id: string
  accountId: string
  /** `credential` for email and password; then `accountId` is the user's id. */
  providerId: string
  userId: string
  accessToken: string | null
  refreshToken: string | null
  idToken: string | null
  accessTokenExpiresAt: string | null
  refreshTokenExpiresAt: string | null
  scope: string | null
  password: string | null
  createdAt: string
  updatedAt: string
}

export interface SessionRow {
  id: string
  expiresAt: string
  token: string
  createdAt: string
  updatedAt: string
  ipAddress: string | null
  userAgent: string | null
  userId: string
}

export interface VerificationRow {
  id: string
  identifier: string
  value: string
  expiresAt: string
  createdAt: string
  updatedAt: string
}

export interface TotpSecretRow {
  user_id: string
  /** Encrypted with a key made of the installation's secret. */
  sealed_secret: string
  created_at_ms: number
  /** Null until the first code was right: until then it protects nothing. */
  confirmed_at_ms: number | null
  /** The time step of the last code that was taken: it and older ones are refused. */
  last_step: number
}

export interface RecoveryCodeRow {
  user_id: string
  code_sha256: string
  created_at_ms: number
  used_at_ms: number | null
}

export interface PasskeyRow {
  /** As the authenticator names it, base64url. */
  id: string
  user_id: string
  name: string
  /** COSE, base64url. */
  public_key: string
  counter: number
  /** JSON list. */
  transports: string
  is_backed_up: 0 | 1
  created_at_ms: number
  last_used_at_ms: number | null
  /** When it answered with a counter that had been seen: somebody may have copied it. */
  suspect_at_ms: number | null
}

export interface SessionMarkRow {
  session_id: string
  proved_at_ms: number
  proved_by: 'password' | 'totp' | 'recovery-code' | 'passkey' | 'invitation'
  seen_at_ms: number
}

/** When an account was last used: sessions that ended are gone. */
export interface AccountVisitRow {
  user_id: string
  seen_at_ms: number
}

export interface ClosedAccountRow {
  user_id: string
  closed_at_ms: number
  closed_by: string | null
}

export interface InvitationRow {
  id: string
  insurer_id: string
  /** SHA-256 of the token in the link, lower-case hex. */
  token_sha256: string
  email: string
  role: 'insurer' | 'policyholder' | 'maker' | 'tester'
  policyholder_id: string | null
  demo: 0 | 1
  invited_by: string | null
  created_at_ms: number
  expires_at_ms: number
  withdrawn_at_ms: number | null
  accepted_at_ms: number | null
  accepted_by: string | null
}
