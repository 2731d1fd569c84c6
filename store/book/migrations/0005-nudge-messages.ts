// The goal that somebody chose, and what they were told about it: one goal at a time, and every message with what became of it
// on each way to the person.

export const nudgeMessages = {
  id: '0005-nudge-messages',
  sql: `
    CREATE TABLE nudge_goals (
      policy_id TEXT NOT NULL REFERENCES policies (id),
      -- 1 for the policy's first goal.
      number INTEGER NOT NULL,
      behaviour TEXT NOT NULL,
      saving_minor INTEGER NOT NULL CHECK (saving_minor > 0),
      currency TEXT NOT NULL,
      -- JSON of the figures it was chosen with: from, to, unit.
      figures TEXT NOT NULL,
      chosen_at_ms INTEGER NOT NULL,
      -- When another was chosen or it was given up; null for the goal that stands.
      ended_at_ms INTEGER,
      PRIMARY KEY (policy_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX nudge_goals_one ON nudge_goals (policy_id) WHERE ended_at_ms IS NULL;

    -- Who takes part in an experiment, from when on. Paused is the person's own wish not to be told.
    CREATE TABLE nudge_subjects (
      policy_id TEXT NOT NULL REFERENCES policies (id),
      experiment TEXT NOT NULL,
      arm TEXT NOT NULL CHECK (arm IN ('hold-out', 'nudged')),
      assigned_at_ms INTEGER NOT NULL,
      PRIMARY KEY (policy_id, experiment)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE nudge_pauses (
      policy_id TEXT NOT NULL PRIMARY KEY REFERENCES policies (id),
      paused_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE nudge_stops (
      experiment TEXT NOT NULL PRIMARY KEY,
      stopped_at_ms INTEGER NOT NULL,
      -- JSON of the effect that stopped it.
      effect TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE nudge_messages (
      id TEXT NOT NULL PRIMARY KEY,
      policy_id TEXT NOT NULL REFERENCES policies (id),
      experiment TEXT NOT NULL,
      -- The Monday of the week it is about, by the policy's clock.
      week TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('week-starts', 'week-so-far')),
      behaviour TEXT NOT NULL,
      currency TEXT NOT NULL,
      budget_minor INTEGER NOT NULL,
      left_minor INTEGER NOT NULL,
      done REAL NOT NULL,
      allowed REAL NOT NULL,
      sent_at_ms INTEGER NOT NULL,
      closed_at_ms INTEGER,
      -- What became of it on its way to the device and to the web hook; null while it is still to be tried.
      mqtt TEXT CHECK (mqtt IN ('sent', 'expired')),
      hook TEXT CHECK (hook IN ('sent', 'expired', 'none')),
      hook_attempts INTEGER NOT NULL DEFAULT 0,
      hook_next_at_ms INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX nudge_messages_once ON nudge_messages (policy_id, week, kind);
    CREATE INDEX nudge_messages_by_mqtt ON nudge_messages (sent_at_ms) WHERE mqtt IS NULL;
    CREATE INDEX nudge_messages_by_hook ON nudge_messages (hook_next_at_ms) WHERE hook IS NULL;
  `,
} as const
