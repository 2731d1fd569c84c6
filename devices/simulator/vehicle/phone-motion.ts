// What a phone feels that lies in a car at some tilt: gravity and the car's acceleration in its own axes, its gyroscope's bias, the
// road's shaking; and that somebody takes it into the hand.

import type { VehicleValues } from '../../contract/signals.ts'
import type { Random } from '../random.ts'
import type { DriveState } from './drive-state.ts'

export interface PhoneMotion {
  /** @param handled how far the phone is out of its place, 0 to 1 */
  valuesAt(state: DriveState, handled: number): VehicleValues
}

type Vector = readonly [number, number, number]

const gravityMps2 = 9.80665
/** Standard deviation of the road's shaking at speed. */
const shakeMps2 = 0.3
const gyroNoiseDegPerS = 0.4

/** @param random gives how the phone lies, and goes on to give its noise */
export function phoneMotion(random: Random): PhoneMotion {
  const tilt: Vector = [random.between(-180, 180), random.between(0, 70), random.between(-25, 25)]
  const bias: Vector = [random.around(0, 0.05), random.around(0, 0.05), random.around(0, 0.05)]
  const gyroBias: Vector = [random.around(0, 0.3), random.around(0, 0.3), random.around(0, 0.3)]
  let phase = 0
  return {
    valuesAt(state, handled) {
      phase += 0.37
      const shake = state.speedMps > 0.5 ? shakeMps2 : 0.02
      const felt: Vector = [
        state.longitudinalMps2 + random.around(0, shake),
        state.lateralMps2 + random.around(0, shake),
        gravityMps2 + random.around(0, 1.3 * shake),
      ]
      // In the hand it swings around its place and comes back to it.
      const swing = handled * 18
      const lies: Vector = [
        tilt[0] + swing * Math.sin(phase),
        tilt[1] + swing * Math.sin(0.7 * phase),
        tilt[2] + swing * Math.sin(1.3 * phase),
      ]
      const [ax, ay, az] = turned(lies, felt)
      const [wx, wy, wz] = turned(lies, [0, 0, state.yawDegPerS])
      const [hx, hy, hz]: Vector = [
        handled * 60 * Math.cos(phase),
        handled * 45 * Math.cos(0.7 * phase),
        handled * 70 * Math.cos(1.3 * phase),
      ]
      return {
        PhoneAccelerationX: round(ax + bias[0]),
        PhoneAccelerationY: round(ay + bias[1]),
        PhoneAccelerationZ: round(az + bias[2]),
        PhoneRotationX: round(wx + gyroBias[0] + hx + random.around(0, gyroNoiseDegPerS)),
        PhoneRotationY: round(wy + gyroBias[1] + hy + random.around(0, gyroNoiseDegPerS)),
        PhoneRotationZ: round(wz + gyroBias[2] + hz + random.around(0, gyroNoiseDegPerS)),
      }
    },
  }
}

/** Out of the car's axes into the phone's: about the car's z, then y, then x axis, degrees. */
function turned([yaw, pitch, roll]: Vector, [x, y, z]: Vector): Vector {
  const about = (degrees: number, one: number, other: number): readonly [number, number] => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
    return [cos * one - sin * other, sin * one + cos * other]
  }
  const [x1, y1] = about(yaw, x, y)
  const [x2, z2] = about(-pitch, x1, z)
  const [y3, z3] = about(roll, y1, z2)
  return [x2, y3, z3]
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0
}
