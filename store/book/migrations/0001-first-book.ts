// The first book: every table of store/book/schema.ts, and those the sign-in library (better-auth, email and password)
// names and fills. STRICT, so that a value of the wrong type is refused where it is written.
//
// What is derived from telemetry (trips, home days) or kept as evidence (quarantine) has no foreign key to its device:
// telemetry lives in another database, and a book restored from an older backup may not know every device in it yet.

export const firstBook = {
  id: '0001-first-book',
  sql: `
    CREATE TABLE "user" (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      email TEXT NOT NULL UNIQUE,
      "emailVerified" INTEGER NOT NULL CHECK ("emailVerified" IN (0, 1)),
      image TEXT,
      "createdAt" TEXT NOT NULL,
      "updatedAt" TEXT NOT NULL,
      role TEXT NOT NULL DEFAULT 'policyholder' CHECK (role IN ('insurer', 'policyholder', 'maker', 'tester')),
      locale TEXT NOT NULL DEFAULT 'en',
      demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1))
    ) STRICT;

    CREATE TABLE session (
      id TEXT NOT NULL PRIMARY KEY,
      "expiresAt" TEXT NOT NULL,
      token TEXT NOT NULL UNIQUE,
      "createdAt" TEXT NOT NULL,
      "updatedAt" TEXT NOT NULL,
      "ipAddress" TEXT,
      "userAgent" TEXT,
      "userId" TEXT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX session_by_user ON session ("userId");

    CREATE TABLE account (
      id TEXT NOT NULL PRIMARY KEY,
      "accountId" TEXT NOT NULL,
      "providerId" TEXT NOT NULL,
      "userId" TEXT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
      "accessToken" TEXT,
      "refreshToken" TEXT,
      "idToken" TEXT,
      "accessTokenExpiresAt" TEXT,
      "refreshTokenExpiresAt" TEXT,
      scope TEXT,
      password TEXT,
      "createdAt" TEXT NOT NULL,
      "updatedAt" TEXT NOT NULL
    ) STRICT;
    CREATE INDEX account_by_user ON account ("userId");

    CREATE TABLE verification (
      id TEXT NOT NULL PRIMARY KEY,
      identifier TEXT NOT NULL,
      value TEXT NOT NULL,
      "expiresAt" TEXT NOT NULL,
      "createdAt" TEXT NOT NULL,
      "updatedAt" TEXT NOT NULL
    ) STRICT;
    CREATE INDEX verification_by_identifier ON verification (identifier);

    CREATE TABLE policyholders (
      id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      user_id TEXT REFERENCES "user" (id) ON DELETE SET NULL,
      created_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX policyholders_by_user ON policyholders (user_id);

    CREATE TABLE devices (
      id TEXT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('vehicle', 'home')),
      label TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      revoked_at_ms INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE device_credentials (
      id TEXT NOT NULL PRIMARY KEY,
      device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
      purpose TEXT NOT NULL CHECK (purpose IN ('device', 'local')),
      secret_sha256 TEXT NOT NULL CHECK (length(secret_sha256) = 64),
      created_at_ms INTEGER NOT NULL,
      expires_at_ms INTEGER
    ) STRICT;
    CREATE INDEX device_credentials_by_device ON device_credentials (device_id);

    CREATE TABLE device_states (
      device_id TEXT NOT NULL PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
      state TEXT NOT NULL CHECK (state IN ('online', 'offline')),
      session INTEGER NOT NULL,
      firmware TEXT,
      battery_percent REAL,
      config_version INTEGER,
      changed_at_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE quarantine (
      id TEXT NOT NULL PRIMARY KEY,
      device_id TEXT NOT NULL,
      received_at_ms INTEGER NOT NULL,
      code TEXT NOT NULL,
      path TEXT NOT NULL,
      message TEXT NOT NULL,
      payload TEXT NOT NULL
    ) STRICT;
    CREATE INDEX quarantine_by_device ON quarantine (device_id, received_at_ms);

    CREATE TABLE editions (
      hash TEXT NOT NULL PRIMARY KEY,
      plan_id TEXT NOT NULL,
      product TEXT NOT NULL CHECK (product IN ('motor', 'home')),
      document TEXT NOT NULL CHECK (json_valid(document)),
      status TEXT NOT NULL CHECK (status IN ('active', 'superseded')),
      activated_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX editions_by_plan ON editions (plan_id, status);

    CREATE TABLE policies (
      id TEXT NOT NULL PRIMARY KEY,
      product TEXT NOT NULL CHECK (product IN ('motor', 'home')),
      policyholder_id TEXT NOT NULL REFERENCES policyholders (id),
      plan_id TEXT NOT NULL,
      time_zone TEXT NOT NULL,
      class_facts TEXT NOT NULL CHECK (json_valid(class_facts)),
      created_at_ms INTEGER NOT NULL,
      current_premium_id TEXT REFERENCES premiums (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT;
    CREATE INDEX policies_by_policyholder ON policies (policyholder_id);
    CREATE INDEX policies_by_plan ON policies (plan_id);

    CREATE TABLE policy_devices (
      policy_id TEXT NOT NULL REFERENCES policies (id) ON DELETE CASCADE,
      device_id TEXT NOT NULL REFERENCES devices (id),
      PRIMARY KEY (policy_id, device_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX policy_devices_by_device ON policy_devices (device_id);

    CREATE TABLE trips (
      id TEXT NOT NULL PRIMARY KEY,
      device_id TEXT NOT NULL,
      started_at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('open', 'ended')),
      distance_m REAL NOT NULL,
      facts TEXT NOT NULL CHECK (json_valid(facts)),
      CHECK (ended_at_ms >= started_at_ms)
    ) STRICT;
    CREATE INDEX trips_by_device ON trips (device_id, started_at_ms);

    CREATE TABLE home_days (
      device_id TEXT NOT NULL,
      day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
      facts TEXT NOT NULL CHECK (json_valid(facts)),
      PRIMARY KEY (device_id, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE premiums (
      id TEXT NOT NULL PRIMARY KEY,
      policy_id TEXT NOT NULL REFERENCES policies (id),
      edition_hash TEXT NOT NULL REFERENCES editions (hash),
      facts_hash TEXT NOT NULL,
      premium_minor INTEGER NOT NULL,
      class_premium_minor INTEGER NOT NULL,
      currency TEXT NOT NULL,
      worksheet TEXT NOT NULL CHECK (json_valid(worksheet)),
      facts TEXT NOT NULL CHECK (json_valid(facts)),
      computed_at_ms INTEGER NOT NULL,
      -- The same edition and the same facts give the same premium, so it is kept once.
      UNIQUE (policy_id, edition_hash, facts_hash)
    ) STRICT;
    CREATE INDEX premiums_by_policy ON premiums (policy_id, computed_at_ms);

    CREATE TABLE nudges (
      id TEXT NOT NULL PRIMARY KEY,
      premium_id TEXT NOT NULL REFERENCES premiums (id) ON DELETE CASCADE,
      policy_id TEXT NOT NULL REFERENCES policies (id),
      rank INTEGER NOT NULL,
      behaviour TEXT NOT NULL,
      saving_minor INTEGER NOT NULL,
      figures TEXT NOT NULL CHECK (json_valid(figures))
    ) STRICT;
    CREATE INDEX nudges_by_premium ON nudges (premium_id, rank);
    CREATE INDEX nudges_by_policy ON nudges (policy_id);

    CREATE TABLE cursors (
      name TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const
