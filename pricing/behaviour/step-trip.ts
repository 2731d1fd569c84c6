// Decides, one reading at a time, whether a vehicle is on a trip: by its ignition where given, else by its movement. The caller
// keeps the state and the readings; distance, events and whether the span is long enough to be a trip are measured elsewhere.
//
// A trip that has ended leaves nothing behind: reading on from any trip's end with `parked` gives the same trips as reading
// everything from the start. That is what lets late readings be worked in without going back to the first day.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { type Fix, fixOf, metresBetween } from './fix.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'

export interface Parked {
  readonly kind: 'parked'
  /** The last position, by which movement shows when a device sends no speed. */
  readonly fix?: Fix | undefined
}

export interface Driving {
  readonly kind: 'driving'
  readonly startedAtMs: number
  /** The last reading that moved or had the ignition on. */
  readonly activeAtMs: number
  readonly seenAtMs: number
  readonly readings: number
  readonly fix: Fix | undefined
}

export type TripState = Parked | Driving

export interface TripSpan {
  readonly startedAtMs: number
  /** The last reading that belongs to it, inclusive. */
  readonly endedAtMs: number
}

/** One reading may end a trip and start the next: after a gap, say. */
export interface TripStep {
  readonly state: TripState
  readonly ended?: TripSpan
  readonly started?: true
}

export const parked: Parked = { kind: 'parked' }

/** @param reading later than every reading stepped before it */
export function stepTrip(state: TripState, reading: VehicleReading, thresholds = behaviourThresholds): TripStep {
  if (state.kind === 'parked') return stepParked(state, reading, thresholds)
  const tMs = reading.takenAtMs
  const { stillMsMax, lastsMsMax, readingsMax } = thresholds.trip
  if (tMs - state.activeAtMs > stillMsMax)
    return { ...stepParked({ kind: 'parked', fix: state.fix }, reading, thresholds), ended: spanOf(state, state.activeAtMs) }
  if (tMs - state.startedAtMs > lastsMsMax || state.readings >= readingsMax)
    return { ...stepParked(parked, reading, thresholds), ended: spanOf(state, state.seenAtMs) }
  if (reading.values.Ignition === false) return { state: parked, ended: spanOf(state, tMs) }
  return {
    state: {
      kind: 'driving',
      startedAtMs: state.startedAtMs,
      activeAtMs: isActive(state.fix, reading, thresholds) ? tMs : state.activeAtMs,
      seenAtMs: tMs,
      readings: state.readings + 1,
      fix: fixOf(reading) ?? state.fix,
    },
  }
}

/** The span of a trip that nothing more is expected of. */
export function spanOf(state: Driving, endedAtMs = state.activeAtMs): TripSpan {
  return { startedAtMs: state.startedAtMs, endedAtMs }
}

function stepParked(state: Parked, reading: VehicleReading, thresholds: BehaviourThresholds): TripStep {
  const tMs = reading.takenAtMs
  const fix = fixOf(reading) ?? state.fix
  if (!isActive(state.fix, reading, thresholds)) return { state: fix === undefined ? parked : { kind: 'parked', fix } }
  return { state: { kind: 'driving', startedAtMs: tMs, activeAtMs: tMs, seenAtMs: tMs, readings: 1, fix }, started: true }
}

function isActive(last: Fix | undefined, reading: VehicleReading, thresholds: BehaviourThresholds): boolean {
  const { Ignition, Speed } = reading.values
  if (Ignition !== undefined) return Ignition
  if (Speed !== undefined) return Speed >= thresholds.trip.movingKph
  const fix = fixOf(reading)
  if (last === undefined || fix === undefined || fix.tMs - last.tMs > thresholds.trip.stillMsMax) return false
  const kph = (metresBetween(last, fix) / (fix.tMs - last.tMs)) * 3600
  return kph >= thresholds.trip.movingByFixKph && kph <= thresholds.signal.fixJumpKph
}
