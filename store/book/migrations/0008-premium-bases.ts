// What a premium rests on, for whoever verifies it later: trips and days arrive late, are measured again and go, and a
// premium is about those that were there when it was computed.
//
// `experience_log` numbers every coming, change and going of an ended trip and of a home's day, whoever writes them. A premium
// keeps the last number it saw and the corrections that were accepted then. The facts themselves are not kept again: they
// are measured from the readings.

export const premiumBases = {
  id: '0008-premium-bases',
  sql: `
    CREATE TABLE experience_log (
      number INTEGER NOT NULL PRIMARY KEY,
      device_id TEXT NOT NULL,
      -- Of a trip its start; of a day its date.
      started_at_ms INTEGER,
      day TEXT,
      change TEXT NOT NULL CHECK (change IN ('there', 'gone')),
      CHECK ((started_at_ms IS NULL) <> (day IS NULL))
    ) STRICT;
    CREATE INDEX experience_log_by_device ON experience_log (device_id, number);
    INSERT INTO experience_log (device_id, started_at_ms, change)
      SELECT device_id, started_at_ms, 'there' FROM trips WHERE status = 'ended' ORDER BY ended_at_ms, device_id;
    INSERT INTO experience_log (device_id, day, change) SELECT device_id, day, 'there' FROM home_days ORDER BY day, device_id;

    CREATE TRIGGER trip_end_logged AFTER INSERT ON trips WHEN NEW.status = 'ended' BEGIN
      INSERT INTO experience_log (device_id, started_at_ms, change) VALUES (NEW.device_id, NEW.started_at_ms, 'there');
    END;
    CREATE TRIGGER trip_change_logged AFTER UPDATE ON trips
      WHEN NEW.status = 'ended' AND (OLD.status <> 'ended' OR OLD.ended_at_ms <> NEW.ended_at_ms OR OLD.facts <> NEW.facts) BEGIN
      INSERT INTO experience_log (device_id, started_at_ms, change) VALUES (NEW.device_id, NEW.started_at_ms, 'there');
    END;
    CREATE TRIGGER trip_reopening_logged AFTER UPDATE ON trips WHEN OLD.status = 'ended' AND NEW.status <> 'ended' BEGIN
      INSERT INTO experience_log (device_id, started_at_ms, change) VALUES (OLD.device_id, OLD.started_at_ms, 'gone');
    END;
    CREATE TRIGGER trip_going_logged AFTER DELETE ON trips WHEN OLD.status = 'ended' BEGIN
      INSERT INTO experience_log (device_id, started_at_ms, change) VALUES (OLD.device_id, OLD.started_at_ms, 'gone');
    END;
    -- The day in progress is written again with every reading; a day counts from when the next one has begun.
    CREATE TRIGGER home_day_logged AFTER INSERT ON home_days BEGIN
      INSERT INTO experience_log (device_id, day, change) VALUES (NEW.device_id, NEW.day, 'there');
    END;
    CREATE TRIGGER home_day_going_logged AFTER DELETE ON home_days BEGIN
      INSERT INTO experience_log (device_id, day, change) VALUES (OLD.device_id, OLD.day, 'gone');
    END;

    -- None for a premium from before this was kept.
    CREATE TABLE premium_bases (
      premium_id TEXT NOT NULL PRIMARY KEY REFERENCES premiums (id) ON DELETE CASCADE,
      -- The last number of the log when it was computed; 0 before the first.
      log_number INTEGER NOT NULL,
      -- JSON: the ids of the disputes that were accepted.
      accepted TEXT NOT NULL CHECK (json_valid(accepted))
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER premium_basis_noted AFTER INSERT ON premiums BEGIN
      INSERT INTO premium_bases
        SELECT NEW.id, (SELECT coalesce(max(number), 0) FROM experience_log),
          (SELECT json_group_array(id) FROM (SELECT id FROM disputes WHERE policy_id = NEW.policy_id AND status = 'accepted' ORDER BY id));
    END;
  `,
} as const
