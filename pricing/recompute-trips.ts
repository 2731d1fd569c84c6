// Reads a vehicle's readings from where a change can have had an effect and works out the trips from there: on from where
// it last stopped when the news is later than all it has seen, else from the last trip that the change cannot touch.

import type { DeviceRef } from '../devices/contract/reading.ts'
import type { Book, TripRow } from '../store/book/schema.ts'
import type { DeviceChange, TelemetryStore } from '../store/telemetry-store.ts'
import type { LocalClock } from './behaviour/local-clock.ts'
import { reachMs } from './behaviour/step-trip.ts'
import { type EndedSpan, foldReading, newFold, openSpan, type TripFold } from './behaviour/trip-fold.ts'
import { canonicalJson } from './canonical-json.ts'
import { endedFacts } from './ended-facts.ts'
import { tripId } from './trip-id.ts'

/** 2100-01-01: later than any reading, and still a number of nanoseconds that every store can compare with. */
export const endOfTimeMs = 4_102_444_800_000

/** Where reading a vehicle's telemetry stopped: enough to read on without going back, however long the trip. */
export interface VehicleTail {
  readonly fold: TripFold
  /** Everything up to here, inclusive, has been read. */
  seenToMs: number
}

/** The trips that start in [fromMs, toMs): what the book holds there is to become exactly these. */
export interface RecomputedTrips {
  readonly fromMs: number
  readonly toMs: number
  readonly trips: readonly TripRow[]
  /** Undefined when reading stopped because everything later stands as it is. */
  readonly tail: VehicleTail | undefined
}

interface Sources {
  readonly book: Book
  readonly telemetry: TelemetryStore
}

/** @param isOver whether a trip last seen then has ended, for all that can be known now */
export async function recomputeTrips(
  { book, telemetry }: Sources,
  change: DeviceChange,
  tail: VehicleTail | undefined,
  clock: LocalClock,
  isOver: (seenAtMs: number) => boolean,
): Promise<RecomputedTrips> {
  const { device } = change
  if (tail !== undefined && change.fromMs > tail.seenToMs) {
    const fromMs = tail.fold.state.kind === 'driving' ? tail.fold.state.startedAtMs : tail.seenToMs + 1
    const { trips } = await readOn(telemetry, device, tail, change.toMs)
    return {
      fromMs,
      toMs: Number.POSITIVE_INFINITY,
      trips: [...trips, ...(await openTrip(telemetry, device, tail, isOver))],
      tail,
    }
  }
  const fromMs = (await lastUntouchedEnd(book, telemetry, change)) + 1
  const latest = await telemetry.latest(device)
  const lastMs = Math.max(latest?.takenAtMs ?? change.toMs, change.toMs)
  const next: VehicleTail = { fold: newFold(clock), seenToMs: fromMs - 1 }
  const laterStarts = await startsAfter(book, device.id, change.toMs)
  const { trips, knownFromMs } = await readOn(telemetry, device, next, lastMs, laterStarts)
  const found = knownFromMs === undefined ? [...trips, ...(await openTrip(telemetry, device, next, isOver))] : trips
  const toMs = knownFromMs ?? Number.POSITIVE_INFINITY
  const kept = await tripsBeyondReading(book, telemetry, device, { fromMs, toMs, trips: found })
  return { fromMs, toMs, trips: kept, tail: knownFromMs === undefined ? next : undefined }
}

/**
 * A trip that was not found again is gone only if its readings say so. When they were deleted meanwhile, and a reading comes
 * that is older than that, the trip stays as it was measured.
 */
async function tripsBeyondReading(
  book: Book,
  telemetry: TelemetryStore,
  device: DeviceRef,
  { fromMs, toMs, trips }: Pick<RecomputedTrips, 'fromMs' | 'toMs' | 'trips'>,
): Promise<readonly TripRow[]> {
  const found = new Set(trips.map(({ id }) => id))
  const stored = await book
    .selectFrom('trips')
    .selectAll()
    .where('device_id', '=', device.id)
    .where('status', '=', 'ended')
    .where('started_at_ms', '>=', fromMs)
    .where('started_at_ms', '<', Math.min(toMs, endOfTimeMs))
    .execute()
  const kept: TripRow[] = []
  for (const trip of stored)
    if (!found.has(trip.id) && !(await hasReadingAt(telemetry, device, trip.started_at_ms))) kept.push(trip)
  if (kept.length === 0) return trips
  const isApart = (one: TripRow): boolean =>
    kept.every((other) => one.ended_at_ms < other.started_at_ms || one.started_at_ms > other.ended_at_ms)
  return [...trips.filter(isApart), ...kept].sort((one, other) => one.started_at_ms - other.started_at_ms)
}

async function hasReadingAt(telemetry: TelemetryStore, device: DeviceRef, tMs: number): Promise<boolean> {
  for await (const _ of telemetry.range(device, tMs, tMs + 1)) return true
  return false
}

/** The trip being driven, as a row; none when parked or when it is still too short to be one. */
export async function openTrip(
  telemetry: TelemetryStore,
  device: DeviceRef,
  { fold }: VehicleTail,
  isOver: (seenAtMs: number) => boolean,
): Promise<readonly TripRow[]> {
  const span = openSpan(fold)
  if (span === undefined) return []
  return isOver(fold.state.seenAtMs) ? endedTrip(telemetry, device, span, fold.clock) : tripRow(device, span, 'open')
}

/**
 * Steps the tail up to `toMs`, inclusive, and returns the trips that ended. A trip's state and facts depend on nothing before
 * its start, so reading stops at the start of a trip that is already known and lies beyond the change.
 */
async function readOn(
  telemetry: TelemetryStore,
  device: DeviceRef,
  tail: VehicleTail,
  toMs: number,
  knownStarts: ReadonlySet<number> = new Set(),
): Promise<{ readonly trips: readonly TripRow[]; readonly knownFromMs?: number }> {
  const trips: TripRow[] = []
  for await (const reading of telemetry.range(device, tail.seenToMs + 1, toMs + 1)) {
    if (reading.kind !== 'vehicle') continue
    tail.seenToMs = reading.takenAtMs
    const step = foldReading(tail.fold, reading)
    if (step === undefined) continue
    if (step.ended !== undefined) trips.push(...(await endedTrip(telemetry, device, step.ended, tail.fold.clock)))
    if (step.hasStarted && knownStarts.has(reading.takenAtMs)) return { trips, knownFromMs: reading.takenAtMs }
  }
  tail.seenToMs = Math.max(tail.seenToMs, toMs)
  return { trips }
}

async function endedTrip(
  telemetry: TelemetryStore,
  device: DeviceRef,
  span: EndedSpan,
  clock: LocalClock,
): Promise<readonly TripRow[]> {
  const facts = await endedFacts(telemetry, device, span, clock)
  return tripRow(device, { ...span, facts }, 'ended')
}

function tripRow(device: DeviceRef, { facts, ...span }: EndedSpan, status: TripRow['status']): readonly TripRow[] {
  if (facts === undefined) return []
  return [
    {
      id: tripId(device.id, span.startedAtMs),
      device_id: device.id,
      started_at_ms: span.startedAtMs,
      ended_at_ms: span.endedAtMs,
      status,
      distance_m: facts.distanceM,
      facts: canonicalJson(facts),
    },
  ]
}

/**
 * The end of the last trip that readings from `fromMs` on cannot have changed: more than the longest silence within a trip lies
 * between.
 * Without one, the first reading kept decides: older trips stay although their readings were deleted.
 */
async function lastUntouchedEnd(book: Book, telemetry: TelemetryStore, { device, fromMs }: DeviceChange): Promise<number> {
  const untouched = await book
    .selectFrom('trips')
    .select('ended_at_ms')
    .where('device_id', '=', device.id)
    .where('status', '=', 'ended')
    .where('ended_at_ms', '<', fromMs - reachMs())
    .orderBy('started_at_ms', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (untouched !== undefined) return untouched.ended_at_ms
  for await (const reading of telemetry.range(device, 0, endOfTimeMs)) {
    const older = await book
      .selectFrom('trips')
      .select('ended_at_ms')
      .where('device_id', '=', device.id)
      .where('started_at_ms', '<', reading.takenAtMs)
      .orderBy('started_at_ms', 'desc')
      .limit(1)
      .executeTakeFirst()
    return older?.ended_at_ms ?? reading.takenAtMs - 1
  }
  return fromMs - 1
}

async function startsAfter(book: Book, deviceId: string, afterMs: number): Promise<ReadonlySet<number>> {
  const rows = await book
    .selectFrom('trips')
    .select('started_at_ms')
    .where('device_id', '=', deviceId)
    .where('status', '=', 'ended')
    .where('started_at_ms', '>', afterMs)
    .execute()
  return new Set(rows.map(({ started_at_ms }) => started_at_ms))
}
