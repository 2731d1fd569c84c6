// Keys that programs of an insurer or a maker call the API with. A key acts under the account that made it, and ends with it.

export const apiKeys = {
  id: '0018-api-keys',
  sql: `
    CREATE TABLE api_keys (
      id TEXT NOT NULL PRIMARY KEY,
      insurer_id TEXT NOT NULL REFERENCES insurers (id),
      made_by TEXT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('insurer', 'maker')),
      can_write INTEGER NOT NULL CHECK (can_write IN (0, 1)),
      -- The beginning of the key, by which a person tells it from others.
      prefix TEXT NOT NULL,
      -- SHA-256 of a random 256-bit key, lower-case hex.
      key_sha256 TEXT NOT NULL UNIQUE,
      created_at_ms INTEGER NOT NULL,
      expires_at_ms INTEGER,
      used_at_ms INTEGER,
      revoked_at_ms INTEGER
    ) STRICT;
    CREATE INDEX api_keys_by_insurer ON api_keys (insurer_id, created_at_ms);
  `,
} as const
