// What became of a dispute, step by step: a decision that was made otherwise before is not forgotten. The dispute's own row holds
// the last step.

export const disputeSteps = {
  id: '0009-dispute-steps',
  sql: `
    CREATE TABLE dispute_steps (
      dispute_id TEXT NOT NULL REFERENCES disputes (id),
      -- 1 for the first that was done about it.
      number INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('accepted', 'rejected', 'withdrawn')),
      reason TEXT CHECK (length(reason) <= 500),
      done_by TEXT REFERENCES "user" (id) ON DELETE SET NULL,
      done_at_ms INTEGER NOT NULL,
      PRIMARY KEY (dispute_id, number)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO dispute_steps
      SELECT id, 1, status, reason, decided_by, decided_at_ms
      FROM disputes WHERE status IN ('accepted', 'rejected') AND decided_at_ms IS NOT NULL;
  `,
} as const
