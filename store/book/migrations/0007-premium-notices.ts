// Notices that explained a change of premium to its policyholder, as they were given. The premiums they compare are kept with
// their worksheets, so a notice holds only what was decided about them: the parts of the difference.

export const premiumNotices = {
  id: '0007-premium-notices',
  sql: `
    CREATE TABLE premium_notices (
      policy_id TEXT NOT NULL REFERENCES policies (id),
      -- Of the change it explains, in premium_changes; from_number is the change it compares with.
      number INTEGER NOT NULL,
      from_number INTEGER NOT NULL,
      old_premium_id TEXT NOT NULL REFERENCES premiums (id),
      new_premium_id TEXT NOT NULL REFERENCES premiums (id),
      old_minor INTEGER NOT NULL,
      new_minor INTEGER NOT NULL,
      currency TEXT NOT NULL,
      parts TEXT NOT NULL CHECK (json_valid(parts)),
      noticed_at_ms INTEGER NOT NULL,
      PRIMARY KEY (policy_id, number),
      CHECK (from_number < number)
    ) STRICT, WITHOUT ROWID;
  `,
} as const
