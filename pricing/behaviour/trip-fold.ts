// A vehicle's readings as trips, one reading at a time: where a trip begins and ends, and the measurement of the one being driven. This is
// all that is kept of a vehicle between two readings, and it stays as small however long it drives.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { PositionNow } from '../pricing-change.ts'
import type { TripFacts } from '../trip-facts.ts'
import type { LocalClock } from './local-clock.ts'
import { measureTrip } from './measure-trip.ts'
import { hasRawMotion } from './phone-motion.ts'
import { emptySample, readSample, type Sample } from './sample.ts'
import { parked, spanOf, stepTrip, type TripSpan, type TripState } from './step-trip.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'
import { addToTrip, newMeasurement, type TripMeasurement } from './trip-measurement.ts'

/** Mutable. */
export interface TripFold {
  readonly clock: LocalClock
  readonly thresholds: BehaviourThresholds
  readonly state: TripState
  readonly sample: Sample
  /** Of the trip being driven. */
  measurement: TripMeasurement | undefined
  hasRawMotion: boolean
}

/** What one reading did, where it did something. */
export interface FoldStep {
  readonly ended: EndedSpan | undefined
  readonly hasStarted: boolean
}

export interface EndedSpan extends TripSpan {
  /** Undefined for a span that is too short to be a trip. */
  readonly facts: TripFacts | undefined
  /** Some of its readings say how a phone moved, not the vehicle: it is measured again once the whole of it has told how the phone lay. */
  readonly hasRawMotion: boolean
}

export function newFold(clock: LocalClock, thresholds: BehaviourThresholds = behaviourThresholds): TripFold {
  return { clock, thresholds, state: parked(), sample: emptySample(), measurement: undefined, hasRawMotion: false }
}

/** @param reading one not later than those before it changes nothing but the trip's doubts */
export function foldReading(fold: TripFold, reading: VehicleReading): FoldStep | undefined {
  const { state, sample, thresholds } = fold
  readSample(sample, reading)
  const step = stepTrip(state, sample, thresholds)
  if (step.ended === undefined && step.started === undefined) {
    if (fold.measurement === undefined) return undefined
    addToTrip(fold.measurement, sample, step.isActive)
    fold.hasRawMotion ||= hasRawMotion(reading)
    return undefined
  }
  const { measurement } = fold
  let ended: EndedSpan | undefined
  if (step.ended !== undefined && measurement !== undefined) {
    // The reading that ended the trip may be its last one: then the ignition was switched off.
    if (step.ended.endedAtMs === sample.tMs) addToTrip(measurement, sample, true)
    ended = { ...step.ended, facts: measureTrip(measurement, step.ended.endedAtMs), hasRawMotion: fold.hasRawMotion }
  }
  fold.measurement = undefined
  fold.hasRawMotion = hasRawMotion(reading)
  if (step.started === true) {
    fold.measurement = newMeasurement(fold.clock, thresholds)
    addToTrip(fold.measurement, sample, true)
  }
  return { ended, hasStarted: step.started === true }
}

/** The trip being driven as if it ended now, which disturbs nothing; undefined when parked. */
export function openSpan({ state, measurement, hasRawMotion: isRaw }: TripFold): EndedSpan | undefined {
  if (state.kind === 'parked' || measurement === undefined) return undefined
  const span = spanOf(state)
  return { ...span, facts: measureTrip(measurement, span.endedAtMs), hasRawMotion: isRaw }
}

/** Where the vehicle is on its trip, by the last reading that was believed; undefined when parked. */
export function placeNow({ measurement }: TripFold): PositionNow | undefined {
  if (measurement?.live.hasRow !== true) return undefined
  const { tMs, speedKph, latitude, longitude } = measurement.live.row
  const told = (value: number): number | null => (Number.isNaN(value) ? null : value)
  return { tMs, speedKph: told(speedKph), latitude: told(latitude), longitude: told(longitude) }
}
