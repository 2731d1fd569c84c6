// Events from a phone's accelerometer, whose gravity removal takes away all that is slower than about a second: brakes without
// their rebound, turns told from turning, swerves from turns, and what a second sensor contradicts. Also input nobody should send.

import { expect, test } from 'vitest'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { type EventLedger, listedOf } from '../../pricing/behaviour/event-ledger.ts'
import type { Observation } from '../../pricing/behaviour/observations.ts'
import { emptySample, readSample } from '../../pricing/behaviour/sample.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import { addToTrip, endTrip, newMeasurement } from '../../pricing/behaviour/trip-measurement.ts'
import { amsterdam, mondayMs, reading } from './drives.ts'

/** What the vehicle did: m/s² forward and to the left, deg/s to the left. */
interface Motion {
  readonly forward?: number
  readonly left?: number
  readonly yaw?: number
}

interface Manoeuvres extends Pick<EventLedger, 'counts' | 'events'> {
  readonly detections: readonly Observation[]
}

function manoeuvresOf(values: readonly VehicleValues[], stepMs: number, without: readonly string[] = []): Manoeuvres {
  const filters = behaviourThresholds.detect.filters.filter((name) => !without.includes(name))
  const thresholds = { ...behaviourThresholds, detect: { ...behaviourThresholds.detect, filters } }
  const measurement = newMeasurement(amsterdam, thresholds)
  const sample = emptySample()
  for (const [index, value] of values.entries()) {
    readSample(sample, reading(mondayMs + index * stepMs, value))
    addToTrip(measurement, sample, true)
  }
  const { ledger } = endTrip(measurement, true)
  return { counts: ledger.counts, events: ledger.events, detections: listedOf(ledger, thresholds).observations }
}

/** Four minutes at the rate given, as a phone says it: each axis minus its own average of the last second. */
function phoneDrive(motion: (second: number) => Motion, hertz = 50, seconds = 240): readonly VehicleValues[] {
  let slowForward = 0
  let slowLeft = 0
  return Array.from({ length: seconds * hertz }, (_, index) => {
    const second = index / hertz
    // Everyday driving on top, so that the axis is strong enough to be judged: gentle pulls and brakes, as in a town.
    const everyday = 1.2 * Math.sin((2 * Math.PI * second) / 9)
    const { forward = 0, left = 0, yaw = 0 } = motion(second)
    const before = { slowForward, slowLeft }
    slowForward += (forward + everyday - slowForward) / hertz
    slowLeft += (left - slowLeft) / hertz
    return {
      AccelerationLongitudinal: forward + everyday - before.slowForward,
      AccelerationLateral: left - before.slowLeft,
      AngularVelocityYaw: yaw,
    }
  })
}

const kinds = (found: Manoeuvres): readonly string[] => found.detections.map(({ kind }) => kind)
const between = (second: number, from: number, to: number): boolean => second >= from && second < to

const hardBrake = (second: number): Motion => (between(second, 100, 102) ? { forward: -7 } : {})

test.each([20, 50, 100])('at %i Hz a hard brake is one brake, and its rebound no acceleration', (hertz) => {
  const found = manoeuvresOf(phoneDrive(hardBrake, hertz), 1000 / hertz)
  expect(kinds(found)).toEqual(['brake'])
  expect(found.detections[0]?.peak, 'what was taken away is put back').toBeGreaterThan(5.5)
  expect((found.detections[0]?.startMs ?? 0) - mondayMs).toBeGreaterThan(99_000)
  expect((found.detections[0]?.endMs ?? 0) - mondayMs).toBeLessThan(103_000)
  expect(found.counts.brake[0]).toBe(1)
})

test('without putting it back, the rebound is there to be mistaken', () => {
  expect(kinds(manoeuvresOf(phoneDrive(hardBrake), 20, ['restore', 'rebound']))).toEqual(['brake', 'acceleration'])
})

test('a turn at 5 m/s² is a turn; turning as far at 1.5 m/s² is none', () => {
  const turn = (left: number) => (second: number) => (between(second, 100, 103) ? { left, yaw: left > 0 ? 30 : -30 } : {})
  expect(kinds(manoeuvresOf(phoneDrive(turn(5)), 20))).toEqual(['left-turn'])
  expect(kinds(manoeuvresOf(phoneDrive(turn(-5)), 20))).toEqual(['right-turn'])
  expect(kinds(manoeuvresOf(phoneDrive(turn(1.5)), 20))).toEqual([])
})

const swing = (second: number, from: number, sign: 1 | -1): Motion =>
  between(second, from, from + 1)
    ? { left: 4 * sign, yaw: 10 * sign }
    : between(second, from + 1, from + 2)
      ? { left: -4 * sign, yaw: -10 * sign }
      : {}

test('out of the lane and straight on is a lane change; out and back is one, named after its stronger swing', () => {
  expect(
    kinds(
      manoeuvresOf(
        phoneDrive((second) => swing(second, 100, 1)),
        20,
      ),
    ),
  ).toEqual(['lane-change-left'])
  expect(
    kinds(
      manoeuvresOf(
        phoneDrive((second) => swing(second, 100, -1)),
        20,
      ),
    ),
  ).toEqual(['lane-change-right'])
  const outAndBack = (second: number): Motion => {
    const back = swing(second, 104, -1)
    return second < 103 ? swing(second, 100, 1) : { left: 1.2 * (back.left ?? 0), yaw: back.yaw ?? 0 }
  }
  expect(kinds(manoeuvresOf(phoneDrive(outAndBack), 20))).toEqual(['lane-change-right'])
})

test('a hard acceleration that is broken off is found below every rung, and counts at none', () => {
  const surge = (second: number): Motion =>
    between(second, 101, 105) ? { forward: 2.4 } : between(second, 105, 108) ? { forward: -2.6 } : {}
  const found = manoeuvresOf(
    phoneDrive((second) => {
      const { forward = 0 } = surge(second)
      // No everyday driving on top of it.
      return { forward: between(second, 99, 112) ? forward - 1.2 * Math.sin((2 * Math.PI * second) / 9) : forward }
    }),
    20,
  )
  expect(kinds(found)).toEqual(['acceleration'])
  expect(found.counts.acceleration).toEqual([0, 0, 0, 0, 0, 0, 0])
  expect(found.events).toEqual([])
})

test('a brake while the speed rises is detected with little confidence and does not count', () => {
  const drive = (kphAt: (second: number) => number) =>
    Array.from({ length: 300 }, (_, second) => ({
      Speed: kphAt(second),
      AccelerationLongitudinal: second === 100 || second === 101 ? -3.5 : 0,
    }))
  const rising = manoeuvresOf(
    drive((second) => 40 + second / 10),
    1000,
  )
  expect(kinds(rising)).toEqual(['brake'])
  expect(rising.detections[0]?.confidence).toBeLessThan(0.5)
  expect(rising.counts.brake[0]).toBe(0)
  const falling = manoeuvresOf(
    drive((second) => (second < 100 ? 60 : Math.max(38, 60 - 12 * (second - 99)))),
    1000,
  )
  expect(falling.detections[0]?.confidence).toBeGreaterThan(0.7)
  expect(falling.counts.brake[0]).toBe(1)
})

test('the tilt of the sensor is no driving', () => {
  const tilted = Array.from({ length: 300 }, (_, second) => ({
    Speed: 50,
    AccelerationLongitudinal: 0.4 + (second % 60 === 30 ? 2.4 : 0),
  }))
  expect(kinds(manoeuvresOf(tilted, 1000))).toEqual([])
  expect(kinds(manoeuvresOf(tilted, 1000, ['bias'])).length).toBeGreaterThan(0)
})

test.each([
  ['nothing', [], 1000],
  ['one sample', [{ AccelerationLongitudinal: -5 }], 1000],
  ['no value at all', Array.from({ length: 100 }, () => ({})), 1000],
  ['one value for ever', Array.from({ length: 2000 }, () => ({ AccelerationLongitudinal: 3, AccelerationLateral: -3 })), 20],
  ['200 Hz of silence', Array.from({ length: 4000 }, () => ({ AccelerationLongitudinal: 0, AngularVelocityYaw: 0 })), 5],
  ['values no vehicle reaches', Array.from({ length: 100 }, () => ({ AccelerationLongitudinal: 80 })), 100],
] as const)('%s is no event and no failure', (_, values: readonly VehicleValues[], stepMs: number) => {
  const found = manoeuvresOf(values, stepMs)
  expect(found.events.filter(({ kind }) => kind !== 'left-turn').length).toBe(found.events.length)
  expect(Object.values(found.counts).every((counts) => counts.length === behaviourThresholds.event.ladderMps2.length)).toBe(true)
  for (const { confidence } of found.detections) expect(confidence).toBeGreaterThanOrEqual(0)
})

test('the same drive at 200 Hz and at 50 Hz has the same events', () => {
  const both = [50, 200].map((hertz) => manoeuvresOf(phoneDrive(hardBrake, hertz, 180), 1000 / hertz))
  expect(both.map(kinds)).toEqual([['brake'], ['brake']])
  expect(both[0]?.counts).toEqual(both[1]?.counts)
})
