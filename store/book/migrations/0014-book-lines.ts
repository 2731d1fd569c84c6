// The book as an insurer reads it: one line for every policy with all that a list of a hundred thousand of them is searched,
// filtered, sorted and summed up by, and the views that were saved of it.
//
// `book_lines` and `book_words` follow the tables they are made of by triggers, whoever writes those. What is added up (trips,
// their confidence, the days of a home) is kept as sums, so that a trip costs one addition and a list counts nothing.

/** Of a name in Chinese every ending, so that a search for the given name finds it: the tokenizer keeps such a run as one word. */
const places = JSON.stringify(Array.from({ length: 40 }, (_, index) => index + 2))
const endings = (name: string): string => `
  CASE WHEN ${name} GLOB '*[㐀-鿿]*'
    THEN ' ' || coalesce((SELECT group_concat(substr(${name}, value), ' ') FROM json_each('${places}') WHERE value <= length(${name})), '')
    ELSE '' END`

const wordsOf = (where: string): string => `
  SELECT l.number, l.policy_id || ' ' || l.holder_name || ${endings('l.holder_name')} || ' ' ||
    coalesce((SELECT group_concat(device_id, ' ') FROM policy_devices WHERE policy_id = l.policy_id), '')
  FROM book_lines AS l ${where}`

const indexed = (where: string): string => `
      DELETE FROM book_words WHERE rowid IN (SELECT l.number FROM book_lines AS l ${where});
      INSERT INTO book_words (rowid, words) ${wordsOf(where)};`

const ofDevice = (device: string): string => `policy_id IN (SELECT policy_id FROM policy_devices WHERE device_id = ${device})`

const completeness = (facts: string): string => `coalesce(CAST(round((${facts} ->> '$.completeness') * 10000) AS INTEGER), 0)`

/** Everything that is added up from a policy's devices, anew. */
const countedAgain = (where: string): string => `
      UPDATE book_lines SET
        trips = (SELECT count(*) FROM policy_devices AS d JOIN trips AS t ON t.device_id = d.device_id WHERE d.policy_id = book_lines.policy_id),
        seen_m = (SELECT coalesce(sum(s.distance_m), 0)
          FROM policy_devices AS d JOIN trip_sums AS s ON s.device_id = d.device_id WHERE d.policy_id = book_lines.policy_id),
        trusted_m = (SELECT coalesce(sum(s.distance_m * s.confidence), 0)
          FROM policy_devices AS d JOIN trip_sums AS s ON s.device_id = d.device_id WHERE d.policy_id = book_lines.policy_id),
        days = (SELECT count(*) FROM policy_devices AS d JOIN home_days AS h ON h.device_id = d.device_id WHERE d.policy_id = book_lines.policy_id),
        complete_days = (SELECT coalesce(sum(${completeness('h.facts')}), 0)
          FROM policy_devices AS d JOIN home_days AS h ON h.device_id = d.device_id WHERE d.policy_id = book_lines.policy_id),
        connected = (SELECT count(*) FROM policy_devices AS d JOIN device_states AS c ON c.device_id = d.device_id
          WHERE d.policy_id = book_lines.policy_id AND c.state = 'online'),
        heard_at_ms = (SELECT max(at_ms) FROM (
          SELECT max(t.ended_at_ms) AS at_ms FROM policy_devices AS d JOIN trips AS t ON t.device_id = d.device_id WHERE d.policy_id = book_lines.policy_id
          UNION ALL SELECT max(unixepoch(h.day) * 1000) FROM policy_devices AS d JOIN home_days AS h ON h.device_id = d.device_id
            WHERE d.policy_id = book_lines.policy_id
          UNION ALL SELECT max(c.changed_at_ms) FROM policy_devices AS d JOIN device_states AS c ON c.device_id = d.device_id
            WHERE d.policy_id = book_lines.policy_id))
        ${where};`

const premiumOf = (policy: string): string => `
      UPDATE book_lines SET (premium_minor, class_premium_minor, currency, premium_at_ms, premium_id) =
        (SELECT premium_minor, class_premium_minor, currency, computed_at_ms, id FROM premiums WHERE id = ${policy}.current_premium_id)
        WHERE policy_id = ${policy}.id;`

const disputesOf = (policy: string): string => `
      UPDATE book_lines SET open_disputes = (SELECT count(*) FROM disputes WHERE policy_id = ${policy} AND status = 'open')
        WHERE policy_id = ${policy};`

const heard = (device: string, atMs: string): string => `
      UPDATE book_lines SET heard_at_ms = max(coalesce(heard_at_ms, 0), ${atMs}) WHERE ${ofDevice(device)};`

const addLine = (from: string): string => `
      INSERT INTO book_lines (policy_id, insurer_id, product, plan_id, holder_name, created_at_ms)
        SELECT p.id, p.insurer_id, p.product, p.plan_id, h.name, p.created_at_ms
        FROM policies AS p JOIN policyholders AS h ON h.id = p.policyholder_id ${from};`

export const bookLines = {
  id: '0014-book-lines',
  sql: `
    CREATE TABLE book_lines (
      number INTEGER NOT NULL PRIMARY KEY,
      policy_id TEXT NOT NULL UNIQUE REFERENCES policies (id) ON DELETE CASCADE,
      insurer_id TEXT NOT NULL,
      product TEXT NOT NULL,
      plan_id TEXT NOT NULL,
      holder_name TEXT NOT NULL,
      created_at_ms INTEGER NOT NULL,
      -- The premium that is charged now; null before the first.
      premium_id TEXT,
      premium_minor INTEGER,
      class_premium_minor INTEGER,
      currency TEXT,
      premium_at_ms INTEGER,
      difference_minor INTEGER GENERATED ALWAYS AS (premium_minor - class_premium_minor) STORED,
      -- Of the class price, ten-thousandths, rounded half away from zero.
      difference INTEGER GENERATED ALWAYS AS
        (CASE WHEN class_premium_minor > 0 THEN CAST(round((premium_minor - class_premium_minor) * 10000.0 / class_premium_minor) AS INTEGER) END) STORED,
      trips INTEGER NOT NULL DEFAULT 0,
      -- Metres of the trips that are summed, and the same times their confidence in ten-thousandths.
      seen_m INTEGER NOT NULL DEFAULT 0,
      trusted_m INTEGER NOT NULL DEFAULT 0,
      days INTEGER NOT NULL DEFAULT 0,
      -- The sum of their completeness, ten-thousandths each.
      complete_days INTEGER NOT NULL DEFAULT 0,
      -- How far the data can be trusted, ten-thousandths: of a vehicle by metre, of a home by day. Null before there is any.
      quality INTEGER GENERATED ALWAYS AS (CASE WHEN seen_m > 0 THEN (trusted_m + seen_m / 2) / seen_m
        WHEN days > 0 THEN (complete_days + days / 2) / days END) STORED,
      -- Devices that are connected now, and when the last of them was heard of.
      connected INTEGER NOT NULL DEFAULT 0,
      heard_at_ms INTEGER,
      open_disputes INTEGER NOT NULL DEFAULT 0,
      -- When a change of its premium was last explained.
      noticed_at_ms INTEGER
    ) STRICT;
    CREATE VIRTUAL TABLE book_words USING fts5 (words, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2');

    ${addLine('ORDER BY p.id')}
    UPDATE book_lines SET (premium_minor, class_premium_minor, currency, premium_at_ms, premium_id) =
      (SELECT premium_minor, class_premium_minor, currency, computed_at_ms, premiums.id FROM policies JOIN premiums ON premiums.id = current_premium_id
       WHERE policies.id = book_lines.policy_id),
      open_disputes = (SELECT count(*) FROM disputes WHERE disputes.policy_id = book_lines.policy_id AND status = 'open'),
      noticed_at_ms = (SELECT max(noticed_at_ms) FROM premium_notices WHERE premium_notices.policy_id = book_lines.policy_id);
    ${countedAgain('')}
    INSERT INTO book_words (rowid, words) ${wordsOf('')};

    -- One for each order of the list, in which what is not known comes first.
    CREATE INDEX book_lines_by_policy ON book_lines (insurer_id, policy_id);
    CREATE INDEX book_lines_by_holder ON book_lines (insurer_id, holder_name, policy_id);
    CREATE INDEX book_lines_by_class ON book_lines (insurer_id, coalesce(class_premium_minor, -1), policy_id);
    CREATE INDEX book_lines_by_own ON book_lines (insurer_id, coalesce(premium_minor, -1), policy_id);
    CREATE INDEX book_lines_by_difference ON book_lines (insurer_id, coalesce(difference, -1000000), policy_id);
    CREATE INDEX book_lines_by_trips ON book_lines (insurer_id, trips, policy_id);
    CREATE INDEX book_lines_by_quality ON book_lines (insurer_id, coalesce(quality, -1), policy_id);
    CREATE INDEX book_lines_by_heard ON book_lines (insurer_id, coalesce(heard_at_ms, 0), policy_id);
    -- What is rare.
    CREATE INDEX book_lines_disputed ON book_lines (insurer_id, policy_id) WHERE open_disputes > 0;
    CREATE INDEX book_lines_noticed ON book_lines (insurer_id, noticed_at_ms) WHERE noticed_at_ms IS NOT NULL;
    -- All that sums are made of and filtered by, in the order in which they are grouped.
    CREATE INDEX book_lines_summed ON book_lines (insurer_id, currency, product, plan_id, premium_minor, class_premium_minor,
      difference, quality, trips, days, connected, heard_at_ms, open_disputes, noticed_at_ms);
    CREATE INDEX trips_by_end ON trips (device_id, ended_at_ms);

    CREATE TRIGGER book_line_added AFTER INSERT ON policies BEGIN
      ${addLine('WHERE p.id = NEW.id')}
      ${premiumOf('NEW')}
      ${indexed('WHERE l.policy_id = NEW.id')}
    END;
    CREATE TRIGGER book_line_priced AFTER UPDATE OF current_premium_id ON policies BEGIN
      ${premiumOf('NEW')}
    END;
    -- A policy may point at its premium before that is written.
    CREATE TRIGGER book_line_premium_written AFTER INSERT ON premiums BEGIN
      UPDATE book_lines SET premium_minor = NEW.premium_minor, class_premium_minor = NEW.class_premium_minor, currency = NEW.currency,
        premium_at_ms = NEW.computed_at_ms, premium_id = NEW.id
        WHERE policy_id = (SELECT id FROM policies WHERE id = NEW.policy_id AND current_premium_id = NEW.id);
    END;
    CREATE TRIGGER book_line_moved AFTER UPDATE OF insurer_id, product, plan_id, policyholder_id ON policies BEGIN
      UPDATE book_lines SET insurer_id = NEW.insurer_id, product = NEW.product, plan_id = NEW.plan_id,
        holder_name = (SELECT name FROM policyholders WHERE id = NEW.policyholder_id) WHERE policy_id = NEW.id;
      ${indexed('WHERE l.policy_id = NEW.id')}
    END;
    CREATE TRIGGER book_line_going BEFORE DELETE ON policies BEGIN
      DELETE FROM book_words WHERE rowid = (SELECT number FROM book_lines WHERE policy_id = OLD.id);
    END;
    CREATE TRIGGER book_line_renamed AFTER UPDATE OF name ON policyholders WHEN OLD.name <> NEW.name BEGIN
      UPDATE book_lines SET holder_name = NEW.name WHERE policy_id IN (SELECT id FROM policies WHERE policyholder_id = NEW.id);
      ${indexed('WHERE l.policy_id IN (SELECT id FROM policies WHERE policyholder_id = NEW.id)')}
    END;
    CREATE TRIGGER book_line_device_added AFTER INSERT ON policy_devices BEGIN
      ${countedAgain('WHERE policy_id = NEW.policy_id')}
      ${indexed('WHERE l.policy_id = NEW.policy_id')}
    END;
    CREATE TRIGGER book_line_device_gone AFTER DELETE ON policy_devices BEGIN
      ${countedAgain('WHERE policy_id = OLD.policy_id')}
      ${indexed('WHERE l.policy_id = OLD.policy_id')}
    END;

    CREATE TRIGGER book_line_trip_added AFTER INSERT ON trips BEGIN
      UPDATE book_lines SET trips = trips + 1, heard_at_ms = max(coalesce(heard_at_ms, 0), NEW.ended_at_ms) WHERE ${ofDevice('NEW.device_id')};
    END;
    CREATE TRIGGER book_line_trip_longer AFTER UPDATE OF ended_at_ms ON trips WHEN OLD.ended_at_ms <> NEW.ended_at_ms BEGIN
      ${heard('NEW.device_id', 'NEW.ended_at_ms')}
    END;
    -- What was heard stays heard: a trip that goes was measured otherwise or erased.
    CREATE TRIGGER book_line_trip_gone AFTER DELETE ON trips BEGIN
      UPDATE book_lines SET trips = trips - 1 WHERE ${ofDevice('OLD.device_id')};
    END;
    -- REPLACE deletes without a word; so that no metre is added twice, the sums before go first.
    CREATE TRIGGER book_line_sums_replaced BEFORE INSERT ON trip_sums
      WHEN EXISTS (SELECT 1 FROM trip_sums WHERE device_id = NEW.device_id AND started_at_ms = NEW.started_at_ms) BEGIN
      DELETE FROM trip_sums WHERE device_id = NEW.device_id AND started_at_ms = NEW.started_at_ms;
    END;
    CREATE TRIGGER book_line_sums_added AFTER INSERT ON trip_sums BEGIN
      UPDATE book_lines SET seen_m = seen_m + NEW.distance_m, trusted_m = trusted_m + NEW.distance_m * NEW.confidence
        WHERE ${ofDevice('NEW.device_id')};
    END;
    CREATE TRIGGER book_line_sums_gone AFTER DELETE ON trip_sums BEGIN
      UPDATE book_lines SET seen_m = seen_m - OLD.distance_m, trusted_m = trusted_m - OLD.distance_m * OLD.confidence
        WHERE ${ofDevice('OLD.device_id')};
    END;

    CREATE TRIGGER book_line_day_added AFTER INSERT ON home_days BEGIN
      UPDATE book_lines SET days = days + 1, complete_days = complete_days + ${completeness('NEW.facts')},
        heard_at_ms = max(coalesce(heard_at_ms, 0), unixepoch(NEW.day) * 1000) WHERE ${ofDevice('NEW.device_id')};
    END;
    CREATE TRIGGER book_line_day_changed AFTER UPDATE OF facts ON home_days
      WHEN ${completeness('OLD.facts')} <> ${completeness('NEW.facts')} BEGIN
      UPDATE book_lines SET complete_days = complete_days + ${completeness('NEW.facts')} - ${completeness('OLD.facts')}
        WHERE ${ofDevice('NEW.device_id')};
    END;
    CREATE TRIGGER book_line_day_gone AFTER DELETE ON home_days BEGIN
      UPDATE book_lines SET days = days - 1, complete_days = complete_days - ${completeness('OLD.facts')}
        WHERE ${ofDevice('OLD.device_id')};
    END;

    CREATE TRIGGER book_line_device_met AFTER INSERT ON device_states BEGIN
      UPDATE book_lines SET connected = connected + (NEW.state = 'online'), heard_at_ms = max(coalesce(heard_at_ms, 0), NEW.changed_at_ms)
        WHERE ${ofDevice('NEW.device_id')};
    END;
    CREATE TRIGGER book_line_device_changed AFTER UPDATE ON device_states
      WHEN OLD.state <> NEW.state OR OLD.changed_at_ms <> NEW.changed_at_ms BEGIN
      UPDATE book_lines SET connected = connected + (NEW.state = 'online') - (OLD.state = 'online'),
        heard_at_ms = max(coalesce(heard_at_ms, 0), NEW.changed_at_ms) WHERE ${ofDevice('NEW.device_id')};
    END;
    CREATE TRIGGER book_line_device_forgotten AFTER DELETE ON device_states WHEN OLD.state = 'online' BEGIN
      UPDATE book_lines SET connected = connected - 1 WHERE ${ofDevice('OLD.device_id')};
    END;

    CREATE TRIGGER book_line_disputed AFTER INSERT ON disputes BEGIN ${disputesOf('NEW.policy_id')} END;
    CREATE TRIGGER book_line_dispute_moved AFTER UPDATE OF status ON disputes BEGIN ${disputesOf('NEW.policy_id')} END;
    CREATE TRIGGER book_line_dispute_gone AFTER DELETE ON disputes BEGIN ${disputesOf('OLD.policy_id')} END;
    CREATE TRIGGER book_line_noticed AFTER INSERT ON premium_notices BEGIN
      UPDATE book_lines SET noticed_at_ms = max(coalesce(noticed_at_ms, 0), NEW.noticed_at_ms) WHERE policy_id = NEW.policy_id;
    END;

    CREATE TABLE book_views (
      id TEXT NOT NULL PRIMARY KEY,
      insurer_id TEXT NOT NULL,
      user_id TEXT NOT NULL REFERENCES "user" (id) ON DELETE CASCADE,
      name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
      -- As the address of the page holds it.
      query TEXT NOT NULL CHECK (length(query) <= 2000),
      is_shared INTEGER NOT NULL CHECK (is_shared IN (0, 1)),
      created_at_ms INTEGER NOT NULL,
      -- Kept for a while, so that it can be taken back.
      deleted_at_ms INTEGER
    ) STRICT;
    CREATE INDEX book_views_by_user ON book_views (user_id, name);
    CREATE INDEX book_views_shared ON book_views (insurer_id, name) WHERE is_shared = 1;
    -- Which view an account begins with.
    CREATE TABLE book_view_defaults (
      user_id TEXT NOT NULL PRIMARY KEY REFERENCES "user" (id) ON DELETE CASCADE,
      view_id TEXT NOT NULL REFERENCES book_views (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
  `,
} as const
