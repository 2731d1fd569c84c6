// One recording through the functions pricing calls: its trips, their distance, what was detected in them, and its score.

import type { VehicleReading } from '../../../devices/contract/reading.ts'
import type { Manoeuvre } from '../../../pricing/behaviour/driving-events.ts'
import { localClock } from '../../../pricing/behaviour/local-clock.ts'
import { hasRawMotion } from '../../../pricing/behaviour/phone-motion.ts'
import { inVehicleAxes } from '../../../pricing/behaviour/phone-translator.ts'
import { emptySample, readSample } from '../../../pricing/behaviour/sample.ts'
import { type BehaviourThresholds, behaviourThresholds } from '../../../pricing/behaviour/thresholds.ts'
import { addToTrip, endTrip, newMeasurement } from '../../../pricing/behaviour/trip-measurement.ts'
import { type TripScore, tripScore } from '../../../pricing/score/trip-score.ts'
import { atRung, defaultRungs } from '../../../pricing/trip-facts.ts'
import { tripsIn } from '../../pricing/drives.ts'
import type { FoundEvent } from './match-labels.ts'
import type { LoadedRecording } from './recording-set.ts'

const integratedStepMsMax = 10_000

export interface Stretch {
  readonly startS: number
  readonly endS: number
  readonly distanceKm: number
  readonly confidence: number
}

export interface Found {
  /** Seconds from the recording's start. */
  readonly detections: readonly FoundEvent[]
  /** Events at or above the rungs that a plan counts from unless it says otherwise. */
  readonly counted: { readonly braking: number; readonly acceleration: number; readonly cornering: number }
}

export interface MeasuredRecording {
  /** In the vehicle's axes; of a phone that does not know them, only the trips. */
  readonly readings: readonly VehicleReading[]
  readonly trips: readonly Stretch[]
  /** Speed times time wherever readings are at most ten seconds apart, whether it belongs to a trip or not. */
  readonly integratedKm: number
  readonly score: TripScore
  readonly detect: (thresholds?: BehaviourThresholds) => Found
}

export function measureRecording(recording: LoadedRecording): MeasuredRecording {
  const { startMs, timeZone } = recording
  const clock = localClock(timeZone)
  const trips = tripsIn(recording.readings, clock)
  const secondsOf = (tMs: number): number => (tMs - startMs) / 1000
  // A recording without speed or position is no trip; events are looked for in all of it.
  const spans = trips.length > 0 ? trips : [{ startedAtMs: startMs, endedAtMs: startMs + recording.seconds * 1000 }]
  const readings = recording.readings.some(hasRawMotion)
    ? spans.flatMap(({ startedAtMs, endedAtMs }) =>
        inVehicleAxes(recording.readings.filter(({ takenAtMs }) => takenAtMs >= startedAtMs && takenAtMs <= endedAtMs)),
      )
    : recording.readings
  const ledgersWith = (thresholds: BehaviourThresholds) =>
    spans.map(({ startedAtMs, endedAtMs }) => {
      const sample = emptySample()
      const measurement = newMeasurement(clock, thresholds)
      for (const reading of readings) {
        if (reading.takenAtMs < startedAtMs || reading.takenAtMs > endedAtMs) continue
        readSample(sample, reading)
        addToTrip(measurement, sample, true)
      }
      return endTrip(measurement, true).ledger
    })
  return {
    readings,
    trips: trips.map(({ startedAtMs, endedAtMs, facts }) => ({
      startS: secondsOf(startedAtMs),
      endS: secondsOf(endedAtMs),
      distanceKm: facts.distanceM / 1000,
      confidence: facts.confidence,
    })),
    integratedKm: integrateSpeed(readings),
    score: tripScore(readings, timeZone),
    detect: (thresholds = behaviourThresholds) => {
      // All that was detected, and not only what a trip keeps.
      const detect = { ...thresholds.detect, observationsMax: Number.MAX_SAFE_INTEGER }
      const found = ledgersWith({ ...thresholds, detect })
      const counted = (kind: Manoeuvre, rungMps2: number): number =>
        found.reduce((sum, { counts }) => sum + atRung(counts[kind], rungMps2), 0)
      return {
        detections: found.flatMap(({ observations }) =>
          observations.flatMap(({ kind, startMs: fromMs, endMs }): readonly FoundEvent[] =>
            kind === 'possible-crash' || kind === 'phone-use'
              ? []
              : [{ class: kind, startS: secondsOf(fromMs), endS: secondsOf(endMs) }],
          ),
        ),
        counted: {
          braking: counted('brake', defaultRungs.braking),
          acceleration: counted('acceleration', defaultRungs.acceleration),
          cornering: counted('left-turn', defaultRungs.cornering) + counted('right-turn', defaultRungs.cornering),
        },
      }
    },
  }
}

function integrateSpeed(readings: readonly VehicleReading[]): number {
  let km = 0
  let before: { readonly tMs: number; readonly kph: number } | undefined
  for (const { takenAtMs: tMs, values } of readings) {
    if (values.Speed === undefined) continue
    if (before !== undefined && tMs - before.tMs <= integratedStepMsMax)
      km += ((before.kph + values.Speed) / 2) * ((tMs - before.tMs) / 3_600_000)
    before = { tMs, kph: values.Speed }
  }
  return km
}
