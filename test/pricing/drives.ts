// Readings for the pricing tests: recorded drives as a device's readings, drives written by hand, and the trips of both.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { readRecording } from '../../devices/recording/read-recording.ts'
import { readingsOf } from '../../devices/recording/recording.ts'
import { type LocalClock, localClock } from '../../pricing/behaviour/local-clock.ts'
import type { TripSpan } from '../../pricing/behaviour/step-trip.ts'
import { type EndedSpan, foldReading, newFold, openSpan } from '../../pricing/behaviour/trip-fold.ts'
import type { TripFacts } from '../../pricing/trip-facts.ts'

/** Monday 6 May 2024, 10:00 in Amsterdam. */
export const mondayMs = Date.UTC(2024, 4, 6, 8)
export const amsterdam = localClock('Europe/Amsterdam')

export function reading(tMs: number, values: VehicleValues, device = 'car'): VehicleReading {
  return { kind: 'vehicle', device, takenAtMs: tMs, values }
}

/** One reading a second from `startMs`, as many as there are values. */
export function everySecond(values: readonly VehicleValues[], startMs = mondayMs): readonly VehicleReading[] {
  return values.map((value, second) => reading(startMs + second * 1000, value))
}

/** At 72 km/h with a hard brake every five minutes: down to 30 and up again. */
export function brakingDrive(startMs: number, minutes = 30): readonly VehicleReading[] {
  return everySecond(
    Array.from({ length: minutes * 60 + 1 }, (_, second) => {
      const since = (second % 300) - 30
      const isBraking = since >= 0 && since < 3
      const speedKph = since >= 0 && since < 30 ? 72 - 14 * Math.min(3, since) + Math.max(0, since - 3) * 1.5 : 72
      return { Speed: speedKph, AccelerationLongitudinal: isBraking ? -3.9 : 0, AccelerationLateral: 0 }
    }),
    startMs,
  )
}

/** The recording's readings and what its manifest says of it. */
export async function recordedDrive(
  file: string,
  device = 'car',
): Promise<{ readonly readings: readonly VehicleReading[]; readonly timeZone: string }> {
  const { recording } = await readRecording(new URL(`../data/drives/${file}`, import.meta.url).pathname)
  const readings = [...readingsOf(recording, device, recording.startMs ?? mondayMs)]
  return {
    readings: readings.filter((candidate): candidate is VehicleReading => candidate.kind === 'vehicle'),
    timeZone: recording.timeZone ?? 'UTC',
  }
}

export interface FoundTrip extends TripSpan {
  readonly facts: TripFacts
}

/** All trips in the readings; what is still being driven at their end has ended there. */
export function tripsIn(readings: readonly VehicleReading[], clock: LocalClock = amsterdam): readonly FoundTrip[] {
  const fold = newFold(clock)
  const ended = readings.map((next) => foldReading(fold, next)?.ended)
  return [...ended, openSpan(fold)].flatMap(foundIn)
}

function foundIn(span: EndedSpan | undefined): readonly FoundTrip[] {
  return span?.facts === undefined ? [] : [{ ...span, facts: span.facts }]
}

/** The facts of the only trip in the readings. */
export function onlyTrip(readings: readonly VehicleReading[], clock: LocalClock = amsterdam): FoundTrip {
  const [trip, ...others] = tripsIn(readings, clock)
  if (trip === undefined || others.length > 0)
    throw new Error(`expected one trip, found ${others.length + (trip === undefined ? 0 : 1)}`)
  return trip
}
