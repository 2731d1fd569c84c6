// How far each step of a trip went: speed integrated where it was seen, a straight line by coordinates across gaps. What of it was
// not driven is told in carried.ts; whether other signals agree is compared in trip-quality.ts.

import { metresBetween } from './place.ts'
import type { Row } from './row.ts'
import type { BehaviourThresholds } from './thresholds.ts'

/** Mutable; NaN where nothing has been seen. */
export interface Path {
  firstMs: number
  lastMs: number
  /** The last speed that was told. */
  speedAtMs: number
  speedKph: number
  limitAtMs: number
  limitKph: number
  /** The last row that told how the vehicle moves. */
  fromMs: number
  fromKph: number
  /** The last position, and what was added since. */
  fixAtMs: number
  latitude: number
  longitude: number
  sinceFixM: number
  /** There was a step since then of which nothing was known. */
  isUnknownSince: boolean
  /** The speed from which the next slope is taken, and the metres since. */
  slopeFromMs: number
  slopeM: number
  rows: number
  /** A speed or a position was told. */
  isMovementKnown: boolean
}

/** Some devices tell the limit only where it changes; it holds for this long. */
const limitHoldMs = 30_000

export function noPath(): Path {
  return {
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    speedAtMs: Number.NaN,
    speedKph: Number.NaN,
    limitAtMs: Number.NaN,
    limitKph: Number.NaN,
    fromMs: Number.NaN,
    fromKph: Number.NaN,
    fixAtMs: Number.NaN,
    latitude: Number.NaN,
    longitude: Number.NaN,
    sinceFixM: 0,
    isUnknownSince: false,
    slopeFromMs: Number.NaN,
    slopeM: 0,
    rows: 0,
    isMovementKnown: false,
  }
}

/**
 * Fills in the row's step, held speed and held limit.
 * @returns metres that only now turn out to lie behind: speed came back before the position did
 */
export function stepPath(path: Path, row: Row, { signal, event }: BehaviourThresholds): number {
  const { tMs } = row
  path.rows += 1
  if (Number.isNaN(path.firstMs)) path.firstMs = tMs
  path.lastMs = tMs
  if (!Number.isNaN(row.limitKph)) {
    path.limitAtMs = tMs
    path.limitKph = row.limitKph
  }
  row.heldLimitKph = tMs - path.limitAtMs <= limitHoldMs ? path.limitKph : Number.NaN
  if (!Number.isNaN(row.speedKph)) {
    path.speedAtMs = tMs
    path.speedKph = row.speedKph
  }
  const kph = tMs - path.speedAtMs <= signal.speedHoldMs ? path.speedKph : Number.NaN
  row.heldKph = kph
  row.stepM = 0
  row.slopeM = 0
  const hasFix = !Number.isNaN(row.latitude)
  if (Number.isNaN(kph) && !hasFix) {
    row.stepMs = Number.NaN
    return 0
  }
  path.isMovementKnown = true
  const stepMs = tMs - path.fromMs
  row.stepMs = stepMs
  if (!Number.isNaN(stepMs)) {
    const trapezoidM = ((path.fromKph + kph) / 2) * (stepMs / 3600)
    if (stepMs <= signal.stepMsMax && !Number.isNaN(trapezoidM)) row.stepM = trapezoidM
    else {
      const straightM = metresSinceFix(path, row)
      if (!Number.isNaN(straightM)) row.stepM = Math.max(0, straightM - path.sinceFixM)
      else if (stepMs <= signal.blindStepMsMax && !Number.isNaN(trapezoidM)) row.stepM = trapezoidM
      else path.isUnknownSince = true
    }
    path.sinceFixM += row.stepM
    path.slopeM += row.stepM
  }
  if (!Number.isNaN(row.speedKph)) stepSlope(path, row, event)
  path.fromMs = tMs
  path.fromKph = kph
  if (!hasFix) return 0
  const behindM = path.isUnknownSince ? Math.max(0, metresSinceFix(path, row) - path.sinceFixM) || 0 : 0
  path.fixAtMs = tMs
  path.latitude = row.latitude
  path.longitude = row.longitude
  path.sinceFixM = 0
  path.isUnknownSince = false
  return behindM
}

/** NaN where either position is not known. */
function metresSinceFix({ latitude, longitude }: Path, row: Row): number {
  return metresBetween(latitude, longitude, row.latitude, row.longitude)
}

/** As slopes of speed are taken in manoeuvre-signals.ts. */
function stepSlope(path: Path, row: Row, event: BehaviourThresholds['event']): void {
  const baselineMs = row.tMs - path.slopeFromMs
  if (baselineMs < event.slopeMsMin) return
  if (baselineMs <= event.slopeMsMax) row.slopeM = path.slopeM
  path.slopeFromMs = row.tMs
  path.slopeM = 0
}
