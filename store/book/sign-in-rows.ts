// The rows that the sign-in library writes beside the users: how they sign in, their sessions, what waits to be verified. It names
// the columns; times are ISO text as it writes them.

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
