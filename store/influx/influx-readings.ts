// Readings as InfluxDB points and back: one measurement for each kind of device, the device as tag, a field for each
// signal, and one more field that every point has.

import type { DeviceRef, Reading } from '../../devices/contract/reading.ts'
import { type DeviceKind, signalsByKind } from '../../devices/contract/signals.ts'
import type { InfluxRow } from './influx-answers.ts'
import { encodePoint } from './line-protocol.ts'

export const measurementOf = { vehicle: 'vehicle', home: 'home' } as const satisfies Record<DeviceKind, string>

/** True in every point: signals are sparse, and readings must be countable and found whatever they carry. */
export const presenceField = 'taken'

export function readingLine(reading: Reading): string {
  return encodePoint({
    measurement: measurementOf[reading.kind],
    tags: { device: reading.device },
    fields: { [presenceField]: true, ...reading.values },
    timeMs: reading.takenAtMs,
  })
}

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
