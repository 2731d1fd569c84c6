// The vehicle's axes out of a phone at any angle, learned from the drive itself; and the same events as the car's own sensors give.

import { expect, test } from 'vitest'
import type { VehicleReading } from '../../devices/contract/reading.ts'
import { learnMounting, type Mounting, mountingsOf, newLearner } from '../../pricing/behaviour/phone-mountings.ts'
import { inVehicleAxes } from '../../pricing/behaviour/phone-translator.ts'
import { mondayMs, onlyTrip, reading } from './drives.ts'
import { type Angles, asCar, asPhone, hertz, townDrive } from './phone-drive.ts'

const motions = townDrive(6 * 60)
const car = asCar(motions)

function mountingsIn(readings: readonly VehicleReading[]): readonly Mounting[] {
  const learner = newLearner()
  for (const each of readings) learnMounting(learner, each)
  return mountingsOf(learner)
}

function differenceMps2(one: readonly VehicleReading[], other: readonly VehicleReading[]): number {
  let [sum, count] = [0, 0]
  for (const [row, { values }] of one.entries()) {
    const twin = other[row]?.values
    for (const name of ['AccelerationLongitudinal', 'AccelerationLateral'] as const) {
      const difference = (values[name] ?? Number.NaN) - (twin?.[name] ?? Number.NaN)
      if (Number.isNaN(difference)) continue
      sum += difference ** 2
      count += 1
    }
  }
  return Math.sqrt(sum / count)
}

const eventsOf = (readings: readonly VehicleReading[]) => onlyTrip(readings).facts.events.map(({ kind }) => kind)

test.each<Angles>([
  [0, 0, 0],
  [90, 0, 0],
  [-135, 40, 10],
  [30, -60, 170],
  [10, 85, 0],
])('lying at %i, %i and %i degrees, a phone feels what the car feels and has its events', (...angles) => {
  const phone = inVehicleAxes(asPhone(motions, { angles: () => angles }))
  expect(differenceMps2(phone, car)).toBeLessThan(0.25)
  expect(eventsOf(phone)).toEqual(eventsOf(car))
  expect(eventsOf(car)).toEqual(expect.arrayContaining(['brake', 'acceleration', 'left-turn']))
})

test('without a gyroscope the changes of speed and heading are enough', () => {
  const phone = inVehicleAxes(asPhone(motions, { angles: () => [-135, 40, 10], hasGyroscope: false }))
  expect(differenceMps2(phone, car)).toBeLessThan(0.35)
  expect(phone.every(({ values }) => values.AngularVelocityYaw === undefined)).toBe(true)
})

test('without speed and position the turns are enough', () => {
  const silent = asPhone(motions, { angles: () => [-135, 40, 10] }).map(({ takenAtMs, values }) => {
    const { Speed: _, Heading: __, ...rest } = values
    return reading(takenAtMs, rest)
  })
  expect(differenceMps2(inVehicleAxes(silent), car)).toBeLessThan(0.35)
})

test('a phone that is mounted anew in the middle is learned anew', () => {
  const long = townDrive(10 * 60)
  const half = 5 * 60 * hertz
  const moved = asPhone(long, {
    angles: (row) => (row < half ? [-135, 40, 10] : [60, -20, 75]),
    handled: (row) => (row >= half - hertz && row < half + hertz ? [180, 40, 90] : [0, 0, 0]),
  })
  const mountings = mountingsIn(moved)
  expect(
    mountings.map(({ fromMs, untilMs }) => [Math.round((fromMs - mondayMs) / 60_000), (untilMs - mondayMs) / 60_000]),
  ).toEqual([
    [0, expect.closeTo(5, 0.2)],
    [5, Number.POSITIVE_INFINITY],
  ])
  const phone = inVehicleAxes(moved)
  expect(differenceMps2(phone, asCar(long))).toBeLessThan(0.3)
  const inHand = phone[half]?.values
  expect(inHand?.AccelerationLongitudinal, 'nothing is known while it is handled').toBeUndefined()
})

test('without a gyroscope a new tilt is noticed too', () => {
  const long = townDrive(10 * 60)
  const half = 5 * 60 * hertz
  const moved = asPhone(long, { angles: (row) => (row < half ? [0, 0, 0] : [60, -20, 75]), hasGyroscope: false })
  expect(mountingsIn(moved)).toHaveLength(2)
})

test('a phone in the hand says nothing of the vehicle: no axes, no acceleration, no events of it', () => {
  const held = asPhone(motions, {
    angles: (row) => [40 * Math.sin(row / 31), 60 + 35 * Math.sin(row / 47), 50 * Math.sin(row / 23)],
    handled: (row) => [60 * Math.cos(row / 31), 50 * Math.cos(row / 47), 130 * Math.cos(row / 23)],
  })
  expect(mountingsIn(held)).toEqual([])
  expect(inVehicleAxes(held)).toBe(held)
  const { facts } = onlyTrip(held)
  expect(facts.longitudinalFrom).toBe('speed')
  expect(facts.lateralM).toBe(0)
})

test('what cannot be learned from stays as it is', () => {
  const phone = asPhone(motions, { angles: () => [0, 0, 0] })
  const minute = phone.slice(0, 50 * hertz)
  expect(inVehicleAxes(minute)).toBe(minute)
  const standing = asPhone(
    motions.map(() => ({ forward: 0, left: 0, yaw: 0, kph: 0, heading: 0 })),
    { angles: () => [0, 0, 0] },
  )
  expect(inVehicleAxes(standing)).toBe(standing)
  const inG = phone.map(({ takenAtMs, values }) =>
    reading(takenAtMs, {
      ...values,
      PhoneAccelerationX: (values.PhoneAccelerationX ?? 0) / 9.81,
      PhoneAccelerationY: (values.PhoneAccelerationY ?? 0) / 9.81,
      PhoneAccelerationZ: (values.PhoneAccelerationZ ?? 0) / 9.81,
    }),
  )
  expect(inVehicleAxes(inG), 'not in m/s²').toBe(inG)
  const broken = phone.map(({ takenAtMs, values }) => reading(takenAtMs, { ...values, PhoneAccelerationX: Number.NaN }))
  expect(inVehicleAxes(broken)).toBe(broken)
  expect(inVehicleAxes([])).toEqual([])
  expect(inVehicleAxes(car)).toBe(car)
})

test('what a device says in the vehicle’s axes itself stands', () => {
  const both = asPhone(motions, { angles: () => [90, 0, 0] }).map(({ takenAtMs, values }) =>
    reading(takenAtMs, { ...values, AccelerationLongitudinal: 1 }),
  )
  expect(inVehicleAxes(both).every(({ values }) => values.AccelerationLongitudinal === 1)).toBe(true)
})

test('a phone that turned its axes to the earth is turned by its heading', () => {
  const earth = car.map(({ takenAtMs, values }, row) => {
    const { AccelerationLongitudinal: forward = 0, AccelerationLateral: left = 0, ...rest } = values
    // Magnetic north is nine degrees off.
    const [cos, sin] = [(motions[row]?.heading ?? 0) - 9].flatMap((angle) => [
      Math.cos(((90 - angle) * Math.PI) / 180),
      Math.sin(((90 - angle) * Math.PI) / 180),
    ])
    return reading(takenAtMs, {
      ...rest,
      EarthAccelerationEast: (cos ?? 1) * forward - (sin ?? 0) * left,
      EarthAccelerationNorth: (sin ?? 0) * forward + (cos ?? 1) * left,
      EarthAccelerationUp: 0,
    })
  })
  expect(differenceMps2(inVehicleAxes(earth), car)).toBeLessThan(0.3)
  const withoutHeading = earth.map(({ takenAtMs, values: { Heading: _, ...values } }) => reading(takenAtMs, values))
  expect(differenceMps2(inVehicleAxes(withoutHeading), car)).toBeLessThan(0.3)
  const biased = withoutHeading.map(({ takenAtMs, values }) =>
    reading(takenAtMs, { ...values, AngularVelocityYaw: (values.AngularVelocityYaw ?? 0) - 0.6 }),
  )
  expect(differenceMps2(inVehicleAxes(biased), car), 'a gyroscope that drifts 36 degrees a minute').toBeLessThan(0.4)
})
