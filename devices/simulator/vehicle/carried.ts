// A way that a vehicle is carried: on a ferry, straight and even, or on a tow truck along the roads. Nobody drives, the ignition is off.

import type { Random } from '../random.ts'
import { stepM, type Track } from '../road/track.ts'
import { type Drive, type DriveState, headingAt } from './drive-state.ts'

const rampMps2 = 0.05
const ferryMps = 7.5
const towMps = 11

export interface Ferry {
  readonly fromEastM: number
  readonly fromNorthM: number
  readonly toEastM: number
  readonly toNorthM: number
}

export function ferryDrive({ fromEastM, fromNorthM, toEastM, toNorthM }: Ferry, random: Random): Drive {
  const [eastM, northM] = [toEastM - fromEastM, toNorthM - fromNorthM]
  const lengthM = Math.sqrt(eastM ** 2 + northM ** 2)
  const headingDegrees = ((Math.atan2(eastM, northM) * 180) / Math.PI + 360) % 360
  return evenDrive(lengthM, ferryMps * random.between(0.9, 1.1), (drivenM) => ({
    eastM: fromEastM + (eastM * drivenM) / lengthM,
    northM: fromNorthM + (northM * drivenM) / lengthM,
    headingDegrees,
    surroundings: 0,
  }))
}

export function towDrive(track: Track, random: Random): Drive {
  return evenDrive((track.length - 1) * stepM, towMps * random.between(0.9, 1.1), (drivenM) => {
    const row = Math.min(track.length - 1, Math.floor(drivenM / stepM))
    return {
      eastM: track.eastM[row] ?? 0,
      northM: track.northM[row] ?? 0,
      headingDegrees: headingAt(track, row),
      surroundings: track.surroundings[row] ?? 0,
    }
  })
}

type Whereabouts = Pick<DriveState, 'eastM' | 'northM' | 'headingDegrees' | 'surroundings'>

/** Slowly up to its speed and down again. */
function evenDrive(lengthM: number, cruiseMps: number, whereabouts: (drivenM: number) => Whereabouts): Drive {
  const rampS = Math.min(cruiseMps / rampMps2, Math.sqrt(lengthM / rampMps2))
  const topMps = rampS * rampMps2
  const seconds = 2 * rampS + (lengthM - topMps * rampS) / topMps
  const speedAt = (second: number): number =>
    second <= 0 || second >= seconds ? 0 : Math.min(topMps, second * rampMps2, (seconds - second) * rampMps2)
  const drivenAt = (second: number): number => {
    if (second <= 0) return 0
    if (second >= seconds) return lengthM
    if (second < rampS) return (rampMps2 * second ** 2) / 2
    if (second > seconds - rampS) return lengthM - (rampMps2 * (seconds - second) ** 2) / 2
    return (topMps * rampS) / 2 + topMps * (second - rampS)
  }
  return {
    seconds,
    speedAt,
    drivenAt,
    stateAt: (second) => ({
      ...whereabouts(drivenAt(second)),
      speedMps: speedAt(second),
      longitudinalMps2: speedAt(second + 0.5) - speedAt(second - 0.5),
      lateralMps2: 0,
      yawDegPerS: 0,
      limitKph: 0,
      drivenM: drivenAt(second),
    }),
  }
}
