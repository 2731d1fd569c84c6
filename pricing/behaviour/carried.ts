// Stretches in which the vehicle was moved without driving, where its signals say so: on a ferry, on a transporter, towed. An engine
// that stands still says little, for a hybrid drives on its battery; an ignition that is told as off says it.

import type { Row } from './row.ts'
import type { BehaviourThresholds } from './thresholds.ts'

export const carriedReasons = ['engine-off', 'no-vehicle-dynamics'] as const
export type CarriedReason = (typeof carriedReasons)[number]

/** The movement since the last stand, and what the whole trip tells of its engine; mutable. */
export interface Stretch {
  isMoving: boolean
  firstMs: number
  lastMs: number
  rows: number
  fastestKph: number
  variationKph: number
  markedMs: number
  markedKph: number
  /** Rows with the ignition told as off, with the engine known to stand still, with sensors that feel nothing. */
  off: number
  stopped: number
  still: number
  didRun: boolean
  /** As last told. */
  ignition: number
  rpmAtMs: number
  rpm: number
  /** Of the trip. */
  didEverRun: boolean
  movingRows: number
  offRows: number
}

/** As last told, an engine speed stands for this long. */
const rpmHoldMs = 60_000

export function noStretch(): Stretch {
  return {
    isMoving: false,
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    rows: 0,
    fastestKph: 0,
    variationKph: 0,
    markedMs: Number.NaN,
    markedKph: Number.NaN,
    off: 0,
    stopped: 0,
    still: 0,
    didRun: false,
    ignition: Number.NaN,
    rpmAtMs: Number.NaN,
    rpm: Number.NaN,
    didEverRun: false,
    movingRows: 0,
    offRows: 0,
  }
}

/** To be called when `isMoving(row)`; begins a stretch or goes on with it. */
export function stepStretch(stretch: Stretch, row: Row, { carried }: BehaviourThresholds): void {
  const { tMs, heldKph } = row
  if (!stretch.isMoving) {
    stretch.isMoving = true
    stretch.firstMs = tMs
    stretch.rows = 0
    stretch.fastestKph = 0
    stretch.variationKph = 0
    stretch.markedMs = tMs
    stretch.markedKph = heldKph
    stretch.off = 0
    stretch.stopped = 0
    stretch.still = 0
    stretch.didRun = false
  }
  stretch.lastMs = tMs
  stretch.rows += 1
  stretch.movingRows += 1
  if (heldKph > stretch.fastestKph) stretch.fastestKph = heldKph
  if (tMs - stretch.markedMs >= carried.sampleMs) {
    stretch.variationKph += Math.abs(heldKph - stretch.markedKph)
    stretch.markedMs = tMs
    stretch.markedKph = heldKph
  }
  const rpm = tMs - stretch.rpmAtMs <= rpmHoldMs ? stretch.rpm : Number.NaN
  if (stretch.ignition === 1 || rpm > 0) stretch.didRun = true
  if (stretch.ignition === 0) {
    stretch.off += 1
    stretch.offRows += 1
  }
  if (rpm === 0) stretch.stopped += 1
  if (isStill(row, carried)) stretch.still += 1
}

/** To be called for every row, before the stretch is stepped. */
export function hearEngine(stretch: Stretch, row: Row): void {
  if (!Number.isNaN(row.ignition)) stretch.ignition = row.ignition
  if (!Number.isNaN(row.engineRpm)) {
    stretch.rpm = row.engineRpm
    stretch.rpmAtMs = row.tMs
  }
  if (row.ignition === 1 || row.engineRpm > 0) stretch.didEverRun = true
}

/** Whether the stretch, which may go on, can still turn out to be carried. */
export function mayBeCarried(stretch: Stretch, thresholds: BehaviourThresholds): boolean {
  return (
    stretch.isMoving && ((!stretch.didRun && stretch.fastestKph <= thresholds.carried.kphMax) || wasNeverOn(stretch, thresholds))
  )
}

/** The ignition was told as off in all of the trip's movement, and the engine never ran: a tow, a transporter. */
export function wasNeverOn({ didEverRun, movingRows, offRows }: Stretch, { carried }: BehaviourThresholds): boolean {
  return !didEverRun && offRows > 0 && offRows >= movingRows * carried.toldShareMin
}

/**
 * A stretch is carried when it moves for long, slowly and evenly as no road lets a car do,
 * - with the ignition told as off, or, slower still, with the engine known to stand still (`engine-off`);
 * - or with accelerometer and gyroscope flat (`no-vehicle-dynamics`).
 */
export function reasonOf(stretch: Stretch, { carried }: BehaviourThresholds): CarriedReason | undefined {
  const lastsMs = stretch.lastMs - stretch.firstMs
  if (!(lastsMs >= carried.lastsMsMin) || stretch.didRun || stretch.fastestKph > carried.kphMax) return undefined
  if (stretch.variationKph / 3.6 / (lastsMs / 1000) > carried.variationMps2Max) return undefined
  const rowsMin = stretch.rows * carried.toldShareMin
  const isStopped = stretch.stopped >= rowsMin && stretch.fastestKph <= carried.batteryKphMax
  if (stretch.off >= rowsMin || isStopped) return 'engine-off'
  return stretch.still >= rowsMin ? 'no-vehicle-dynamics' : undefined
}

function isStill(
  { longitudinalMps2, lateralMps2, yawDegPerS }: Row,
  { flatMps2Max, flatDegPerSMax }: BehaviourThresholds['carried'],
): boolean {
  return (
    Math.abs(longitudinalMps2) <= flatMps2Max && Math.abs(lateralMps2) <= flatMps2Max && Math.abs(yawDegPerS) <= flatDegPerSMax
  )
}
