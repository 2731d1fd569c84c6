// How a driver takes a track: stops, bends, limits, vehicles ahead and the odd fright become a speed along the way, within what the
// vehicle can do. Positions are metres on the map; the state of any moment is drive-state.ts's.

import type { DrivingManner, HardManoeuvres } from '../drive.ts'
import type { Random } from '../random.ts'
import { stepM, type Track } from '../road/track.ts'
import type { Traffic } from '../road/traffic.ts'
import { usualTraffic } from '../road/traffic.ts'
import { familyCar, gripMps2, leftOfGrip, pullMps2, type VehicleModel } from './vehicle-model.ts'

export interface DriveConditions {
  readonly model: VehicleModel
  readonly isWet: boolean
  readonly traffic: Traffic
}

export const usualConditions: DriveConditions = { model: familyCar, isWet: false, traffic: usualTraffic }

/** A drive as planned, small enough that thousands are held at once: between two rows the acceleration is constant. */
export interface DrivePlan {
  readonly track: Track
  /** m/s, at each row of the track. */
  readonly speeds: Float32Array
  /** How long the vehicle stands, by row. */
  readonly dwellS: ReadonlyMap<number, number>
  /** When every `anchorRows`th row is reached, seconds from setting off. */
  readonly anchorsS: Float64Array
  /** From setting off to standing at the end. */
  readonly seconds: number
}

export const anchorRows = 16

/** The stop line lies before the middle of the crossing. */
const stopLineM = 8
/** Nobody creeps slower than that through a bend. */
const creepMps = 2.5
/** Of the tyres' grip, what a driver dares in a bend. */
const daredShare = 0.85
/** A manoeuvre out of the ordinary lasts so long that a look a second sees it at its full size. */
const hardSeconds = { min: 2.1, max: 2.8 } as const
/** A bend in which a driver can be too fast is tighter than that; it begins and ends so many rows around it. */
const bendCurvatureMin = 1 / 70
const bendReach = 10
/** To each side of a row. */
const feltRows = 2
/** Two of them are never at once. */
const apartRows = 80 / stepM
const perRow = stepM / 1000

/** @param random drawn from until the drive is planned, never afterwards */
export function planDrive(track: Track, manner: DrivingManner, random: Random, conditions = usualConditions): DrivePlan {
  const count = track.length
  const { traffic, model, isWet } = conditions
  const grip = gripMps2(model, isWet)
  const dwellS = new Map<number, number>()
  for (const crossing of track.crossings)
    if (random.chance(traffic.stopChance))
      dwellS.set(Math.max(1, crossing - Math.round(stopLineM / stepM)), random.between(6, 32))

  const braking = new Float32Array(count)
  const acceleration = new Float32Array(count)
  const legs = [0, ...track.crossings, count]
  legs.slice(1).forEach((end, index) => {
    const gentle = Math.max(0.8, random.around(manner.brakingMps2, manner.brakingSpreadMps2))
    const eager = Math.max(0.7, random.around(manner.accelerationMps2, manner.brakingSpreadMps2 / 2))
    braking.fill(gentle, legs[index], end)
    acceleration.fill(eager, legs[index], end)
  })

  const lateral = new Float32Array(count).fill(manner.lateralMps2)
  takeBendsHard(track, dwellS, lateral, manner.hardCornering, random)
  const [slowPhase, quickPhase] = [random.between(0, 2 * Math.PI), random.between(0, 2 * Math.PI)]
  const wanted = new Float32Array(count)
  for (let row = 0; row < count; row += 1) {
    const alongM = row * stepM
    const limitKph = track.limitKph[row] ?? 0
    const mood = 1 + 0.03 * Math.sin(alongM / 70 + slowPhase) + 0.015 * Math.sin(alongM / 27 + quickPhase)
    const share = limitKph >= 50 ? Math.min(manner.speedShare, traffic.speedShareMax) : manner.speedShare
    const dared = Math.min(lateral[row] ?? 0, daredShare * grip)
    const bend = Math.sqrt(dared / Math.max(1e-6, Math.abs(track.curvature[row] ?? 0)))
    wanted[row] = Math.min((limitKph / 3.6) * share * mood, Math.max(creepMps, bend))
    if (dwellS.has(row)) wanted[row] = 0
  }
  wanted[0] = 0
  wanted[count - 1] = 0
  const limits = { track, acceleration, braking, grip, pull: (mps: number) => pullMps2(model, mps, isWet) }
  const cruise = reachable(wanted, limits)
  meetTraffic(cruise, wanted, braking, manner, traffic.slowdownsPerKm, random)
  pullHard(cruise, wanted, acceleration, manner.hardAcceleration, limits.pull, random)
  brakeHard(cruise, wanted, braking, manner.hardBraking, random)
  return timed(track, reachable(wanted, limits), dwellS)
}

interface Limits {
  readonly track: Track
  readonly acceleration: Float32Array
  readonly braking: Float32Array
  readonly grip: number
  readonly pull: (speedMps: number) => number
}

/** The highest speeds below the wanted ones that the driver, the engine and the tyres allow. */
function reachable(wanted: Float32Array, { track, acceleration, braking, grip, pull }: Limits): Float32Array {
  const speeds = Float32Array.from(wanted)
  const gripAt = (row: number, speed: number): number => leftOfGrip(grip, speed ** 2 * (track.curvature[row] ?? 0))
  for (let row = 1; row < speeds.length; row += 1) {
    const before = speeds[row - 1] ?? 0
    const most = Math.max(0, Math.min(acceleration[row - 1] ?? 0, pull(before), gripAt(row - 1, before)))
    speeds[row] = Math.min(speeds[row] ?? 0, Math.sqrt(before ** 2 + 2 * most * stepM))
  }
  for (let row = speeds.length - 2; row >= 0; row -= 1) {
    const after = speeds[row + 1] ?? 0
    const most = Math.min(braking[row] ?? 0, gripAt(row + 1, after))
    speeds[row] = Math.min(speeds[row] ?? 0, Math.sqrt(after ** 2 + 2 * most * stepM))
  }
  return speeds
}

/** Tyres are asked for more than usual in some of the tight bends that are taken without a stop. */
function takeBendsHard(
  track: Track,
  dwellS: ReadonlyMap<number, number>,
  lateral: Float32Array,
  { perKm, sizesMps2 }: HardManoeuvres,
  random: Random,
): void {
  const bends = bendsOf(track).filter(({ first, last }) => ![...dwellS.keys()].some((row) => row >= first && row < last))
  for (let left = timesOn(track.length, perKm, random); left > 0 && bends.length > 0; left -= 1) {
    const [bend] = bends.splice(random.whole(0, bends.length - 1), 1)
    // The tightest point is over before it is felt in full.
    if (bend !== undefined) lateral.fill(random.pick(sizesMps2) * (bend.peak / bend.felt), bend.first, bend.last)
  }
}

/** How often something that is done so often per kilometre is done on a way of so many rows. */
function timesOn(rows: number, perKm: number, random: Random): number {
  const wanted = rows * perRow * perKm
  const gap = (): number => -Math.log(1 - random.next())
  let times = 0
  // Poisson, by the gaps between them.
  let at = gap()
  while (at < wanted) {
    times += 1
    at += gap()
  }
  return times
}

interface Bend {
  /** Rows with the way in and out. */
  readonly first: number
  readonly last: number
  /** 1/m: at the tightest row, and as a mean over what the better part of a second takes. */
  readonly peak: number
  readonly felt: number
}

/** Bends in which a driver can be too fast. */
function bendsOf({ curvature, length }: Track): Bend[] {
  const bends: Bend[] = []
  let open: { from: number; peak: number; felt: number } | undefined
  for (let row = 0; row < length; row += 1) {
    let felt = 0
    for (let near = row - feltRows; near <= row + feltRows; near += 1) felt += (curvature[near] ?? 0) / (2 * feltRows + 1)
    felt = Math.abs(felt)
    if (felt >= bendCurvatureMin) {
      open ??= { from: row, peak: 0, felt: 0 }
      open.peak = Math.max(open.peak, Math.abs(curvature[row] ?? 0))
      open.felt = Math.max(open.felt, felt)
    } else if (open !== undefined) {
      const { from, ...tightest } = open
      bends.push({ first: Math.max(0, from - bendReach), last: Math.min(length, row + bendReach), ...tightest })
      open = undefined
    }
  }
  return bends
}

/** A vehicle ahead slows down: how hard one has to brake for it depends on the distance that was kept. */
function meetTraffic(
  cruise: Float32Array,
  wanted: Float32Array,
  braking: Float32Array,
  manner: DrivingManner,
  perKm: number,
  random: Random,
): void {
  for (let row = 0; row < cruise.length; row += 1) {
    const speed = cruise[row] ?? 0
    if (!random.chance(perKm * perRow) || speed < 8) continue
    const slowed = speed * random.between(0.45, 0.8)
    // The vehicle ahead is still rolling, so about twice the distance kept is left to slow down in.
    const roomM = 2 * manner.headwayS * speed + 10
    const needed = (speed ** 2 - slowed ** 2) / (2 * roomM)
    const asked = Math.min(Math.max(needed, 0.5), manner.brakingMps2 + manner.brakingSpreadMps2)
    const lasts = random.whole(8, 30)
    for (let ahead = row; ahead < Math.min(row + lasts, wanted.length); ahead += 1)
      wanted[ahead] = Math.min(wanted[ahead] ?? 0, slowed)
    braking.fill(asked, Math.max(0, row - Math.ceil(roomM / stepM)), row)
    row += lasts
  }
}

/** Frights: anywhere on the way where the vehicle is fast enough for one. */
function brakeHard(
  cruise: Float32Array,
  wanted: Float32Array,
  braking: Float32Array,
  { perKm, sizesMps2 }: HardManoeuvres,
  random: Random,
): void {
  const isTaken = new Uint8Array(cruise.length)
  for (let left = timesOn(cruise.length, perKm, random); left > 0; left -= 1) {
    const size = random.pick(sizesMps2)
    const lostMps = size * random.between(hardSeconds.min, hardSeconds.max)
    const reachTo = (speed: number): number => Math.ceil((speed ** 2 - (speed - lostMps) ** 2) / (2 * size) / stepM)
    const rows: number[] = []
    cruise.forEach((speed, row) => {
      const isPossible = speed - lostMps >= creepMps && isTaken[row] === 0
      if (isPossible && isEven(cruise, row - reachTo(speed) - 4, row, speed)) rows.push(row)
    })
    if (rows.length === 0) continue
    const row = random.pick(rows)
    const speed = cruise[row] ?? 0
    wanted[row] = Math.min(wanted[row] ?? 0, speed - lostMps)
    braking.fill(size, Math.max(0, row - reachTo(speed)), row)
    isTaken.fill(1, Math.max(0, row - apartRows), row + apartRows)
  }
}

/** Where the vehicle gains speed anyway and has enough of it still to gain. */
function pullHard(
  cruise: Float32Array,
  wanted: Float32Array,
  acceleration: Float32Array,
  { perKm, sizesMps2 }: HardManoeuvres,
  pull: (speedMps: number) => number,
  random: Random,
): void {
  const isTaken = new Uint8Array(cruise.length)
  for (let left = timesOn(cruise.length, perKm, random); left > 0; left -= 1) {
    const size = random.pick(sizesMps2)
    const gainedMps = size * random.between(hardSeconds.min, hardSeconds.max)
    const reachFrom = (speed: number): number => Math.ceil(((speed + gainedMps) ** 2 - speed ** 2) / (2 * size) / stepM)
    const rows: number[] = []
    cruise.forEach((speed, row) => {
      const isPossible = isTaken[row] === 0 && pull(speed + gainedMps) >= size
      if (isPossible && isFree(wanted, row, row + reachFrom(speed), speed, size)) rows.push(row)
    })
    if (rows.length === 0) continue
    const row = random.pick(rows)
    acceleration.fill(size, row, row + reachFrom(cruise[row] ?? 0))
    isTaken.fill(1, Math.max(0, row - apartRows), row + apartRows)
  }
}

/** Whether the vehicle keeps about this speed on the rows. */
function isEven(speeds: Float32Array, from: number, to: number, speed: number): boolean {
  if (from < 0) return false
  for (let row = from; row < to; row += 1) if (Math.abs((speeds[row] ?? 0) - speed) > 0.12 * speed) return false
  return true
}

/** Whether nothing ahead asks for less than pulling like this would reach. */
function isFree(wanted: Float32Array, from: number, to: number, speed: number, mps2: number): boolean {
  if (to >= wanted.length) return false
  for (let row = from + 1; row <= to; row += 1)
    if ((wanted[row] ?? 0) ** 2 < speed ** 2 + 2 * mps2 * (row - from) * stepM) return false
  return true
}

function timed(track: Track, speeds: Float32Array, dwellS: ReadonlyMap<number, number>): DrivePlan {
  const anchorsS = new Float64Array(Math.ceil(speeds.length / anchorRows))
  let atS = 0
  for (let row = 0; row < speeds.length - 1; row += 1) {
    if (row % anchorRows === 0) anchorsS[row / anchorRows] = atS
    atS += secondsPast({ speeds, dwellS }, row)
  }
  if ((speeds.length - 1) % anchorRows === 0) anchorsS[(speeds.length - 1) / anchorRows] = atS
  return { track, speeds, dwellS, anchorsS, seconds: atS }
}

/** From reaching a row to reaching the next, with the stand in between. */
export function secondsPast({ speeds, dwellS }: Pick<DrivePlan, 'speeds' | 'dwellS'>, row: number): number {
  const speed = speeds[row] ?? 0
  const stoodS = speed === 0 ? (dwellS.get(row) ?? 0) : 0
  return stoodS + (2 * stepM) / Math.max(0.1, speed + (speeds[row + 1] ?? 0))
}
