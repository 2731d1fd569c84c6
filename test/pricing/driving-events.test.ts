// Hard brakes, accelerations and turns on the ladder: duration, debounce, minimum speed, mounting bias, and slopes of speed.

import { expect, test } from 'vitest'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { countsAt } from '../../pricing/trip-facts.ts'
import { everySecond, mondayMs, onlyTrip, reading } from './drives.ts'

/** Five minutes at 60 km/h in which `at` may change single seconds. */
function drive(at: (second: number) => VehicleValues, seconds = 300) {
  const quiet = { Speed: 60, AccelerationLongitudinal: 0, AccelerationLateral: 0 }
  return onlyTrip(everySecond(Array.from({ length: seconds + 1 }, (_, second) => ({ ...quiet, ...at(second) })))).facts
}

test('a brake counts at every rung it reaches and at none above', () => {
  const facts = drive((second) => (second === 100 ? { AccelerationLongitudinal: -4.2 } : {}))
  expect(facts.counts.brake).toEqual([1, 1, 1, 1, 0, 0, 0])
  expect(facts.counts.acceleration).toEqual([0, 0, 0, 0, 0, 0, 0])
  expect(facts.events).toEqual([{ kind: 'brake', startMs: mondayMs + 100_000, endMs: mondayMs + 100_000, peak: 4.2 }])
  expect(countsAt(facts, { braking: 3.1, acceleration: 3.1, cornering: 4 })).toMatchObject({ brake: 1, acceleration: 0 })
})

test('positive is acceleration and left, negative is brake and right', () => {
  const facts = drive((second) => ({
    ...(second === 50 ? { AccelerationLongitudinal: 3 } : {}),
    ...(second === 100 ? { AccelerationLateral: 5 } : {}),
    ...(second === 150 ? { AccelerationLateral: -5 } : {}),
  }))
  expect(facts.events.map(({ kind }) => kind)).toEqual(['acceleration', 'left-turn', 'right-turn'])
})

test('a dip below the threshold for one sample in ten is one event', () => {
  const readings = Array.from({ length: 3001 }, (_, index) =>
    reading(mondayMs + index * 100, {
      Speed: 60,
      AccelerationLongitudinal: index >= 1000 && index < 1030 && index % 10 !== 5 ? -3.6 : 0,
    }),
  )
  expect(onlyTrip(readings).facts.counts.brake.slice(0, 3)).toEqual([1, 1, 0])
})

test('a knock of a tenth of a second is no event', () => {
  const readings = Array.from({ length: 3001 }, (_, index) =>
    reading(mondayMs + index * 100, { Speed: 60, AccelerationLongitudinal: index === 1000 ? -8 : 0 }),
  )
  expect(onlyTrip(readings).facts.events).toEqual([])
})

test('what no vehicle can do is a fault of the sensor', () => {
  expect(drive((second) => (second === 100 ? { AccelerationLongitudinal: -12 } : {})).events).toEqual([])
})

test('two brakes with a pause between them are two', () => {
  const facts = drive((second) => (second === 100 || second === 103 ? { AccelerationLongitudinal: -3.5 } : {}))
  expect(facts.counts.brake[0]).toBe(2)
})

test('parking manoeuvres do not count', () => {
  const facts = drive((second) =>
    second > 100 && second < 120 ? { Speed: 8, ...(second === 110 ? { AccelerationLongitudinal: -4 } : {}) } : {},
  )
  expect(facts.counts.brake[0]).toBe(0)
})

test('a bias of the lateral axis is not cornering', () => {
  const facts = drive((second) => ({ AccelerationLateral: second === 100 ? -3.0 : -0.4 }))
  expect(facts.counts['right-turn'].slice(0, 2), 'a turn of 2.6').toEqual([0, 0])
  const turning = drive((second) => ({ AccelerationLateral: second === 100 ? -3.2 : -0.4 }))
  expect(turning.counts['right-turn'].slice(0, 2), 'a turn of 2.8').toEqual([1, 0])
})

test('without an accelerometer, slopes of speed tell, whatever the rate', () => {
  const stop = (stepMs: number) => {
    const readings = Array.from({ length: Math.ceil(300_000 / stepMs) }, (_, index) => {
      const second = (index * stepMs) / 1000
      return reading(mondayMs + index * stepMs, { Speed: second < 100 ? 72 : Math.max(15, 72 - (second - 100) * 3.4 * 3.6) })
    })
    return onlyTrip(readings).facts
  }
  for (const stepMs of [200, 500, 1000, 2000]) {
    const facts = stop(stepMs)
    expect(facts.longitudinalFrom).toBe('speed')
    expect(facts.counts.brake.slice(0, 3), `every ${stepMs} ms`).toEqual([1, 1, 0])
  }
})

test('whole-number speeds that are repeated and come late are not events', () => {
  // 36 km/h gained in 10 s, 1 m/s², reported four times a second as an on-board diagnosis adapter does: in steps, repeated.
  const readings = Array.from({ length: 1200 }, (_, index) => {
    const second = index / 4
    const kph = Math.min(72, 36 + Math.max(0, second - 100) * 3.6)
    return reading(mondayMs + index * 250, { Speed: Math.floor(kph) })
  })
  expect(onlyTrip(readings).facts.events).toEqual([])
})

test('without a lateral accelerometer, speed and yaw rate tell of cornering; without either nothing is known', () => {
  const withYaw = onlyTrip(
    everySecond(Array.from({ length: 301 }, (_, second) => ({ Speed: 45, AngularVelocityYaw: second === 100 ? 20 : 0 }))),
  ).facts
  expect(withYaw.counts['left-turn'].slice(0, 5), '12.5 m/s × 0.349 rad/s = 4.36').toEqual([1, 1, 1, 1, 0])
  const without = onlyTrip(everySecond(Array.from({ length: 301 }, () => ({ Speed: 45 })))).facts
  expect(without.lateralM).toBe(0)
})

test('counts never rise along the ladder', () => {
  const facts = drive((second) => ({
    AccelerationLongitudinal: 8 * Math.sin(second * 1.7),
    AccelerationLateral: 7 * Math.cos(second),
  }))
  for (const counts of Object.values(facts.counts)) {
    expect(counts).toEqual(counts.toSorted((one, other) => other - one))
    expect(counts[0]).toBeGreaterThan(0)
  }
})
