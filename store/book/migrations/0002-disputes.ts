// What people say of their trips and what was decided, and which premium was the current one from when on: a decision that
// is taken back leads back to a premium that was computed before, so the order of the premiums alone no longer tells it.
//
// A dispute keeps the span of its trip and of its event: trips are derived and are replaced when late readings move their
// start, and the decision is to find them again. Hence no foreign key to the trip either.

export const disputes = {
  id: '0002-disputes',
  sql: `
    CREATE TABLE disputes (
      id TEXT NOT NULL PRIMARY KEY,
      policy_id TEXT NOT NULL REFERENCES policies (id),
      device_id TEXT NOT NULL,
      trip_id TEXT NOT NULL,
      trip_start_ms INTEGER NOT NULL,
      trip_end_ms INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('passenger', 'not-my-car', 'avoided-harm', 'wrong-event')),
      event_kind TEXT,
      event_start_ms INTEGER,
      event_end_ms INTEGER,
      note TEXT NOT NULL CHECK (length(note) <= 500),
      status TEXT NOT NULL CHECK (status IN ('open', 'accepted', 'rejected', 'withdrawn')),
      created_at_ms INTEGER NOT NULL,
      decided_at_ms INTEGER,
      decided_by TEXT REFERENCES "user" (id) ON DELETE SET NULL,
      reason TEXT CHECK (length(reason) <= 500),
      CHECK (trip_end_ms >= trip_start_ms),
      -- Of a whole trip without an event, of an event with all of it.
      CHECK ((kind IN ('passenger', 'not-my-car')) = (event_kind IS NULL)),
      CHECK ((event_kind IS NULL) = (event_start_ms IS NULL) AND (event_kind IS NULL) = (event_end_ms IS NULL))
    ) STRICT;
    CREATE INDEX disputes_by_policy ON disputes (policy_id, status);
    CREATE INDEX disputes_by_device ON disputes (device_id, trip_start_ms);
    CREATE INDEX disputes_by_status ON disputes (status, created_at_ms);
    -- The same dispute twice is one; what was withdrawn may be said again.
    CREATE UNIQUE INDEX disputes_once ON disputes
      (policy_id, trip_id, kind, coalesce(event_kind, ''), coalesce(event_start_ms, 0)) WHERE status <> 'withdrawn';

    CREATE TABLE premium_changes (
      policy_id TEXT NOT NULL REFERENCES policies (id),
      -- 1 for the policy's first premium.
      number INTEGER NOT NULL,
      premium_id TEXT NOT NULL REFERENCES premiums (id),
      changed_at_ms INTEGER NOT NULL,
      PRIMARY KEY (policy_id, number)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO premium_changes
      SELECT policy_id, row_number() OVER (PARTITION BY policy_id ORDER BY computed_at_ms, rowid), id, computed_at_ms
      FROM premiums;
  `,
} as const
