// Maps: the bundled town and a user's GeoJSON; what cannot be driven is left out and said, what is wrong is refused with its place.

import { expect, test } from 'vitest'
import { largestPart } from '../../devices/simulator/road/largest-part.ts'
import { mapBytesMax, type ReadMap, readGeoJson } from '../../devices/simulator/road/read-geojson.ts'
import { placeOf, type RoadMap } from '../../devices/simulator/road/road-map.ts'
import { crossingsWithin, destinations, findRoute } from '../../devices/simulator/road/routes.ts'
import { stepM, trackBetween } from '../../devices/simulator/road/track.ts'
import { trafficAt } from '../../devices/simulator/road/traffic.ts'
import { town } from '../../devices/simulator/town.ts'
import { driveOn } from '../../devices/simulator/vehicle.ts'

type Position = readonly [longitude: number, latitude: number]
const options = { name: 'mine', timeZone: 'Europe/Berlin' }

const road = (coordinates: readonly unknown[], properties: Record<string, unknown> = {}) => ({
  type: 'Feature',
  geometry: { type: 'LineString', coordinates },
  properties,
})
const collection = (...features: readonly unknown[]): string => JSON.stringify({ type: 'FeatureCollection', features })

/** A square of about a kilometre, cut by a middle street, and a lane that nobody can leave. */
const [a, b, c, d]: readonly [Position, Position, Position, Position] = [
  [13.4, 52.5],
  [13.415, 52.5],
  [13.415, 52.51],
  [13.4, 52.51],
]
const [left, right]: readonly [Position, Position] = [
  [13.4, 52.505],
  [13.415, 52.505],
]
const square = collection(
  road([a, b, right, c, d, left, a], { maxspeed: '50', name: 'Ring' }),
  road([left, [13.407, 52.5051], right], { maxspeed: 30, tunnel: 'yes' }),
  road([b, [13.425, 52.5]], { oneway: 'yes' }),
  { type: 'Feature', geometry: { type: 'Point', coordinates: a }, properties: {} },
)

function mapOf(read: ReadMap): RoadMap {
  if (read.kind === 'problem') throw new Error(`${read.problem} ${read.at} ${read.detail}`)
  return read.map
}

test('lines are cut where another meets them, and what cannot be left again is left out', () => {
  const read = readGeoJson(square, options)
  const map = mapOf(read)
  expect(read).toMatchObject({ leftOut: { roads: 1, features: 1 } })
  expect(read.kind === 'map' && read.leftOut.metres).toBeGreaterThan(600)
  // Both ends of the middle street and the corner at which the ring began; the lane's end went, and its start stays.
  expect(map.crossings).toHaveLength(4)
  expect(
    map.roads.every(({ from, to }) => from !== to && map.crossings[from] !== undefined && map.crossings[to] !== undefined),
  ).toBe(true)
  expect(map.roads.filter(({ surroundings }) => surroundings === 'tunnel').map(({ limitKph }) => limitKph)).toEqual([30, 30])
  expect(map.roads.find(({ name }) => name === 'Ring')?.limitKph).toBe(50)
  map.crossings.forEach((_, from) => {
    expect(crossingsWithin(map, from, 0, Number.POSITIVE_INFINITY)).toHaveLength(map.crossings.length)
  })
})

test('a map may name its own time zone', () => {
  expect(mapOf(readGeoJson(square, options)).timeZone).toBe('Europe/Berlin')
  expect(mapOf(readGeoJson(square.replace('{', '{"timeZone":"Asia/Shanghai",'), options)).timeZone).toBe('Asia/Shanghai')
})

test('points that are a hand’s breadth apart are one crossing', () => {
  const near: Position = [13.415_001, 52.505_001]
  const map = mapOf(readGeoJson(collection(road([a, b, right, c, a]), road([near, [13.43, 52.505]])), options))
  const meeting = map.roads.filter(({ from }) => findRoute(map, from, 0) !== undefined || from === 0)
  expect(meeting).toHaveLength(map.roads.length)
  expect(map.roads.length).toBeGreaterThanOrEqual(4)
})

test('one way is one way, forwards or against the line', () => {
  const oneWay = (oneway: unknown) =>
    mapOf(
      readGeoJson(
        collection(
          road(
            [a, b, c, d, a].map((place) => place),
            { oneway },
          ),
          road([a, c]),
        ),
        options,
      ),
    )
  const ways = (map: RoadMap) => map.roads.filter(({ shape }) => (shape?.length ?? 0) > 2).length
  expect(ways(oneWay(true))).toBe(2)
  expect(ways(oneWay('-1'))).toBe(2)
  expect(ways(oneWay('no'))).toBe(4)
})

test.each([
  ['{', 'not-json', ''],
  ['[]', 'not-a-feature-collection', ''],
  ['{"type":"FeatureCollection","features":[],"timeZone":"Nowhere"}', 'bad-time-zone', 'timeZone'],
  [collection(), 'no-roads', 'features'],
  [collection(road([a])), 'bad-coordinates', 'features[0].geometry.coordinates'],
  [collection(road([a, b]), road([a, [13.4, 'x']])), 'bad-coordinates', 'features[1].geometry.coordinates[1]'],
  [collection(road([a, [52.5, 99]])), 'bad-coordinates', 'features[0].geometry.coordinates[1]'],
  [collection(road([a, b], { maxspeed: 'walk' })), 'bad-maxspeed', 'features[0].properties.maxspeed'],
  [collection(road([a, b], { maxspeed: 900 })), 'bad-maxspeed', 'features[0].properties.maxspeed'],
  [collection(road([a, b], { oneway: 'perhaps' })), 'bad-oneway', 'features[0].properties.oneway'],
  [collection(road([a, [25, 52]])), 'too-wide', ''],
  [collection(road([a, b], { oneway: 'yes' })), 'too-small', 'features'],
  [' '.repeat(mapBytesMax + 1), 'too-large', ''],
])('a bad map is refused with its place: %.60s', (text, problem, at) => {
  expect(readGeoJson(text, options)).toMatchObject({ kind: 'problem', problem, at })
})

test('30 mph is 48 km/h, and without a limit it is 50', () => {
  const limits = (maxspeed: unknown) => mapOf(readGeoJson(collection(road([a, b], { maxspeed })), options)).roads[0]?.limitKph
  expect([limits('30 mph'), limits(undefined), limits('80 km/h'), limits(100)]).toEqual([48, 50, 80, 100])
})

test('the largest part of a map is the one with the most crossings that lead back', () => {
  const crossings = Array.from({ length: 6 }, (_, index) => ({ eastM: index * 100, northM: 0 }))
  const both = (from: number, to: number) => [
    { from, to, limitKph: 50, lengthM: 100 },
    { from: to, to: from, limitKph: 50, lengthM: 100 },
  ]
  const { kept, leftOut } = largestPart(crossings, [
    ...both(0, 1),
    ...both(2, 3),
    { from: 3, to: 4, limitKph: 50, lengthM: 100 },
    { from: 4, to: 2, limitKph: 50, lengthM: 100 },
    { from: 4, to: 5, limitKph: 50, lengthM: 70 },
  ])
  expect(kept.crossings.map(({ eastM }) => eastM)).toEqual([200, 300, 400])
  expect(kept.roads).toHaveLength(4)
  expect(leftOut).toEqual({ roads: 3, metres: 270 })
})

test('a vehicle drives on a user’s map: on its roads, in its place, by its limits', () => {
  const map = mapOf(readGeoJson(square, options))
  const vehicle = { seed: 's', device: 'car', style: 'average', map, startMs: 0, firstTripAfterS: 0 } as const
  let readings = 0
  for (const { values } of driveOn(vehicle)) {
    if (readings > 2000) break
    readings += 1
    expect(values.Latitude).toBeGreaterThan(52.499)
    expect(values.Latitude).toBeLessThan(52.511)
    expect(values.Longitude).toBeGreaterThan(13.399)
    expect(values.Longitude).toBeLessThan(13.416)
    expect([30, 50]).toContain(values.SpeedLimit)
  }
  expect(readings).toBeGreaterThan(2000)
})

test('a track keeps to its road, and two who ask get the same one', () => {
  for (let to = 12; to < town.crossings.length; to += 7) {
    const track = trackBetween(town, 11, to)
    const route = findRoute(town, 11, to)
    if (track === undefined || route === undefined) continue
    expect(trackBetween(town, 11, to)).toBe(track)
    expect(Math.abs(track.length * stepM - route.lengthM)).toBeLessThan(0.03 * route.lengthM + 20)
    const [end, wanted] = [track.length - 1, town.crossings[to]]
    expect(Math.abs((track.eastM[end] ?? 0) - (wanted?.eastM ?? 0))).toBeLessThan(5)
    expect(Math.abs((track.northM[end] ?? 0) - (wanted?.northM ?? 0))).toBeLessThan(5)
  }
})

test('destinations are never empty where anything can be reached', () => {
  const map = mapOf(readGeoJson(square, options))
  expect(destinations(map, 0, 5000, 6000).length).toBeGreaterThan(0)
  expect(destinations(map, 0, 0, 1)).not.toContain(0)
  expect(placeOf(map, 0, 0)).toEqual(map.centre)
})

test('rush hours are slow on workdays only, and nights are empty', () => {
  const [rush, sunday, noon, night] = [trafficAt(480, 2), trafficAt(480, 0), trafficAt(720, 2), trafficAt(120, 2)]
  expect(rush.speedShareMax).toBeLessThan(1)
  expect(sunday).toEqual(noon)
  expect(night.stopChance).toBeLessThan(noon.stopChance)
  expect(rush.slowdownsPerKm).toBeGreaterThan(noon.slowdownsPerKm)
})
