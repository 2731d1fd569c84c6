// Simulated vehicles and homes: the same seed gives the same bytes, and what they report could be real.

import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Reading, VehicleReading } from '../../devices/contract/reading.ts'
import { encodeTelemetry, parseTelemetry } from '../../devices/contract/telemetry.ts'
import { type DrivingStyle, driverNames, drivingManners } from '../../devices/simulator/drive.ts'
import { historyOf, homeHistory, quietMs, vehicleHistory } from '../../devices/simulator/history.ts'
import { liveAtHome } from '../../devices/simulator/home.ts'
import { localDay, localDayOf } from '../../devices/simulator/local-day.ts'
import { randomFor } from '../../devices/simulator/random.ts'
import { crossingsWithin, findRoute } from '../../devices/simulator/road/routes.ts'
import { town } from '../../devices/simulator/town.ts'
import { driveOn, simulateTrip } from '../../devices/simulator/vehicle.ts'

const dayMs = 86_400_000
const endMs = Date.UTC(2026, 4, 15, 12)
const styles: readonly DrivingStyle[] = driverNames

function take<Item>(count: number, items: Iterable<Item>): Item[] {
  const taken: Item[] = []
  for (const item of items) {
    if (taken.length >= count) break
    taken.push(item)
  }
  return taken
}

function tripsOf(readings: Iterable<VehicleReading>): VehicleReading[][] {
  const trips: VehicleReading[][] = [[]]
  for (const reading of readings) {
    trips.at(-1)?.push(reading)
    if (reading.values.Ignition === false) trips.push([])
  }
  return trips.filter((trip) => trip.at(-1)?.values.Ignition === false)
}

const liveDrives = (style: DrivingStyle, count: number): VehicleReading[][] =>
  tripsOf(
    take(count * 1200, driveOn({ seed: 's', device: style, style, startMs: endMs, firstTripAfterS: 0, odometerKm: 12 })),
  ).slice(0, count)

function fingerprint(readings: Iterable<Reading>): string {
  const hash = createHash('sha256')
  for (const reading of readings) hash.update(JSON.stringify(reading))
  return hash.digest('hex')
}

describe('randomness', () => {
  test('depends on nothing but the seed', () => {
    const draw = (...names: string[]): number[] => {
      const random = randomFor(...names)
      return Array.from({ length: 5 }, () => random.next())
    }
    expect(draw('a', 'b')).toEqual(draw('a', 'b'))
    expect(draw('a', 'b')).not.toEqual(draw('a', 'c'))
    expect(randomFor('demo', 'car', 1).whole(0, 1_000_000)).toBe(656_260)
  })

  test('is spread evenly and bell-shaped where asked', () => {
    const random = randomFor('spread')
    const draws = Array.from({ length: 20_000 }, () => random.next())
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true)
    for (let tenth = 0; tenth < 10; tenth += 1)
      expect(draws.filter((draw) => Math.floor(draw * 10) === tenth).length).toBeGreaterThan(1800)
    const bell = Array.from({ length: 20_000 }, () => random.around(5, 2))
    const mean = bell.reduce((sum, value) => sum + value, 0) / bell.length
    const deviation = Math.sqrt(bell.reduce((sum, value) => sum + (value - mean) ** 2, 0) / bell.length)
    expect(mean).toBeCloseTo(5, 1)
    expect(deviation).toBeCloseTo(2, 1)
  })
})

describe('the same seed gives the same bytes', () => {
  const options = { seed: 'demo', days: 6, endMs }

  test.each(styles)('for a %s driver', (style) => {
    const device = { id: 'car', kind: 'vehicle', style } as const
    const once = fingerprint(historyOf(device, options))
    expect(fingerprint(historyOf(device, options))).toBe(once)
    expect(fingerprint(historyOf(device, { ...options, seed: 'other' }))).not.toBe(once)
    expect(fingerprint(historyOf({ ...device, id: 'van' }, options))).not.toBe(once)
  })

  test('for a home, and a home that is started again goes on as if it had never stopped', () => {
    const home = { seed: 'demo', device: 'hub', style: 'average', timeZone: 'Europe/Amsterdam' } as const
    const whole = [...liveAtHome(home, endMs - 3 * dayMs, endMs)]
    expect([...liveAtHome(home, endMs - dayMs - 17_000, endMs)]).toEqual(
      whole.filter((reading) => reading.takenAtMs > endMs - dayMs - 17_000),
    )
  })

  test('for a day, however many days of history are asked for', () => {
    const device = { id: 'hub', kind: 'home', style: 'tended' } as const
    const long = [...historyOf(device, options)]
    const short = [...historyOf(device, { ...options, days: 2 })]
    expect(long.slice(-short.length)).toEqual(short)
  })
})

describe('a town', () => {
  test('has a way from everywhere to everywhere, along its roads', () => {
    town.crossings.forEach((_, from) => {
      expect(crossingsWithin(town, from, 0, Number.POSITIVE_INFINITY)).toHaveLength(town.crossings.length)
      const route = findRoute(town, from, (from + 17) % town.crossings.length)
      expect([route?.roads[0]?.from, route?.roads.at(-1)?.to]).toEqual([from, (from + 17) % town.crossings.length])
      route?.roads.slice(1).forEach((road, index) => {
        expect(road.from).toBe(route.roads[index]?.to)
      })
    })
    expect(findRoute(town, 3, 3)).toBeUndefined()
  })
})

describe.each(styles)('a %s driver', (style) => {
  const trips = liveDrives(style, 8)
  const manner = drivingManners[style]

  test('drives for four to eight minutes and stands for about six', () => {
    expect(trips).toHaveLength(8)
    trips.forEach((trip, index) => {
      const [first, last] = [trip[0]?.takenAtMs ?? 0, trip.at(-1)?.takenAtMs ?? 0]
      expect((last - first) / 60_000).toBeGreaterThan(3)
      expect((last - first) / 60_000).toBeLessThan(10)
      const next = trips[index + 1]?.[0]?.takenAtMs
      if (next !== undefined) {
        expect((next - last) / 60_000).toBeGreaterThan(5.4)
        expect((next - last) / 60_000).toBeLessThan(6.8)
      }
    })
  })

  test('reports every second, on the second, with the ignition on until the last reading', () => {
    for (const trip of trips) {
      trip.forEach((reading, index) => {
        expect(reading.takenAtMs).toBe((trip[0]?.takenAtMs ?? 0) + index * 1000)
        expect(reading.values.Ignition).toBe(index < trip.length - 1)
      })
      expect((trip[0]?.takenAtMs ?? 1) % 1000).toBe(0)
      expect([trip[0]?.values.Speed, trip.at(-1)?.values.Speed]).toEqual([0, 0])
    }
  })

  test('obeys physics: speed, acceleration, distance, position, heading and turning agree', () => {
    for (const trip of trips) {
      let [coveredM, yawedLeft, turnedLeft] = [0, 0, 0]
      trip.forEach((reading, index) => {
        const [before, after] = [trip[index - 1]?.values, trip[index + 1]?.values]
        const { values } = reading
        const speedMps = (values.Speed ?? 0) / 3.6
        coveredM += speedMps
        expect(Math.abs(values.AccelerationLongitudinal ?? 0)).toBeLessThan(6.5)
        expect(Math.abs(values.AccelerationLateral ?? 0)).toBeLessThan(
          Math.max(manner.lateralMps2, ...manner.hardCornering.sizesMps2) + 0.6,
        )
        if (before === undefined || after === undefined) return
        const slopeMps2 = ((after.Speed ?? 0) - (before.Speed ?? 0)) / 3.6 / 2
        expect(Math.abs((values.AccelerationLongitudinal ?? 0) - slopeMps2)).toBeLessThan(2.6)
        const northM = ((values.Latitude ?? 0) - (before.Latitude ?? 0)) * 111_195
        const eastM = ((values.Longitude ?? 0) - (before.Longitude ?? 0)) * 111_195 * Math.cos((52.37 * Math.PI) / 180)
        const meanMps = (speedMps + (before.Speed ?? 0) / 3.6) / 2
        expect(Math.abs(Math.sqrt(northM ** 2 + eastM ** 2) - meanMps)).toBeLessThan(1.5)
        yawedLeft += ((values.AngularVelocityYaw ?? 0) + (before.AngularVelocityYaw ?? 0)) / 2
        turnedLeft += (((((before.Heading ?? 0) - (values.Heading ?? 0)) % 360) + 540) % 360) - 180
        expect(Math.abs(yawedLeft - turnedLeft)).toBeLessThan(15)
      })
      const odometerM = ((trip.at(-1)?.values.TraveledDistance ?? 0) - (trip[0]?.values.TraveledDistance ?? 0)) * 1000
      expect(Math.abs(coveredM - odometerM) / odometerM).toBeLessThan(0.02)
    }
  })

  test('the odometer goes on from trip to trip', () => {
    expect(trips[0]?.[0]?.values.TraveledDistance).toBe(12)
    for (let index = 1; index < trips.length; index += 1)
      expect(trips[index]?.[0]?.values.TraveledDistance).toBe(trips[index - 1]?.at(-1)?.values.TraveledDistance)
  })

  test('everything reported passes the wire contract', () => {
    for (const trip of trips) {
      const bytes = Buffer.from(encodeTelemetry('vehicle', 1, endMs, trip.slice(0, 1000)))
      expect(parseTelemetry(bytes, { id: style, kind: 'vehicle' }, endMs + dayMs).rejected).toEqual([])
    }
  })
})

test('the three manners differ in hard braking and in keeping the limit', () => {
  const measured = styles.map((style) => {
    const readings = liveDrives(style, 25).flat()
    const km = readings.reduce((sum, { values }) => sum + (values.Speed ?? 0) / 3600, 0)
    const hard = readings.filter(({ values }) => (values.AccelerationLongitudinal ?? 0) < -2.7).length
    const over = readings.filter(({ values }) => (values.Speed ?? 0) > (values.SpeedLimit ?? 400) + 5).length
    return { hardPerKm: hard / km, overShare: over / readings.length }
  })
  const [calm, average, hurried] = measured
  expect(calm?.hardPerKm).toBeLessThan(average?.hardPerKm ?? 0)
  expect(average?.hardPerKm).toBeLessThan(hurried?.hardPerKm ?? 0)
  expect([calm?.overShare, average?.overShare]).toEqual([0, 0])
  expect(hurried?.overShare).toBeGreaterThan(0.05)
})

test('a vehicle whose odometer is not known does not make one up', () => {
  const random = randomFor('x')
  const request = { device: 'car', style: 'calm', startMs: 0, from: 5, to: 20, odometerKm: undefined, random } as const
  expect([...simulateTrip(request)].every((reading) => reading.values.TraveledDistance === undefined)).toBe(true)
})

describe('a history', () => {
  const options = { seed: 'demo', days: 28, endMs }

  test('of a vehicle lies in its days, ends before the first live reading, and never repeats a time', () => {
    const readings = [...vehicleHistory({ id: 'car', kind: 'vehicle', style: 'average' }, options)]
    const times = readings.map((reading) => reading.takenAtMs)
    expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true)
    expect(times[0]).toBeGreaterThanOrEqual(endMs - 28 * dayMs)
    expect(times.at(-1)).toBeLessThan(endMs - quietMs)
    const trips = tripsOf(readings)
    expect(trips.length).toBeGreaterThan(35)
    expect(trips.length).toBeLessThan(140)
    const commutes = trips.filter((trip) => [7, 8].includes(amsterdamHour(trip[0]?.takenAtMs ?? 0)))
    expect(commutes.length).toBeGreaterThan(10)
  })

  test('of a home reports every minute of its days, with ordinary use of water', () => {
    const readings = [...homeHistory({ id: 'hub', kind: 'home', style: 'tended' }, { ...options, days: 7 })]
    expect(readings).toHaveLength(7 * 1440 - 16)
    expect(readings.every((reading) => reading.takenAtMs % 60_000 === 0)).toBe(true)
    const litres = readings.reduce((sum, reading) => sum + (reading.values.WaterFlow ?? 0), 0) / 7
    expect(litres).toBeGreaterThan(70)
    expect(litres).toBeLessThan(250)
    for (let at = 0; at < readings.length; at += 1000) {
      const bytes = Buffer.from(encodeTelemetry('home', 1, endMs, readings.slice(at, at + 1000)))
      expect(parseTelemetry(bytes, { id: 'hub', kind: 'home' }, endMs).rejected).toEqual([])
    }
  })

  test('of a tended home tests its valve on the first of the month, with the water off', () => {
    const first = localDay(Math.floor(Date.UTC(2026, 4, 1) / dayMs), 'Europe/Amsterdam')
    const readings = [...homeHistory({ id: 'hub', kind: 'home', style: 'tended' }, options)]
    const closed = readings.filter((reading) => reading.values.ValveOpen === false)
    expect(closed.map((reading) => (reading.takenAtMs - first.startMs) / 60_000)).toEqual([180, 181, 182, 183])
    expect(closed.every((reading) => reading.values.WaterFlow === 0)).toBe(true)
  })

  test('shows the mishaps that a scenario asks for, when it asks for them', () => {
    const home = { seed: 'demo', device: 'hub', style: 'tended', timeZone: 'Europe/Amsterdam' } as const
    const mishaps = [
      { kind: 'leak', atMs: endMs - 3_600_000, minutes: 10 },
      { kind: 'freeze', atMs: endMs - 7_200_000, minutes: 30 },
    ] as const
    const readings = [...liveAtHome({ ...home, mishaps }, endMs - dayMs, endMs)]
    const leaking = readings.filter((reading) => reading.values.WaterLeak)
    expect(leaking).toHaveLength(10)
    expect(leaking[0]?.takenAtMs).toBe(endMs - 3_600_000)
    expect(leaking.every((reading) => (reading.values.WaterFlow ?? 0) >= 3.5)).toBe(true)
    expect(readings.filter((reading) => (reading.values.Temperature ?? 20) < 4)).toHaveLength(30)
  })
})

describe('local days', () => {
  test.each([
    ['Europe/Amsterdam', '2026-03-29T12:00:00Z', 23, '2026-03-28T23:00:00.000Z', 0],
    ['Europe/Amsterdam', '2026-10-25T12:00:00Z', 25, '2026-10-24T22:00:00.000Z', 0],
    ['America/Chicago', '2026-05-01T03:00:00Z', 24, '2026-04-30T05:00:00.000Z', 4],
    ['Asia/Kolkata', '2026-05-01T00:00:00Z', 24, '2026-04-30T18:30:00.000Z', 5],
    ['UTC', '2026-05-01T00:00:00Z', 24, '2026-05-01T00:00:00.000Z', 5],
  ])('in %s the day of %s has %i hours', (timeZone, at, hours, start, weekday) => {
    const day = localDayOf(Date.parse(at), timeZone)
    expect((day.endMs - day.startMs) / 3_600_000).toBe(hours)
    expect(new Date(day.startMs).toISOString()).toBe(start)
    expect(day.weekday).toBe(weekday)
  })

  test('a home reports every minute of the day on which the clock goes back', () => {
    const home = { seed: 's', device: 'hub', style: 'average', timeZone: 'Europe/Amsterdam' } as const
    const day = localDayOf(Date.parse('2026-10-25T12:00:00Z'), home.timeZone)
    expect([...liveAtHome(home, day.startMs - 1, day.endMs)]).toHaveLength(1500)
  })
})

function amsterdamHour(atMs: number): number {
  return Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/Amsterdam' }).format(atMs))
}
