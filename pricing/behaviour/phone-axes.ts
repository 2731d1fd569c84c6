// The vehicle's axes in the axes of a phone that lies or hangs in it, from what was gathered of a drive: gravity says where up is; a
// vehicle is pushed to the side it yaws to, and forward when its speed grows. Either is enough.

import { across, cross, dot, lengthOf, plus, unit, type Vector } from './vector.ts'

export interface VehicleAxes {
  /** Unit vectors in the phone's axes. */
  readonly forward: Vector
  readonly left: Vector
  readonly up: Vector
  /** m/s², as the phone measures it. */
  readonly gravityMps2: number
  /** Correlation of the acceleration with what turning and the change of speed ask for, 0 to 1. */
  readonly confidence: number
}

/** In the order they are checked. */
export type NoAxes = 'too-short' | 'no-gravity' | 'no-manoeuvres' | 'no-agreement'

/** Weighted sums of a scalar that was expected (m/s²) and a vector that was felt (m/s²); the weights are seconds. */
export interface Evidence {
  weightS: number
  expected: number
  expectedSquare: number
  readonly felt: [number, number, number]
  readonly product: [number, number, number]
  /** xx, yy, zz, xy, xz, yz. */
  readonly feltSquare: [number, number, number, number, number, number]
}

export interface GatheredDrive {
  readonly lastsMs: number
  readonly gravity: Vector
  /** To the left: speed times yaw rate. */
  readonly turning: Evidence
  /** Forward: the change of the speed told. */
  readonly speeding: Evidence
  /** Of the rest of the drive, straight on; nothing is expected. */
  readonly straight: Evidence
}

const durationMsMin = 60_000
/** Where the phone's scale and its tilt leave no doubt that gravity is in the signal. */
const gravityMps2Min = 8.5
const gravityMps2Max = 11
/** (m/s²)² s: about ten seconds of turning or of changing speed at 1 m/s². */
const evidenceMin = 8
/** Variance forward over variance sideways, straight on. */
const standsOutMin = 3
export const confidenceMin = 0.4

export function noEvidence(): Evidence {
  return { weightS: 0, expected: 0, expectedSquare: 0, felt: [0, 0, 0], product: [0, 0, 0], feltSquare: [0, 0, 0, 0, 0, 0] }
}

export function addEvidence(evidence: Evidence, weightS: number, expected: number, [x, y, z]: Vector): void {
  evidence.weightS += weightS
  evidence.expected += weightS * expected
  evidence.expectedSquare += weightS * expected * expected
  const { felt, product, feltSquare } = evidence
  felt[0] += weightS * x
  felt[1] += weightS * y
  felt[2] += weightS * z
  product[0] += weightS * expected * x
  product[1] += weightS * expected * y
  product[2] += weightS * expected * z
  feltSquare[0] += weightS * x * x
  feltSquare[1] += weightS * y * y
  feltSquare[2] += weightS * z * z
  feltSquare[3] += weightS * x * y
  feltSquare[4] += weightS * x * z
  feltSquare[5] += weightS * y * z
}

/**
 * The rotation about the vertical under which what was felt fits best what was expected, in least squares: with `left` = up × forward,
 * `left · T` is `forward · (T × up)`, so forward is the direction of S + T × up, where S and T are the horizontal covariances of the
 * acceleration with the change of speed and with turning.
 */
export function findVehicleAxes({ lastsMs, gravity, turning, speeding, straight }: GatheredDrive): VehicleAxes | NoAxes {
  if (!(lastsMs >= durationMsMin)) return 'too-short'
  const gravityMps2 = lengthOf(gravity)
  if (!(gravityMps2 >= gravityMps2Min && gravityMps2 <= gravityMps2Max)) return 'no-gravity'
  const up = unit(gravity)
  const expected = expectedVariance(turning) + expectedVariance(speeding)
  if (!(expected >= evidenceMin)) return 'no-manoeuvres'
  const pull = plus(across(covariance(speeding), up), cross(covariance(turning), up))
  const forward = straighten(unit(pull), up, straight)
  const left = cross(up, forward)
  const felt = variance(speeding, forward, forward) + variance(turning, left, left)
  const confidence = dot(forward, pull) / Math.sqrt(expected * felt)
  return confidence >= confidenceMin ? { forward, left, up, gravityMps2, confidence } : 'no-agreement'
}

/**
 * Who brakes into turns tilts what turns say about left, and a speed told late what it says about forward. Straight on, a vehicle is
 * pushed forward and back only: the direction of the largest variance there, within 45 degrees of the first guess, is forward, if it
 * clearly stands out.
 */
function straighten(forward: Vector, up: Vector, straight: Evidence): Vector {
  const left = cross(up, forward)
  const [vff, vll, vfl] = [
    variance(straight, forward, forward),
    variance(straight, left, left),
    variance(straight, forward, left),
  ]
  const root = Math.sqrt(((vff - vll) / 2) ** 2 + vfl * vfl)
  const [larger, smaller] = [(vff + vll) / 2 + root, (vff + vll) / 2 - root]
  // (larger - vll, vfl) is the eigenvector of the larger variance; forward's share of it is positive.
  if (!(vff > vll && larger >= standsOutMin * smaller)) return forward
  const [a, b] = [larger - vll, vfl]
  return unit([a * forward[0] + b * left[0], a * forward[1] + b * left[1], a * forward[2] + b * left[2]])
}

function expectedVariance({ weightS, expected, expectedSquare }: Evidence): number {
  return weightS > 0 ? expectedSquare - (expected * expected) / weightS : 0
}

function covariance({ weightS, expected, felt, product }: Evidence): Vector {
  if (!(weightS > 0)) return [0, 0, 0]
  const mean = expected / weightS
  return [product[0] - mean * felt[0], product[1] - mean * felt[1], product[2] - mean * felt[2]]
}

/** Covariance of what was felt along two directions. */
function variance({ weightS, felt, feltSquare: [xx, yy, zz, xy, xz, yz] }: Evidence, one: Vector, other: Vector): number {
  if (!(weightS > 0)) return 0
  const [a, b, c] = one
  const [d, e, f] = other
  const square = xx * a * d + yy * b * e + zz * c * f + xy * (a * e + b * d) + xz * (a * f + c * d) + yz * (b * f + c * e)
  return square - (dot(felt, one) * dot(felt, other)) / weightS
}
