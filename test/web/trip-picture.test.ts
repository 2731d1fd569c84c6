// A drive as a drawn route and as a table.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countedEvents, type DrivingEvent } from '../../dashboard/web/trips/counted-events.ts'
import { linePath, projectRoute, roundLength } from '../../dashboard/web/trips/route-projection.ts'
import { averageSpeedKph, courseRows, nearestIndex, rowsMax } from '../../dashboard/web/trips/trip-table.ts'

const size = { width: 400, height: 300, margin: 30 }

test('north is up and east is right', () => {
  const picture = projectRoute({ latitude: [52, 52.01, 52.01], longitude: [4, 4, 4.02] }, size)
  const [start, north, east] = picture?.lines[0] ?? []
  expect(north?.y).toBeLessThan(start?.y ?? 0)
  expect(north?.x).toBe(start?.x)
  expect(east?.x).toBeGreaterThan(north?.x ?? 0)
})

test('a metre is as long to the east as to the north', () => {
  const degreesEast = 0.01 / Math.cos((60 * Math.PI) / 180)
  const picture = projectRoute({ latitude: [60, 60.01, 60.01], longitude: [25, 25, 25 + degreesEast] }, size)
  const [a, b, c] = picture?.lines[0] ?? []
  expect(Math.abs((b?.y ?? 0) - (a?.y ?? 0))).toBeCloseTo(Math.abs((c?.x ?? 0) - (b?.x ?? 0)), 0)
})

test('a missing position is bridged, a jump of kilometres is left open', () => {
  const picture = projectRoute({ latitude: [52, null, 52.001, 52.1, 52.101], longitude: [4, 4, 4, 4, 4] }, size)
  expect(picture?.lines).toHaveLength(2)
  expect(picture?.at(1)).toBeUndefined()
  expect(picture?.at(4)).toBeDefined()
})

test('a drive across the date line stays one short line', () => {
  const picture = projectRoute({ latitude: [0, 0, 0], longitude: [179.995, -179.999, -179.99] }, size)
  expect(picture?.lines).toHaveLength(1)
})

test('fewer than two positions make no drawing', () => {
  expect(projectRoute({ latitude: [52, null], longitude: [4, 4] }, size)).toBeUndefined()
  expect(projectRoute({ latitude: [], longitude: [] }, size)).toBeUndefined()
})

test('a car that stands still is not blown up into its noise', () => {
  const picture = projectRoute({ latitude: [52, 52.000_01], longitude: [4, 4.000_01] }, size)
  expect(picture?.scale.metres).toBeGreaterThanOrEqual(20)
})

test('every drive fits into its drawing', () => {
  const coordinate = fc.record({
    lat: fc.double({ min: 51, max: 51.4, noNaN: true }),
    lon: fc.double({ min: 4, max: 4.5, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(coordinate, { minLength: 2, maxLength: 50 }), (places) => {
      const course = { latitude: places.map(({ lat }) => lat), longitude: places.map(({ lon }) => lon) }
      const points = places.map((_, index) => projectRoute(course, size)?.at(index))
      for (const point of points) {
        expect(point?.x).toBeGreaterThanOrEqual(size.margin - 1)
        expect(point?.x).toBeLessThanOrEqual(size.width - size.margin + 1)
        expect(point?.y).toBeGreaterThanOrEqual(size.margin - 1)
        expect(point?.y).toBeLessThanOrEqual(size.height - size.margin + 1)
      }
    }),
    { numRuns: 40 },
  )
})

test.each([
  [730, 500],
  [199, 100],
  [200, 200],
  [9_999, 5_000],
  [0.7, 0.5],
])('at most %d metres give a scale of %d', (limit, length) => {
  expect(roundLength(limit)).toBeCloseTo(length, 10)
})

test('a line is written as one path', () => {
  expect(
    linePath([
      { x: 1, y: 2 },
      { x: 3.5, y: 4 },
    ]),
  ).toBe('M1 2L3.5 4')
})

test('the table of a course has a row for each minute with the top speed in it', () => {
  const tMs = [0, 30_000, 60_000, 90_000, 120_000]
  const rows = courseRows({ tMs, speedKph: [10, 30, null, 50, 20], limitKph: [null, 50, 50, null, 30] })
  expect(rows).toEqual([
    { tMs: 0, topSpeedKph: 30, limitKph: 50 },
    { tMs: 60_000, topSpeedKph: 50, limitKph: 50 },
    { tMs: 120_000, topSpeedKph: 20, limitKph: 30 },
  ])
})

test('a table of a long course stays readable', () => {
  const tMs = Array.from({ length: 10_000 }, (_, index) => index * 1000)
  const empty = tMs.map(() => null)
  expect(courseRows({ tMs, speedKph: empty, limitKph: empty }).length).toBeLessThanOrEqual(rowsMax + 1)
  expect(courseRows({ tMs: [], speedKph: [], limitKph: [] })).toEqual([])
})

test('an event is marked at the reading nearest in time', () => {
  expect([-5, 4, 6, 14, 16, 99].map((atMs) => nearestIndex([0, 10, 20], atMs))).toEqual([0, 0, 1, 1, 2, 2])
})

test('the average is distance over time', () => {
  expect(averageSpeedKph(10_000, 600)).toBeCloseTo(60, 10)
  expect(averageSpeedKph(10_000, 0)).toBeUndefined()
})

function event(kind: DrivingEvent['kind'], startMs: number, peak: number): DrivingEvent {
  return { kind, startMs, endMs: startMs + 1000, peak }
}

test('the strongest events of each kind are the ones that count, left and right turns together', () => {
  const events = [
    event('brake', 1, -2.8),
    event('left-turn', 2, 4.2),
    event('brake', 3, -3.9),
    event('right-turn', 4, -4.6),
    event('acceleration', 5, 2.9),
  ]
  const counted = countedEvents(events, { brake: 1, acceleration: 0, cornering: 1, speeding: 0 })
  expect(counted.map(({ startMs }) => startMs)).toEqual([3, 4])
  expect(countedEvents(events, { brake: 9, acceleration: 9, cornering: 9, speeding: 9 })).toEqual(events)
})
