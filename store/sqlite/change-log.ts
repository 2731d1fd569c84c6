// The log behind `devicesChangedSince`: one row for each device an append touched, written in the append's own
// transaction, so a reading and the news of it are visible together or not at all.
//
// A cursor is the number of the last row its holder was told. To stay bounded the log merges the oldest rows of a device
// into one that carries the *highest* of their numbers and the span over all of them: whoever is past that number has
// been told everything in it, whoever is not is told a span that covers it. Nobody misses a change; a reader that fell
// far behind is told a wider span than strictly needed.

import { randomUUID } from 'node:crypto'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import { deviceKinds } from '../../devices/contract/signals.ts'
import type { ChangesSince, DeviceChange } from '../telemetry-store.ts'

/** Rows kept apart for one device: at an append a second, readers up to two minutes behind are told exact spans. */
export const changesKeptPerDevice = 128

/** `log` identifies this file: a cursor of another one starts over instead of silently skipping what is new here. */
const schema = `
  CREATE TABLE IF NOT EXISTS changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    device TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    to_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS changes_by_device ON changes (kind, device, seq);
  CREATE TABLE IF NOT EXISTS change_log (log TEXT NOT NULL) STRICT;`

export function createChangeLog(database: DatabaseSync): void {
  database.exec(schema)
  database.prepare('INSERT INTO change_log (log) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM change_log)').run(randomUUID())
}

export class ChangeLog {
  readonly #log: string
  readonly #insert: StatementSync
  readonly #count: StatementSync
  readonly #boundary: StatementSync
  readonly #widen: StatementSync
  readonly #forget: StatementSync
  readonly #head: StatementSync
  readonly #since: StatementSync
  readonly #prune: StatementSync
  readonly #forgetDevice: StatementSync
  /** Rows of a device, at least; counted at its first append and corrected at each merge. */
  readonly #rows = new Map<string, number>()

  constructor(database: DatabaseSync) {
    this.#log = String(database.prepare('SELECT log FROM change_log').get()?.['log'])
    this.#insert = database.prepare('INSERT INTO changes (kind, device, from_ms, to_ms) VALUES (?, ?, ?, ?)')
    this.#count = database.prepare('SELECT count(*) AS rows FROM changes WHERE kind = ? AND device = ?')
    this.#boundary = database.prepare('SELECT seq FROM changes WHERE kind = ? AND device = ? ORDER BY seq DESC LIMIT 1 OFFSET ?')
    this.#widen = database.prepare(`
      UPDATE changes SET (from_ms, to_ms) =
        (SELECT min(from_ms), max(to_ms) FROM changes WHERE kind = :kind AND device = :device AND seq <= :seq)
      WHERE seq = :seq`)
    this.#forget = database.prepare('DELETE FROM changes WHERE kind = ? AND device = ? AND seq < ?')
    this.#head = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'changes'")
    this.#since = database.prepare(`
      SELECT kind, device, min(from_ms) AS from_ms, max(to_ms) AS to_ms FROM changes
      WHERE seq > ? AND seq <= ? GROUP BY kind, device`)
    this.#prune = database.prepare('DELETE FROM changes WHERE to_ms < ?')
    this.#forgetDevice = database.prepare('DELETE FROM changes WHERE kind = ? AND device = ? AND to_ms < ?')
  }

  /** Within the caller's transaction. */
  record(change: DeviceChange): void {
    const { kind, id } = change.device
    this.#insert.run(kind, id, change.fromMs, change.toMs)
    const key = `${kind}/${id}`
    const rows = (this.#rows.get(key) ?? Number(this.#count.get(kind, id)?.['rows']) - 1) + 1
    this.#rows.set(key, rows)
    if (rows > 2 * changesKeptPerDevice) this.#mergeOldest({ kind, id })
  }

  #mergeOldest(device: DeviceRef): void {
    const seq = this.#boundary.get(device.kind, device.id, changesKeptPerDevice)?.['seq']
    if (typeof seq === 'number') {
      this.#widen.run({ kind: device.kind, device: device.id, seq })
      this.#forget.run(device.kind, device.id, seq)
    }
    this.#rows.set(`${device.kind}/${device.id}`, changesKeptPerDevice + 1)
  }

  since(cursor: string | undefined): ChangesSince {
    // The head is read first: what is appended in between is told next time.
    const head = Number(this.#head.get()?.['seq'] ?? 0)
    const changes = this.#since.all(this.#position(cursor, head), head).flatMap((row): DeviceChange[] => {
      const kind = deviceKinds.find((candidate) => candidate === row['kind'])
      if (kind === undefined) return []
      return [{ device: { id: String(row['device']), kind }, fromMs: Number(row['from_ms']), toMs: Number(row['to_ms']) }]
    })
    return { cursor: `${this.#log}:${head}`, changes }
  }

  /** Everything is told again to a cursor of another file, or of this one's future (it was restored from a backup). */
  #position(cursor: string | undefined, head: number): number {
    const [log, seq] = cursor?.split(':') ?? []
    const position = log === this.#log ? Number(seq) : 0
    return Number.isSafeInteger(position) && position <= head ? position : 0
  }

  /** Within the caller's transaction. */
  forget({ kind, id }: DeviceRef, beforeMs: number): void {
    this.#forgetDevice.run(kind, id, beforeMs)
    this.#rows.delete(`${kind}/${id}`)
  }

  /** Forgets changes whose readings are all gone. Within the caller's transaction. */
  prune(keepSinceMs: number): void {
    this.#prune.run(keepSinceMs)
    this.#rows.clear()
  }
}
