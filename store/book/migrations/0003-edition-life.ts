// The life of an edition from draft to superseded, with who did what and when; the terms of a policy; and what a second
// edition, priced in the shadow of the first, would have charged.
//
// `editions` keeps its rows: premiums point to them. Its old status knew two words and its old date had to be known, so both
// columns are made anew rather than the table.

export const editionLife = {
  id: '0003-edition-life',
  sql: `
    DROP INDEX editions_by_plan;
    -- Stays while the document of a draft, and with it its hash, changes.
    ALTER TABLE editions ADD COLUMN id TEXT NOT NULL DEFAULT '';
    ALTER TABLE editions ADD COLUMN state TEXT NOT NULL DEFAULT 'draft'
      CHECK (state IN ('draft', 'submitted', 'approved', 'scheduled', 'active', 'superseded', 'withdrawn'));
    -- When the book learnt the document as it is.
    ALTER TABLE editions ADD COLUMN known_at_ms INTEGER NOT NULL DEFAULT 0;
    -- The window in which it is in force: scheduled or active from, superseded until.
    ALTER TABLE editions ADD COLUMN active_from_ms INTEGER;
    ALTER TABLE editions ADD COLUMN active_until_ms INTEGER CHECK (active_until_ms >= active_from_ms);
    -- The hash that was approved; without it nothing is scheduled or becomes active.
    ALTER TABLE editions ADD COLUMN approved_hash TEXT;
    -- The edition that a draft was made from, by its hash.
    ALTER TABLE editions ADD COLUMN based_on TEXT;
    UPDATE editions SET id = plan_id || '-' || substr(hash, 1, 8), state = status, known_at_ms = activated_at_ms,
      active_from_ms = activated_at_ms, approved_hash = hash;
    -- Of two active ones the later counted, as it does now.
    UPDATE editions SET state = 'superseded' WHERE state = 'active' AND EXISTS (
      SELECT 1 FROM editions AS later WHERE later.plan_id = editions.plan_id AND later.status = 'active'
        AND (later.activated_at_ms, later.hash) > (editions.activated_at_ms, editions.hash));
    UPDATE editions SET active_until_ms = max(activated_at_ms, coalesce((SELECT min(later.activated_at_ms) FROM editions AS later
        WHERE later.plan_id = editions.plan_id AND later.activated_at_ms > editions.activated_at_ms), activated_at_ms))
      WHERE state = 'superseded';
    ALTER TABLE editions DROP COLUMN status;
    ALTER TABLE editions DROP COLUMN activated_at_ms;
    ALTER TABLE editions RENAME COLUMN state TO status;
    CREATE UNIQUE INDEX editions_by_id ON editions (id);
    CREATE INDEX editions_by_plan ON editions (plan_id, status, active_from_ms);
    CREATE UNIQUE INDEX editions_active_once ON editions (plan_id) WHERE status = 'active';

    -- What was done with an edition; of what was discarded too, hence no foreign key.
    CREATE TABLE edition_events (
      edition_id TEXT NOT NULL,
      number INTEGER NOT NULL,
      done_at_ms INTEGER NOT NULL,
      -- The account, and its name then; both null when Merit did it by itself.
      done_by TEXT,
      done_by_name TEXT,
      action TEXT NOT NULL CHECK (action IN
        ('install', 'create', 'edit', 'submit', 'approve', 'schedule', 'activate', 'supersede', 'withdraw', 'discard', 'shadow', 'unshadow')),
      -- Null before the first and after the last.
      from_status TEXT,
      to_status TEXT,
      hash TEXT NOT NULL,
      comment TEXT NOT NULL CHECK (length(comment) <= 500),
      PRIMARY KEY (edition_id, number)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO edition_events
      SELECT id, 1, known_at_ms, NULL, NULL, 'install', NULL, status, hash, '' FROM editions;

    -- The terms of a policy that were priced: twelve months each from its start, by its own clock.
    CREATE TABLE policy_terms (
      policy_id TEXT NOT NULL REFERENCES policies (id) ON DELETE CASCADE,
      -- 1 for the first.
      number INTEGER NOT NULL,
      from_ms INTEGER NOT NULL,
      until_ms INTEGER NOT NULL CHECK (until_ms > from_ms),
      -- A year's premium at the end of the term before; null in the first.
      previous_annual_minor INTEGER,
      PRIMARY KEY (policy_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX policy_terms_by_end ON policy_terms (until_ms);

    CREATE TABLE edition_shadows (
      plan_id TEXT NOT NULL PRIMARY KEY,
      edition_hash TEXT NOT NULL REFERENCES editions (hash),
      set_at_ms INTEGER NOT NULL,
      set_by TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Beside a premium that was charged, what the edition in its shadow makes of the same policy.
    CREATE TABLE shadow_premiums (
      premium_id TEXT NOT NULL REFERENCES premiums (id),
      edition_hash TEXT NOT NULL REFERENCES editions (hash),
      policy_id TEXT NOT NULL REFERENCES policies (id),
      -- Null where it cannot price the policy; then the problem says why.
      premium_minor INTEGER,
      problem TEXT,
      computed_at_ms INTEGER NOT NULL,
      PRIMARY KEY (premium_id, edition_hash),
      CHECK ((premium_minor IS NULL) = (problem IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX shadow_premiums_by_edition ON shadow_premiums (edition_hash, policy_id);
  `,
} as const
