// A made drive as a car feels it, and the same drive as a phone that lies in it at any angle says it.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import type { VehicleValues } from '../../devices/contract/signals.ts'
import { mondayMs, reading } from './drives.ts'

/** Of the car: m/s² forward and to the left, deg/s to the left, km/h, degrees clockwise from north. */
export interface Motion {
  readonly forward: number
  readonly left: number
  readonly yaw: number
  readonly kph: number
  readonly heading: number
}

export type Angles = readonly [number, number, number]

export const hertz = 20
const standardGravity = 9.80665

/** Town driving by a fixed plan of 60 s: pulls and brakes, turns to either side, and a hard brake and a hard turn every third minute. */
export function townDrive(seconds: number): readonly Motion[] {
  const motions: Motion[] = []
  let mps = 10
  let heading = 90
  for (let row = 0; row < seconds * hertz; row += 1) {
    const second = row / hertz
    const phase = second % 60
    const isHard = Math.floor(second / 60) % 3 === 2
    const wanted = phase < 3 ? (isHard ? -4.5 : -1.5) : phase >= 8 && phase < 12 ? (isHard ? 3.375 : 1.125) : 0
    const forward = mps + wanted / hertz > 1 ? wanted : 0
    const left = phase >= 20 && phase < 24 ? (isHard ? 4.5 : 2) : phase >= 40 && phase < 44 ? -2 : 0
    mps += forward / hertz
    const yaw = ((left / mps) * 180) / Math.PI
    heading = (heading - yaw / hertz + 360) % 360
    motions.push({ forward, left, yaw, kph: mps * 3.6, heading })
  }
  return motions
}

/** Small, and the same in every run. */
function shake(row: number, axis: number): number {
  return 0.25 * Math.sin(row * (2.399 + axis)) + 0.15 * Math.sin(row * (1.117 + 2 * axis))
}

/** Once a second, what a receiver of positions adds. */
function told(row: number, { kph, heading }: Motion): VehicleValues {
  return row % hertz === 0 ? { Speed: kph, Heading: heading } : {}
}

export function asCar(motions: readonly Motion[]): readonly VehicleReading[] {
  return motions.map((motion, row) =>
    reading(mondayMs + (row * 1000) / hertz, {
      ...told(row, motion),
      AccelerationLongitudinal: motion.forward + shake(row, 0),
      AccelerationLateral: motion.left + shake(row, 1),
      AngularVelocityYaw: motion.yaw,
    }),
  )
}

export interface PhoneOptions {
  /** How it lies, in degrees about the car's z, then y, then x axis. */
  readonly angles: (row: number) => Angles
  readonly hasGyroscope?: boolean
  /** deg/s about the phone's own axes, beside the car's. */
  readonly handled?: (row: number) => Angles
}

export function asPhone(
  motions: readonly Motion[],
  { angles, hasGyroscope = true, handled }: PhoneOptions,
): readonly VehicleReading[] {
  return motions.map((motion, row) => {
    const at = angles(row)
    const [ax, ay, az] = turned(at, [
      motion.forward + shake(row, 0),
      motion.left + shake(row, 1),
      standardGravity + shake(row, 2),
    ])
    const [wx, wy, wz] = turned(at, [0, 0, motion.yaw])
    const [hx, hy, hz] = handled?.(row) ?? [0, 0, 0]
    return reading(mondayMs + (row * 1000) / hertz, {
      ...told(row, motion),
      PhoneAccelerationX: ax,
      PhoneAccelerationY: ay,
      PhoneAccelerationZ: az,
      ...(hasGyroscope ? { PhoneRotationX: wx + hx, PhoneRotationY: wy + hy, PhoneRotationZ: wz + hz } : {}),
    })
  })
}

function turned(angles: Angles, [x, y, z]: Angles): Angles {
  const [yaw, pitch, roll] = angles
  const about = (degrees: number, one: number, other: number): readonly [number, number] => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
    return [cos * one - sin * other, sin * one + cos * other]
  }
  const [x1, y1] = about(yaw, x, y)
  const [x2, z2] = about(-pitch, x1, z)
  const [y3, z3] = about(roll, y1, z2)
  return [x2, y3, z3]
}
