// A driver fitted to recorded drives drives like the recording: as many manoeuvres at each rung of the ladder per kilometre.

import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import { type DrivingManner, drivingManners } from '../../devices/simulator/drive.ts'
import { fitDriver } from '../../devices/simulator/fit-driver.ts'
import { livedTrips } from '../../devices/simulator/life/lived-trips.ts'
import { readGeoJson } from '../../devices/simulator/road/read-geojson.ts'
import type { RoadMap } from '../../devices/simulator/road/road-map.ts'
import { town } from '../../devices/simulator/town.ts'
import { readingsOfTrip } from '../../devices/simulator/vehicle/trip-readings.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { everySecond, type FoundTrip, recordedDrive, tripsIn } from '../pricing/drives.ts'

const dayMs = 86_400_000
const startMs = Date.UTC(2026, 4, 3, 22)
const rungs = [2.7, 3.1, 3.6, 4] as const
type Axis = 'brake' | 'acceleration' | 'turn'

const files = readdirSync(new URL('../data/drives/', import.meta.url)).filter((name) => name.endsWith('.csv'))
const recorded = await Promise.all(files.map((file) => recordedDrive(file)))
const drives = recorded.map(({ readings }) => readings)
const recordedTrips = recorded.flatMap(({ readings, timeZone }) => tripsIn(readings, localClock(timeZone)))

function perKm(trips: readonly FoundTrip[], axis: Axis): readonly number[] {
  const km = trips.reduce((sum, { facts }) => sum + facts.distanceM, 0) / 1000
  return rungs.map((_, rung) => {
    const counts = trips.map(({ facts: { counts: all } }) =>
      axis === 'turn' ? (all['left-turn'][rung] ?? 0) + (all['right-turn'][rung] ?? 0) : (all[axis][rung] ?? 0),
    )
    return counts.reduce((sum, count) => sum + count, 0) / km
  })
}

function fitted(from: readonly (readonly VehicleReading[])[]): DrivingManner {
  const fit = fitDriver(from)
  if (fit.kind !== 'fitted') throw new Error(fit.kind)
  return fit.manner
}

/** Hills with a bend every 150 metres: there is room for every hard turn of the recording. */
function windingRoad(): RoadMap {
  const cornerAt = (corner: number): readonly [number, number] => [
    5 + Math.floor((corner + 1) / 2) * 0.0022,
    52 + Math.floor(corner / 2) * 0.00135,
  ]
  const features = Array.from({ length: 14 }, (_, piece) => ({
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: Array.from({ length: 9 }, (_, index) => cornerAt(8 * piece + index)) },
    properties: { maxspeed: 60 },
  }))
  const read = readGeoJson(JSON.stringify({ type: 'FeatureCollection', features }), {
    name: 'hills',
    timeZone: 'Europe/Amsterdam',
  })
  if (read.kind === 'problem') throw new Error(read.problem)
  return read.map
}

function simulated(driver: DrivingManner, map: RoadMap, days: number): readonly FoundTrip[] {
  const vehicle = { seed: 'fit', device: 'car', style: 'average', driver, map, odometerKm: undefined } as const
  const trips: FoundTrip[] = []
  for (const plan of livedTrips(vehicle, startMs, startMs + days * dayMs)) trips.push(...tripsIn([...readingsOfTrip(plan)]))
  return trips
}

const manner = fitted(drives)

test('fitted to 123 recorded kilometres, simulated drives have the recording’s brakes and accelerations at every rung', () => {
  const trips = simulated(manner, town, 240)
  for (const axis of ['brake', 'acceleration'] as const) {
    const [wanted, given] = [perKm(recordedTrips, axis), perKm(trips, axis)]
    wanted.forEach((rate, rung) => {
      // A third, or what chance does to a few dozen of them.
      expect(Math.abs((given[rung] ?? 0) - rate), `${axis} at ${rungs[rung]}: ${given[rung]} for ${rate}`).toBeLessThan(
        0.33 * rate + 0.005,
      )
    })
  }
})

test('its turns too, where the road has the bends for them, and never more', () => {
  const wanted = perKm(recordedTrips, 'turn')
  const hills = perKm(simulated(manner, windingRoad(), 120), 'turn')
  const inTown = perKm(simulated(manner, town, 120), 'turn')
  wanted.forEach((rate, rung) => {
    expect(Math.abs((hills[rung] ?? 0) - rate), `at ${rungs[rung]}: ${hills[rung]} for ${rate}`).toBeLessThan(0.4 * rate + 0.005)
    expect(inTown[rung]).toBeLessThan(1.2 * rate)
  })
})

test('a simulated driver is found again in their own drives', () => {
  for (const style of ['calm', 'hurried'] as const) {
    const vehicle = { seed: 'again', device: style, style, map: town, odometerKm: undefined } as const
    const own = [...livedTrips(vehicle, startMs, startMs + 60 * dayMs)].map((plan) => [...readingsOfTrip(plan)])
    const found = fitted(own)
    const truly = drivingManners[style]
    expect(Math.abs(found.speedShare - truly.speedShare), `${style} speed`).toBeLessThan(0.08)
    if (style === 'calm') expect([found.hardAcceleration.perKm, found.hardCornering.perKm]).toEqual([0, 0])
    else expect(found.hardBraking.perKm).toBeGreaterThan(truly.hardBraking.perKm)
    expect(Math.abs(found.phoneMinutesPerHour - truly.phoneMinutesPerHour), `${style} phone`).toBeLessThan(
      0.6 + 0.3 * truly.phoneMinutesPerHour,
    )
  }
})

test.each([
  [[], 'no-speed'],
  [[everySecond([{ AccelerationLongitudinal: 1 }])], 'no-speed'],
  [[everySecond([{ Speed: 50 }, { Speed: 50 }])], 'too-short'],
  [[everySecond(Array.from({ length: 400 }, () => ({ Speed: 60 })))], 'no-accelerometer'],
] as const)('what cannot be fitted is named: %#', (from, kind) => {
  expect(fitDriver(from).kind).toBe(kind)
})

test('somebody who never did anything hard is fitted with nothing hard', () => {
  const values = Array.from({ length: 600 }, () => ({ Speed: 60, AccelerationLongitudinal: 0.1, AccelerationLateral: -0.4 }))
  expect(fitted([everySecond(values)])).toMatchObject({
    hardBraking: { perKm: 0 },
    hardAcceleration: { perKm: 0 },
    hardCornering: { perKm: 0 },
    phoneMinutesPerHour: 0,
  })
})
