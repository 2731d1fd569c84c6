// Decides, before anything is sent, what of a batch is new. InfluxDB itself would keep the last reading of an instant;
// Merit keeps the first.

import type { DeviceRef, Reading } from '../../devices/contract/reading.ts'
import { saysTheSame } from '../reading-equality.ts'
import type { DeviceChange } from '../telemetry-store.ts'

/** Readings further apart than this are looked up by separate queries, so that one late reading does not fetch a month. */
export const lookUpGapMs = 10 * 60_000

/** Identifies a reading: the time first, since a device's id may hold any character. */
export function readingKey(reading: Reading): string {
  return `${reading.takenAtMs} ${reading.kind} ${reading.device}`
}

export interface Settled {
  /** The first reading of each instant, in the order they came. */
  readonly first: readonly Reading[]
  readonly duplicates: number
  readonly conflicts: readonly Reading[]
}

/** Compares readings with those that stand already, by `readingKey`, and with each other. */
export function settle(readings: readonly Reading[], standing: ReadonlyMap<string, Reading>): Settled {
  const seen = new Map(standing)
  const first: Reading[] = []
  const conflicts: Reading[] = []
  for (const reading of readings) {
    const key = readingKey(reading)
    const stands = seen.get(key)
    if (stands === undefined) {
      seen.set(key, reading)
      first.push(reading)
    } else if (!saysTheSame(stands, reading)) conflicts.push(reading)
  }
  return { first, duplicates: readings.length - first.length - conflicts.length, conflicts }
}

/** One span of event time for each device in the batch. */
export function spansOf(readings: readonly Reading[]): readonly DeviceChange[] {
  const spans = new Map<string, { readonly device: DeviceRef; fromMs: number; toMs: number }>()
  for (const { kind, device, takenAtMs } of readings) {
    const key = `${kind}/${device}`
    const span = spans.get(key)
    if (span === undefined) spans.set(key, { device: { id: device, kind }, fromMs: takenAtMs, toMs: takenAtMs })
    else {
      span.fromMs = Math.min(span.fromMs, takenAtMs)
      span.toMs = Math.max(span.toMs, takenAtMs)
    }
  }
  return [...spans.values()]
}

/** Spans (both ends inclusive) that together hold these readings of one device and no gap longer than `lookUpGapMs`. */
export function lookUpSpans(readings: readonly Reading[]): readonly DeviceChange[] {
  const spans: { readonly device: DeviceRef; readonly fromMs: number; toMs: number }[] = []
  for (const { kind, device, takenAtMs } of readings.toSorted((one, other) => one.takenAtMs - other.takenAtMs)) {
    const last = spans.at(-1)
    if (last !== undefined && takenAtMs - last.toMs <= lookUpGapMs) last.toMs = takenAtMs
    else spans.push({ device: { id: device, kind }, fromMs: takenAtMs, toMs: takenAtMs })
  }
  return spans
}
