// How a phone lay in the vehicle, learned from a trip reading by reading: a mounting lasts until the phone is taken in the hand or
// moved, and the next one is learned anew. Memory does not grow with the trip, only with the mountings that were found.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { known } from './known.ts'
import { addEvidence, type Evidence, findVehicleAxes, noEvidence, type VehicleAxes } from './phone-axes.ts'
import { type MotionSample, type MotionState, newMotion, readMotion, shortestTurnRad } from './phone-motion.ts'
import { angleDeg, dot, lengthOf, plus, scaled, unit, type Vector } from './vector.ts'

export interface Mounting {
  readonly fromMs: number
  readonly untilMs: number
  readonly axes: VehicleAxes
}

/** Manoeuvres take about a second: shaking is averaged away over this. */
const blockMs = 500
/** Half a second of turning faster is a hand; no vehicle that stays on its wheels turns so fast. */
const handDegPerS = 75
/** Without a hand for this long the phone lies still in the vehicle. */
const settleBlocks = 6
/** How fast the present tilt follows, in blocks: braking and turning tilt what is felt for some seconds only. */
const tiltBlocks = 10
/** Of the present tilt against the mounting's own. */
const movedDeg = 25
const steadyDeg = 10
/** So many blocks make a mounting's own tilt. */
const ownTiltBlocks = 20
/** In a trip. More is a phone that is not mounted. */
const mountingsMax = 64
const straightDegPerS = 3
/** Of the filter with which a phone takes gravity off. */
const filterMs = 1000
/** Where no speed is told: what matters is the direction. */
const speedWhereUnknownMps = 10
const speedHoldMs = 2500
/** Between two speeds, for their slope. */
const slopeMsMin = 500
const slopeMsMax = 3000
const headingMpsMin = 4
/** m/s² around zero, and the width of a step, in which gravity's median is looked for. */
const medianMps2Max = 20
const medianStepMps2 = 0.05

interface Segment {
  readonly fromMs: number
  /** The last block that lay as the first ones did. */
  steadyMs: number
  blocks: number
  tilt: Vector
  readonly gravity: readonly [Uint32Array, Uint32Array, Uint32Array]
  readonly turning: Evidence
  readonly speeding: Evidence
  readonly straight: Evidence
  /** What turning asks for, m/s², and what of it a filter that takes gravity off lets through. */
  before: number
  fast: number
}

interface Sum {
  startMs: number
  count: number
  acceleration: Vector
  gravity: Vector
  rotation: Vector
  rotations: number
  isFiltered: boolean
}

interface Told {
  readonly tMs: number
  readonly mps: number | undefined
  readonly headingDeg: number | undefined
}

/** What is learned so far; begin each trip with a new one. */
export interface MountingLearner {
  readonly motion: MotionState
  readonly found: Mounting[]
  segment: Segment | undefined
  frame: number
  block: Sum
  /** Since a speed was told last. */
  sinceTold: Sum
  told: Told | undefined
  presentTilt: Vector | undefined
  settled: number
  settledFromMs: number
}

export function newLearner(): MountingLearner {
  return {
    motion: newMotion(),
    found: [],
    segment: undefined,
    frame: 0,
    block: emptySum(Number.NaN),
    sinceTold: emptySum(Number.NaN),
    told: undefined,
    presentTilt: undefined,
    settled: 0,
    settledFromMs: Number.NaN,
  }
}

/** @param reading of one device, each later than the one before it */
export function learnMounting(learner: MountingLearner, reading: VehicleReading): void {
  const sample = readMotion(learner.motion, reading)
  if (sample !== undefined) {
    const startMs = Math.floor(sample.tMs / blockMs) * blockMs
    if (startMs !== learner.block.startMs || sample.frame !== learner.frame) {
      endBlock(learner)
      learner.block = emptySum(startMs)
    }
    if (sample.frame !== learner.frame) {
      endSegment(learner, reading.takenAtMs)
      learner.frame = sample.frame
    }
    addSample(learner.block, sample)
    addSample(learner.sinceTold, sample)
  }
  if (known(reading.values.Speed) !== undefined) hearSpeed(learner, reading.takenAtMs, reading.values)
}

/** In order of time; what is still being learned ends now. The learner is not to be used further. */
export function mountingsOf(learner: MountingLearner): readonly Mounting[] {
  endBlock(learner)
  endSegment(learner, Number.POSITIVE_INFINITY)
  return learner.found
}

function endBlock(learner: MountingLearner): void {
  const { block } = learner
  if (block.count === 0) return
  const acceleration = scaled(block.acceleration, 1 / block.count)
  const gravity = scaled(block.gravity, 1 / block.count)
  const rotation = block.rotations > 0 ? scaled(block.rotation, 1 / block.rotations) : undefined
  if (rotation !== undefined && lengthOf(rotation) >= handDegPerS) {
    endSegment(learner, block.startMs)
    return
  }
  const before = learner.presentTilt ?? gravity
  const tilt = plus(before, scaled(plus(gravity, scaled(before, -1)), 1 / tiltBlocks))
  learner.presentTilt = tilt
  const { segment } = learner
  if (segment === undefined) {
    settle(learner, block.startMs, angleDeg(before, gravity))
    return
  }
  if (segment.blocks >= ownTiltBlocks) {
    const turnedDeg = angleDeg(tilt, segment.tilt)
    if (turnedDeg > movedDeg) {
      endSegment(learner, segment.steadyMs)
      return
    }
    if (turnedDeg <= steadyDeg) segment.steadyMs = block.startMs + blockMs
  }
  segment.blocks += 1
  segment.tilt = plus(segment.tilt, gravity)
  countGravity(segment, gravity)
  const yaw = rotation === undefined ? undefined : dot(rotation, unit(segment.tilt))
  if (yaw === undefined) return
  const { told } = learner
  const mps = told?.mps !== undefined && block.startMs - told.tMs <= speedHoldMs ? told.mps : speedWhereUnknownMps
  const turning = (mps * yaw * Math.PI) / 180
  segment.fast = (segment.fast + turning - segment.before) * (filterMs / (filterMs + blockMs))
  segment.before = turning
  addEvidence(segment.turning, blockMs / 1000, block.isFiltered ? segment.fast : turning, acceleration)
  if (Math.abs(yaw) <= straightDegPerS) addEvidence(segment.straight, blockMs / 1000, 0, acceleration)
}

function settle(learner: MountingLearner, startMs: number, turnedDeg: number): void {
  if (learner.settled === 0 || !(turnedDeg <= movedDeg)) {
    learner.settled = 0
    learner.settledFromMs = startMs
  }
  learner.settled += 1
  if (learner.settled < settleBlocks || learner.found.length >= mountingsMax) return
  const bins = (): Uint32Array => new Uint32Array((2 * medianMps2Max) / medianStepMps2)
  learner.segment = {
    fromMs: learner.settledFromMs,
    steadyMs: startMs,
    blocks: 0,
    tilt: [0, 0, 0],
    gravity: [bins(), bins(), bins()],
    turning: noEvidence(),
    speeding: noEvidence(),
    straight: noEvidence(),
    before: 0,
    fast: 0,
  }
}

function endSegment(learner: MountingLearner, untilMs: number): void {
  const { segment } = learner
  learner.segment = undefined
  learner.presentTilt = undefined
  learner.settled = 0
  if (segment === undefined) return
  const gravity: Vector = [medianIn(segment.gravity[0]), medianIn(segment.gravity[1]), medianIn(segment.gravity[2])]
  const axes = findVehicleAxes({ ...segment, lastsMs: segment.blocks * blockMs, gravity })
  if (typeof axes !== 'string') learner.found.push({ fromMs: segment.fromMs, untilMs, axes })
}

/** The change of the speed told says how the vehicle was pushed since; without a gyroscope so does the change of its heading. */
function hearSpeed(learner: MountingLearner, tMs: number, { Speed, Heading }: VehicleValues): void {
  const { told, sinceTold, segment } = learner
  const mps = (Speed ?? 0) / 3.6
  const headingDeg = mps >= headingMpsMin ? known(Heading) : undefined
  learner.told = { tMs, mps, headingDeg }
  learner.sinceTold = emptySum(tMs)
  if (told?.mps === undefined || segment === undefined || sinceTold.count === 0) return
  const seconds = (tMs - told.tMs) / 1000
  if (!(seconds * 1000 >= slopeMsMin && seconds * 1000 <= slopeMsMax)) return
  const acceleration = scaled(sinceTold.acceleration, 1 / sinceTold.count)
  addEvidence(segment.speeding, seconds, (mps - told.mps) / seconds, acceleration)
  if (sinceTold.rotations > 0 || headingDeg === undefined || told.headingDeg === undefined) return
  const turnedRad = shortestTurnRad(((told.headingDeg - headingDeg) * Math.PI) / 180)
  addEvidence(segment.turning, seconds, (((mps + told.mps) / 2) * turnedRad) / seconds, acceleration)
}

function emptySum(startMs: number): Sum {
  return { startMs, count: 0, acceleration: [0, 0, 0], gravity: [0, 0, 0], rotation: [0, 0, 0], rotations: 0, isFiltered: false }
}

function addSample(sum: Sum, { acceleration, gravity, rotation, isFiltered }: MotionSample): void {
  sum.count += 1
  sum.isFiltered = isFiltered
  sum.acceleration = plus(sum.acceleration, acceleration)
  sum.gravity = plus(sum.gravity, gravity ?? acceleration)
  if (rotation === undefined) return
  sum.rotation = plus(sum.rotation, rotation)
  sum.rotations += 1
}

function countGravity({ gravity }: Segment, vector: Vector): void {
  gravity.forEach((bins, axis) => {
    const bin = Math.floor(((vector[axis] ?? 0) + medianMps2Max) / medianStepMps2)
    const inside = Math.max(0, Math.min(bins.length - 1, bin))
    bins[inside] = (bins[inside] ?? 0) + 1
  })
}

/** Half of the time a vehicle neither brakes nor turns, so medians keep gravity and leave driving out. */
function medianIn(bins: Uint32Array): number {
  const half = bins.reduce((sum, count) => sum + count, 0) / 2
  let below = 0
  for (let bin = 0; bin < bins.length; bin += 1) {
    const count = bins[bin] ?? 0
    if (count > 0 && below + count >= half) return (bin + (half - below) / count) * medianStepMps2 - medianMps2Max
    below += count
  }
  return Number.NaN
}
