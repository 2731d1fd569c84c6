// What a policyholder decides about what Merit tells and keeps: settings, read marks, messages of their own, pauses and erasures;
// and the statements that were issued, so that one can be told from a forgery.

export const person = {
  id: '0013-person',
  sql: `
    CREATE TABLE person_settings (
      user_id TEXT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
      -- JSON: the kinds of messages that are kept out of the count.
      muted TEXT NOT NULL CHECK (json_valid(muted)),
      quiet_from_hour INTEGER NOT NULL CHECK (quiet_from_hour BETWEEN 0 AND 23),
      quiet_to_hour INTEGER NOT NULL CHECK (quiet_to_hour BETWEEN 0 AND 23),
      units TEXT NOT NULL CHECK (units IN ('km', 'mi')),
      opening TEXT NOT NULL,
      changed_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE message_reads (
      user_id TEXT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
      message_id TEXT NOT NULL,
      read_at_ms INTEGER NOT NULL,
      PRIMARY KEY (user_id, message_id)
    ) STRICT, WITHOUT ROWID;

    -- What was told and stands nowhere else: a device that fell silent, and answers about privacy.
    CREATE TABLE person_messages (
      id TEXT NOT NULL PRIMARY KEY,
      policy_id TEXT NOT NULL REFERENCES policies (id),
      kind TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      facts TEXT NOT NULL CHECK (json_valid(facts))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX person_messages_by_policy ON person_messages (policy_id, at_ms);

    CREATE TABLE collection_pauses (
      id TEXT NOT NULL PRIMARY KEY,
      policy_id TEXT NOT NULL REFERENCES policies (id),
      from_ms INTEGER NOT NULL,
      -- Null: until it is resumed.
      until_ms INTEGER,
      changed_at_ms INTEGER NOT NULL,
      CHECK (until_ms IS NULL OR until_ms >= from_ms)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX collection_pauses_by_policy ON collection_pauses (policy_id, from_ms);

    CREATE TABLE erasures (
      id TEXT NOT NULL PRIMARY KEY,
      policy_id TEXT NOT NULL REFERENCES policies (id),
      asked_at_ms INTEGER NOT NULL,
      -- Until then it can be undone; what was measured before then is erased, however late it arrives.
      due_at_ms INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('waiting', 'undone', 'journal', 'stores', 'done')),
      changed_at_ms INTEGER NOT NULL,
      -- JSON: how much of what was erased; null until it is done.
      erased TEXT CHECK (json_valid(erased))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX erasures_by_policy ON erasures (policy_id, asked_at_ms);
    CREATE UNIQUE INDEX one_erasure_at_a_time ON erasures (policy_id) WHERE status IN ('waiting', 'journal', 'stores');

    CREATE TABLE issued_statements (
      -- Of the PDF's bytes, lower-case hex.
      sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
      premium_id TEXT NOT NULL REFERENCES premiums (id),
      issued_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX issued_statements_by_premium ON issued_statements (premium_id, issued_at_ms);
  `,
} as const
