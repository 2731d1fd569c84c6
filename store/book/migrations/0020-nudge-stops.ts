// An arm that does harm is stopped at the insurer where it was measured, and at no other. A stop from before was measured over all of
// them together, so it holds at each.

export const nudgeStops = {
  id: '0020-nudge-stops',
  sql: `
    ALTER TABLE nudge_stops RENAME TO nudge_stops_of_all;
    CREATE TABLE nudge_stops (
      experiment TEXT NOT NULL,
      insurer_id TEXT NOT NULL REFERENCES insurers (id),
      stopped_at_ms INTEGER NOT NULL,
      -- JSON of the effect that stopped it.
      effect TEXT NOT NULL,
      PRIMARY KEY (experiment, insurer_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO nudge_stops SELECT experiment, insurers.id, stopped_at_ms, effect FROM nudge_stops_of_all CROSS JOIN insurers;
    DROP TABLE nudge_stops_of_all;
  `,
} as const
