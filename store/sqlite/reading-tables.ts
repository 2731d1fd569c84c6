// The tables readings lie in: one for each kind of device, one column for each signal of the contract's list, and the
// way from a reading to a row and back.

import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import type { DeviceRef, Reading } from '../../devices/contract/reading.ts'
import { type DeviceKind, deviceKinds, type Signal, signalsByKind } from '../../devices/contract/signals.ts'

export type Row = Readonly<Record<string, SQLOutputValue>>

export const tableOf = { vehicle: 'vehicle_readings', home: 'home_readings' } as const satisfies Record<DeviceKind, string>

/** A signal's name is a column's name as it is, quoted because VSS may choose a word that SQL uses. */
function column(signal: Signal): string {
  return `"${signal.name}"`
}

function columnDefinition(signal: Signal): string {
  return signal.type === 'boolean' ? `${column(signal)} INTEGER CHECK (${column(signal)} IN (0, 1))` : `${column(signal)} REAL`
}

/** Creates what is missing: a signal that was added to the list gets its column, and old rows have no value in it. */
export function createReadingTables(database: DatabaseSync): void {
  for (const kind of deviceKinds) {
    const table = tableOf[kind]
    database.exec(`
      CREATE TABLE IF NOT EXISTS ${table} (
        device TEXT NOT NULL,
        taken_at_ms INTEGER NOT NULL,
        PRIMARY KEY (device, taken_at_ms)
      ) STRICT, WITHOUT ROWID`)
    const present = new Set(
      database
        .prepare(`SELECT name FROM pragma_table_info('${table}')`)
        .all()
        .map((row) => row['name']),
    )
    for (const signal of signalsByKind[kind])
      if (!present.has(signal.name)) database.exec(`ALTER TABLE ${table} ADD COLUMN ${columnDefinition(signal)}`)
  }
}

export function insertSql(kind: DeviceKind): string {
  const columns = ['device', 'taken_at_ms', ...signalsByKind[kind].map(column)]
  const marks = columns.map(() => '?').join(', ')
  return `INSERT INTO ${tableOf[kind]} (${columns.join(', ')}) VALUES (${marks}) ON CONFLICT DO NOTHING`
}

/** Rows of one device; `rest` is what follows `WHERE device = ?`. */
export function selectSql(kind: DeviceKind, rest: string): string {
  const columns = ['taken_at_ms', ...signalsByKind[kind].map(column)]
  return `SELECT ${columns.join(', ')} FROM ${tableOf[kind]} WHERE device = ? ${rest}`
}

/** In the order of `insertSql`. */
export function rowOf(reading: Reading): SQLInputValue[] {
  const values: Readonly<Record<string, number | boolean | undefined>> = reading.values
  const row: SQLInputValue[] = [reading.device, reading.takenAtMs]
  for (const signal of signalsByKind[reading.kind]) {
    const value = values[signal.name]
    row.push(value === undefined ? null : Number(value))
  }
  return row
}

export function readingOf(device: DeviceRef, row: Row): Reading {
  const values: Record<string, number | boolean> = {}
  for (const signal of signalsByKind[device.kind]) {
    const value = row[signal.name]
    if (typeof value === 'number') values[signal.name] = signal.type === 'boolean' ? value === 1 : value
  }
  return { kind: device.kind, device: device.id, takenAtMs: Number(row['taken_at_ms']), values }
}
