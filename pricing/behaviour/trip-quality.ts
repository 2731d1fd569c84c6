// How far a trip's figures can be trusted: its distance against coordinates and odometer, its clock against its movement, and
// by name whatever is doubtful. Nothing here counts for or against a driver.

import { metresBetween } from './place.ts'
import type { Row } from './row.ts'
import { faults } from './sample.ts'
import type { BehaviourThresholds } from './thresholds.ts'

export const doubts = [
  /** Readings are missing for a part of the time. */
  'gaps',
  'jumped-position',
  /** The receiver repeated one position while the vehicle moved. */
  'frozen-position',
  'impossible-speed',
  /** One speed, to the last digit, for longer than anyone drives. */
  'constant-speed',
  /** Speed and coordinates differ as these units differ from km/h. */
  'speed-in-metres-per-second',
  'speed-in-knots',
  'speed-in-miles-per-hour',
  'speed-against-coordinates',
  'distance-against-odometer',
  /** The clock leapt ahead while the vehicle hardly moved. */
  'clock-leap',
  'time-backwards',
  'not-a-number',
  /** The facts are those of an earlier version, whose readings are gone. */
  'earlier-version',
] as const
export type Doubt = (typeof doubts)[number]

/** Another signal's distance over the part of the trip that both saw. */
export interface DistanceCheck {
  readonly metres: number
  /** Smaller over larger, 0 to 1. */
  readonly agreement: number
}

export interface TripQuality {
  readonly coordinates: DistanceCheck | undefined
  readonly odometer: DistanceCheck | undefined
  /** How far the distance can be trusted where it was seen: the least of the checks, 0 to 1. */
  readonly agreement: number
  /** Share of the time that the clock ran as the vehicle moved, 0 to 1. */
  readonly clockTrust: number
  /** How far the values themselves can be believed, 0 to 1: less for what stood still while the vehicle moved. */
  readonly valueTrust: number
  /** In the order above. */
  readonly doubts: readonly Doubt[]
}

/** km/h per unit that is mistaken for km/h. */
const mistakenUnits: readonly (readonly [Doubt, number])[] = [
  ['speed-in-metres-per-second', 3.6],
  ['speed-in-knots', 1.852],
  ['speed-in-miles-per-hour', 1.609344],
]

/** What is compared as the trip goes on; mutable. NaN where nothing has been seen. */
export interface Comparison {
  /** The sum of all faults of its readings. */
  faults: number
  /** From anchor to anchor the way by coordinates is held against that by speed. */
  anchorLatitude: number
  anchorLongitude: number
  sinceAnchorM: number
  speedAtMs: number
  kph: number
  metres: number
  bySpeedM: number
  /** The row before. */
  rowMs: number
  rowKph: number
  latitude: number
  longitude: number
  /** The last new position, whether it was repeated since, and for how long positions were. */
  believedMs: number
  isFrozen: boolean
  frozenMs: number
  /** One and the same speed. */
  constantKph: number
  constantFromMs: number
  constantMs: number
  firstKm: number
  lastKm: number
}

export function noComparison(): Comparison {
  return {
    faults: 0,
    anchorLatitude: Number.NaN,
    anchorLongitude: Number.NaN,
    sinceAnchorM: 0,
    speedAtMs: Number.NaN,
    kph: Number.NaN,
    metres: 0,
    bySpeedM: 0,
    rowMs: Number.NaN,
    rowKph: Number.NaN,
    latitude: Number.NaN,
    longitude: Number.NaN,
    believedMs: Number.NaN,
    isFrozen: false,
    frozenMs: 0,
    constantKph: Number.NaN,
    constantFromMs: Number.NaN,
    constantMs: 0,
    firstKm: Number.NaN,
    lastKm: Number.NaN,
  }
}

/**
 * @param row with its held speed
 * @returns milliseconds that the clock leapt before it: moving before and after, the vehicle went far less than it must have
 */
export function stepComparison(seen: Comparison, row: Row, { signal, quality, trip }: BehaviourThresholds): number {
  const { tMs, heldKph, latitude, longitude } = row
  seen.faults |= row.faults
  if (!Number.isNaN(row.odometerKm)) {
    if (Number.isNaN(seen.firstKm)) seen.firstKm = row.odometerKm
    seen.lastKm = row.odometerKm
  }
  if (heldKph !== seen.constantKph) {
    seen.constantKph = heldKph
    seen.constantFromMs = tMs
  } else if (heldKph > 0 && tMs - seen.constantFromMs > seen.constantMs) seen.constantMs = tMs - seen.constantFromMs
  if (Number.isNaN(seen.believedMs)) seen.believedMs = tMs
  if (!Number.isNaN(latitude)) endFrozen(seen, tMs, quality.frozenMsMin)
  else if ((row.faults & faults.frozenFix) !== 0) seen.isFrozen = true
  const rowStepMs = tMs - seen.rowMs
  let leaptMs = 0
  if (rowStepMs > signal.stepMsMax) {
    const slowestKph = Math.min(seen.rowKph, heldKph)
    const straightM = metresBetween(seen.latitude, seen.longitude, latitude, longitude)
    if (slowestKph >= trip.bridgeKphMin && straightM < (slowestKph / 3600) * rowStepMs * quality.leapShareMax) leaptMs = rowStepMs
  }
  seen.rowMs = tMs
  seen.rowKph = heldKph
  seen.latitude = latitude
  seen.longitude = longitude
  compareWithCoordinates(seen, row, signal)
  return leaptMs
}

/** At a new position, and at the end. */
function endFrozen(seen: Comparison, tMs: number, frozenMsMin: number): void {
  const sinceMs = tMs - seen.believedMs
  // Trackers that repeat a position for seconds are slow, not frozen.
  if (seen.isFrozen && sinceMs >= frozenMsMin) seen.frozenMs += sinceMs
  seen.believedMs = tMs
  seen.isFrozen = false
}

/**
 * From fix to fix, only those far enough apart to be movement and not the receiver's noise; speeds are integrated over the same
 * time. Speeds half a minute apart say nothing of the way between them, so there is nothing to compare.
 */
function compareWithCoordinates(seen: Comparison, row: Row, signal: BehaviourThresholds['signal']): void {
  const { tMs, heldKph, latitude, longitude } = row
  if (Number.isNaN(heldKph)) return
  const stepMs = tMs - seen.speedAtMs
  if (stepMs <= signal.stepMsMax) seen.sinceAnchorM += ((seen.kph + heldKph) / 2) * (stepMs / 3600)
  else seen.anchorLatitude = Number.NaN
  seen.speedAtMs = tMs
  seen.kph = heldKph
  if (Number.isNaN(latitude)) return
  const awayM = metresBetween(seen.anchorLatitude, seen.anchorLongitude, latitude, longitude)
  if (awayM < signal.fixNoiseM && seen.sinceAnchorM < signal.fixNoiseM) return
  if (!Number.isNaN(awayM)) {
    seen.metres += awayM
    seen.bySpeedM += seen.sinceAnchorM
  }
  seen.anchorLatitude = latitude
  seen.anchorLongitude = longitude
  seen.sinceAnchorM = 0
}

/** What of the trip as a whole is compared. */
export interface Measured {
  readonly lastsMs: number
  readonly lastMs: number
  readonly distanceM: number
  readonly completeness: number
  /** Of the gaps, in which the clock leapt. */
  readonly leaptMs: number
}

export function judgeQuality(seen: Comparison, measured: Measured, thresholds: BehaviourThresholds): TripQuality {
  const { quality, signal } = thresholds
  const { lastsMs } = measured
  const coordinates =
    Math.max(seen.metres, seen.bySpeedM) < signal.checkDistanceMMin
      ? undefined
      : { metres: seen.metres, agreement: ratioOf(seen.bySpeedM, seen.metres) }
  const odometerM = Number.isNaN(seen.firstKm) ? 0 : Math.max(0, seen.lastKm - seen.firstKm) * 1000
  const odometer =
    odometerM >= signal.odometerKmMin * 1000
      ? { metres: odometerM, agreement: ratioOf(measured.distanceM, odometerM) }
      : undefined
  const clockTrust = lastsMs > 0 ? 1 - measured.leaptMs / lastsMs : 1
  const isConstant = seen.constantMs > quality.constantMsMax && coordinates === undefined && odometer === undefined
  endFrozen(seen, measured.lastMs, quality.frozenMsMin)
  const frozenShare = lastsMs > 0 ? seen.frozenMs / lastsMs : 0
  const found = new Set<Doubt>()
  if (measured.completeness < quality.completenessMin) found.add('gaps')
  for (const [doubt, fault] of readingFaults) if ((seen.faults & fault) !== 0) found.add(doubt)
  if (frozenShare > 0) found.add('frozen-position')
  if (isConstant) found.add('constant-speed')
  if (coordinates !== undefined && coordinates.agreement < quality.agreementMin)
    found.add(nameDisagreement(seen.metres / seen.bySpeedM, quality.unitTolerance))
  if (odometer !== undefined && odometer.agreement < quality.agreementMin) found.add('distance-against-odometer')
  if (clockTrust < 1) found.add('clock-leap')
  return {
    coordinates,
    odometer,
    agreement: Math.min(coordinates?.agreement ?? 1, odometer?.agreement ?? 1),
    clockTrust,
    valueTrust: (1 - frozenShare * quality.frozenCost) * (isConstant ? quality.constantTrust : 1),
    doubts: doubts.filter((doubt) => found.has(doubt)),
  }
}

const readingFaults: readonly (readonly [Doubt, number])[] = [
  ['jumped-position', faults.jumpedFix],
  ['impossible-speed', faults.impossibleSpeed],
  ['not-a-number', faults.notANumber],
  ['time-backwards', faults.timeBackwards],
]

function nameDisagreement(ratio: number, tolerance: number): Doubt {
  const unit = mistakenUnits.find(([, kphPerUnit]) => Math.abs(ratio / kphPerUnit - 1) <= tolerance)
  return unit?.[0] ?? 'speed-against-coordinates'
}

function ratioOf(one: number, other: number): number {
  const larger = Math.max(one, other)
  return larger > 0 ? Math.min(one, other) / larger : 1
}
