// Measures a device again from nothing but its stored readings: all its trips, or all its days, as if they had just come.

import type { DeviceRef } from '../../devices/contract/reading.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { LocalClock } from '../behaviour/local-clock.ts'
import { type EndedSpan, foldReading, newFold, openSpan } from '../behaviour/trip-fold.ts'
import type { MeasuredTrip } from '../corrections.ts'
import { endedFacts } from '../ended-facts.ts'
import type { StoredHomeDay } from '../experience.ts'
import { parseHomeDayFacts } from '../home-day-facts.ts'
import { recomputeHomeDays } from '../recompute-home-days.ts'
import { endOfTimeMs } from '../recompute-trips.ts'
import { tripId } from '../trip-id.ts'

export interface Reread<Measured> {
  readonly measured: readonly Measured[]
  /** Of the first reading that is stored; undefined without any. */
  readonly firstReadingMs: number | undefined
}

/** The last trip is taken as ended. */
export async function rereadTrips(
  telemetry: TelemetryStore,
  device: DeviceRef,
  clock: LocalClock,
): Promise<Reread<MeasuredTrip>> {
  const fold = newFold(clock)
  const spans: EndedSpan[] = []
  let firstReadingMs: number | undefined
  for await (const reading of telemetry.range(device, 0, endOfTimeMs)) {
    firstReadingMs ??= reading.takenAtMs
    const ended = reading.kind === 'vehicle' ? foldReading(fold, reading)?.ended : undefined
    if (ended !== undefined) spans.push(ended)
  }
  const last = openSpan(fold)
  if (last !== undefined) spans.push(last)
  const measured: MeasuredTrip[] = []
  for (const span of spans) {
    const { startedAtMs, endedAtMs } = span
    const facts = await endedFacts(telemetry, device, span, clock)
    if (facts !== undefined)
      measured.push({ id: tripId(device.id, startedAtMs), deviceId: device.id, startedAtMs, endedAtMs, facts })
  }
  return { measured, firstReadingMs }
}

export async function rereadHomeDays(
  telemetry: TelemetryStore,
  device: DeviceRef,
  clock: LocalClock,
): Promise<Reread<StoredHomeDay>> {
  const latest = await telemetry.latest(device)
  let firstReadingMs: number | undefined
  for await (const reading of telemetry.range(device, 0, endOfTimeMs)) {
    firstReadingMs = reading.takenAtMs
    break
  }
  if (latest === undefined || firstReadingMs === undefined) return { measured: [], firstReadingMs: undefined }
  const change = { device, fromMs: firstReadingMs, toMs: latest.takenAtMs }
  const { days } = await recomputeHomeDays(telemetry, change, undefined, clock, () => Promise.resolve([]))
  const measured = days.map(({ day, facts }) => ({ deviceId: device.id, day, facts: parseHomeDayFacts(facts) }))
  return { measured, firstReadingMs }
}
