// The line a vehicle follows along a route, in small even steps: where it is, which way it points, how tightly it turns, and the
// limit there. Corners are rounded as roads are.

import { type Route, town } from './town.ts'

/** Fine enough that a start from standstill looks like one. */
export const stepM = 2
/** Reach of the rounding to each side; a right angle becomes a bend of about twenty metres' radius. */
const roundingSteps = 9
/** Roads swing a little to the side, by this share of their length. */
const swing = 0.025

export interface TrackPoint {
  readonly eastM: number
  readonly northM: number
  /** Clockwise from north, 0 to 360. */
  readonly headingDegrees: number
  /** 1/m, positive to the left. */
  readonly curvature: number
  readonly limitKph: number
}

export interface Track {
  /** `stepM` apart. */
  readonly points: readonly TrackPoint[]
  /** Indices of the crossings between start and end. */
  readonly crossings: readonly number[]
}

interface Place {
  readonly eastM: number
  readonly northM: number
  readonly limitKph: number
}

export function layTrack(route: Route): Track {
  const places: Place[] = []
  const crossings: number[] = []
  route.roads.forEach((road, index) => {
    const [a, b] = [town.crossings[road.from], town.crossings[road.to]]
    if (a === undefined || b === undefined) return
    if (index > 0) crossings.push(places.length)
    const steps = Math.max(1, Math.round(road.lengthM / stepM))
    // The same road swings to the same side in both directions.
    const side = (road.from < road.to ? 1 : -1) * ((road.from + road.to) % 2 === 0 ? 1 : -1) * swing
    for (let step = 0; step < steps; step += 1) {
      const share = step / steps
      const offset = side * Math.sin(Math.PI * share) ** 2
      places.push({
        eastM: a.eastM + (b.eastM - a.eastM) * share - (b.northM - a.northM) * offset,
        northM: a.northM + (b.northM - a.northM) * share + (b.eastM - a.eastM) * offset,
        limitKph: road.limitKph,
      })
    }
  })
  return evenTrack(rounded(rounded(places)), crossings)
}

/** Rounding a corner shortens the way: the steps are laid out anew, so that speed and distance agree in every bend. */
function evenTrack(places: readonly Place[], crossings: readonly number[]): Track {
  const even: Place[] = []
  const indexOf: number[] = []
  let nextAtM = 0
  let passedM = 0
  places.forEach((place, index) => {
    const before = places[index - 1] ?? place
    const pieceM = Math.sqrt((place.eastM - before.eastM) ** 2 + (place.northM - before.northM) ** 2)
    for (; nextAtM <= passedM + pieceM; nextAtM += stepM) {
      const share = pieceM === 0 ? 0 : (nextAtM - passedM) / pieceM
      even.push({
        eastM: before.eastM + (place.eastM - before.eastM) * share,
        northM: before.northM + (place.northM - before.northM) * share,
        limitKph: place.limitKph,
      })
    }
    passedM += pieceM
    indexOf.push(even.length - 1)
  })
  return { points: withDirections(even), crossings: crossings.map((crossing) => indexOf[crossing] ?? 0) }
}

/** Moving average; the ends stay where they are. */
function rounded(places: readonly Place[]): readonly Place[] {
  return places.map((place, index) => {
    const reach = Math.min(roundingSteps, index, places.length - 1 - index)
    let [eastM, northM] = [0, 0]
    for (let at = index - reach; at <= index + reach; at += 1) {
      eastM += places[at]?.eastM ?? 0
      northM += places[at]?.northM ?? 0
    }
    return { eastM: eastM / (2 * reach + 1), northM: northM / (2 * reach + 1), limitKph: place.limitKph }
  })
}

function withDirections(places: readonly Place[]): readonly TrackPoint[] {
  const directions = places.map((place, index) => {
    const [before, after] = [places[index - 1] ?? place, places[index + 1] ?? place]
    return Math.atan2(after.eastM - before.eastM, after.northM - before.northM)
  })
  return places.map((place, index) => {
    const direction = directions[index] ?? 0
    const [before, after] = [directions[index - 1] ?? direction, directions[index + 1] ?? direction]
    return {
      ...place,
      headingDegrees: ((((direction * 180) / Math.PI) % 360) + 360) % 360,
      curvature: -angleBetween(before, after) / (2 * stepM),
    }
  })
}

/** From one direction to another the short way round, radians; positive clockwise. */
function angleBetween(from: number, to: number): number {
  const turn = (to - from) % (2 * Math.PI)
  if (turn > Math.PI) return turn - 2 * Math.PI
  return turn < -Math.PI ? turn + 2 * Math.PI : turn
}
