// The line a vehicle follows along a route, in small even steps: where it is, how tightly it turns, the limit
// there, and what is around it. Corners are rounded as roads are. Tracks are shared by all vehicles on a map.

import { type Crossing, metresApart, type RoadMap } from './road-map.ts'
import { findRoute, type Route } from './routes.ts'

/** Fine enough that a start from standstill looks like one. */
export const stepM = 2
/** Reach of the rounding to each side; a right angle becomes a bend of about twenty metres' radius. */
const roundingSteps = 9
/** Roads without a shape of their own swing a little to the side, by this share of their length. */
const swing = 0.025
/** Rows in the tracks remembered of one map, fourteen bytes each: all ways of a town. */
const rememberedMax = 4_000_000

export const surroundingsAt = { open: 0, canyon: 1, tunnel: 2 } as const

/** Columns, `stepM` apart from row to row. */
export interface Track {
  readonly length: number
  readonly eastM: Float32Array
  readonly northM: Float32Array
  /** 1/m, positive to the left. */
  readonly curvature: Float32Array
  readonly limitKph: Uint8Array
  /** A value of `surroundingsAt`. */
  readonly surroundings: Uint8Array
  /** Rows of the crossings between start and end. */
  readonly crossings: readonly number[]
}

interface Laid {
  readonly eastM: number
  readonly northM: number
  readonly limitKph: number
  readonly surroundings: number
}

interface Known {
  readonly tracks: Map<string, Track>
  rows: number
}

const knownTracks = new WeakMap<RoadMap, Known>()

/** Along the quickest route; undefined where there is none. */
export function trackBetween(map: RoadMap, from: number, to: number): Track | undefined {
  let known = knownTracks.get(map)
  if (known === undefined) {
    known = { tracks: new Map(), rows: 0 }
    knownTracks.set(map, known)
  }
  const key = `${from} ${to}`
  const found = known.tracks.get(key)
  if (found !== undefined) return found
  const route = findRoute(map, from, to)
  if (route === undefined) return undefined
  const track = layTrack(map, route)
  known.tracks.set(key, track)
  known.rows += track.length
  for (const [oldest, { length }] of known.tracks) {
    if (known.rows <= rememberedMax || oldest === key) break
    known.tracks.delete(oldest)
    known.rows -= length
  }
  return track
}

function layTrack(map: RoadMap, route: Route): Track {
  const places: Laid[] = []
  const crossings: number[] = []
  route.roads.forEach((road, index) => {
    const [a, b] = [map.crossings[road.from], map.crossings[road.to]]
    if (a === undefined || b === undefined) return
    if (index > 0) crossings.push(places.length)
    const surroundings = surroundingsAt[road.surroundings ?? 'open']
    // The same road swings to the same side in both directions.
    const side = (road.from < road.to ? 1 : -1) * ((road.from + road.to) % 2 === 0 ? 1 : -1) * swing
    const along = road.shape === undefined ? swinging(a, b, side) : alongShape(road.shape)
    const steps = Math.max(1, Math.round(road.lengthM / stepM))
    for (let step = 0; step < steps; step += 1) places.push({ ...along(step / steps), limitKph: road.limitKph, surroundings })
  })
  return evenTrack(rounded(rounded(places)), crossings)
}

function swinging(a: Crossing, b: Crossing, side: number): (share: number) => Crossing {
  return (share) => {
    const offset = side * Math.sin(Math.PI * share) ** 2
    return {
      eastM: a.eastM + (b.eastM - a.eastM) * share - (b.northM - a.northM) * offset,
      northM: a.northM + (b.northM - a.northM) * share + (b.eastM - a.eastM) * offset,
    }
  }
}

function alongShape(shape: readonly Crossing[]): (share: number) => Crossing {
  const passedM = [0]
  for (let index = 1; index < shape.length; index += 1) {
    const [before, after] = [shape[index - 1], shape[index]]
    passedM.push((passedM[index - 1] ?? 0) + (before === undefined || after === undefined ? 0 : metresApart(before, after)))
  }
  const lengthM = passedM.at(-1) ?? 0
  let piece = 1
  return (share) => {
    const atM = share * lengthM
    if ((passedM[piece - 1] ?? 0) > atM) piece = 1
    while (piece < shape.length - 1 && (passedM[piece] ?? 0) < atM) piece += 1
    const [a, b] = [shape[piece - 1], shape[piece]]
    if (a === undefined || b === undefined) return a ?? { eastM: 0, northM: 0 }
    const pieceM = (passedM[piece] ?? 0) - (passedM[piece - 1] ?? 0)
    const part = pieceM === 0 ? 0 : (atM - (passedM[piece - 1] ?? 0)) / pieceM
    return { eastM: a.eastM + (b.eastM - a.eastM) * part, northM: a.northM + (b.northM - a.northM) * part }
  }
}

/** Rounding a corner shortens the way: the steps are laid out anew, so that speed and distance agree in every bend. */
function evenTrack(places: readonly Laid[], crossings: readonly number[]): Track {
  const even: Laid[] = []
  const indexOf: number[] = []
  let nextAtM = 0
  let passedM = 0
  places.forEach((place, index) => {
    const before = places[index - 1] ?? place
    const pieceM = metresApart(before, place)
    for (; nextAtM <= passedM + pieceM; nextAtM += stepM) {
      const share = pieceM === 0 ? 0 : (nextAtM - passedM) / pieceM
      even.push({
        ...place,
        eastM: before.eastM + (place.eastM - before.eastM) * share,
        northM: before.northM + (place.northM - before.northM) * share,
      })
    }
    passedM += pieceM
    indexOf.push(even.length - 1)
  })
  return withDirections(
    even,
    crossings.map((crossing) => indexOf[crossing] ?? 0),
  )
}

/** Moving average; the ends stay where they are. */
function rounded(places: readonly Laid[]): readonly Laid[] {
  return places.map((place, index) => {
    const reach = Math.min(roundingSteps, index, places.length - 1 - index)
    let [eastM, northM] = [0, 0]
    for (let at = index - reach; at <= index + reach; at += 1) {
      eastM += places[at]?.eastM ?? 0
      northM += places[at]?.northM ?? 0
    }
    return { ...place, eastM: eastM / (2 * reach + 1), northM: northM / (2 * reach + 1) }
  })
}

function withDirections(places: readonly Laid[], crossings: readonly number[]): Track {
  const directions = places.map((place, index) => {
    const [before, after] = [places[index - 1] ?? place, places[index + 1] ?? place]
    return Math.atan2(after.eastM - before.eastM, after.northM - before.northM)
  })
  return {
    length: places.length,
    eastM: Float32Array.from(places, ({ eastM }) => eastM),
    northM: Float32Array.from(places, ({ northM }) => northM),
    curvature: Float32Array.from(directions, (direction, index) => {
      const [before, after] = [directions[index - 1] ?? direction, directions[index + 1] ?? direction]
      return -angleBetween(before, after) / (2 * stepM)
    }),
    limitKph: Uint8Array.from(places, ({ limitKph }) => limitKph),
    surroundings: Uint8Array.from(places, ({ surroundings }) => surroundings),
    crossings,
  }
}

/** From one direction to another the short way round, radians; positive clockwise. */
function angleBetween(from: number, to: number): number {
  const turn = (to - from) % (2 * Math.PI)
  if (turn > Math.PI) return turn - 2 * Math.PI
  return turn < -Math.PI ? turn + 2 * Math.PI : turn
}
