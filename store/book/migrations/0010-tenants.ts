// Several insurers on one installation: every account, policyholder, policy, device, edition and replay belongs to one of them, and
// what happens is written down for each in a chain of its own. What was there before belongs to the first, `merit`.
//
// A column that refers to another table cannot be added with a default while foreign keys are on (SQLite, ALTER TABLE §4), so
// triggers hold that an insurer exists, that a plan has one insurer, and that a policy, its holder, its plan and its devices agree.

const owned = ['"user"', 'policyholders', 'policies', 'devices', 'editions', 'replays'] as const

const column = (table: string): string => {
  const name = table.replaceAll('"', '')
  const check = (event: string): string => `
    CREATE TRIGGER ${name}_insurer_${event.startsWith('INSERT') ? 'given' : 'changed'} BEFORE ${event} ON ${table}
      WHEN NOT EXISTS (SELECT 1 FROM insurers WHERE id = NEW.insurer_id) BEGIN
      SELECT raise(ABORT, 'there is no such insurer');
    END;`
  return `
    ALTER TABLE ${table} ADD COLUMN insurer_id TEXT NOT NULL DEFAULT 'merit';
    ${check('INSERT')}
    ${check('UPDATE OF insurer_id')}`
}

const policyAgrees = (event: string, name: string): string => `
    CREATE TRIGGER policy_insurer_${name} BEFORE ${event} ON policies
      WHEN EXISTS (SELECT 1 FROM policyholders WHERE id = NEW.policyholder_id AND insurer_id <> NEW.insurer_id)
        OR EXISTS (SELECT 1 FROM editions WHERE plan_id = NEW.plan_id AND insurer_id <> NEW.insurer_id) BEGIN
      SELECT raise(ABORT, 'a policy, its holder and its plan have one insurer');
    END;`

export const tenants = {
  id: '0010-tenants',
  sql: `
    CREATE TABLE insurers (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL
    ) STRICT;
    INSERT INTO insurers VALUES ('merit', 'Merit', 0);
    ${owned.map(column).join('')}
    CREATE INDEX policies_by_insurer ON policies (insurer_id, id);
    CREATE INDEX policyholders_by_insurer ON policyholders (insurer_id, id);
    CREATE INDEX devices_by_insurer ON devices (insurer_id, id);
    CREATE INDEX editions_by_insurer ON editions (insurer_id, known_at_ms);
    CREATE INDEX replays_by_insurer ON replays (insurer_id, created_at_ms);

    CREATE TRIGGER plan_insurer_one BEFORE INSERT ON editions
      WHEN EXISTS (SELECT 1 FROM editions WHERE plan_id = NEW.plan_id AND insurer_id <> NEW.insurer_id) BEGIN
      SELECT raise(ABORT, 'a plan has one insurer');
    END;
    ${policyAgrees('INSERT', 'agrees')}
    ${policyAgrees('UPDATE OF insurer_id, policyholder_id, plan_id', 'still_agrees')}
    CREATE TRIGGER policy_device_insurer BEFORE INSERT ON policy_devices
      WHEN (SELECT insurer_id FROM policies WHERE id = NEW.policy_id) <> (SELECT insurer_id FROM devices WHERE id = NEW.device_id) BEGIN
      SELECT raise(ABORT, 'a policy and its devices have one insurer');
    END;

    -- What was done and looked at, by whom. Each row carries the hash of the one before it of the same insurer.
    CREATE TABLE audit_events (
      id TEXT NOT NULL PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      insurer_id TEXT NOT NULL REFERENCES insurers (id),
      -- 1 for the insurer's first.
      number INTEGER NOT NULL,
      actor_id TEXT NOT NULL,
      -- As they were then.
      actor_name TEXT NOT NULL,
      actor_role TEXT NOT NULL,
      action TEXT NOT NULL,
      subject_kind TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      detail TEXT NOT NULL CHECK (json_valid(detail)),
      previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
      hash TEXT NOT NULL CHECK (length(hash) = 64),
      UNIQUE (insurer_id, number)
    ) STRICT;
    CREATE INDEX audit_events_by_subject ON audit_events (insurer_id, subject_kind, subject_id, number);
    CREATE INDEX audit_events_by_actor ON audit_events (insurer_id, actor_id, number);
    CREATE INDEX audit_events_by_action ON audit_events (insurer_id, action, number);
    CREATE INDEX audit_events_by_time ON audit_events (insurer_id, at_ms);
    CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_events BEGIN
      SELECT raise(ABORT, 'what was written down is not changed');
    END;
    CREATE TRIGGER audit_event_remains BEFORE DELETE ON audit_events BEGIN
      SELECT raise(ABORT, 'what was written down is not taken out');
    END;
  `,
} as const
