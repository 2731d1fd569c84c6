// How a driver takes a track: stops, bends, limits and the odd fright become a speed along the way, and that becomes a state for
// every moment. Positions are metres in the town; vehicle.ts makes readings of it.

import type { Random } from './random.ts'
import { stepM, type Track, type TrackPoint } from './track.ts'

/** How somebody drives. Figures are invented so that the three differ as drivers do; none is measured. */
export interface DrivingManner {
  /** Share of the limit that is driven where nothing is in the way. */
  readonly speedShare: number
  readonly accelerationMps2: number
  readonly brakingMps2: number
  /** From one stop to the next. */
  readonly brakingSpreadMps2: number
  readonly lateralMps2: number
  readonly frightsPerKm: number
  readonly phoneChancePerTrip: number
}

export const drivingManners = {
  calm: {
    speedShare: 0.93,
    accelerationMps2: 1.2,
    brakingMps2: 1.4,
    brakingSpreadMps2: 0.2,
    lateralMps2: 1.7,
    frightsPerKm: 0.008,
    phoneChancePerTrip: 0.01,
  },
  average: {
    speedShare: 0.99,
    accelerationMps2: 1.6,
    brakingMps2: 1.8,
    brakingSpreadMps2: 0.35,
    lateralMps2: 2.2,
    frightsPerKm: 0.05,
    phoneChancePerTrip: 0.06,
  },
  hurried: {
    speedShare: 1.12,
    accelerationMps2: 2.3,
    brakingMps2: 2.4,
    brakingSpreadMps2: 0.5,
    lateralMps2: 3,
    frightsPerKm: 0.22,
    phoneChancePerTrip: 0.2,
  },
} as const satisfies Readonly<Record<string, DrivingManner>>

export type DrivingStyle = keyof typeof drivingManners

const stopChance = 0.4
/** The stop line lies before the middle of the crossing. */
const stopLineM = 8
const frightBrakingMps2 = 4.4
/** Braking out of fright starts this far before what caused it. */
const frightReachM = 60
/** Nobody creeps slower than that through a bend. */
const creepMps = 2.5

export interface DriveState {
  readonly eastM: number
  readonly northM: number
  readonly headingDegrees: number
  readonly speedMps: number
  readonly longitudinalMps2: number
  readonly lateralMps2: number
  /** Positive to the left. */
  readonly yawDegPerS: number
  readonly limitKph: number
  readonly drivenM: number
}

export interface Drive {
  /** From setting off to standing at the end. */
  readonly seconds: number
  /** @param second from 0 to `seconds`; before and after it the vehicle stands */
  stateAt(second: number): DriveState
}

/** A moment between which and the next the acceleration is constant. */
interface Knot {
  readonly atS: number
  readonly drivenM: number
  readonly speedMps: number
}

/** @param random drawn from until the drive is planned, never afterwards */
export function planDrive(track: Track, manner: DrivingManner, random: Random): Drive {
  const { speeds, dwellS } = planSpeeds(track, manner, random)
  const knots = knotsOf(speeds, dwellS)
  const seconds = knots.at(-1)?.atS ?? 0
  return { seconds, stateAt: (second) => stateAt(track, knots, second) }
}

interface SpeedPlan {
  /** m/s at each point of the track. */
  readonly speeds: Float64Array
  /** How long the vehicle stands, by point. */
  readonly dwellS: ReadonlyMap<number, number>
}

function planSpeeds(track: Track, manner: DrivingManner, random: Random): SpeedPlan {
  const count = track.points.length
  const dwellS = new Map<number, number>()
  for (const crossing of track.crossings)
    if (random.chance(stopChance)) dwellS.set(Math.max(1, crossing - Math.round(stopLineM / stepM)), random.between(6, 32))

  const braking = new Float64Array(count)
  const acceleration = new Float64Array(count)
  const legs = [0, ...track.crossings, count]
  legs.slice(1).forEach((end, index) => {
    const gentle = Math.max(0.8, random.around(manner.brakingMps2, manner.brakingSpreadMps2))
    const eager = Math.max(0.7, random.around(manner.accelerationMps2, manner.brakingSpreadMps2 / 2))
    braking.fill(gentle, legs[index], end)
    acceleration.fill(eager, legs[index], end)
  })

  const [slowPhase, quickPhase] = [random.between(0, 2 * Math.PI), random.between(0, 2 * Math.PI)]
  const wanted = Float64Array.from(track.points, (point, index) => {
    const alongM = index * stepM
    const mood = 1 + 0.03 * Math.sin(alongM / 70 + slowPhase) + 0.015 * Math.sin(alongM / 27 + quickPhase)
    const cruise = (point.limitKph / 3.6) * manner.speedShare * mood
    const bend = Math.sqrt(manner.lateralMps2 / Math.max(1e-6, Math.abs(point.curvature)))
    return Math.min(cruise, Math.max(creepMps, bend))
  })
  for (let index = 0; index < count; index += 1) {
    if (!random.chance((manner.frightsPerKm * stepM) / 1000)) continue
    wanted[index] = (wanted[index] ?? 0) * random.between(0.3, 0.6)
    const hard = random.around(frightBrakingMps2, 0.5)
    braking.fill(hard, Math.max(0, index - Math.round(frightReachM / stepM)), index)
  }
  for (const index of [0, ...dwellS.keys(), count - 1]) wanted[index] = 0
  return { speeds: reachable(wanted, acceleration, braking), dwellS }
}

/** The highest speeds below the wanted ones that these accelerations allow. */
function reachable(wanted: Float64Array, acceleration: Float64Array, braking: Float64Array): Float64Array {
  const speeds = Float64Array.from(wanted)
  for (let index = 1; index < speeds.length; index += 1)
    limit(speeds, index, (speeds[index - 1] ?? 0) ** 2 + 2 * (acceleration[index - 1] ?? 0) * stepM)
  for (let index = speeds.length - 2; index >= 0; index -= 1)
    limit(speeds, index, (speeds[index + 1] ?? 0) ** 2 + 2 * (braking[index] ?? 0) * stepM)
  return speeds
}

function limit(speeds: Float64Array, index: number, squared: number): void {
  speeds[index] = Math.min(speeds[index] ?? 0, Math.sqrt(squared))
}

function knotsOf(speeds: Float64Array, dwellS: ReadonlyMap<number, number>): readonly Knot[] {
  const knots: Knot[] = [{ atS: 0, drivenM: 0, speedMps: 0 }]
  let atS = 0
  for (let index = 1; index < speeds.length; index += 1) {
    const [before, speedMps] = [speeds[index - 1] ?? 0, speeds[index] ?? 0]
    atS += (2 * stepM) / Math.max(0.1, before + speedMps)
    knots.push({ atS, drivenM: index * stepM, speedMps })
    const standingS = dwellS.get(index)
    if (standingS === undefined) continue
    atS += standingS
    knots.push({ atS, drivenM: index * stepM, speedMps: 0 })
  }
  return knots
}

function stateAt(track: Track, knots: readonly Knot[], second: number): DriveState {
  const { drivenM, speedMps } = motionAt(knots, second)
  const along = drivenM / stepM
  const [before, after] = [pointAt(track, Math.floor(along)), pointAt(track, Math.floor(along) + 1)]
  const share = along - Math.floor(along)
  const mix = (a: number, b: number): number => a + (b - a) * share
  const curvature = mix(before.curvature, after.curvature)
  return {
    eastM: mix(before.eastM, after.eastM),
    northM: mix(before.northM, after.northM),
    headingDegrees: before.headingDegrees,
    speedMps,
    longitudinalMps2: motionAt(knots, second + 0.5).speedMps - motionAt(knots, second - 0.5).speedMps,
    lateralMps2: speedMps ** 2 * curvature,
    yawDegPerS: (speedMps * curvature * 180) / Math.PI,
    limitKph: before.limitKph,
    drivenM,
  }
}

function motionAt(knots: readonly Knot[], second: number): { readonly drivenM: number; readonly speedMps: number } {
  const [first, last] = [knots[0], knots.at(-1)]
  if (first === undefined || last === undefined || second <= 0) return { drivenM: 0, speedMps: 0 }
  if (second >= last.atS) return { drivenM: last.drivenM, speedMps: 0 }
  let [low, high] = [0, knots.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((knots[middle]?.atS ?? 0) <= second) low = middle
    else high = middle
  }
  const [from, to] = [knots[low] ?? first, knots[high] ?? last]
  const lastsS = to.atS - from.atS
  const elapsedS = second - from.atS
  const accelerationMps2 = lastsS === 0 ? 0 : (to.speedMps - from.speedMps) / lastsS
  return {
    speedMps: from.speedMps + accelerationMps2 * elapsedS,
    drivenM: from.drivenM + from.speedMps * elapsedS + (accelerationMps2 * elapsedS ** 2) / 2,
  }
}

const nowhere: TrackPoint = { eastM: 0, northM: 0, headingDegrees: 0, curvature: 0, limitKph: 50 }

function pointAt(track: Track, index: number): TrackPoint {
  return track.points[Math.min(index, track.points.length - 1)] ?? nowhere
}
