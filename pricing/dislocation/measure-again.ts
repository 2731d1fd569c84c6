// A policy's driving as a draft would have detected it: trips that the stored facts do not answer for are measured again from
// their readings, with the same span. Those whose readings are no longer there count as they were measured.

import type { Kysely } from 'kysely'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import type { BookSchema } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import { type LocalClock, localClock } from '../behaviour/local-clock.ts'
import { measureTrip } from '../behaviour/measure-trip.ts'
import { type EndedSpan, foldReading, newFold } from '../behaviour/trip-fold.ts'
import { type Correction, correctTrips, type MeasuredTrip } from '../corrections.ts'
import { endedFacts } from '../ended-facts.ts'
import { endedTripsOf } from '../stored-driving.ts'
import { isRateable } from '../trip-facts.ts'
import { addTrips, type DrivingSums, sumsOf, windowDays } from '../trip-sums.ts'
import { type Detection, isUnaffected, thresholdsWith } from './detection.ts'
import type { MeasuredAgain } from './outcome.ts'

const windowMs = windowDays * 86_400_000

/** @param counts what was done, added to */
export type MeasureAgain = (
  policy: { readonly id: string; readonly timeZone: string },
  accepted: readonly Correction[],
  counts: MeasuredAgain,
) => Promise<DrivingSums | undefined>

/** @param changed what differs from how the book was measured */
export function measureAgainWith(book: Kysely<BookSchema>, telemetry: TelemetryStore, changed: Detection): MeasureAgain {
  const clocks = new Map<string, LocalClock>()
  const clockOf = (timeZone: string): LocalClock => {
    const clock = clocks.get(timeZone) ?? localClock(timeZone)
    clocks.set(timeZone, clock)
    return clock
  }
  const thresholds = thresholdsWith(changed)

  /** Undefined when the readings it started with are gone, or no longer make this trip. */
  async function measured(trip: MeasuredTrip, clock: LocalClock): Promise<MeasuredTrip | undefined> {
    const fold = newFold(clock, thresholds)
    let ended: EndedSpan | undefined
    const device: DeviceRef = { id: trip.deviceId, kind: 'vehicle' }
    for await (const reading of telemetry.range(device, trip.startedAtMs, trip.endedAtMs + 1)) {
      if (reading.kind !== 'vehicle') continue
      ended = foldReading(fold, reading)?.ended ?? ended
      if (fold.state.kind === 'driving' && fold.state.startedAtMs !== trip.startedAtMs) return undefined
    }
    // A trip that its last reading did not end was ended by what came, or did not come, later.
    if (ended !== undefined && ended.endedAtMs !== trip.endedAtMs) return undefined
    const atOnce = ended === undefined ? fold.measurement && measureTrip(fold.measurement, trip.endedAtMs) : ended.facts
    const hasRawMotion = ended?.hasRawMotion ?? fold.hasRawMotion
    const facts = await endedFacts(telemetry, device, { ...trip, facts: atOnce, hasRawMotion }, clock, thresholds)
    return facts && { ...trip, facts }
  }

  return async ({ id, timeZone }, accepted, counts) => {
    const trips = (await endedTripsOf(book, id)).filter(({ facts }) => isRateable(facts))
    const lastEndMs = trips.reduce((latest, { endedAtMs }) => Math.max(latest, endedAtMs), 0)
    const clock = clockOf(timeZone)
    const byDraft: MeasuredTrip[] = []
    for (const trip of trips) {
      if (trip.startedAtMs <= lastEndMs - windowMs) continue
      if (isUnaffected(changed, trip, clock)) {
        counts.unaffected += 1
        byDraft.push(trip)
        continue
      }
      const again = await measured(trip, clock)
      if (again === undefined) counts.withoutReadings += 1
      else counts.trips += 1
      byDraft.push(again ?? trip)
    }
    return addTrips(correctTrips(byDraft, accepted).map((trip) => sumsOf('', trip)))
  }
}
