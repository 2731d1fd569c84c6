// The facts of a trip that has ended, whichever way it is told: as they were measured while it was driven, or, where a phone said how it
// moved and not the vehicle, measured again from the stored readings.

import type { DeviceRef } from '../devices/contract/reading.ts'
import type { TelemetryStore } from '../store/telemetry-store.ts'
import type { LocalClock } from './behaviour/local-clock.ts'
import { measurePhoneTrip } from './behaviour/measure-phone-trip.ts'
import type { BehaviourThresholds } from './behaviour/thresholds.ts'
import type { EndedSpan } from './behaviour/trip-fold.ts'
import type { TripFacts } from './trip-facts.ts'

/** @returns undefined for a span that is too short to be a trip */
export async function endedFacts(
  telemetry: TelemetryStore,
  device: DeviceRef,
  { startedAtMs, endedAtMs, facts, hasRawMotion }: EndedSpan,
  clock: LocalClock,
  thresholds?: BehaviourThresholds,
): Promise<TripFacts | undefined> {
  if (!hasRawMotion || facts === undefined) return facts
  const again = await measurePhoneTrip(() => telemetry.range(device, startedAtMs, endedAtMs + 1), endedAtMs, clock, thresholds)
  return again ?? facts
}
