// The raw motion of a phone out of its readings, in axes that stay put in the phone or, where the phone turned them to the earth's,
// in axes that turn with the vehicle. How these lie in the vehicle is learned in phone-mountings.ts.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { known } from './known.ts'
import type { Vector } from './vector.ts'

export interface MotionSample {
  readonly tMs: number
  /** m/s², gravity included. */
  readonly acceleration: Vector
  /** What the phone takes for gravity, where it says so. */
  readonly gravity: Vector | undefined
  /** deg/s by the right hand; undefined where it is not known. */
  readonly rotation: Vector | undefined
  /** Samples of different frames have axes that have nothing to do with each other. */
  readonly frame: number
  /** The phone took gravity off, and with it all that is slower than about a second. */
  readonly isFiltered: boolean
}

/** Changed by every reading; begin each trip with a new one. */
export interface MotionState {
  /** Angle from east to the first axis, anticlockwise, of a phone with earth axes. */
  turnedRad: number
  hasHeading: boolean
  yawAtMs: number
  /** deg/s, its mean over half a second, and the mean of what it says straight on: its bias. */
  meanYaw: number
  biasYaw: number
  straightS: number
  frame: number
  frameFromMs: number
}

/** m/s². Added where a phone has taken gravity off, so that up is told in the same way. */
const standardGravityMps2 = 9.80665
/** A longer silence of the gyroscope loses the heading. */
const silenceMsMax = 2500
/** What a heading told by positions is worth against the gyroscope's: it lags in turns, but does not drift. */
const headingShare = 0.1
/** Slower than this a course over ground is noise. */
const headingKphMin = 15
const yawMeanMs = 500
/** Slower turning is going straight on with a biased gyroscope, or a long bend. */
const straightDegPerS = 3
/** Until then a bias is only partly believed. */
const biasLearnedS = 3
/** A phone's gyroscope drifts some degrees within this. */
const driftMsMax = 10 * 60_000

export function newMotion(): MotionState {
  return {
    turnedRad: 0,
    hasHeading: false,
    yawAtMs: Number.NaN,
    meanYaw: 0,
    biasYaw: 0,
    straightS: 0,
    frame: 0,
    frameFromMs: Number.NaN,
  }
}

export function hasRawMotion({ values }: VehicleReading): boolean {
  return values.PhoneAccelerationX !== undefined || values.EarthAccelerationEast !== undefined
}

/** @returns undefined for a reading without raw motion, or with some that cannot be used */
export function readMotion(state: MotionState, { takenAtMs: tMs, values }: VehicleReading): MotionSample | undefined {
  const acceleration = vectorOf(values.PhoneAccelerationX, values.PhoneAccelerationY, values.PhoneAccelerationZ)
  if (acceleration !== undefined)
    return {
      tMs,
      acceleration,
      gravity: vectorOf(values.PhoneGravityX, values.PhoneGravityY, values.PhoneGravityZ),
      rotation: vectorOf(values.PhoneRotationX, values.PhoneRotationY, values.PhoneRotationZ),
      frame: state.frame,
      isFiltered: false,
    }
  turnWithVehicle(state, tMs, values)
  const earth = vectorOf(values.EarthAccelerationEast, values.EarthAccelerationNorth, values.EarthAccelerationUp)
  if (earth === undefined || Number.isNaN(state.frameFromMs)) return undefined
  const yaw = known(values.AngularVelocityYaw)
  const [cos, sin] = [Math.cos(state.turnedRad), Math.sin(state.turnedRad)]
  const [east, north, up] = earth
  return {
    tMs,
    acceleration: [cos * east + sin * north, cos * north - sin * east, up + standardGravityMps2],
    gravity: undefined,
    rotation: yaw === undefined ? undefined : [0, 0, yaw - state.biasYaw],
    frame: state.frame,
    isFiltered: true,
  }
}

/** Keeps the first axis in its angle to the vehicle: by the gyroscope, and towards the heading where one is told. */
function turnWithVehicle(state: MotionState, tMs: number, values: VehicleValues): void {
  const yaw = known(values.AngularVelocityYaw)
  if (yaw !== undefined) {
    const stepMs = tMs - state.yawAtMs
    if (stepMs <= silenceMsMax) {
      learnBias(state, yaw, stepMs)
      state.turnedRad += ((yaw - state.biasYaw) * Math.PI * stepMs) / 180_000
    } else if (!state.hasHeading) beginFrame(state, tMs)
    state.yawAtMs = tMs
    if (!state.hasHeading && tMs - state.frameFromMs > driftMsMax) beginFrame(state, tMs)
  }
  const heading = known(values.Heading)
  if (heading === undefined || !((known(values.Speed) ?? 0) >= headingKphMin)) return
  const towardsRad = ((90 - heading) * Math.PI) / 180
  const isTurning = tMs - state.yawAtMs <= silenceMsMax
  if (!state.hasHeading) {
    state.hasHeading = true
    state.turnedRad = towardsRad
    beginFrame(state, tMs)
  } else state.turnedRad += (isTurning ? headingShare : 1) * shortestTurnRad(towardsRad - state.turnedRad)
}

/** Over a drive a vehicle turns as far to the left as to the right, or far enough for a turn; straight on, what is left is bias. */
function learnBias(state: MotionState, yaw: number, stepMs: number): void {
  state.meanYaw += (yaw - state.meanYaw) * Math.min(1, stepMs / yawMeanMs)
  if (Math.abs(state.meanYaw) > straightDegPerS) return
  state.straightS += stepMs / 1000
  state.biasYaw += ((state.meanYaw - state.biasYaw) * (stepMs / 1000)) / Math.max(state.straightS, biasLearnedS)
}

function beginFrame(state: MotionState, tMs: number): void {
  state.frame += 1
  state.frameFromMs = tMs
}

/** The same angle between −π and π. */
export function shortestTurnRad(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))
}

function vectorOf(x: number | undefined, y: number | undefined, z: number | undefined): Vector | undefined {
  const [a, b, c] = [known(x), known(y), known(z)]
  return a === undefined || b === undefined || c === undefined ? undefined : [a, b, c]
}
