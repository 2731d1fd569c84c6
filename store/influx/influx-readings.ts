// Readings as InfluxDB points and back: one measurement for each kind of device, the device as tag, a field for each
// signal, and one more field that every point has.

import type { DeviceRef, Reading } from '../../devices/contract/reading.ts'
import { type DeviceKind, deviceKinds, signalsByKind } from '../../devices/contract/signals.ts'
import type { InfluxRow } from './influx-answers.ts'
import { encodeValue, escapeKey, UnencodablePoint } from './line-protocol.ts'

export const measurementOf = { vehicle: 'vehicle', home: 'home' } as const satisfies Record<DeviceKind, string>

/** True in every point: signals are sparse, and readings must be countable and found whatever they carry. */
export const presenceField = 'taken'

/** As `encodePoint` would write it; the names, the same in every line, are escaped once. @throws UnencodablePoint */
export function readingLine({ kind, device, takenAtMs, values }: Reading): string {
  if (!Number.isSafeInteger(takenAtMs)) throw new UnencodablePoint(`${takenAtMs} is not a time in milliseconds.`)
  let line = `${measurementOf[kind]},device=${escapeKey(device)} ${presenceField}=true`
  for (const [name, value] of Object.entries(values))
    line += `,${escapedNames.get(name) ?? escapeKey(name)}=${encodeValue(value)}`
  return `${line} ${takenAtMs}`
}

const escapedNames: ReadonlyMap<string, string> = new Map(
  deviceKinds.flatMap((kind) => signalsByKind[kind].map(({ name }) => [name, escapeKey(name)])),
)

/** Readings of the device bound as `$device`; `rest` follows the condition on it. */
export function selectReadings(kind: DeviceKind, rest: string): string {
  const fields = [presenceField, ...signalsByKind[kind].map((signal) => signal.name)].map((name) => `"${name}"`)
  return `SELECT ${fields.join(', ')} FROM "${measurementOf[kind]}" WHERE "device" = $device ${rest}`
}

export function readingOf(device: DeviceRef, row: InfluxRow): Reading {
  const values: Record<string, number | boolean> = {}
  for (const signal of signalsByKind[device.kind]) {
    const value = row[signal.name]
    if (typeof value === signal.type && (typeof value === 'number' || typeof value === 'boolean')) values[signal.name] = value
  }
  return { kind: device.kind, device: device.id, takenAtMs: timeOf(row), values }
}

export function timeOf(row: InfluxRow): number {
  const time = row['time']
  return typeof time === 'number' ? time : Number.NaN
}

/** InfluxDB counts nanoseconds in 64 bits: about the years 1678 to 2262. */
const timeMsMax = 9_223_372_036_000

/** A time as InfluxQL writes it: a number, never text from outside. What lies beyond InfluxDB's time is its end. */
export function timeLiteral(ms: number): string {
  return `${Math.trunc(Math.max(-timeMsMax, Math.min(ms, timeMsMax)))}ms`
}
