// The state of a planned drive at any moment: where the vehicle is, how fast, and what it feels, as a sensor feels it that averages over
// about a second.

import { stepM, type Track } from '../road/track.ts'
import type { DrivePlan } from './plan-drive.ts'

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
  const { track, speeds, reachedS, dwellS, seconds } = plan
  const last = track.length - 1
  // The row that was reached last; moments asked for one after the other are near each other.
  let row = 0
  let [drivenM, speedMps] = [0, 0]
  /** Fills in the two above. */
  const moveTo = (second: number): void => {
    if (second <= 0 || second >= seconds) {
      drivenM = second <= 0 ? 0 : last * stepM
      speedMps = 0
      return
    }
    if ((reachedS[row] ?? 0) > second + 60) row = 0
    while (row > 0 && (reachedS[row] ?? 0) > second) row -= 1
    while (row < last && (reachedS[row + 1] ?? 0) <= second) row += 1
    const leavesS = (reachedS[row] ?? 0) + (dwellS[row] ?? 0)
    const before = speeds[row] ?? 0
    drivenM = row * stepM
    speedMps = before
    const elapsedS = second - leavesS
    const lastsS = (reachedS[row + 1] ?? leavesS) - leavesS
    if (elapsedS <= 0 || lastsS <= 0) return
    const mps2 = ((speeds[row + 1] ?? 0) - before) / lastsS
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
      const longitudinalMps2 = -speedAt(second - 0.5) + speedAt(second + 0.5)
      let [lateralMps2, yawRadPerS] = [0, 0]
      for (const look of looksS) {
        moveTo(second + look)
        const curvature = mixed(track.curvature, drivenM / stepM)
        lateralMps2 += (speedMps ** 2 * curvature) / looksS.length
        yawRadPerS += (speedMps * curvature) / looksS.length
      }
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

/** Between two rows the short way round. */
function headingAt({ headingDegrees }: Track, along: number): number {
  const row = Math.min(Math.floor(along), headingDegrees.length - 1)
  const [before, after] = [headingDegrees[row] ?? 0, headingDegrees[Math.min(row + 1, headingDegrees.length - 1)] ?? 0]
  const turn = ((((after - before) % 360) + 540) % 360) - 180
  return (before + turn * Math.min(1, along - row) + 360) % 360
}

function mixed(column: Track['eastM'], along: number): number {
  const row = Math.min(Math.floor(along), column.length - 1)
  const [before, after] = [column[row] ?? 0, column[Math.min(row + 1, column.length - 1)] ?? 0]
  return before + (after - before) * Math.min(1, along - row)
}
