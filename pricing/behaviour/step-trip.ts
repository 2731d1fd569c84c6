// Decides, one reading at a time, whether a vehicle is on a trip: by its ignition where given, else by its movement; a running
// engine keeps a trip going. What moves while it is switched off (towed, on a ferry) is a trip of its own, which nobody drives. The
// caller keeps the state; distance, events and whether the span is long enough to be a trip are measured elsewhere.
//
// A trip that has ended leaves nothing behind: reading on from any trip's end with `parked` gives the same trips as reading
// everything from the start. That is what lets late readings be worked in without going back to the first day.

import { metresBetween } from './place.ts'
import type { Sample } from './sample.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'

/** Mutable; times are NaN where nothing has been seen. */
export interface TripState {
  kind: 'parked' | 'driving'
  startedAtMs: number
  /** The last reading that moved, had the ignition on or the engine running. */
  activeAtMs: number
  /** The last reading that told whether the vehicle moves or is switched on. */
  knownAtMs: number
  seenAtMs: number
  /** The last position, by which movement shows when a device sends no speed. */
  fixAtMs: number
  latitude: number
  longitude: number
  /** As last told: some devices only tell changes. */
  isSwitchedOn: boolean
  /** It began with the ignition told as off: the vehicle moves, and nobody drives it. */
  isCarried: boolean
}

export interface TripSpan {
  readonly startedAtMs: number
  /** The last reading that belongs to it, inclusive. */
  readonly endedAtMs: number
}

/** One reading may end a trip and start the next: after a gap, say. */
export interface TripStep {
  /** Whether the trip would last at least to this reading. */
  readonly isActive: boolean
  readonly ended?: TripSpan
  readonly started?: true
}

const idle: TripStep = { isActive: false }
const active: TripStep = { isActive: true }
const started: TripStep = { isActive: true, started: true }

export function parked(): TripState {
  return {
    kind: 'parked',
    startedAtMs: Number.NaN,
    activeAtMs: Number.NaN,
    knownAtMs: Number.NaN,
    seenAtMs: Number.NaN,
    fixAtMs: Number.NaN,
    latitude: Number.NaN,
    longitude: Number.NaN,
    isSwitchedOn: false,
    isCarried: false,
  }
}

/** A reading this long after a trip's end, or later, cannot change that trip. */
export function reachMs({ trip }: BehaviourThresholds = behaviourThresholds): number {
  return Math.max(trip.stillMsMax, trip.bridgeMsMax, trip.switchedOnMsMax)
}

/** @param sample one that is not later than those stepped before it changes nothing; as it was read, before cleaning */
export function stepTrip(state: TripState, sample: Sample, thresholds = behaviourThresholds): TripStep {
  const { tMs } = sample
  if (!Number.isFinite(tMs)) return idle
  if (state.kind === 'parked') return stepParked(state, sample, thresholds)
  if (tMs <= state.seenAtMs) return idle
  const { stillMsMax, switchedOnMsMax, bridgeMsMax, lastsMsMax } = thresholds.trip
  if (tMs - state.startedAtMs > lastsMsMax) return endAt(state, state.seenAtMs, false, sample, thresholds)
  const tells = isTelling(sample)
  const isBlind = tMs - state.knownAtMs > stillMsMax
  const isOver = isBlind
    ? tMs - state.knownAtMs > bridgeMsMax || (tells && !droveOn(state, sample, thresholds))
    : tMs - state.activeAtMs > (state.isSwitchedOn ? switchedOnMsMax : stillMsMax)
  // Whoever switches the ignition on in a vehicle that was carried so far starts to drive.
  if (isOver || (state.isCarried && sample.ignition === 1)) return endAt(state, state.activeAtMs, true, sample, thresholds)
  if (sample.ignition === 0 && !state.isCarried) {
    const ended = { startedAtMs: state.startedAtMs, endedAtMs: tMs }
    forget(state, false)
    return { isActive: true, ended }
  }
  const isActive = isBlind ? tells : keepsOn(state, sample, thresholds)
  if (isActive) state.activeAtMs = tMs
  if (tells) state.knownAtMs = tMs
  state.seenAtMs = tMs
  rememberFix(state, sample)
  if (!Number.isNaN(sample.ignition)) state.isSwitchedOn = sample.ignition === 1
  return isActive ? active : idle
}

/** The span of a trip that nothing more is expected of. */
export function spanOf({ startedAtMs, activeAtMs }: TripState): TripSpan {
  return { startedAtMs, endedAtMs: activeAtMs }
}

function endAt(
  state: TripState,
  endedAtMs: number,
  keepsFix: boolean,
  sample: Sample,
  thresholds: BehaviourThresholds,
): TripStep {
  const ended = { startedAtMs: state.startedAtMs, endedAtMs }
  forget(state, keepsFix)
  return { ...stepParked(state, sample, thresholds), ended }
}

function forget(state: TripState, keepsFix: boolean): void {
  state.kind = 'parked'
  if (!keepsFix) state.fixAtMs = Number.NaN
}

function stepParked(state: TripState, sample: Sample, thresholds: BehaviourThresholds): TripStep {
  const starts = isActive(state, sample, thresholds)
  rememberFix(state, sample)
  if (!starts) return idle
  const { tMs } = sample
  state.kind = 'driving'
  state.startedAtMs = tMs
  state.activeAtMs = tMs
  state.knownAtMs = tMs
  state.seenAtMs = tMs
  state.isSwitchedOn = sample.ignition === 1
  state.isCarried = sample.ignition === 0
  return started
}

function rememberFix(state: TripState, { tMs, latitude, longitude }: Sample): void {
  if (Number.isNaN(latitude)) return
  state.fixAtMs = tMs
  state.latitude = latitude
  state.longitude = longitude
}

function isActive(state: TripState, sample: Sample, thresholds: BehaviourThresholds): boolean {
  const { trip, signal } = thresholds
  if (sample.ignition === 1) return true
  // Switched off, only a speed says that it moves: a receiver's jitter does not, nor does pushing it out of the garage.
  if (sample.ignition === 0) return sample.speedKph >= trip.movingByFixKph
  if (!Number.isNaN(sample.speedKph)) return sample.speedKph >= trip.movingKph
  if (!(sample.tMs - state.fixAtMs <= trip.stillMsMax)) return false
  const kph = kphSinceFix(state, sample)
  return kph >= trip.movingByFixKph && kph <= signal.fixJumpKph
}

/** What does not start a trip may keep it going: an engine that runs at a stand. */
function keepsOn(state: TripState, sample: Sample, thresholds: BehaviourThresholds): boolean {
  return sample.engineRpm > 0 || isActive(state, sample, thresholds)
}

function isTelling({ ignition, speedKph, latitude }: Sample): boolean {
  return !(Number.isNaN(ignition) && Number.isNaN(speedKph) && Number.isNaN(latitude))
}

/**
 * After a silence longer than a stop may be (a tunnel, a receiver that was off): one trip when it was lost while moving, moves
 * again, and is as far away as only driving takes it.
 */
function droveOn(state: TripState, sample: Sample, { trip, signal }: BehaviourThresholds): boolean {
  if (Number.isNaN(sample.latitude) || Number.isNaN(state.fixAtMs)) return false
  if (state.knownAtMs - state.activeAtMs > trip.lostMsMax || state.knownAtMs - state.fixAtMs > trip.lostMsMax) return false
  if (sample.speedKph < trip.movingKph) return false
  const kph = kphSinceFix(state, sample)
  return kph >= trip.bridgeKphMin && kph <= signal.fixJumpKph
}

/** NaN where either position is not known. */
function kphSinceFix({ fixAtMs, latitude, longitude }: TripState, sample: Sample): number {
  return (metresBetween(latitude, longitude, sample.latitude, sample.longitude) / (sample.tMs - fixAtMs)) * 3600
}
