// The telemetry store in one SQLite file. One process appends and any number read; what an append resolved to survives
// a kill and a power cut (WAL with synchronous=FULL).

import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { DeviceRef, Reading } from '../../devices/contract/reading.ts'
import { type DeviceKind, deviceKinds } from '../../devices/contract/signals.ts'
import { assertStorable, saysTheSame } from '../reading-equality.ts'
import {
  type Appended,
  type ChangesSince,
  type DeviceChange,
  type Retention,
  StoreUnavailable,
  type TelemetryStore,
} from '../telemetry-store.ts'
import { ChangeLog, createChangeLog } from './change-log.ts'
import { openSqliteFile, type SqliteFile, sqlitePath } from './open-file.ts'
import { createReadingTables, insertSql, readingOf, rowOf, selectSql, tableOf } from './reading-tables.ts'
import { scrubFile } from './scrub-file.ts'
import { sqliteFailure } from './sqlite-error.ts'
import { inTransaction } from './wait-for-lock.ts'

/** `MRTT`. Readings have no secondary index, so quick_check finds all that integrity_check would. */
const telemetryFile: SqliteFile = { name: 'telemetry store', applicationId: 0x4d525454, check: 'quick_check' }

/** Rows read before other work gets its turn: a few milliseconds. */
export const readingsPerPage = 2_000
/** Written in one go: the process is busy with them for some tens of milliseconds, and devices wait meanwhile. */
export const readingsPerTransaction = 2_000
/** Rows deleted in one transaction, so that a running append waits milliseconds for the lock. */
const deletionsPerTransaction = 5_000

/** How many readings each device has: counting the rows themselves would read the whole file. */
const deviceTable = `
  CREATE TABLE IF NOT EXISTS devices (
    kind TEXT NOT NULL,
    device TEXT NOT NULL,
    readings INTEGER NOT NULL CHECK (readings >= 0),
    PRIMARY KEY (kind, device)
  ) STRICT, WITHOUT ROWID`

/** @throws OpenError when the file cannot be used */
export async function openSqliteTelemetry(url: string): Promise<TelemetryStore> {
  const database = await openSqliteFile(sqlitePath(url), telemetryFile)
  await inTransaction(database, () => {
    createReadingTables(database)
    createChangeLog(database)
    database.exec(deviceTable)
  })
  return new SqliteTelemetry(database)
}

interface KindStatements {
  readonly insert: StatementSync
  readonly one: StatementSync
  readonly page: StatementSync
  readonly latest: StatementSync
  readonly deleteOldest: StatementSync
}

function prepareFor(database: DatabaseSync, kind: DeviceKind): KindStatements {
  const table = tableOf[kind]
  return {
    insert: database.prepare(insertSql(kind)),
    one: database.prepare(selectSql(kind, 'AND taken_at_ms = ?')),
    page: database.prepare(selectSql(kind, 'AND taken_at_ms >= ? AND taken_at_ms < ? ORDER BY taken_at_ms LIMIT ?')),
    latest: database.prepare(selectSql(kind, 'ORDER BY taken_at_ms DESC LIMIT 1')),
    deleteOldest: database.prepare(`
      DELETE FROM ${table} WHERE device = :device AND taken_at_ms IN (
        SELECT taken_at_ms FROM ${table} WHERE device = :device AND taken_at_ms < :before ORDER BY taken_at_ms LIMIT :limit)`),
  }
}

/** What one append did to one device. */
interface Touched {
  readonly device: DeviceRef
  stored: number
  fromMs: number
  toMs: number
}

class SqliteTelemetry implements TelemetryStore {
  readonly #database: DatabaseSync
  readonly #statements: Readonly<Record<DeviceKind, KindStatements>>
  readonly #changes: ChangeLog
  readonly #addToCount: StatementSync
  readonly #takeFromCount: StatementSync

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#statements = { vehicle: prepareFor(database, 'vehicle'), home: prepareFor(database, 'home') }
    this.#changes = new ChangeLog(database)
    this.#addToCount = database.prepare(`
      INSERT INTO devices (kind, device, readings) VALUES (?, ?, ?)
      ON CONFLICT (kind, device) DO UPDATE SET readings = readings + excluded.readings`)
    this.#takeFromCount = database.prepare('UPDATE devices SET readings = readings - ? WHERE kind = ? AND device = ?')
  }

  async append(readings: readonly Reading[]): Promise<Appended> {
    readings.forEach(assertStorable)
    const parts: Appended[] = []
    for (let from = 0; from < readings.length; from += readingsPerTransaction) {
      if (from > 0) await nextTurn()
      const part = readings.slice(from, from + readingsPerTransaction)
      parts.push(await orUnavailable(() => inTransaction(this.#database, () => this.#write(part))))
    }
    return {
      stored: parts.reduce((sum, { stored }) => sum + stored, 0),
      duplicates: parts.reduce((sum, { duplicates }) => sum + duplicates, 0),
      conflicts: parts.flatMap(({ conflicts }) => conflicts),
    }
  }

  #write(readings: readonly Reading[]): Appended {
    const touched = new Map<string, Touched>()
    const conflicts: Reading[] = []
    let stored = 0
    for (const reading of readings) {
      const statements = this.#statements[reading.kind]
      if (statements.insert.run(...rowOf(reading)).changes === 1) {
        stored += 1
        noteStored(touched, reading)
        continue
      }
      const row = statements.one.get(reading.device, reading.takenAtMs)
      const device = { id: reading.device, kind: reading.kind }
      if (row === undefined || !saysTheSame(reading, readingOf(device, row))) conflicts.push(reading)
    }
    for (const { device, stored: added, fromMs, toMs } of touched.values()) {
      this.#addToCount.run(device.kind, device.id, added)
      this.#changes.record({ device, fromMs, toMs } satisfies DeviceChange)
    }
    return { stored, duplicates: readings.length - stored - conflicts.length, conflicts }
  }

  async *range(device: DeviceRef, fromMs: number, toMs: number): AsyncIterable<Reading> {
    const { page } = this.#statements[device.kind]
    let nextMs = fromMs
    for (;;) {
      const rows = await orUnavailable(() => page.all(device.id, nextMs, toMs, readingsPerPage))
      for (const row of rows) {
        const reading = readingOf(device, row)
        nextMs = reading.takenAtMs + 1
        yield reading
      }
      if (rows.length < readingsPerPage) return
      await nextTurn()
    }
  }

  async latest(device: DeviceRef): Promise<Reading | undefined> {
    const row = await orUnavailable(() => this.#statements[device.kind].latest.get(device.id))
    return row === undefined ? undefined : readingOf(device, row)
  }

  async count(device?: DeviceRef): Promise<number> {
    const sum = 'SELECT coalesce(sum(readings), 0) AS readings FROM devices'
    const row = await orUnavailable(() =>
      device === undefined
        ? this.#database.prepare(sum).get()
        : this.#database.prepare(`${sum} WHERE kind = ? AND device = ?`).get(device.kind, device.id),
    )
    return Number(row?.['readings'])
  }

  async devicesChangedSince(cursor?: string): Promise<ChangesSince> {
    return orUnavailable(() => this.#changes.since(cursor))
  }

  async retain(retention: Retention): Promise<void> {
    await orUnavailable(async () => {
      for (const row of this.#database.prepare('SELECT kind, device FROM devices').all()) {
        const kind = deviceKinds.find((candidate) => candidate === row['kind'])
        if (kind !== undefined) await this.#deleteBefore({ id: String(row['device']), kind }, retention.keepSinceMs)
      }
      await inTransaction(this.#database, () => this.#changes.prune(retention.keepSinceMs))
    })
  }

  async erase(device: DeviceRef, beforeMs: number): Promise<number> {
    return orUnavailable(async () => {
      const erased = await this.#deleteBefore(device, beforeMs)
      await inTransaction(this.#database, () => this.#changes.forget(device, beforeMs))
      await scrubFile(String(this.#database.location()))
      return erased
    })
  }

  /** @returns how many were deleted */
  async #deleteBefore(device: DeviceRef, before: number): Promise<number> {
    const oldest = { device: device.id, before, limit: deletionsPerTransaction }
    let total = 0
    let deleted: number
    do {
      deleted = await inTransaction(this.#database, () => {
        const changes = Number(this.#statements[device.kind].deleteOldest.run(oldest).changes)
        if (changes > 0) this.#takeFromCount.run(changes, device.kind, device.id)
        return changes
      })
      total += deleted
    } while (deleted === deletionsPerTransaction)
    return total
  }

  async close(): Promise<void> {
    this.#database.close()
  }
}

function noteStored(touched: Map<string, Touched>, reading: Reading): void {
  const key = `${reading.kind}/${reading.device}`
  const seen = touched.get(key)
  if (seen === undefined) {
    const device = { id: reading.device, kind: reading.kind }
    touched.set(key, { device, stored: 1, fromMs: reading.takenAtMs, toMs: reading.takenAtMs })
    return
  }
  seen.stored += 1
  seen.fromMs = Math.min(seen.fromMs, reading.takenAtMs)
  seen.toMs = Math.max(seen.toMs, reading.takenAtMs)
}

async function orUnavailable<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const failure = sqliteFailure(error)
    if (failure === undefined) throw error
    throw new StoreUnavailable(`The telemetry store does not work (${failure}); it is tried again.`, { cause: error })
  }
}
