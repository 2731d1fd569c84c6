// The vehicle's axes out of a phone mounted at any angle: found from turns alone, refused by name where they cannot be.

import { expect, test } from 'vitest'
import { findVehicleAxes, type PhoneSamples, toVehicleColumns, type Vector } from '../../pricing/behaviour/phone-axes.ts'

interface Motion {
  readonly forward: number
  readonly left: number
  readonly yaw: number
}

/** A drive of turns at 36 km/h and pulls, seen by a phone turned by the angles (degrees) about the vehicle's z, then y, then x axis. */
function phoneIn(angles: Vector, motion: (second: number) => Motion, hertz = 20, seconds = 240): PhoneSamples {
  const [yaw, pitch, roll] = angles.map((angle) => (angle * Math.PI) / 180)
  const turn = (vector: Vector): Vector => {
    const [cz, sz, cy, sy, cx, sx] = [yaw, pitch, roll].flatMap((angle = 0) => [Math.cos(angle), Math.sin(angle)])
    const z: Vector = [(cz ?? 1) * vector[0] - (sz ?? 0) * vector[1], (sz ?? 0) * vector[0] + (cz ?? 1) * vector[1], vector[2]]
    const y: Vector = [(cy ?? 1) * z[0] + (sy ?? 0) * z[2], z[1], (cy ?? 1) * z[2] - (sy ?? 0) * z[0]]
    return [y[0], (cx ?? 1) * y[1] - (sx ?? 0) * y[2], (sx ?? 0) * y[1] + (cx ?? 1) * y[2]]
  }
  const rows = Array.from({ length: seconds * hertz }, (_, index) => {
    const { forward, left, yaw: rate } = motion(index / hertz)
    return { acceleration: turn([forward, left, 9.81]), rotation: turn([0, 0, rate]) }
  })
  const column = (of: 'acceleration' | 'rotation', axis: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[of][axis])
  return {
    tMs: rows.map((_, index) => (index * 1000) / hertz),
    acceleration: [column('acceleration', 0), column('acceleration', 1), column('acceleration', 2)],
    rotation: [column('rotation', 0), column('rotation', 1), column('rotation', 2)],
  }
}

const metresPerS = 10
function town(second: number): Motion {
  const phase = second % 40
  const yaw = phase < 4 ? 20 : phase >= 20 && phase < 23 ? -25 : 0
  const forward = phase >= 8 && phase < 11 ? 1.5 : phase >= 30 && phase < 32 ? -3 : 0
  return { forward, left: (metresPerS * yaw * Math.PI) / 180, yaw }
}

test.each<Vector>([
  [0, 0, 0],
  [90, 0, 0],
  [-135, 40, 10],
  [30, -60, 170],
])('mounted at %i, %i and %i degrees, the vehicle is found again', (...angles) => {
  const samples = phoneIn(angles, town)
  const axes = findVehicleAxes(samples)
  if (axes.kind !== 'found') throw new Error(axes.kind)
  expect(axes.confidence).toBeGreaterThan(0.9)
  const { longitudinalMps2, lateralMps2, yawDegPerS } = toVehicleColumns(samples, axes)
  for (const second of [2, 9.5, 21, 31, 35]) {
    const { forward, left, yaw } = town(second)
    expect(longitudinalMps2[second * 20]).toBeCloseTo(forward, 1)
    expect(lateralMps2[second * 20]).toBeCloseTo(left, 1)
    expect(yawDegPerS[second * 20]).toBeCloseTo(yaw, 1)
  }
})

test('what cannot be found is refused by name', () => {
  const straight = (second: number): Motion => ({ ...town(second), left: 0, yaw: 0 })
  expect(findVehicleAxes(phoneIn([0, 0, 0], town, 20, 30)).kind).toBe('too-short')
  expect(findVehicleAxes(phoneIn([0, 0, 0], straight)).kind).toBe('no-turns')
  const flat = phoneIn([0, 0, 0], town)
  expect(findVehicleAxes({ ...flat, acceleration: flat.rotation }).kind).toBe('no-gravity')
  const turned = phoneIn([0, 60, 0], town)
  const joined = (one: Float64Array, other: Float64Array) => Float64Array.from([...one.slice(0, 2400), ...other.slice(2400)])
  const moved: PhoneSamples['acceleration'] = [
    joined(flat.acceleration[0], turned.acceleration[0]),
    joined(flat.acceleration[1], turned.acceleration[1]),
    joined(flat.acceleration[2], turned.acceleration[2]),
  ]
  expect(findVehicleAxes({ ...flat, acceleration: moved }).kind).toBe('phone-moved')
  const empty = new Float64Array()
  expect(findVehicleAxes({ tMs: [], acceleration: [empty, empty, empty], rotation: [empty, empty, empty] }).kind).toBe(
    'too-short',
  )
})
