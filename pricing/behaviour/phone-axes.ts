// Finds the vehicle's axes in the raw signals of a phone that lies or hangs in it, from the drive itself: gravity says where up is, and
// in a turn the vehicle accelerates towards the side it yaws to, which says where left is. Forward follows. No speed is needed.

import { meansOver } from './axis-signal.ts'
import { at, medianOf } from './path.ts'

/** Columns of equal length in the phone's own axes, gravity included; NaN where a row has no value. */
export interface PhoneSamples {
  readonly tMs: ArrayLike<number>
  /** m/s². */
  readonly acceleration: readonly [Float64Array, Float64Array, Float64Array]
  /** deg/s. */
  readonly rotation: readonly [Float64Array, Float64Array, Float64Array]
}

export type Vector = readonly [number, number, number]

export interface VehicleAxes {
  readonly kind: 'found'
  /** Unit vectors in the phone's axes. */
  readonly forward: Vector
  readonly left: Vector
  readonly up: Vector
  /** m/s², as the phone measures it. */
  readonly gravityMps2: number
  /** Correlation of lateral acceleration with yaw rate, 0 to 1. */
  readonly confidence: number
}

/** In the order they are checked. */
export type NoAxes =
  | { readonly kind: 'too-short' }
  | { readonly kind: 'no-gravity' }
  | { readonly kind: 'phone-moved' }
  | { readonly kind: 'no-turns' }

export interface VehicleColumns {
  readonly longitudinalMps2: Float64Array
  readonly lateralMps2: Float64Array
  readonly yawDegPerS: Float64Array
}

const durationMsMin = 60_000
/** Where the phone's scale and its tilt leave no doubt that gravity is in the signal. */
const gravityMps2Min = 8.5
const gravityMps2Max = 11
/** A mounting that tilts further between the halves of the drive was not one. */
const tiltDegMax = 15
/** Manoeuvres take about a second; shaking is faster. */
const meanMs = 1000
/** Faster than this is turning. */
const turningDegPerS = 6
const turningMsMin = 10_000
const straightDegPerS = 2
/** Variance forward over variance sideways, straight on. */
const standsOutMin = 3
const confidenceMin = 0.4

export function findVehicleAxes(samples: PhoneSamples): VehicleAxes | NoAxes {
  const { tMs, acceleration, rotation } = samples
  const rows = tMs.length
  if (!(at(tMs, rows - 1) - at(tMs, 0) >= durationMsMin)) return { kind: 'too-short' }
  const halves = [medianVector(acceleration, 0, rows >> 1), medianVector(acceleration, rows >> 1, rows)] as const
  if (!halves.every((half) => lengthOf(half) >= gravityMps2Min && lengthOf(half) <= gravityMps2Max)) return { kind: 'no-gravity' }
  if (!(angleDeg(halves[0], halves[1]) <= tiltDegMax)) return { kind: 'phone-moved' }
  const gravity = medianVector(acceleration, 0, rows)
  const gravityMps2 = lengthOf(gravity)
  const up = unit(gravity)
  const smooth = acceleration.map((axis) => meansOver(tMs, axis, meanMs))
  const yaw = meansOver(tMs, along(rotation, up), meanMs)
  // Towards which side of the phone the vehicle is pushed while it yaws to the left.
  let turningMs = 0
  const pushed: [number, number, number] = [0, 0, 0]
  for (let row = 1; row < rows; row += 1) {
    const rate = at(yaw, row)
    const stepMs = Math.min(at(tMs, row) - at(tMs, row - 1), meanMs)
    if (!(Math.abs(rate) >= turningDegPerS)) continue
    const force = [0, 1, 2].map((axis) => at(smooth[axis] ?? yaw, row) - (gravity[axis] ?? 0))
    if (force.some(Number.isNaN)) continue
    turningMs += stepMs
    pushed.forEach((sum, axis) => {
      pushed[axis] = sum + rate * (force[axis] ?? 0) * stepMs
    })
  }
  if (turningMs < turningMsMin) return { kind: 'no-turns' }
  const vertical = dot(pushed, up)
  const pushedLeft = unit([pushed[0] - vertical * up[0], pushed[1] - vertical * up[1], pushed[2] - vertical * up[2]])
  const forward = straighten(cross(pushedLeft, up), pushedLeft, smooth, yaw)
  const left = cross(up, forward)
  const confidence = correlation(along(smooth, left), yaw)
  if (!(confidence >= confidenceMin)) return { kind: 'no-turns' }
  return { kind: 'found', forward, left, up, gravityMps2, confidence }
}

/**
 * Who brakes into turns tilts what turns say about left. Straight on, a vehicle is pushed forward and back only: the direction of the
 * largest variance there, within 45 degrees of the first guess, is forward, if it clearly stands out.
 */
function straighten(forward: Vector, left: Vector, smooth: readonly Float64Array[], yaw: Float64Array): Vector {
  const [f, l] = [along(smooth, forward), along(smooth, left)]
  let count = 0
  let [sumF, sumL, ff, ll, fl] = [0, 0, 0, 0, 0]
  for (let row = 0; row < yaw.length; row += 1) {
    const [x, y] = [at(f, row), at(l, row)]
    if (!(Math.abs(at(yaw, row)) <= straightDegPerS) || Number.isNaN(x + y)) continue
    count += 1
    sumF += x
    sumL += y
    ff += x * x
    ll += y * y
    fl += x * y
  }
  const [vff, vll, vfl] = [ff - (sumF * sumF) / count, ll - (sumL * sumL) / count, fl - (sumF * sumL) / count]
  const root = Math.sqrt(((vff - vll) / 2) ** 2 + vfl * vfl)
  const [larger, smaller] = [(vff + vll) / 2 + root, (vff + vll) / 2 - root]
  // (larger - vll, vfl) is the eigenvector of the larger variance; forward's share of it is positive.
  if (!(vff > vll && larger >= standsOutMin * smaller)) return forward
  const [a, b] = [larger - vll, vfl]
  return unit([a * forward[0] + b * left[0], a * forward[1] + b * left[1], a * forward[2] + b * left[2]])
}

/** The signals of the contract from the phone's own; gravity drops out because forward and left are level. */
export function toVehicleColumns({ acceleration, rotation }: PhoneSamples, axes: VehicleAxes): VehicleColumns {
  return {
    longitudinalMps2: along(acceleration, axes.forward),
    lateralMps2: along(acceleration, axes.left),
    yawDegPerS: along(rotation, axes.up),
  }
}

function along(columns: readonly Float64Array[], [x, y, z]: Vector): Float64Array {
  const [a, b, c] = columns
  const values = new Float64Array(a?.length ?? 0).fill(Number.NaN)
  if (a === undefined || b === undefined || c === undefined) return values
  for (let row = 0; row < values.length; row += 1) values[row] = x * at(a, row) + y * at(b, row) + z * at(c, row)
  return values
}

/** Per axis: half of the time a vehicle neither brakes nor turns, so medians keep gravity and leave driving out. */
function medianVector(columns: PhoneSamples['acceleration'], from: number, to: number): Vector {
  const medians = columns.map((column) => medianOf(column.slice(from, to).filter((value) => !Number.isNaN(value))))
  return [medians[0] ?? Number.NaN, medians[1] ?? Number.NaN, medians[2] ?? Number.NaN]
}

function correlation(one: Float64Array, other: Float64Array): number {
  let count = 0
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0]
  for (let row = 0; row < one.length; row += 1) {
    const [a, b] = [at(one, row), at(other, row)]
    if (Number.isNaN(a) || Number.isNaN(b)) continue
    count += 1
    x += a
    y += b
    xx += a * a
    yy += b * b
    xy += a * b
  }
  return (xy - (x * y) / count) / Math.sqrt((xx - (x * x) / count) * (yy - (y * y) / count))
}

function dot(one: Vector, other: Vector): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
}

function cross(one: Vector, other: Vector): Vector {
  return [one[1] * other[2] - one[2] * other[1], one[2] * other[0] - one[0] * other[2], one[0] * other[1] - one[1] * other[0]]
}

function lengthOf(vector: Vector): number {
  return Math.sqrt(dot(vector, vector))
}

function unit(vector: Vector): Vector {
  const length = lengthOf(vector)
  return [vector[0] / length, vector[1] / length, vector[2] / length]
}

function angleDeg(one: Vector, other: Vector): number {
  return (Math.acos(Math.min(1, dot(unit(one), unit(other)))) * 180) / Math.PI
}
