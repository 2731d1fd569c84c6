// The book on SQLite: its tables, its migrations, and the Kysely dialect under it.

import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { getMigrations } from 'better-auth/db/migration'
import { Kysely, sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readCursor, writeCursor } from '../../store/book/cursors.ts'
import { migrate, migrations } from '../../store/book/migrate.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book, BookSchema } from '../../store/book/schema.ts'
import { sqliteDialect } from '../../store/book/sqlite-dialect.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import { at, filledByTheBook, rows } from './book-rows.ts'

const folder = await mkdtemp(join(tmpdir(), 'merit-book-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pageBytes = 4_096
const run = promisify(execFile)
let files = 0
let file: string
let book: Book

beforeEach(async () => {
  files += 1
  file = join(folder, 'new', `book-${files}.db`)
  book = await openBook(`sqlite:${file}`)
})
afterEach(() => book.destroy())

async function insertEverything(): Promise<void> {
  for (const [table, row] of Object.entries(rows)) {
    if (filledByTheBook.has(table)) continue
    const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
    await sql`INSERT INTO ${sql.table(table)} (${columns}) VALUES (${sql.join(Object.values(row))})`.execute(book)
  }
}

describe('its tables', () => {
  test('hold exactly the columns the stages know, and give back what was put in', async () => {
    await insertEverything()
    for (const [table, row] of Object.entries(rows)) {
      const found = await sql`SELECT * FROM ${sql.table(table)}`.execute(book)
      if (filledByTheBook.has(table)) expect(found.rows, table).toContainEqual(row)
      else expect(found.rows, table).toEqual([row])
    }
    // The index of words keeps its own tables.
    const tables = await sql<{
      name: string
    }>`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'book_words*'`.execute(book)
    expect(tables.rows.map((row) => row.name).toSorted()).toEqual([...Object.keys(rows), 'migrations'].toSorted())
  })

  test('are what the sign-in library expects', async () => {
    const text = { type: 'string', required: true } as const
    const needed = await getMigrations({
      database: { db: book, type: 'sqlite' },
      // It warns that times are kept as text; they are, in SQLite.
      logger: { disabled: true },
      emailAndPassword: { enabled: true },
      user: { additionalFields: { role: text, locale: text, demo: { type: 'boolean', required: true } } },
    })
    expect([needed.toBeCreated, needed.toBeAdded]).toEqual([[], []])
  })

  test('refuse a value of the wrong kind, an unknown word, broken JSON and a parent that does not exist', async () => {
    await insertEverything()
    const refused = (statement: string) => expect(sql.raw(statement).execute(book), statement).rejects.toThrow(/constraint|store/)
    await refused(`UPDATE premiums SET premium_minor = 'a lot'`)
    await refused(`UPDATE premiums SET premium_minor = 12.5`)
    await refused(`UPDATE devices SET kind = 'boat'`)
    await refused(`UPDATE "user" SET role = 'root'`)
    await refused(`UPDATE trips SET facts = '{'`)
    await refused(`UPDATE policies SET policyholder_id = 'nobody'`)
    await refused(`UPDATE policies SET current_premium_id = 'none'`)
    await refused(`UPDATE disputes SET status = 'forgotten'`)
    await refused(`UPDATE disputes SET event_end_ms = NULL`)
    await refused(`UPDATE disputes SET kind = 'passenger'`)
    await refused(`UPDATE disputes SET note = printf('%501c', 'x')`)
    await refused(`DELETE FROM devices`)
  })

  test('keep one premium for the same policy, edition and facts', async () => {
    await insertEverything()
    const again = { ...rows.premiums, id: 'm2' }
    await expect(book.insertInto('premiums').values(again).execute()).rejects.toThrow(/UNIQUE/)
    await book
      .insertInto('premiums')
      .values(again)
      .onConflict((conflict) => conflict.columns(['policy_id', 'edition_hash', 'facts_hash']).doNothing())
      .execute()
    expect(await book.selectFrom('premiums').select('id').execute()).toEqual([{ id: 'm1' }])
  })

  test('let a policy and its first premium point at each other in one transaction', async () => {
    await insertEverything()
    await book.transaction().execute(async (transaction) => {
      await transaction.updateTable('policies').set({ current_premium_id: 'm9' }).execute()
      await transaction
        .insertInto('premiums')
        .values({ ...rows.premiums, id: 'm9', facts_hash: 'f9' })
        .execute()
    })
    expect(await book.selectFrom('policies').select('current_premium_id').executeTakeFirst()).toEqual({
      current_premium_id: 'm9',
    })
  })

  test('answer the questions asked all the time from an index', async () => {
    const questions = [
      `SELECT * FROM trips WHERE device_id = 'x' AND started_at_ms < 9 ORDER BY started_at_ms DESC`,
      `SELECT * FROM premiums WHERE policy_id = 'x' ORDER BY computed_at_ms DESC`,
      `SELECT * FROM device_credentials WHERE device_id = 'x'`,
      `SELECT * FROM policy_devices WHERE device_id = 'x'`,
      `SELECT * FROM quarantine WHERE device_id = 'x' ORDER BY received_at_ms DESC`,
      `SELECT * FROM session WHERE token = 'x'`,
    ]
    for (const question of questions) {
      const plan = await sql<{ detail: string }>`EXPLAIN QUERY PLAN ${sql.raw(question)}`.execute(book)
      expect(plan.rows.map((row) => row.detail).join(), question).toMatch(/^SEARCH [^,]*$/)
    }
  })
})

test('a cursor is remembered under its name', async () => {
  expect(await readCursor(book, 'pricing')).toBeUndefined()
  await writeCursor(book, 'pricing', 'a')
  await book.transaction().execute((transaction) => writeCursor(transaction, 'pricing', 'b'))
  expect(await readCursor(book, 'pricing')).toBe('b')
})

describe('opening', () => {
  test('again keeps everything and applies nothing twice', async () => {
    await insertEverything()
    await book.destroy()
    book = await openBook(`sqlite:${file}`)
    expect(await book.selectFrom('trips').selectAll().execute()).toEqual([rows.trips])
    const applied = await sql<{ id: string }>`SELECT id FROM migrations`.execute(book)
    expect(applied.rows.map((row) => row.id)).toEqual(migrations.map((migration) => migration.id))
  })

  test('by several processes at once works, and together they spend exactly what is there', async () => {
    const url = `sqlite:${join(folder, 'contested', 'book.db')}`
    const opener = join(import.meta.dirname, 'book-opener.ts')
    const results = await Promise.all([1, 2, 3].map(() => run(process.execPath, [opener, url])))
    expect(results.reduce((sum, { stdout }) => sum + Number(stdout), 0)).toBe(60)
  }, 20_000)

  test('a book of a newer Merit is refused and left as it is', async () => {
    await sql`INSERT INTO migrations VALUES ('9999-from-the-future', 0)`.execute(book)
    await expect(openBook(`sqlite:${file}`)).rejects.toMatchObject({
      code: 'store-newer',
      message: expect.stringContaining('9999-from-the-future'),
    })
  })

  test('a migration that fails leaves the book as it was', async () => {
    const database = new DatabaseSync(':memory:')
    const broken = { id: '9999-broken', sql: 'CREATE TABLE half (x); CREATE TABLE half (x)' }
    await expect(migrate(database, [...migrations, broken], at)).rejects.toThrow(/half/)
    expect(database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()).toEqual({ tables: 0 })
    await migrate(database, migrations, at)
    await migrate(database, [...migrations, { id: '9999-good', sql: 'CREATE TABLE half (x)' }], at)
    expect(database.prepare('SELECT id FROM migrations ORDER BY id').all().at(-1)).toEqual({ id: '9999-good' })
    database.close()
  })

  test.each([
    ['the number of rows in a page', 'premiums', 4],
    ['an index entry that no longer matches its row', 'premiums_by_policy', pageBytes - 6],
  ])('a book with a flipped byte in %s is refused with how to mend it', async (_, name, offset) => {
    await insertEverything()
    const found = await sql<{ rootpage: number }>`SELECT rootpage FROM sqlite_schema WHERE name = ${name}`.execute(book)
    const at = ((found.rows[0]?.rootpage ?? 0) - 1) * pageBytes + offset
    await book.destroy()
    const bytes = readFileSync(file)
    bytes[at] = (bytes[at] ?? 0) ^ 0x55
    writeFileSync(file, bytes)
    await expect(openBook(`sqlite:${file}`)).rejects.toMatchObject({
      code: 'store-corrupt',
      message: expect.stringContaining('Restore a backup'),
    })
  })

  test('a telemetry file in the book’s place is refused', async () => {
    const url = `sqlite:${join(folder, 'telemetry.db')}`
    await (await openTelemetryStore(url)).close()
    await expect(openBook(url)).rejects.toMatchObject({ code: 'store-foreign' })
  })

  test.each(['postgres://host/book', 'sqlite:book.db'])('the address %s is refused', async (url) => {
    await expect(openBook(url)).rejects.toMatchObject({ code: 'store-address' })
  })
})

describe('queries', () => {
  test('of a transaction that fails leave nothing behind', async () => {
    const work = book.transaction().execute(async (transaction) => {
      await writeCursor(transaction, 'a', '1')
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    expect(await readCursor(book, 'a')).toBeUndefined()
  })

  test('made during a transaction wait for its end', async () => {
    const order: string[] = []
    const slow = book.transaction().execute(async (transaction) => {
      await writeCursor(transaction, 'a', 'from the transaction')
      await sleep(30)
      order.push('transaction')
    })
    await sleep(5)
    const seen = readCursor(book, 'a').then((value) => order.push(String(value)))
    await Promise.all([slow, seen])
    expect(order).toEqual(['transaction', 'from the transaction'])
  })

  test('on the book inside its own transaction end with an explanation instead of waiting for ever', async () => {
    const impatient = new Kysely<BookSchema>({ dialect: sqliteDialect(new DatabaseSync(file), 50) })
    const stuck = impatient.transaction().execute(() => readCursor(impatient, 'a'))
    await expect(stuck).rejects.toMatchObject({ code: 'book-busy' })
    expect(await readCursor(impatient, 'a')).toBeUndefined()
    await impatient.destroy()
  })

  test('wait for another process’s lock without stopping this one', async () => {
    const other = new DatabaseSync(file)
    other.exec('BEGIN IMMEDIATE')
    const written = writeCursor(book, 'a', '1')
    let turns = 0
    for (const startedAtMs = performance.now(); performance.now() - startedAtMs < 100; turns += 1) await sleep(1)
    expect(turns).toBeGreaterThan(3)
    other.exec('COMMIT')
    other.close()
    await written
    expect(await readCursor(book, 'a')).toBe('1')
  })

  test('can be streamed, counted and rolled back to a savepoint', async () => {
    const inserted = await book
      .insertInto('cursors')
      .values(['a', 'b', 'c'].map((name) => ({ name, value: name })))
      .executeTakeFirst()
    expect(inserted.numInsertedOrUpdatedRows).toBe(3n)
    const names: string[] = []
    for await (const row of book.selectFrom('cursors').select('name').orderBy('name').stream()) names.push(row.name)
    expect(names).toEqual(['a', 'b', 'c'])
    const transaction = await book.startTransaction().execute()
    const savepoint = await transaction.savepoint('before').execute()
    await savepoint.deleteFrom('cursors').execute()
    await savepoint.rollbackToSavepoint('before').execute()
    await transaction.commit().execute()
    expect(
      await book
        .selectFrom('cursors')
        .select((eb) => eb.fn.countAll().as('n'))
        .execute(),
    ).toEqual([{ n: 3 }])
  })

  test('bind text as text and refuse what SQLite cannot hold', async () => {
    const odd = `'; DROP TABLE cursors; -- \0 "车"`
    await writeCursor(book, odd, odd)
    expect(await readCursor(book, odd)).toBe(odd)
    expect((await sql<{ x: number }>`SELECT ${true} AS x`.execute(book)).rows).toEqual([{ x: 1 }])
    for (const value of [undefined, new Date(), { a: 1 }])
      await expect(sql`SELECT ${value}`.execute(book)).rejects.toThrow(TypeError)
  })
})
