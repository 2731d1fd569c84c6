// A holder's word that a trip was theirs. That it was somebody else's is a dispute; this is the other answer to the same question.

export const tripConfirmations = {
  id: '0017-trip-confirmations',
  sql: `
    CREATE TABLE trip_confirmations (
      policy_id TEXT NOT NULL REFERENCES policies (id) ON DELETE CASCADE,
      trip_id TEXT NOT NULL,
      -- The trip as it was when it was confirmed: it may be measured again.
      device_id TEXT NOT NULL,
      trip_start_ms INTEGER NOT NULL,
      trip_end_ms INTEGER NOT NULL,
      said_by TEXT REFERENCES "user" (id) ON DELETE SET NULL,
      said_at_ms INTEGER NOT NULL,
      PRIMARY KEY (policy_id, trip_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX trip_confirmations_by_start ON trip_confirmations (policy_id, trip_start_ms);
  `,
} as const
