// What a replay of an edition over the book needs: the figures of every ended trip as whole numbers that add up without
// their JSON being parsed, and the state of each replay, so that it goes on after a restart.
//
// `trip_sums` follows `trips` whoever writes them: a trip that is new or changed loses its sums and is noted in
// `unsummed_trips`; writing its sums takes it out again. Sums that are there are therefore those of the trip as stored.

const rungs = [0, 1, 2, 3, 4, 5, 6] as const
const ladder = (name: string): string => rungs.map((rung) => `${name}_${rung} INTEGER NOT NULL,`).join(' ')

export const replays = {
  id: '0004-replays',
  sql: `
    CREATE TABLE trip_sums (
      device_id TEXT NOT NULL,
      started_at_ms INTEGER NOT NULL,
      ended_at_ms INTEGER NOT NULL,
      is_driven INTEGER NOT NULL CHECK (is_driven IN (0, 1)),
      agreement REAL NOT NULL,
      distance_m INTEGER NOT NULL,
      longitudinal_m INTEGER NOT NULL,
      lateral_m INTEGER NOT NULL,
      limit_known_m INTEGER NOT NULL,
      phone_known_m INTEGER NOT NULL,
      night_m INTEGER NOT NULL,
      speeding_m INTEGER NOT NULL,
      phone_s INTEGER NOT NULL,
      phone_known_s INTEGER NOT NULL,
      -- Of the distance, what an accelerometer watched.
      accelerometer_m INTEGER NOT NULL,
      -- Ten-thousandths.
      confidence INTEGER NOT NULL,
      ${ladder('brake')}
      ${ladder('acceleration')}
      ${ladder('turn')}
      PRIMARY KEY (device_id, started_at_ms)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE unsummed_trips (
      device_id TEXT NOT NULL,
      started_at_ms INTEGER NOT NULL,
      PRIMARY KEY (device_id, started_at_ms)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO unsummed_trips SELECT device_id, started_at_ms FROM trips WHERE status = 'ended';

    CREATE TRIGGER trip_added AFTER INSERT ON trips WHEN NEW.status = 'ended' BEGIN
      DELETE FROM trip_sums WHERE device_id = NEW.device_id AND started_at_ms = NEW.started_at_ms;
      INSERT OR IGNORE INTO unsummed_trips VALUES (NEW.device_id, NEW.started_at_ms);
    END;
    CREATE TRIGGER trip_changed AFTER UPDATE ON trips BEGIN
      DELETE FROM trip_sums WHERE device_id = OLD.device_id AND started_at_ms = OLD.started_at_ms;
      DELETE FROM trip_sums WHERE device_id = NEW.device_id AND started_at_ms = NEW.started_at_ms;
      DELETE FROM unsummed_trips WHERE device_id = OLD.device_id AND started_at_ms = OLD.started_at_ms;
      INSERT OR IGNORE INTO unsummed_trips SELECT NEW.device_id, NEW.started_at_ms WHERE NEW.status = 'ended';
    END;
    CREATE TRIGGER trip_gone AFTER DELETE ON trips BEGIN
      DELETE FROM trip_sums WHERE device_id = OLD.device_id AND started_at_ms = OLD.started_at_ms;
      DELETE FROM unsummed_trips WHERE device_id = OLD.device_id AND started_at_ms = OLD.started_at_ms;
    END;
    CREATE TRIGGER trip_summed AFTER INSERT ON trip_sums BEGIN
      DELETE FROM unsummed_trips WHERE device_id = NEW.device_id AND started_at_ms = NEW.started_at_ms;
    END;

    CREATE TABLE replays (
      -- A hash of all that decides the result: the draft, the book, the seed and what is assumed.
      id TEXT NOT NULL PRIMARY KEY,
      plan_id TEXT NOT NULL,
      draft_hash TEXT NOT NULL,
      champion_hash TEXT NOT NULL,
      -- The draft, what is detected otherwise, the seed and the claims that are expected.
      request TEXT NOT NULL CHECK (json_valid(request)),
      status TEXT NOT NULL CHECK (status IN ('running', 'cancelled', 'failed', 'done')),
      policies INTEGER NOT NULL,
      policies_done INTEGER NOT NULL,
      created_at_ms INTEGER NOT NULL,
      finished_at_ms INTEGER,
      -- Why it failed.
      problem TEXT,
      report TEXT CHECK (json_valid(report)),
      report_hash TEXT,
      CHECK ((status = 'done') = (report IS NOT NULL))
    ) STRICT;
    CREATE INDEX replays_by_creation ON replays (created_at_ms);

    -- What is done of a replay: the policies after one id up to another, and what became of them.
    CREATE TABLE replay_chunks (
      replay_id TEXT NOT NULL REFERENCES replays (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      from_policy_id TEXT NOT NULL,
      to_policy_id TEXT NOT NULL,
      -- Null until it is done.
      result TEXT CHECK (json_valid(result)),
      PRIMARY KEY (replay_id, number)
    ) STRICT, WITHOUT ROWID;
  `,
} as const
