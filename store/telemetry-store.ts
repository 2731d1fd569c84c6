// The telemetry store as every stage sees it. Two implementations keep one promise, which one contract test suite holds
// them to; the rest of Merit never knows which of them it is talking to.

import type { DeviceRef, Reading } from '../devices/contract/reading.ts'

/** What an append came to. The three parts add up to the readings handed in. */
export interface Appended {
  readonly stored: number
  /** Same device, time and values as one already stored: nothing was written. */
  readonly duplicates: number
  /** Same device and time as one already stored but other values: the stored one stands. */
  readonly conflicts: readonly Reading[]
}

/** Readings of a device that were appended since a cursor, as a span of event time. */
export interface DeviceChange {
  readonly device: DeviceRef
  readonly fromMs: number
  /** Inclusive. */
  readonly toMs: number
}

export interface ChangesSince {
  /** Hand it in next time; opaque, and only moves forward. */
  readonly cursor: string
  readonly changes: readonly DeviceChange[]
}

export interface Retention {
  /** Readings taken before this are deleted. */
  readonly keepSinceMs: number
}

export interface TelemetryStore {
  /** Durable when it resolves; idempotent by device and time; the first reading of an instant stands. */
  append(readings: readonly Reading[]): Promise<Appended>
  /** In order of time, from `fromMs` (inclusive) to `toMs` (exclusive); read in pages, so memory stays flat. */
  range(device: DeviceRef, fromMs: number, toMs: number): AsyncIterable<Reading>
  latest(device: DeviceRef): Promise<Reading | undefined>
  /** Number of stored readings, of one device or of all. */
  count(device?: DeviceRef): Promise<number>
  /** At least once: a change may be told twice, never missed. Without a cursor, everything ever appended. */
  devicesChangedSince(cursor?: string): Promise<ChangesSince>
  retain(retention: Retention): Promise<void>
  /**
   * Deletes what the device's readings from before `beforeMs` said, for good: when it resolves it is gone from the store's own
   * files too, as far as the store can say so. @returns how many there were
   */
  erase(device: DeviceRef, beforeMs: number): Promise<number>
  close(): Promise<void>
}

/** The store cannot be reached or refuses to work; the journal keeps the readings and tries again. */
export class StoreUnavailable extends Error {
  readonly code = 'store-unavailable'
}
