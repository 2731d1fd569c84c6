// The vehicle and what it carries: nothing faster than engine and tyres allow, acceleration that is the change of speed, and equipment that
// knows what such equipment knows.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { phoneSignals } from '../../devices/contract/phone-signals.ts'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import { encodeTelemetry, parseTelemetry } from '../../devices/contract/telemetry.ts'
import { driverNames, drivingManners } from '../../devices/simulator/drive.ts'
import { randomFor } from '../../devices/simulator/random.ts'
import { metresApart, metresOf } from '../../devices/simulator/road/road-map.ts'
import { stepM, surroundingsAt, type Track, trackBetween } from '../../devices/simulator/road/track.ts'
import { trafficAt } from '../../devices/simulator/road/traffic.ts'
import { town } from '../../devices/simulator/town.ts'
import { type Drive, type DriveState, driveOf } from '../../devices/simulator/vehicle/drive-state.ts'
import type { Equipment } from '../../devices/simulator/vehicle/equipment.ts'
import { gpsReceiver } from '../../devices/simulator/vehicle/gps-receiver.ts'
import { type DrivePlan, planDrive } from '../../devices/simulator/vehicle/plan-drive.ts'
import { planTrip, type TripPlan, type TripRequest, truthOf } from '../../devices/simulator/vehicle/plan-trip.ts'
import { readingsOfTrip } from '../../devices/simulator/vehicle/trip-readings.ts'
import { engineRpm, familyCar, gearAt, gripMps2, pullMps2 } from '../../devices/simulator/vehicle/vehicle-model.ts'
import { inVehicleAxes } from '../../pricing/behaviour/phone-translator.ts'

const mondayMs = Date.UTC(2026, 4, 4, 8)
const crossing = fc.integer({ min: 0, max: town.crossings.length - 1 })
const anyDrive = fc
  .record({ from: crossing, to: crossing, style: fc.constantFrom(...driverNames), isWet: fc.boolean(), seed: fc.nat(9999) })
  .filter(({ from, to }) => from !== to)

function planned({ from, to, style, isWet, seed }: typeof anyDrive extends fc.Arbitrary<infer Made> ? Made : never): DrivePlan {
  const track = trackBetween(town, from, to)
  if (track === undefined) throw new Error('no way')
  const conditions = { model: familyCar, isWet, traffic: trafficAt(600, 2) }
  return planDrive(track, drivingManners[style], randomFor('property', seed), conditions)
}

test('nobody gains speed faster than the engine pulls, or leaves the tyres’ circle', () => {
  fc.assert(
    fc.property(anyDrive, (drive) => {
      const { speeds, track } = planned(drive)
      const grip = gripMps2(familyCar, drive.isWet)
      let [overPull, overGrip] = [0, 0]
      for (let row = 1; row < speeds.length; row += 1) {
        const [before, after] = [speeds[row - 1] ?? 0, speeds[row] ?? 0]
        const along = (after ** 2 - before ** 2) / (2 * stepM)
        const slower = along > 0 ? row - 1 : row
        const across = (speeds[slower] ?? 0) ** 2 * (track.curvature[slower] ?? 0)
        overPull = Math.max(overPull, along - Math.max(0, pullMps2(familyCar, before, drive.isWet)))
        overGrip = Math.max(overGrip, Math.sqrt(along ** 2 + across ** 2) - grip)
      }
      expect(overPull).toBeLessThan(0.01)
      expect(overGrip).toBeLessThan(0.05)
    }),
    { numRuns: 80, seed: 5 },
  )
})

test('acceleration is the change of speed, distance its sum, and a moment is the same whatever was asked before', () => {
  fc.assert(
    fc.property(anyDrive, fc.integer({ min: 5, max: 17 }), (chosen, stride) => {
      const plan = planned(chosen)
      const drive = driveOf(plan)
      let [drivenM, fastest] = [0, 0]
      for (let second = 0; second < drive.seconds; second += 0.1) {
        const [before, after] = [drive.speedAt(second), drive.speedAt(second + 0.1)]
        fastest = Math.max(fastest, Math.abs(after - before))
        drivenM += ((before + after) / 2) * 0.1
      }
      expect(fastest).toBeLessThanOrEqual(gripMps2(familyCar, false) * 0.1 + 0.01)
      expect(Math.abs(drivenM - drive.drivenAt(drive.seconds))).toBeLessThan(2)
      const other = driveOf(plan)
      for (let second = Math.floor(drive.seconds); second >= 0; second -= stride) {
        const state = drive.stateAt(second)
        expect(other.stateAt(second)).toEqual(state)
        expect(state.longitudinalMps2).toBe(drive.speedAt(second + 0.5) - drive.speedAt(second - 0.5))
      }
    }),
    { numRuns: 12, seed: 6 },
  )
})

test('a car shifts up as it goes faster, idles at a stand, and cannot pull for ever', () => {
  const gears = [1, 5, 10, 15, 20, 25, 35].map((mps) => gearAt(familyCar, mps, 0.5))
  expect(gears).toEqual([...gears].sort((one, other) => one - other))
  expect(gears[0]).toBe(1)
  expect(gears.at(-1)).toBe(familyCar.gears.length)
  expect(engineRpm(familyCar, 0, 0)).toBe(familyCar.idleRpm)
  for (let mps = 1; mps < 50; mps += 1) expect(engineRpm(familyCar, mps, 1)).toBeLessThan(6000)
  expect(pullMps2(familyCar, 5, false)).toBeGreaterThan(4)
  expect(pullMps2(familyCar, 5, true)).toBeLessThan(pullMps2(familyCar, 5, false))
  expect(pullMps2(familyCar, 70, false)).toBeLessThan(0)
})

test('the same way takes longer in the rush hour than by night', () => {
  const track = trackBetween(town, 32, 18)
  if (track === undefined) throw new Error('no way')
  const seconds = (minute: number): number => {
    let sum = 0
    for (let seed = 0; seed < 20; seed += 1)
      sum += planDrive(track, drivingManners.average, randomFor('hour', seed), {
        model: familyCar,
        isWet: false,
        traffic: trafficAt(minute, 2),
      }).seconds
    return sum / 20
  }
  expect(seconds(480)).toBeGreaterThan(1.1 * seconds(720))
  expect(seconds(720)).toBeGreaterThan(1.05 * seconds(120))
})

const tunnelRoad = town.roads.find(({ surroundings }) => surroundings === 'tunnel')

function trip(equipment: Equipment, more: Partial<TripRequest> = {}): { plan: TripPlan; readings: readonly VehicleReading[] } {
  const request = {
    device: 'car',
    style: 'average',
    startMs: mondayMs,
    from: tunnelRoad?.from ?? 0,
    to: tunnelRoad?.to ?? 0,
  } as const
  const plan = planTrip({ ...request, odometerKm: 500, random: randomFor('trip', equipment), equipment, ...more })
  if (plan === undefined) throw new Error('no way')
  return { plan, readings: [...readingsOfTrip(plan)] }
}

describe('equipment', () => {
  test('a plug reads whole kilometres an hour, the engine and the odometer, and feels nothing', () => {
    const { plan, readings } = trip('obd')
    expect(readings).toHaveLength(plan.lastS + 1)
    for (const { values } of readings) {
      expect(Number.isInteger(values.Speed)).toBe(true)
      expect(values.AccelerationLongitudinal ?? values.PhoneAccelerationX ?? values.AngularVelocityYaw).toBeUndefined()
    }
    expect(readings[1]?.values.EngineSpeed).toBe(familyCar.idleRpm)
    expect(readings.at(-1)?.values).toMatchObject({ EngineSpeed: 0, Ignition: false })
    expect(readings.at(-1)?.values.TraveledDistance).toBeCloseTo(500 + plan.distanceM / 1000, 0)
  })

  test('a receiver has no position at first and none in a tunnel, and the truth says so', () => {
    const { plan, readings } = trip('obd')
    const blind = readings.filter(({ values }) => values.Latitude === undefined).map(({ takenAtMs }) => takenAtMs)
    expect(blind.length).toBeGreaterThan(plan.firstFixS + 20)
    const { unseen = [] } = truthOf(plan)
    for (const atMs of blind) expect(unseen.some(({ startMs, endMs }) => atMs >= startMs && atMs <= endMs)).toBe(true)
    const { readings: bare } = trip('gps-only')
    expect(bare.length).toBeLessThan(readings.length)
    expect(bare.every(({ values }) => values.Latitude !== undefined && values.Ignition === undefined)).toBe(true)
    const garage = trip('obd', { isFromGarage: true, from: 14, to: 33 })
    expect(garage.readings.findIndex(({ values }) => values.Latitude !== undefined)).toBeGreaterThanOrEqual(45)
  })

  test('a phone tells its own axes ten to fifty times a second, and the product finds the car’s in them', () => {
    for (const hertz of [10, 50]) {
      const { plan, readings } = trip('phone', { from: 14, to: 33, hertz })
      expect(readings).toHaveLength(plan.lastS * hertz + 1)
      const first = readings.slice(0, hertz).map(({ values }) => values)
      const felt = Math.sqrt(
        [
          first.map((v) => v.PhoneAccelerationX ?? 0),
          first.map((v) => v.PhoneAccelerationY ?? 0),
          first.map((v) => v.PhoneAccelerationZ ?? 0),
        ]
          .map((axis) => axis.reduce((sum, value) => sum + value, 0) / axis.length)
          .reduce((sum, value) => sum + value ** 2, 0),
      )
      expect(Math.abs(felt - 9.81)).toBeLessThan(0.25)
      const names = new Set<string>([
        ...phoneSignals.map(({ name }) => name),
        'Speed',
        'Latitude',
        'Longitude',
        'Heading',
        'HorizontalAccuracy',
        'SpeedLimit',
        'PhoneHandling',
      ])
      expect(readings.flatMap(({ values }) => Object.keys(values)).filter((name) => !names.has(name))).toEqual([])
      expect(alikeness(plan.drive, plan, inVehicleAxes(readings))).toBeGreaterThan(0.9)
    }
  })

  test.each(['tracker', 'obd', 'phone', 'gps-only'] as const)('everything a %s says passes the wire contract', (equipment) => {
    const { readings } = trip(equipment, { style: 'distracted', from: 14, to: 33 })
    for (let from = 0; from < readings.length; from += 500) {
      const bytes = Buffer.from(encodeTelemetry('vehicle', 1, mondayMs, readings.slice(from, from + 500)))
      expect(parseTelemetry(bytes, { id: 'car', kind: 'vehicle' }, mondayMs + 86_400_000).rejected).toEqual([])
    }
  })
})

/** Correlation of the longitudinal acceleration found with the true one. */
function alikeness(drive: Drive, { idleS }: TripPlan, readings: readonly VehicleReading[]): number {
  let [xy, xx, yy] = [0, 0, 0]
  for (const { takenAtMs, values } of readings) {
    const found = values.AccelerationLongitudinal ?? 0
    const { longitudinalMps2 } = drive.stateAt((takenAtMs - mondayMs) / 1000 - idleS)
    xy += found * longitudinalMps2
    xx += found ** 2
    yy += longitudinalMps2 ** 2
  }
  return xy / Math.sqrt(xx * yy)
}

test('the error of a position wanders, and is worse between tall houses', () => {
  const state = (surroundings: number): DriveState => ({
    eastM: 0,
    northM: 0,
    headingDegrees: 0,
    speedMps: 10,
    longitudinalMps2: 0,
    lateralMps2: 0,
    yawDegPerS: 0,
    limitKph: 50,
    surroundings,
    drivenM: 0,
  })
  const errors = (surroundings: number) => {
    const receiver = gpsReceiver(town, 0, randomFor('gps', surroundings))
    return Array.from({ length: 4000 }, (_, second) => {
      const fix = receiver.fixAt(second, state(surroundings))
      return fix === undefined ? { eastM: Number.NaN, northM: Number.NaN } : metresOf(town.centre, fix)
    })
  }
  const size = (list: readonly { eastM: number; northM: number }[]): number =>
    Math.sqrt(list.reduce((sum, { eastM, northM }) => sum + eastM ** 2 + northM ** 2, 0) / list.length / 2)
  const [open, canyon] = [errors(surroundingsAt.open), errors(surroundingsAt.canyon)]
  expect(size(open)).toBeGreaterThan(1)
  expect(size(open)).toBeLessThan(3)
  expect(size(canyon)).toBeGreaterThan(2 * size(open))
  const steps = open.slice(1).map((error, index) => metresApart(error, open[index] ?? error))
  expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeLessThan(0.5 * size(open))
  expect(errors(surroundingsAt.tunnel).every(({ eastM }) => Number.isNaN(eastM))).toBe(true)
})

test('a track that is asked for twice takes its memory once', () => {
  const tracks = new Set<Track | undefined>()
  for (let times = 0; times < 50; times += 1) tracks.add(trackBetween(town, 12, 27))
  expect(tracks.size).toBe(1)
})
