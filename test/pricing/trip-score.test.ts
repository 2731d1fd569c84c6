// The trip score: it ranks ways of driving whatever the device and the rate, no single event decides it, and nothing that a
// device may send makes it throw.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { randomFor } from '../../devices/simulator/random.ts'
import { simulateTrip } from '../../devices/simulator/vehicle.ts'
import { ordinaryScore, pointsPerEventMax, type TripScore, tripScore } from '../../pricing/score/trip-score.ts'
import { everySecond, mondayMs, onlyTrip, reading, recordedDrive } from './drives.ts'
import { type DriveRequest, inventDrive, type Road } from './score-drives.ts'

const zone = 'Europe/Madrid'
const drivers = ['ana', 'bo', 'chen', 'dov', 'eva', 'finn']

function only(readings: readonly VehicleReading[], ...names: readonly (keyof VehicleValues)[]): readonly VehicleReading[] {
  return readings.flatMap((each) => {
    const values = Object.fromEntries(Object.entries(each.values).filter(([name]) => names.some((wanted) => wanted === name)))
    return Object.keys(values).length === 0 ? [] : [{ ...each, values }]
  })
}

const everyNth = (readings: readonly VehicleReading[], nth: number): readonly VehicleReading[] =>
  readings.filter((_, index) => index % nth === 0)

const devices: readonly {
  readonly name: string
  readonly sees: (readings: readonly VehicleReading[]) => readonly VehicleReading[]
  /** Share of the pairs of an aggressive and a calm trip, of all drivers, that it tells apart. */
  readonly orderedMin: number
}[] = [
  { name: 'accelerometer, GPS and limits', sees: (readings) => readings, orderedMin: 1 },
  {
    name: 'accelerometer and GPS',
    sees: (readings) =>
      only(readings, 'AccelerationLongitudinal', 'AccelerationLateral', 'Speed', 'Latitude', 'Longitude', 'Heading'),
    orderedMin: 1,
  },
  {
    name: 'accelerometer, speed and limits',
    sees: (readings) => only(readings, 'AccelerationLongitudinal', 'AccelerationLateral', 'Speed', 'SpeedLimit'),
    orderedMin: 1,
  },
  { name: 'everything at 1 Hz', sees: (readings) => everyNth(readings, 10), orderedMin: 1 },
  { name: 'coordinates alone', sees: (readings) => only(readings, 'Latitude', 'Longitude'), orderedMin: 0.98 },
  {
    name: 'accelerometer alone',
    sees: (readings) => only(readings, 'AccelerationLongitudinal', 'AccelerationLateral'),
    orderedMin: 0.98,
  },
]

const roads: readonly Road[] = ['motorway', 'secondary']

for (const road of roads) {
  const seeds = [1, 2, 3, 4]
  const drive = (style: DriveRequest['style']): readonly (readonly VehicleReading[])[] =>
    drivers.flatMap((driver) => seeds.map((seed) => inventDrive({ seed, driver, road, style })))
  const calm = drive('calm')
  const aggressive = drive('aggressive')
  for (const { name, sees, orderedMin } of devices)
    test(`on a ${road} ${orderedMin === 1 ? 'every aggressive trip scores' : 'nearly all aggressive trips score'} below the calm ones of six drivers: ${name}`, () => {
      const calmScores = calm.map((readings) => tripScore(sees(readings), zone).score)
      const ordered = aggressive.flatMap((readings) => {
        const { score } = tripScore(sees(readings), zone)
        return calmScores.map((calmScore) => score < calmScore)
      })
      expect(ordered.filter(Boolean).length / ordered.length).toBeGreaterThanOrEqual(orderedMin)
    })
}

test('in the simulated town the hurried driver scores below the calm one on the same way', () => {
  const drive = (style: 'calm' | 'hurried', seed: number): number =>
    tripScore(
      [
        ...simulateTrip({
          device: 'car',
          style,
          startMs: mondayMs,
          from: 12,
          to: 30,
          odometerKm: undefined,
          random: randomFor('town', seed),
        }),
      ],
      'Europe/Amsterdam',
    ).score
  for (let seed = 0; seed < 20; seed += 1) expect(drive('hurried', seed), `seed ${seed}`).toBeLessThan(drive('calm', seed))
})

test('the same drive at 50, 10 and 1 Hz has about the same score', () => {
  for (const road of roads)
    for (const style of ['calm', 'aggressive'] as const) {
      const fast = inventDrive({ seed: 7, driver: 'ana', road, style, rateHz: 50 })
      const scores = [1, 5, 50].map((nth) => tripScore(everyNth(fast, nth), zone).score)
      expect(Math.max(...scores) - Math.min(...scores), `${road}, ${style}: ${scores}`).toBeLessThan(2.5)
    }
})

test('a trip four times as long, driven alike, is not worse', () => {
  const short = inventDrive({ seed: 3, driver: 'bo', road: 'secondary', style: 'calm', minutes: 10 })
  const lastsMs = 600_000
  const long = [0, 1, 2, 3].flatMap((times) => short.map((each) => ({ ...each, takenAtMs: each.takenAtMs + times * lastsMs })))
  const [once, fourTimes] = [tripScore(short, zone), tripScore(long, zone)]
  expect(fourTimes.components.distance.figure).toBeGreaterThan(3.9 * (once.components.distance.figure ?? 0))
  expect(Math.abs(fourTimes.score - once.score)).toBeLessThan(3)
})

test('vibration, a tilted mounting and hills move a score little', () => {
  const drive = inventDrive({ seed: 5, driver: 'chen', road: 'motorway', style: 'calm' })
  const random = randomFor('shaken')
  const shaken = drive.map((each) => ({
    ...each,
    values: {
      ...each.values,
      AccelerationLongitudinal: (each.values.AccelerationLongitudinal ?? 0) + 0.4 + random.around(0, 0.8),
      AccelerationLateral: (each.values.AccelerationLateral ?? 0) - 0.5 + random.around(0, 0.8),
    },
  }))
  expect(Math.abs(tripScore(shaken, zone).score - tripScore(drive, zone).score)).toBeLessThan(2)
})

test(`no single event of up to six seconds moves a score by more than ${pointsPerEventMax} points`, () => {
  const base = new Map(
    [2, 5, 13].flatMap((minutes) =>
      roads.map(
        (road) => [`${road} ${minutes}`, inventDrive({ seed: minutes, driver: 'dov', road, style: 'calm', minutes })] as const,
      ),
    ),
  )
  const keys = [...base.keys()]
  fc.assert(
    fc.property(
      fc.constantFrom(...keys),
      fc.constantFrom(...devices),
      fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom(-8.9, -5, 5, 8.9),
      fc.constantFrom('brake', 'swerve', 'both', 'speeding'),
      (key, device, where, lastsS, mps2, what) => {
        const readings = base.get(key) ?? []
        const startMs = mondayMs + where * ((readings.at(-1)?.takenAtMs ?? 0) - mondayMs)
        const shocked = readings.map((each) => {
          const atS = (each.takenAtMs - startMs) / 1000
          if (atS < 0 || atS > lastsS) return each
          const { Speed, AccelerationLongitudinal, AccelerationLateral } = each.values
          return {
            ...each,
            values: {
              ...each.values,
              ...(what === 'brake' || what === 'both'
                ? {
                    AccelerationLongitudinal: mps2,
                    ...(Speed === undefined ? {} : { Speed: Math.max(0, Speed + mps2 * 3.6 * atS) }),
                  }
                : { AccelerationLongitudinal: AccelerationLongitudinal ?? 0 }),
              AccelerationLateral:
                what === 'swerve' || what === 'both' ? mps2 * Math.sign(Math.sin(3 * atS)) : (AccelerationLateral ?? 0),
              ...(what === 'speeding' && Speed !== undefined ? { Speed: 200 } : {}),
            },
          }
        })
        const moved = tripScore(device.sees(shocked), zone).score - tripScore(device.sees(readings), zone).score
        return Math.abs(moved) <= pointsPerEventMax
      },
    ),
    { numRuns: 300, seed: 20_240_506 },
  )
})

test('driving by night costs its few points and nothing else', () => {
  const day = inventDrive({ seed: 2, driver: 'eva', road: 'secondary', style: 'calm' })
  const night = day.map((each) => ({ ...each, takenAtMs: each.takenAtMs + 15.5 * 3_600_000 }))
  const [byDay, byNight] = [tripScore(day, zone), tripScore(night, zone)]
  expect(byNight.components.timeOfDay).toEqual({ value: 0, figure: 100, unit: '% of moving time at night' })
  expect(byDay.score - byNight.score).toBeCloseTo(5, 1)
})

test('speed is held against the limit that came with it, else only against itself and for little', () => {
  const cruise = (limit: VehicleValues): TripScore =>
    tripScore(everySecond(Array.from({ length: 900 }, () => ({ Speed: 110, ...limit }))), zone)
  expect(cruise({ SpeedLimit: 120 }).components.speed.figure).toBe(0)
  expect(cruise({ SpeedLimit: 80 }).components.speed).toMatchObject({ figure: 100, unit: '% of the time above the known limit' })
  expect(cruise({ SpeedLimit: 80 }).score).toBeLessThan(cruise({ SpeedLimit: 100 }).score)
  expect(cruise({ SpeedLimit: 100 }).score).toBeLessThan(cruise({ SpeedLimit: 120 }).score)
  expect(cruise({}).components.speed.unit).toBe('% above own free-flow speed, mean')
})

test('less is known with less: the confidence falls from the accelerometer to coordinates alone, and on short trips', () => {
  const drive = inventDrive({ seed: 1, driver: 'ana', road: 'secondary', style: 'calm' })
  const full = tripScore(drive, zone).confidence
  const fixes = tripScore(only(drive, 'Latitude', 'Longitude'), zone).confidence
  expect(full).toBeGreaterThan(0.9)
  expect(fixes).toBeLessThan(0.5 * full)
  expect(tripScore(drive.slice(0, 600), zone).confidence).toBeLessThan(0.2)
  const inG = drive.map((each) => ({
    ...each,
    values: {
      ...each.values,
      AccelerationLongitudinal: (each.values.AccelerationLongitudinal ?? 0) / 9.81,
      AccelerationLateral: (each.values.AccelerationLateral ?? 0) / 9.81,
    },
  }))
  expect(tripScore(inG, zone).confidence).toBeLessThan(0.6 * full)
})

test.each<readonly [string, readonly VehicleReading[]]>([
  ['nothing', []],
  ['one reading', everySecond([{ Speed: 50 }])],
  [
    'not numbers',
    everySecond(Array.from({ length: 50 }, () => ({ Speed: NaN, AccelerationLongitudinal: NaN, Latitude: NaN, Longitude: NaN }))),
  ],
  [
    'infinite numbers',
    everySecond(Array.from({ length: 50 }, () => ({ Speed: Infinity, AngularVelocityYaw: -Infinity, SpeedLimit: Infinity }))),
  ],
  ['one instant', Array.from({ length: 50 }, () => reading(mondayMs, { Speed: 50 }))],
  ['time backwards', [...everySecond(Array.from({ length: 50 }, () => ({ Speed: 50 })))].reverse()],
  ['no time', Array.from({ length: 50 }, () => reading(NaN, { Speed: 50 }))],
  ['a time no calendar knows', Array.from({ length: 50 }, (_, index) => reading(1e17 + index * 1000, { Speed: 50 }))],
  ['standing', everySecond(Array.from({ length: 50 }, () => ({ Speed: 0, AccelerationLongitudinal: 0.2 })))],
  ['no fix', everySecond(Array.from({ length: 50 }, () => ({ Speed: 0, Latitude: 0, Longitude: 0 })))],
])('%s gives an ordinary score that nothing supports, and no error', (_, readings) => {
  const { score, confidence } = tripScore(readings, zone)
  expect(Math.abs(score - ordinaryScore)).toBeLessThan(3)
  expect(confidence).toBeLessThan(0.06)
})

test('ten hours at 200 Hz of a constant are scored', { timeout: 30_000 }, () => {
  const still = Array.from({ length: 200_000 }, (_, index) =>
    reading(mondayMs + index * 5, { AccelerationLongitudinal: 3, Speed: 60 }),
  )
  expect(tripScore(still, zone).components.smoothness.figure).toBeLessThan(1)
  const long = Array.from({ length: 36_000 }, (_, index) => reading(mondayMs + index * 1000, { Speed: 60 }))
  expect(tripScore(long, zone).components.distance.figure).toBeCloseTo(599.98, 1)
})

test('recorded drives are told apart, each by its own figures', async () => {
  const city = await recordedDrive('nds-05.csv')
  const country = await recordedDrive('nds-31.csv')
  const [rough, even] = [tripScore(city.readings, city.timeZone), tripScore(country.readings, country.timeZone)]
  expect(rough.score).toBeLessThan(even.score)
  for (const { components } of [rough, even])
    for (const name of ['smoothness', 'cornering', 'speed', 'timeOfDay', 'distance'] as const) {
      expect(components[name].figure, name).not.toBeNull()
      expect(components[name].unit, name).not.toBe('')
    }
})

test('the score stored with a trip is that of its readings, and comes with the heat map', () => {
  const drive = inventDrive({ seed: 4, driver: 'finn', road: 'secondary', style: 'aggressive' })
  const stored = onlyTrip(drive).facts.score
  expect(Math.abs((stored?.score ?? 0) - tripScore(drive, 'Europe/Amsterdam').score)).toBeLessThan(2)
  expect(stored?.heat.flat().reduce((sum, thousandths) => sum + thousandths, 0)).toBeGreaterThan(950)
})
