// The lines of the insurer's book follow what they are made of, whoever writes it and in whatever order.

import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { migrate, migrations } from '../../store/book/migrate.ts'
import { bookLines } from '../../store/book/migrations/0014-book-lines.ts'

const at = 1_767_225_600_000
const ladder = ['brake', 'acceleration', 'turn'].flatMap((name) => Array.from({ length: 7 }, (_, rung) => `${name}_${rung}`))

/** Up to the migration before, or whole. */
async function openBook(isOlder = false): Promise<DatabaseSync> {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true })
  await migrate(database, isOlder ? migrations.slice(0, migrations.indexOf(bookLines)) : migrations, at)
  database.exec(`
    INSERT INTO editions (hash, plan_id, product, document, id, status, known_at_ms) VALUES ('e', 'motor', 'motor', '{}', 'motor-e', 'active', 0);
    INSERT INTO policyholders (id, name, created_at_ms) VALUES ('h', 'Jürgen Müller', 0), ('w', '王小明', 0);
    INSERT INTO devices (id, kind, label, created_at_ms) VALUES ('car-12', 'vehicle', '', 0), ('car-7', 'vehicle', '', 0), ('hub-1', 'home', '', 0);
  `)
  return database
}

function addPolicy(database: DatabaseSync, id: string, holder: string, ...devices: readonly string[]): void {
  database
    .prepare(
      "INSERT INTO policies (id, product, policyholder_id, plan_id, time_zone, class_facts, created_at_ms) VALUES (?, 'motor', ?, 'motor', 'UTC', '{}', 0)",
    )
    .run(id, holder)
  for (const device of devices) database.prepare('INSERT INTO policy_devices VALUES (?, ?)').run(id, device)
}

function addTrip(database: DatabaseSync, device: string, startedAtMs: number, metres: number, confidence: number): void {
  const columns = ['is_driven', 'agreement', 'distance_m', 'longitudinal_m', 'lateral_m', 'limit_known_m', 'phone_known_m']
  const rest = ['night_m', 'speeding_m', 'phone_s', 'phone_known_s', 'accelerometer_m', ...ladder]
  database
    .prepare("INSERT INTO trips VALUES (?, ?, ?, ?, 'ended', ?, '{}')")
    .run(`${device}-${startedAtMs}`, device, startedAtMs, startedAtMs + 1000, metres)
  database
    .prepare(
      `INSERT OR REPLACE INTO trip_sums (device_id, started_at_ms, ended_at_ms, confidence, ${[...columns, ...rest].join(', ')})
       VALUES (?, ?, ?, ?, 1, 1, ?, ${[...columns.slice(3), ...rest].map(() => '0').join(', ')})`,
    )
    .run(device, startedAtMs, startedAtMs + 1000, confidence, metres)
}

/** What an insurer would count by hand. */
const countedByHand = `
  SELECT p.id AS policy_id,
    (SELECT count(*) FROM trips WHERE device_id IN (SELECT device_id FROM policy_devices WHERE policy_id = p.id)) AS trips,
    (SELECT coalesce(sum(distance_m), 0) FROM trip_sums WHERE device_id IN (SELECT device_id FROM policy_devices WHERE policy_id = p.id)) AS seen_m,
    (SELECT coalesce(sum(distance_m * confidence), 0) FROM trip_sums WHERE device_id IN (SELECT device_id FROM policy_devices WHERE policy_id = p.id)) AS trusted_m,
    (SELECT count(*) FROM home_days WHERE device_id IN (SELECT device_id FROM policy_devices WHERE policy_id = p.id)) AS days,
    (SELECT count(*) FROM disputes WHERE policy_id = p.id AND status = 'open') AS open_disputes,
    (SELECT count(*) FROM device_states WHERE state = 'online' AND device_id IN (SELECT device_id FROM policy_devices WHERE policy_id = p.id)) AS connected,
    (SELECT premium_minor FROM premiums WHERE id = p.current_premium_id) AS premium_minor
  FROM policies AS p ORDER BY p.id`

function expectTrue(database: DatabaseSync): void {
  const kept = database
    .prepare(
      'SELECT policy_id, trips, seen_m, trusted_m, days, open_disputes, connected, premium_minor FROM book_lines ORDER BY policy_id',
    )
    .all()
  expect(kept.map((row) => ({ ...row }))).toEqual(
    database
      .prepare(countedByHand)
      .all()
      .map((row) => ({ ...row })),
  )
}

function found(database: DatabaseSync, match: string): readonly unknown[] {
  return database
    .prepare(
      'SELECT policy_id FROM book_lines WHERE number IN (SELECT rowid FROM book_words WHERE book_words MATCH ?) ORDER BY 1',
    )
    .all(match)
    .map((row) => row['policy_id'])
}

function liveThrough(database: DatabaseSync, look: () => void): void {
  addTrip(database, 'car-12', at, 5_000, 9_000)
  addPolicy(database, 'p1', 'h', 'car-12')
  look()
  addPolicy(database, 'p2', 'w', 'car-7', 'hub-1')
  for (let trip = 1; trip <= 5; trip += 1)
    addTrip(database, trip % 2 === 0 ? 'car-7' : 'car-12', at + trip * 10_000, trip * 700, 6_000 + trip)
  look()
  database.exec(`
    UPDATE trips SET facts = '{"again":1}' WHERE device_id = 'car-7';
    DELETE FROM trips WHERE started_at_ms = ${at + 10_000};
    INSERT INTO home_days VALUES ('hub-1', '2026-01-01', '{"completeness":0.25}'), ('hub-1', '2026-01-02', '{}');
    UPDATE home_days SET facts = '{"completeness":0.75}' WHERE day = '2026-01-01';
    INSERT INTO device_states VALUES ('car-12', 'online', 1, NULL, NULL, NULL, ${at}), ('hub-1', 'offline', 1, NULL, NULL, NULL, ${at});
    UPDATE device_states SET state = 'online', changed_at_ms = ${at + 5} WHERE device_id = 'hub-1';
    INSERT INTO premiums VALUES ('m1', 'p1', 'e', 'f', 4000, 5000, 'EUR', '{}', '{}', ${at});
    UPDATE policies SET current_premium_id = 'm1' WHERE id = 'p1';
    INSERT INTO disputes (id, policy_id, device_id, trip_id, trip_start_ms, trip_end_ms, kind, note, status, created_at_ms)
      VALUES ('d1', 'p1', 'car-12', 't', 0, 1, 'passenger', '', 'open', 0), ('d2', 'p1', 'car-12', 'u', 0, 1, 'passenger', '', 'open', 0);
    UPDATE disputes SET status = 'rejected' WHERE id = 'd2';
  `)
  look()
}

test('a line counts what an insurer would count by hand, after whatever happened', async () => {
  const database = await openBook()
  liveThrough(database, () => expectTrue(database))
  expect(
    database.prepare("SELECT premium_minor, difference_minor, difference, quality FROM book_lines WHERE policy_id = 'p1'").get(),
  ).toMatchObject({ premium_minor: 4000, difference_minor: -1000, difference: -2000 })
  addTrip(database, 'hub-1', at, 100, 5_000)
  database.exec("DELETE FROM policy_devices WHERE device_id = 'hub-1'; DELETE FROM device_states WHERE device_id = 'car-12'")
  expectTrue(database)
  database.close()
})

test('sums that are written again over themselves are not added twice', async () => {
  const database = await openBook()
  addPolicy(database, 'p1', 'h', 'car-12')
  addTrip(database, 'car-12', at, 1_000, 9_000)
  database.exec("DELETE FROM trips WHERE device_id = 'x'")
  const again = database.prepare('INSERT OR REPLACE INTO trip_sums SELECT * FROM trip_sums')
  again.run()
  again.run()
  expectTrue(database)
  database.close()
})

test('a policy that points at a premium before it is written is shown with it', async () => {
  const database = await openBook()
  addPolicy(database, 'p1', 'h', 'car-12')
  database.exec(`
    BEGIN;
    UPDATE policies SET current_premium_id = 'm9' WHERE id = 'p1';
    INSERT INTO premiums VALUES ('m9', 'p1', 'e', 'f', 100, 200, 'EUR', '{}', '{}', 7);
    COMMIT`)
  expectTrue(database)
  database.close()
})

test('a book from before the lines has them all at once, the same as one that grew with them', async () => {
  const [grown, older] = [await openBook(), await openBook(true)]
  for (const database of [grown, older]) liveThrough(database, () => {})
  await migrate(older, migrations, at)
  const lines = (database: DatabaseSync) =>
    database
      .prepare('SELECT * FROM book_lines ORDER BY policy_id')
      .all()
      .map((row) => ({ ...row }))
  // Of what went again it was heard all the same.
  expect(lines(older)).toEqual(lines(grown))
  for (const match of ['"jur"*', '"小明"*', '"car 12"*']) expect(found(older, match)).toEqual(found(grown, match))
  grown.close()
  older.close()
})

test.each([
  ['the beginning of a word of the name', '"mül"*', ['p1']],
  ['without the accent', '"mull"*', ['p1']],
  ['the given name of a Chinese name', '"小明"*', ['p2']],
  ['the family name', '"王"*', ['p2']],
  ['a device with its number', '"car-12"*', ['p1']],
  ['what all have', '"p"*', ['p1', 'p2']],
  ['both words', '"jürgen"* "car-12"*', ['p1']],
  ['words of two policies', '"jürgen"* "car-7"*', []],
])('a line is found by %s', async (_, match, expected) => {
  const database = await openBook()
  addPolicy(database, 'p1', 'h', 'car-12')
  addPolicy(database, 'p2', 'w', 'car-7', 'hub-1')
  expect(found(database, match)).toEqual(expected)
  database.close()
})

test('a new name is found and the old one is not, and neither is a policy that went', async () => {
  const database = await openBook()
  addPolicy(database, 'p1', 'h', 'car-12')
  addPolicy(database, 'p2', 'w', 'car-7')
  database.exec("UPDATE policyholders SET name = 'Anna Öz' WHERE id = 'h'")
  expect([found(database, '"müller"*'), found(database, '"oz"*')]).toEqual([[], ['p1']])
  database.exec("DELETE FROM policies WHERE id = 'p2'")
  expect([found(database, '"王"*'), database.prepare('SELECT count(*) AS lines FROM book_lines').get()]).toEqual([
    [],
    { lines: 1 },
  ])
  database.close()
})
