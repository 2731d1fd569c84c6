// Decides, one reading at a time, whether a vehicle is on a trip: by its ignition where given, else by its movement; a running
// engine keeps a trip going. The caller keeps the state and the readings; distance, events and whether the span is long enough
// to be a trip are measured elsewhere.
//
// A trip that has ended leaves nothing behind: reading on from any trip's end with `parked` gives the same trips as reading
// everything from the start. That is what lets late readings be worked in without going back to the first day.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { type Fix, fixOf, metresBetween } from './fix.ts'
import { known } from './known.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'

export interface Parked {
  readonly kind: 'parked'
  /** The last position, by which movement shows when a device sends no speed. */
  readonly fix?: Fix | undefined
}

export interface Driving {
  readonly kind: 'driving'
  readonly startedAtMs: number
  /** The last reading that moved, had the ignition on or the engine running. */
  readonly activeAtMs: number
  /** The last reading that told whether the vehicle moves or is switched on. */
  readonly knownAtMs: number
  readonly seenAtMs: number
  readonly readings: number
  readonly fix: Fix | undefined
  /** As last told: some devices only tell changes. */
  readonly isSwitchedOn: boolean
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

/** A reading this long after a trip's end, or later, cannot change that trip. */
export function reachMs({ trip }: BehaviourThresholds = behaviourThresholds): number {
  return Math.max(trip.stillMsMax, trip.bridgeMsMax, trip.switchedOnMsMax)
}

/** @param reading one that is not later than those stepped before it changes nothing */
export function stepTrip(state: TripState, reading: VehicleReading, thresholds = behaviourThresholds): TripStep {
  if (!Number.isFinite(reading.takenAtMs)) return { state }
  if (state.kind === 'parked') return stepParked(state, reading, thresholds)
  const tMs = reading.takenAtMs
  if (tMs <= state.seenAtMs) return { state }
  const { stillMsMax, switchedOnMsMax, lastsMsMax, readingsMax } = thresholds.trip
  if (tMs - state.startedAtMs > lastsMsMax || state.readings >= readingsMax)
    return { ...stepParked(parked, reading, thresholds), ended: spanOf(state, state.seenAtMs) }
  const tells = isTelling(reading)
  const isBlind = tMs - state.knownAtMs > stillMsMax
  const isOver = isBlind
    ? tMs - state.knownAtMs > thresholds.trip.bridgeMsMax || (tells && !droveOn(state, reading, thresholds))
    : tMs - state.activeAtMs > (state.isSwitchedOn ? switchedOnMsMax : stillMsMax)
  if (isOver) return { ...stepParked({ kind: 'parked', fix: state.fix }, reading, thresholds), ended: spanOf(state) }
  const { Ignition } = reading.values
  if (Ignition === false) return { state: parked, ended: spanOf(state, tMs) }
  return {
    state: {
      kind: 'driving',
      startedAtMs: state.startedAtMs,
      activeAtMs: isBlind ? (tells ? tMs : state.activeAtMs) : keepsOn(state.fix, reading, thresholds) ? tMs : state.activeAtMs,
      knownAtMs: tells ? tMs : state.knownAtMs,
      seenAtMs: tMs,
      readings: state.readings + 1,
      fix: fixOf(reading) ?? state.fix,
      isSwitchedOn: Ignition ?? state.isSwitchedOn,
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
  return {
    state: {
      kind: 'driving',
      startedAtMs: tMs,
      activeAtMs: tMs,
      knownAtMs: tMs,
      seenAtMs: tMs,
      readings: 1,
      fix,
      isSwitchedOn: reading.values.Ignition === true,
    },
    started: true,
  }
}

function isActive(last: Fix | undefined, reading: VehicleReading, thresholds: BehaviourThresholds): boolean {
  const { Ignition } = reading.values
  if (Ignition !== undefined) return Ignition
  const speedKph = known(reading.values.Speed)
  if (speedKph !== undefined) return speedKph >= thresholds.trip.movingKph
  const fix = fixOf(reading)
  if (last === undefined || fix === undefined || fix.tMs - last.tMs > thresholds.trip.stillMsMax) return false
  const kph = kphBetween(last, fix)
  return kph >= thresholds.trip.movingByFixKph && kph <= thresholds.signal.fixJumpKph
}

/** What does not start a trip may keep it going: an engine that runs at a stand. */
function keepsOn(last: Fix | undefined, reading: VehicleReading, thresholds: BehaviourThresholds): boolean {
  return (known(reading.values.EngineSpeed) ?? 0) > 0 || isActive(last, reading, thresholds)
}

function isTelling(reading: VehicleReading): boolean {
  const { Ignition, Speed } = reading.values
  return Ignition !== undefined || known(Speed) !== undefined || fixOf(reading) !== undefined
}

/**
 * After a silence longer than a stop may be (a tunnel, a receiver that was off): one trip when it was lost while moving, moves
 * again, and is as far away as only driving takes it.
 */
function droveOn(state: Driving, reading: VehicleReading, { trip, signal }: BehaviourThresholds): boolean {
  const fix = fixOf(reading)
  if (fix === undefined || state.fix === undefined) return false
  if (state.knownAtMs - state.activeAtMs > trip.lostMsMax || state.knownAtMs - state.fix.tMs > trip.lostMsMax) return false
  if ((known(reading.values.Speed) ?? trip.movingKph) < trip.movingKph) return false
  const kph = kphBetween(state.fix, fix)
  return kph >= trip.bridgeKphMin && kph <= signal.fixJumpKph
}

function kphBetween(from: Fix, to: Fix): number {
  return (metresBetween(from, to) / (to.tMs - from.tMs)) * 3600
}
