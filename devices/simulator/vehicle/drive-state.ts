// The state of a planned drive at any moment: where the vehicle is, how fast, and what it feels, as a sensor feels it that averages over
// about a second.

import { stepM, type Track } from '../road/track.ts'
import { anchorRows, type DrivePlan, secondsPast } from './plan-drive.ts'

export interface DriveState {
  readonly eastM: number
  readonly northM: number
  readonly headingDegrees: number
  readonly speedMps: number
  readonly longitudinalMps2: number
  /** Positive to the left. */
  readonly lateralMps2: number
  /** Positive to the left. */
  readonly yawDegPerS: number
  readonly limitKph: number
  /** A value of `surroundingsAt`. */
  readonly surroundings: number
  readonly drivenM: number
}

export interface Drive {
  /** From setting off to standing at the end. */
  readonly seconds: number
  /** @param second from 0 to `seconds`; before and after it the vehicle stands. Cheapest in order */
  stateAt(second: number): DriveState
  speedAt(second: number): number
  /** Metres. */
  drivenAt(second: number): number
}

const looksS = [-0.4, -0.2, 0, 0.2, 0.4] as const

export function driveOf(plan: DrivePlan): Drive {
  const { track, speeds, dwellS, anchorsS, seconds } = plan
  const last = track.length - 1
  // The row that was reached last, and when; moments asked for one after the other are near each other.
  let [row, reachedS] = [0, 0]
  let [drivenM, speedMps] = [0, 0]
  /** Always counted on from an anchor, so that a moment is the same whatever was asked before it. */
  const findRow = (second: number): void => {
    while (row > 0 && reachedS > second) {
      row = Math.floor((row - 1) / anchorRows) * anchorRows
      reachedS = anchorsS[row / anchorRows] ?? 0
    }
    for (;;) {
      const next = row + 1
      if (next > last) return
      const nextS = next % anchorRows === 0 ? (anchorsS[next / anchorRows] ?? 0) : reachedS + secondsPast(plan, row)
      if (nextS > second) return
      row = next
      reachedS = nextS
    }
  }
  /** Fills in where and how fast. */
  const moveTo = (second: number): void => {
    if (second <= 0 || second >= seconds) {
      drivenM = second <= 0 ? 0 : last * stepM
      speedMps = 0
      return
    }
    findRow(second)
    const before = speeds[row] ?? 0
    drivenM = row * stepM
    speedMps = before
    const stoodS = before === 0 ? (dwellS.get(row) ?? 0) : 0
    const elapsedS = second - reachedS - stoodS
    if (elapsedS <= 0 || row === last) return
    const mps2 = ((speeds[row + 1] ?? 0) - before) / (secondsPast(plan, row) - stoodS)
    speedMps = before + mps2 * elapsedS
    drivenM += before * elapsedS + (mps2 * elapsedS ** 2) / 2
  }
  const speedAt = (second: number): number => {
    moveTo(second)
    return speedMps
  }
  return {
    seconds,
    speedAt,
    drivenAt(second) {
      moveTo(second)
      return drivenM
    },
    stateAt(second) {
      const beforeMps = speedAt(second - 0.5)
      let [lateralMps2, yawRadPerS] = [0, 0]
      for (const look of looksS) {
        moveTo(second + look)
        const curvature = mixed(track.curvature, drivenM / stepM)
        lateralMps2 += (speedMps ** 2 * curvature) / looksS.length
        yawRadPerS += (speedMps * curvature) / looksS.length
      }
      const longitudinalMps2 = speedAt(second + 0.5) - beforeMps
      moveTo(second)
      const along = drivenM / stepM
      const nearest = Math.min(last, Math.floor(along))
      return {
        eastM: mixed(track.eastM, along),
        northM: mixed(track.northM, along),
        headingDegrees: headingAt(track, along),
        speedMps,
        longitudinalMps2,
        lateralMps2,
        yawDegPerS: (yawRadPerS * 180) / Math.PI,
        limitKph: track.limitKph[nearest] ?? 50,
        surroundings: track.surroundings[nearest] ?? 0,
        drivenM,
      }
    },
  }
}

/** Clockwise from north, 0 to 360; between two rows the short way round. */
export function headingAt(track: Track, along: number): number {
  const row = Math.floor(along)
  const before = directionAt(track, row)
  const turn = ((((directionAt(track, row + 1) - before) % 360) + 540) % 360) - 180
  return (before + turn * Math.min(1, along - row) + 360) % 360
}

function directionAt({ eastM, northM, length }: Track, row: number): number {
  const [before, after] = [Math.max(0, Math.min(row, length - 1) - 1), Math.min(row + 1, length - 1)]
  const east = (eastM[after] ?? 0) - (eastM[before] ?? 0)
  const north = (northM[after] ?? 0) - (northM[before] ?? 0)
  return (Math.atan2(east, north) * 180) / Math.PI
}

function mixed(column: Track['eastM'], along: number): number {
  const row = Math.min(Math.floor(along), column.length - 1)
  const [before, after] = [column[row] ?? 0, column[Math.min(row + 1, column.length - 1)] ?? 0]
  return before + (after - before) * Math.min(1, along - row)
}
