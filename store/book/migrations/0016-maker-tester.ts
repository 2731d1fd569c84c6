// What makers and testers look after: the connections of every device, what became of a refusal, secrets that were replaced, and
// simulated fleets with the devices that are theirs.

export const makerTester = {
  id: '0016-maker-tester',
  sql: `
    -- The run whose simulated device this is; null for hardware.
    ALTER TABLE devices ADD COLUMN simulated_by TEXT;
    CREATE INDEX devices_by_run ON devices (simulated_by) WHERE simulated_by IS NOT NULL;

    -- A secret that was replaced. It opens nothing; it is kept for as long as replacing it can be taken back.
    ALTER TABLE device_credentials ADD COLUMN withdrawn_at_ms INTEGER;

    -- Null while somebody should still look at it.
    ALTER TABLE quarantine ADD COLUMN settled TEXT CHECK (settled IN ('dismissed', 'replayed'));
    ALTER TABLE quarantine ADD COLUMN settled_at_ms INTEGER;

    CREATE TABLE device_connections (
      id TEXT NOT NULL PRIMARY KEY,
      device_id TEXT NOT NULL,
      -- refused: it never got in.
      outcome TEXT NOT NULL CHECK (outcome IN ('open', 'ended', 'refused')),
      started_at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER,
      -- Why it ended or was refused; null while it is open.
      reason TEXT,
      -- As the device counts its connections; null until it has said so.
      session INTEGER,
      has_will INTEGER NOT NULL CHECK (has_will IN (0, 1)),
      address TEXT NOT NULL,
      transport TEXT NOT NULL CHECK (transport IN ('tcp', 'websocket'))
    ) STRICT;
    CREATE INDEX device_connections_by_device ON device_connections (device_id, started_at_ms);
    CREATE INDEX device_connections_open ON device_connections (outcome) WHERE outcome = 'open';

    CREATE TABLE runs (
      id TEXT NOT NULL PRIMARY KEY,
      insurer_id TEXT NOT NULL,
      started_by TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('starting', 'running', 'paused', 'stopping', 'stopped', 'failed', 'removing', 'removed')),
      -- Why it stopped, where nobody asked for it.
      reason TEXT,
      -- JSON: vehicles, homes, seed, speed, days of history, mishaps.
      options TEXT NOT NULL,
      -- JSON of the last counts and of the last picture.
      progress TEXT,
      -- JSON of what the simulator did, to hold against what was scored.
      truth TEXT,
      created_at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER,
      remove_at_ms INTEGER
    ) STRICT;
    CREATE INDEX runs_by_insurer ON runs (insurer_id, created_at_ms);
  `,
} as const
