// A user's map out of GeoJSON (RFC 7946): every LineString is a road, and roads meet where they share a point. What cannot be reached from
// the rest is left out, and said.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { largestPart } from './largest-part.ts'
import { type Crossing, metresApart, metresOf, type Place, type Road, type RoadMap } from './road-map.ts'

export interface MapOptions {
  readonly name: string
  /** Where the file has no member `timeZone` of its own (RFC 7946 §6.1 allows such), for instance "Europe/Berlin". */
  readonly timeZone: string
}

export type ReadMap =
  | { readonly kind: 'map'; readonly map: RoadMap; readonly leftOut: LeftOut }
  /** `at` names the place: `features[3].geometry.coordinates[2]`; empty where it is the whole. */
  | { readonly kind: 'problem'; readonly problem: MapProblem; readonly at: string; readonly detail: string }

/** In the order they are checked. */
export type MapProblem =
  | 'too-large'
  | 'not-json'
  | 'not-a-feature-collection'
  | 'bad-time-zone'
  | 'bad-coordinates'
  | 'bad-maxspeed'
  | 'bad-oneway'
  | 'too-wide'
  | 'no-roads'
  | 'too-small'

export interface LeftOut {
  /** Of the roads read: those that no vehicle of the rest could reach and come back from. */
  readonly roads: number
  readonly metres: number
  /** Features that are no LineString: signs, houses, areas. */
  readonly features: number
}

/** A town with all its lanes takes some megabytes; what is larger does not belong into one process's memory. */
export const mapBytesMax = 20_000_000
/** The map is a plane; further out it would be skewed. */
export const mapKmMax = 200
/** Points nearer than this are the same crossing: maps are drawn by hand. */
export const snapM = 1
/** Roads fewer than that are no map to drive on. */
const roadsMin = 2
const limitKphUsual = 50
const kphPerMph = 1.609344
const limitKphMax = 200

const FeatureCollection = Compile(
  Type.Object({
    type: Type.Literal('FeatureCollection'),
    features: Type.Array(Type.Unknown(), { maxItems: 200_000 }),
    timeZone: Type.Optional(Type.Unknown()),
  }),
)
const LineFeature = Compile(
  Type.Object({
    geometry: Type.Object({ type: Type.Literal('LineString'), coordinates: Type.Array(Type.Unknown()) }),
    properties: Type.Optional(Type.Union([Type.Null(), Type.Record(Type.String(), Type.Unknown())])),
  }),
)
const Position = Compile(Type.Array(Type.Number(), { minItems: 2 }))

interface Line {
  readonly places: readonly Place[]
  readonly limitKph: number
  readonly direction: 'both' | 'forward' | 'backward'
  readonly name: string | undefined
  readonly surroundings: Road['surroundings']
}

export function readGeoJson(text: string, { name, timeZone }: MapOptions): ReadMap {
  const problem = (kind: MapProblem, at: string, detail: string): ReadMap => ({ kind: 'problem', problem: kind, at, detail })
  if (Buffer.byteLength(text) > mapBytesMax) return problem('too-large', '', `more than ${mapBytesMax} bytes`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return problem('not-json', '', error instanceof Error ? error.message : '')
  }
  if (!FeatureCollection.Check(json))
    return problem('not-a-feature-collection', '', 'expected {"type":"FeatureCollection","features":[…]}')
  const zone = json.timeZone ?? timeZone
  if (!isTimeZone(zone)) return problem('bad-time-zone', 'timeZone', `expected a name such as "Europe/Berlin", not ${show(zone)}`)
  const lines: Line[] = []
  let features = 0
  for (const [index, feature] of json.features.entries()) {
    const at = `features[${index}]`
    if (!LineFeature.Check(feature)) {
      features += 1
      continue
    }
    const line = readLine(feature.geometry.coordinates, feature.properties ?? {}, at)
    if ('problem' in line) return line
    lines.push(line)
  }
  const centre = centreOf(lines)
  if (centre === undefined) return problem('no-roads', 'features', 'no LineString of two points or more')
  const wide = lines.findIndex(({ places }) => places.some((place) => farKm(centre, place) > mapKmMax / 2))
  if (wide >= 0) return problem('too-wide', '', `roads lie more than ${mapKmMax} km apart`)
  const { crossings, roads } = split(lines, centre)
  const { kept, leftOut } = largestPart(crossings, roads)
  if (kept.roads.length < roadsMin) return problem('too-small', 'features', 'no crossing can be left and reached again')
  return { kind: 'map', map: { name, timeZone: zone, centre, ...kept }, leftOut: { ...leftOut, features } }
}

type Problem = Extract<ReadMap, { readonly kind: 'problem' }>

function readLine(coordinates: readonly unknown[], properties: Readonly<Record<string, unknown>>, at: string): Line | Problem {
  const bad = (problem: MapProblem, where: string, detail: string): Problem => ({
    kind: 'problem',
    problem,
    at: `${at}.${where}`,
    detail,
  })
  const places: Place[] = []
  for (const [index, position] of coordinates.entries()) {
    const [longitude, latitude] = Position.Check(position) ? position : []
    const isPlace = longitude !== undefined && latitude !== undefined && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 85
    if (!isPlace)
      return bad('bad-coordinates', `geometry.coordinates[${index}]`, `expected [longitude, latitude], not ${show(position)}`)
    places.push({ latitude, longitude })
  }
  if (places.length < 2) return bad('bad-coordinates', 'geometry.coordinates', 'a road has two points or more')
  const { maxspeed, oneway, name, tunnel } = properties
  const limitKph = readLimit(maxspeed)
  if (limitKph === undefined)
    return bad('bad-maxspeed', 'properties.maxspeed', `expected km/h such as 50, or "30 mph", not ${show(maxspeed)}`)
  const direction = readDirection(oneway)
  if (direction === undefined)
    return bad('bad-oneway', 'properties.oneway', `expected yes, no, -1 or a boolean, not ${show(oneway)}`)
  const isTunnel = tunnel === true || tunnel === 'yes'
  return {
    places,
    limitKph,
    direction,
    name: typeof name === 'string' ? name.slice(0, 200) : undefined,
    surroundings: isTunnel ? 'tunnel' : undefined,
  }
}

function readLimit(maxspeed: unknown): number | undefined {
  if (maxspeed === undefined || maxspeed === null) return limitKphUsual
  const [, digits, unit] = /^(\d{1,3}(?:\.\d+)?)\s*(km\/h|kmh|mph)?$/.exec(String(maxspeed).trim()) ?? []
  if (digits === undefined) return undefined
  const limitKph = Math.round(Number(digits) * (unit === 'mph' ? kphPerMph : 1))
  return limitKph >= 5 && limitKph <= limitKphMax ? limitKph : undefined
}

function readDirection(oneway: unknown): Line['direction'] | undefined {
  if (oneway === undefined || oneway === null || oneway === false || oneway === 'no' || oneway === 0) return 'both'
  if (oneway === true || oneway === 'yes' || oneway === 1 || oneway === '1') return 'forward'
  return oneway === '-1' || oneway === -1 ? 'backward' : undefined
}

function centreOf(lines: readonly Line[]): Place | undefined {
  const bounds = { south: 90, north: -90, west: 180, east: -180 }
  for (const { places } of lines)
    for (const { latitude, longitude } of places) {
      bounds.south = Math.min(bounds.south, latitude)
      bounds.north = Math.max(bounds.north, latitude)
      bounds.west = Math.min(bounds.west, longitude)
      bounds.east = Math.max(bounds.east, longitude)
    }
  if (bounds.north < bounds.south) return undefined
  return { latitude: (bounds.south + bounds.north) / 2, longitude: (bounds.west + bounds.east) / 2 }
}

function farKm(centre: Place, place: Place): number {
  return metresApart({ eastM: 0, northM: 0 }, metresOf(centre, place)) / 1000
}

/** Roads from crossing to crossing: a line is cut where another begins, ends or passes through one of its points. */
function split(
  lines: readonly Line[],
  centre: Place,
): { readonly crossings: readonly Crossing[]; readonly roads: readonly Road[] } {
  const snapped = lines.map((line) => ({ ...line, shape: line.places.map((place) => metresOf(centre, place)) }))
  const keyOf = ({ eastM, northM }: Crossing): string => `${Math.round(eastM / snapM)} ${Math.round(northM / snapM)}`
  const times = new Map<string, number>()
  for (const { shape } of snapped)
    shape.forEach((point, index) => {
      const isEnd = index === 0 || index === shape.length - 1
      const key = keyOf(point)
      times.set(key, (times.get(key) ?? 0) + (isEnd ? 2 : 1))
    })
  const crossings: Crossing[] = []
  const known = new Map<string, number>()
  const crossingAt = (point: Crossing): number => {
    const key = keyOf(point)
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, crossings.length)
    crossings.push(point)
    return crossings.length - 1
  }
  const roads: Road[] = []
  for (const { shape, limitKph, direction, name, surroundings } of snapped) {
    const facts = { limitKph, ...(name === undefined ? {} : { name }), ...(surroundings === undefined ? {} : { surroundings }) }
    let piece: Crossing[] = []
    for (const point of shape) {
      piece.push(point)
      if (piece.length < 2 || (times.get(keyOf(point)) ?? 0) < 2) continue
      const [first, last] = [piece[0] ?? point, point]
      const [from, to] = [crossingAt(first), crossingAt(last)]
      const lengthM = piece.slice(1).reduce((sum, place, index) => sum + metresApart(piece[index] ?? place, place), 0)
      if (from !== to && lengthM > 0) {
        if (direction !== 'backward') roads.push({ from, to, lengthM, shape: piece, ...facts })
        if (direction !== 'forward') roads.push({ from: to, to: from, lengthM, shape: piece.toReversed(), ...facts })
      }
      piece = [point]
    }
  }
  return { crossings, roads }
}

function isTimeZone(value: unknown): value is string {
  try {
    return typeof value === 'string' && Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60)
}
