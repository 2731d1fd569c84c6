// Finds a driver's parameters in recorded drives: how hard and how often they brake, pull and corner, and what everyday driving is. Drives
// simulated with them have about as many manoeuvres of each size per kilometre as the recording.

import type { VehicleReading } from '../contract/reading.ts'
import { type DrivingManner, drivingManners, type HardManoeuvres } from './drive.ts'

/** In the order they are checked. */
export type FittedDriver =
  | { readonly kind: 'fitted'; readonly manner: DrivingManner; readonly km: number }
  | { readonly kind: 'no-speed' }
  | { readonly kind: 'too-short'; readonly km: number }
  | { readonly kind: 'no-accelerometer' }

/** Less says little about anybody. */
export const fitKmMin = 3
/** From here on a manoeuvre is out of the ordinary; everyday figures stay below it. */
const hardMps2 = 2.7
const everydayMps2 = { least: 0.5, most: 2.55 } as const
/** A bell of four uniform numbers never reaches further. */
const bellReach = 3.47
/** What dips for no longer than this is one manoeuvre. */
const apartMs = 1500
const sampleMsMax = 2500
/** Slower manoeuvres are parking. */
const kphMin = { along: 10, across: 15 } as const
/** Nobody keeps a speed exactly: the fastest of free driving are so much above what is meant. */
const unevenness = 0.02
/** Of the change of speed, or of heading, that a manoeuvre implies: with less it was a knock. */
const confirmedShare = 0.4
const speedLagRows = 2

interface Row {
  readonly atMs: number
  readonly mps: number
  readonly along: number
  readonly across: number
  /** rad/s to the left; NaN where not known. */
  readonly yaw: number
}

interface Found {
  readonly peak: number
  readonly mean: number
}

/** @param drives each of one trip, in order of time, about a reading a second; acceleration in the vehicle's axes */
export function fitDriver(drives: readonly (readonly VehicleReading[])[]): FittedDriver {
  const readings = drives.flat()
  if (!readings.some(({ values }) => values.Speed !== undefined)) return { kind: 'no-speed' }
  const rows = drives.map(rowsOf)
  const km = rows.reduce((sum, drive) => sum + metresOf(drive) / 1000, 0)
  if (km < fitKmMin) return { kind: 'too-short', km }
  const along = rows.flatMap((drive) => drive.filter(({ along: mps2 }) => !Number.isNaN(mps2)))
  if (along.length === 0) return { kind: 'no-accelerometer' }
  const found = (sign: 1 | -1, axis: 'along' | 'across', least: number): readonly Found[] =>
    rows.flatMap((drive) => manoeuvres(drive, sign, axis, least))
  const braking = everyday(found(-1, 'along', everydayMps2.least))
  const pulling = everyday(found(1, 'along', everydayMps2.least))
  const bends = rows.flatMap((drive) =>
    drive.filter(({ mps }) => mps * 3.6 >= kphMin.across).map(({ across }) => Math.abs(across)),
  )
  return {
    kind: 'fitted',
    km,
    manner: {
      speedShare: speedShareOf(readings),
      // What is ahead no recording tells.
      headwayS: drivingManners.average.headwayS,
      accelerationMps2: pulling.median,
      brakingMps2: braking.median,
      brakingSpreadMps2: braking.spread,
      lateralMps2: Math.min(
        everydayMps2.most,
        Math.max(
          1,
          quantile(
            bends.filter((mps2) => mps2 < hardMps2),
            0.98,
          ),
        ),
      ),
      hardBraking: hardOf(found(-1, 'along', hardMps2), km),
      hardAcceleration: hardOf(found(1, 'along', hardMps2), km),
      hardCornering: hardOf([...found(1, 'across', hardMps2), ...found(-1, 'across', hardMps2)], km),
      phoneMinutesPerHour: phoneMinutesPerHour(readings),
    },
  }
}

function rowsOf(drive: readonly VehicleReading[]): readonly Row[] {
  const told = drive.flatMap(({ takenAtMs, values }) => {
    const { Speed, AccelerationLongitudinal = Number.NaN, AccelerationLateral = Number.NaN, AngularVelocityYaw } = values
    if (Speed === undefined) return []
    const yaw = AngularVelocityYaw === undefined ? Number.NaN : (AngularVelocityYaw * Math.PI) / 180
    return [{ atMs: takenAtMs, mps: Speed / 3.6, along: AccelerationLongitudinal, across: AccelerationLateral, yaw }]
  })
  // A mounting that is a little tilted leans on every value alike.
  const [alongBias, acrossBias] = [median(told.map(({ along }) => along)), median(told.map(({ across }) => across))]
  return told.map((row) => ({ ...row, along: row.along - alongBias, across: row.across - acrossBias }))
}

function metresOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row, index) => {
    const before = rows[index - 1]
    const stepMs = before === undefined ? Number.POSITIVE_INFINITY : row.atMs - before.atMs
    return stepMs > sampleMsMax || before === undefined ? sum : sum + ((row.mps + before.mps) / 2) * (stepMs / 1000)
  }, 0)
}

function manoeuvres(rows: readonly Row[], sign: 1 | -1, axis: 'along' | 'across', least: number): readonly Found[] {
  const found: Found[] = []
  let open: Row[] = []
  let [first, last] = [0, 0]
  const close = (): void => {
    const sizes = open.map((row) => sign * row[axis])
    const isFast = open.some(({ mps }) => mps * 3.6 >= kphMin[axis])
    if (open.length > 0 && isFast && isConfirmed(rows, first, last, sign, axis))
      found.push({ peak: Math.max(...sizes), mean: sizes.reduce((sum, size) => sum + size, 0) / sizes.length })
    open = []
  }
  rows.forEach((row, index) => {
    const before = open.at(-1)
    if (before !== undefined && row.atMs - before.atMs > (index - last === 1 ? sampleMsMax : apartMs)) close()
    if (!(sign * row[axis] >= least)) return
    if (open.length === 0) first = index
    last = index
    open.push(row)
  })
  close()
  return found
}

/** Along the road the speed has to change with it, across it the heading. */
function isConfirmed(rows: readonly Row[], first: number, last: number, sign: 1 | -1, axis: 'along' | 'across'): boolean {
  const inside = rows.slice(first, last + 1)
  const implied = confirmedShare * inside.reduce((sum, row) => sum + sign * row[axis], 0)
  if (axis === 'along') {
    const near = rows.slice(Math.max(0, first - speedLagRows), last + speedLagRows + 1).map(({ mps }) => sign * mps)
    let [lowest, change] = [Number.POSITIVE_INFINITY, 0]
    for (const mps of near) {
      lowest = Math.min(lowest, mps)
      change = Math.max(change, mps - lowest)
    }
    return change >= implied
  }
  const turned = rows.slice(Math.max(0, first - 1), last + 2).reduce((sum, row) => sum + sign * row.yaw * Math.max(1, row.mps), 0)
  return Number.isNaN(turned) || turned >= implied
}

function hardOf(found: readonly Found[], km: number): HardManoeuvres {
  const sizesMps2 = found.map(({ peak }) => Math.round(peak * 100) / 100).sort((one, other) => one - other)
  return { perKm: sizesMps2.length / km, sizesMps2 }
}

/** Median and spread of the manoeuvres' means, so that no everyday one is out of the ordinary. */
function everyday(found: readonly Found[]): { readonly median: number; readonly spread: number } {
  const means = found.map(({ mean }) => mean).filter((mean) => mean < hardMps2)
  const middle = Math.min(2, Math.max(0.9, quantile(means, 0.5) || drivingManners.average.brakingMps2))
  const wanted = (quantile(means, 0.95) - quantile(means, 0.5)) / 1.65 || 0.2
  return { median: middle, spread: Math.min(wanted, (everydayMps2.most - middle) / bellReach) }
}

/** Of the limit, where one is known and the vehicle goes at all steadily; about the limit where none is. */
function speedShareOf(readings: readonly VehicleReading[]): number {
  const shares = readings.flatMap(({ values: { Speed, SpeedLimit } }) =>
    Speed === undefined || SpeedLimit === undefined || SpeedLimit === 0 || Speed < 0.6 * SpeedLimit ? [] : [Speed / SpeedLimit],
  )
  return shares.length === 0 ? 1 : Math.min(1.4, Math.max(0.7, quantile(shares, 0.85) - unevenness))
}

function phoneMinutesPerHour(readings: readonly VehicleReading[]): number {
  let [handledMs, knownMs] = [0, 0]
  let isHandling: boolean | undefined
  let atMs = Number.NaN
  for (const { takenAtMs, values } of readings) {
    const stepMs = takenAtMs - atMs
    if (isHandling !== undefined && stepMs > 0 && stepMs <= sampleMsMax) {
      knownMs += stepMs
      if (isHandling) handledMs += stepMs
    }
    isHandling = values.PhoneHandling ?? isHandling
    atMs = takenAtMs
  }
  return knownMs === 0 ? 0 : (handledMs / knownMs) * 60
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5) || 0
}

/** NaN of nothing. */
function quantile(values: readonly number[], share: number): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort((one, other) => one - other)
  return known[Math.min(known.length - 1, Math.floor(share * known.length))] ?? Number.NaN
}
