// Books that an older Merit wrote, brought up to date.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { hashPassword } from '../../dashboard/sign-in/password.ts'
import { createSeal } from '../../dashboard/sign-in/sealed-text.ts'
import { openSecondFactors } from '../../dashboard/sign-in/second-factors.ts'
import { listSessions } from '../../dashboard/sign-in/session-list.ts'
import { openSessions } from '../../dashboard/sign-in/sessions.ts'
import { migrate, migrations } from '../../store/book/migrate.ts'
import { openBook } from '../../store/book/open-book.ts'

const at = 1_767_225_600_000

test('a book from before disputes keeps its premiums as what was paid, in order', async () => {
  const database = new DatabaseSync(':memory:')
  await migrate(database, migrations.slice(0, 1), at)
  database.exec(`
    INSERT INTO policyholders VALUES ('h', 'H', NULL, 0);
    INSERT INTO editions VALUES ('e', 'motor', 'motor', '{}', 'active', 0);
    INSERT INTO policies VALUES ('p', 'motor', 'h', 'motor', 'UTC', '{}', 0, NULL);
    INSERT INTO premiums VALUES ('later', 'p', 'e', 'f2', 2, 2, 'EUR', '{}', '{}', 20), ('first', 'p', 'e', 'f1', 1, 2, 'EUR', '{}', '{}', 10);
  `)
  await migrate(database, migrations, at)
  const kept = database.prepare('SELECT number, premium_id, changed_at_ms FROM premium_changes ORDER BY number').all()
  expect(kept.map((row) => Object.values(row))).toEqual([
    [1, 'first', 10],
    [2, 'later', 20],
  ])
  database.close()
})

test('what was decided of a dispute before every step was kept becomes its first step', async () => {
  const database = new DatabaseSync(':memory:')
  await migrate(database, migrations.slice(0, 2), at)
  database.exec(`
    INSERT INTO policyholders VALUES ('h', 'H', NULL, 0);
    INSERT INTO policies VALUES ('p', 'motor', 'h', 'motor', 'UTC', '{}', 0, NULL);
    INSERT INTO disputes VALUES
      ('open', 'p', 'd', 't1', 0, 1, 'passenger', NULL, NULL, NULL, '', 'open', 0, NULL, NULL, NULL),
      ('done', 'p', 'd', 't2', 0, 1, 'passenger', NULL, NULL, NULL, '', 'rejected', 0, 5, NULL, 'No.');
  `)
  await migrate(database, migrations, at)
  const kept = database.prepare('SELECT dispute_id, number, status, reason, done_at_ms FROM dispute_steps').all()
  expect(kept.map((row) => Object.values(row))).toEqual([['done', 1, 'rejected', 'No.', 5]])
  database.close()
})

test('a book from before the life of editions keeps its active edition, its premiums and the order of the former ones', async () => {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true })
  await migrate(database, migrations.slice(0, 2), at)
  database.exec(`
    INSERT INTO policyholders VALUES ('h', 'H', NULL, 0);
    INSERT INTO editions VALUES
      ('aaaaaaaaaa', 'motor', 'motor', '{}', 'superseded', 10), ('bbbbbbbbbb', 'motor', 'motor', '{}', 'active', 20),
      ('cccccccccc', 'home', 'home', '{}', 'active', 15);
    INSERT INTO policies VALUES ('p', 'motor', 'h', 'motor', 'UTC', '{}', 0, NULL);
    INSERT INTO premiums VALUES ('m', 'p', 'bbbbbbbbbb', 'f', 1, 2, 'EUR', '{}', '{}', 30);
  `)
  await migrate(database, migrations, at)
  const kept = database
    .prepare('SELECT id, status, known_at_ms, active_from_ms, active_until_ms FROM editions ORDER BY hash')
    .all()
  expect(kept.map((row) => Object.values(row))).toEqual([
    ['motor-aaaaaaaa', 'superseded', 10, 10, 20],
    ['motor-bbbbbbbb', 'active', 20, 20, null],
    ['home-cccccccc', 'active', 15, 15, null],
  ])
  expect(
    database
      .prepare('SELECT edition_hash FROM premiums')
      .all()
      .map((row) => row['edition_hash']),
  ).toEqual(['bbbbbbbbbb'])
  expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([])
  const events = database.prepare('SELECT edition_id, action, to_status FROM edition_events ORDER BY edition_id').all()
  expect(events.map((row) => Object.values(row).join(' '))).toEqual([
    'home-cccccccc install active',
    'motor-aaaaaaaa install superseded',
    'motor-bbbbbbbb install active',
  ])
  database.close()
})

test('somebody who was signed in before sessions had marks keeps account and password, and signs in again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'merit-older-book-'))
  const file = join(folder, 'book.db')
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true })
  database.exec('PRAGMA application_id = 0x4d525442')
  const before = migrations.findIndex(({ id }) => id === '0011-sign-in')
  await migrate(database, migrations.slice(0, before), at)
  const [time, later] = ["'2026-01-01T00:00:00.000Z'", "'2126-01-01T00:00:00.000Z'"]
  database.exec(`
    INSERT INTO "user" (id, name, email, "emailVerified", "createdAt", "updatedAt", role)
      VALUES ('u', 'Una', 'una@merit.example', 0, ${time}, ${time}, 'insurer');
    INSERT INTO account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
      VALUES ('a', 'u', 'credential', 'u', '${await hashPassword('from before')}', ${time}, ${time});
    INSERT INTO session (id, "expiresAt", token, "createdAt", "updatedAt", "userId")
      VALUES ('s', ${later}, 'token', ${time}, ${time}, 'u');
  `)
  database.close()

  const book = await openBook(`sqlite:${file}`)
  const secret = 'a secret of the tests, long enough for anyone'
  const sessions = openSessions({ book, secret, publicUrl: '', demo: false })
  expect(await sessions.userOf({ email: 'una@merit.example', password: 'from before' })).toBe('u')
  expect(await openSecondFactors(book, createSeal(secret)).stateOf('u')).toEqual({
    totpSinceMs: null,
    passkeys: 0,
    recoveryCodesLeft: 0,
  })
  // The session has no mark, so it is listed nowhere and nobody's.
  expect(await listSessions(book, 'u', undefined, at)).toEqual([])
  const opened = await sessions.open({ userId: 'u', rememberMe: true, proof: 'password' }, new Headers())
  expect(opened?.caller).toMatchObject({ id: 'u', role: 'insurer', insurerId: 'merit' })
  expect(await listSessions(book, 'u', undefined, at)).toHaveLength(1)
  await book.destroy()
  rmSync(folder, { recursive: true, force: true })
})

test('an arm that was stopped for everybody is stopped at each insurer there is', async () => {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true })
  const before = migrations.findIndex(({ id }) => id === '0020-nudge-stops')
  await migrate(database, migrations.slice(0, before), at)
  database.exec("INSERT INTO insurers VALUES ('other', 'Other', 1); INSERT INTO nudge_stops VALUES ('x/1', 7, '{}')")
  await migrate(database, migrations, at)
  const kept = database.prepare('SELECT experiment, insurer_id, stopped_at_ms FROM nudge_stops ORDER BY insurer_id').all()
  expect(kept.map((row) => Object.values(row))).toEqual([
    ['x/1', 'merit', 7],
    ['x/1', 'other', 7],
  ])
  database.close()
})
