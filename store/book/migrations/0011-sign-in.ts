// Second factors, what is known of a session beside what the sign-in library keeps, closed accounts, and invitations. A row goes
// with its account or session; an invitation stays, as a record of who let whom in.

export const signIn = {
  id: '0011-sign-in',
  sql: `
    CREATE TABLE totp_secrets (
      user_id TEXT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
      -- Encrypted with a key made of the installation's secret.
      sealed_secret TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      -- Null until the first code was right: until then it protects nothing.
      confirmed_at_ms INTEGER,
      -- The time step of the last code that was taken: it and older ones are refused.
      last_step INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE recovery_codes (
      user_id TEXT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
      code_sha256 TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      used_at_ms INTEGER,
      PRIMARY KEY (user_id, code_sha256)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE passkeys (
      -- As the authenticator names it, base64url.
      id TEXT NOT NULL PRIMARY KEY,
      user_id TEXT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
      name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
      -- COSE, base64url.
      public_key TEXT NOT NULL,
      counter INTEGER NOT NULL,
      -- JSON list.
      transports TEXT NOT NULL,
      is_backed_up INTEGER NOT NULL CHECK (is_backed_up IN (0, 1)),
      created_at_ms INTEGER NOT NULL,
      last_used_at_ms INTEGER,
      -- When it answered with a counter that had been seen: somebody may have copied it.
      suspect_at_ms INTEGER
    ) STRICT;
    CREATE INDEX passkeys_by_user ON passkeys (user_id);

    CREATE TABLE session_marks (
      session_id TEXT NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
      -- When somebody last proved on this session who they are, and how.
      proved_at_ms INTEGER NOT NULL,
      proved_by TEXT NOT NULL CHECK (proved_by IN ('password', 'totp', 'recovery-code', 'passkey', 'invitation')),
      seen_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- When an account was last used: sessions that ended are gone.
    CREATE TABLE account_visits (
      user_id TEXT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
      seen_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE closed_accounts (
      user_id TEXT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
      closed_at_ms INTEGER NOT NULL,
      closed_by TEXT REFERENCES "user" (id) ON DELETE SET NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE invitations (
      id TEXT NOT NULL PRIMARY KEY,
      insurer_id TEXT NOT NULL,
      -- SHA-256 of a random 256-bit token that is in the link and nowhere else, lower-case hex.
      token_sha256 TEXT NOT NULL UNIQUE,
      email TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('insurer', 'policyholder', 'maker', 'tester')),
      policyholder_id TEXT REFERENCES policyholders (id) ON DELETE CASCADE,
      -- Made by an account of the demo: refused outside demo mode, as the account it would make is.
      demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
      invited_by TEXT REFERENCES "user" (id) ON DELETE SET NULL,
      created_at_ms INTEGER NOT NULL,
      expires_at_ms INTEGER NOT NULL,
      withdrawn_at_ms INTEGER,
      accepted_at_ms INTEGER,
      accepted_by TEXT REFERENCES "user" (id) ON DELETE SET NULL
    ) STRICT;
    CREATE INDEX invitations_by_insurer ON invitations (insurer_id, created_at_ms);
  `,
} as const
