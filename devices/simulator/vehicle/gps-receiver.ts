// A receiver of positions as it is: an error that wanders, worse between tall houses, nothing in a tunnel, and a first fix that takes its
// time after the vehicle has stood.

import type { Random } from '../random.ts'
import { type Place, placeOf, type RoadMap } from '../road/road-map.ts'
import { surroundingsAt } from '../road/track.ts'
import type { DriveState } from './drive-state.ts'

export interface Fix extends Place {
  readonly speedKph: number
  readonly headingDegrees: number
  readonly accuracyM: number
}

export interface GpsReceiver {
  /** To be called once a second, in order; undefined while there is no fix. */
  fixAt(second: number, state: DriveState): Fix | undefined
}

/** Standard deviation of each axis, metres. */
const errorM = { open: 1.8, canyon: 6 } as const
/** Of the error, what is left a second later: receivers filter. */
const keptShare = 0.985
/** Out of a tunnel a receiver is lost for some seconds more. */
const lostSecondsMax = 5
const speedNoiseKph = 0.25

/** @param firstFixS after the ignition; longer where the vehicle stood below a roof */
export function gpsReceiver(map: RoadMap, firstFixS: number, random: Random): GpsReceiver {
  let [eastErrorM, northErrorM] = [random.around(0, errorM.open), random.around(0, errorM.open)]
  let lostUntilS = firstFixS
  return {
    fixAt(second, state) {
      const sigmaM = state.surroundings === surroundingsAt.canyon ? errorM.canyon : errorM.open
      const freshM = sigmaM * Math.sqrt(1 - keptShare ** 2)
      eastErrorM = eastErrorM * keptShare + random.around(0, freshM)
      northErrorM = northErrorM * keptShare + random.around(0, freshM)
      const [speedError, headingError, accuracyM] = [
        random.around(0, speedNoiseKph),
        random.around(0, 0.8),
        sigmaM * random.between(1.6, 2.4),
      ]
      const lostS = random.whole(1, lostSecondsMax)
      if (state.surroundings === surroundingsAt.tunnel) lostUntilS = second + lostS
      if (second < lostUntilS || state.surroundings === surroundingsAt.tunnel) return undefined
      const isMoving = state.speedMps > 0.5
      return {
        ...placeOf(map, state.eastM + eastErrorM, state.northM + northErrorM),
        speedKph: isMoving ? Math.max(0, state.speedMps * 3.6 + speedError) : 0,
        headingDegrees: isMoving ? (state.headingDegrees + headingError + 360) % 360 : state.headingDegrees,
        accuracyM,
      }
    },
  }
}
