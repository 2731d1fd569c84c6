// A trip's readings of a phone that sends its raw motion, as readings of the vehicle: two passes over them, one that learns how the
// phone lay and one that puts what it felt into the vehicle's axes. Both begin at the trip's start and depend on nothing before it.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { newMotion, readMotion } from './phone-motion.ts'
import { learnMounting, type Mounting, mountingsOf, newLearner } from './phone-mountings.ts'
import { dot } from './vector.ts'

/**
 * @param mountings learned of the same trip
 * @returns a function to give each reading of the trip to, in order of time. Where no mounting was found the reading stays as it is:
 * nothing is known of the vehicle's acceleration then. What a device says in the vehicle's axes itself stands.
 */
export function phoneTranslator(mountings: readonly Mounting[]): (reading: VehicleReading) => VehicleReading {
  const motion = newMotion()
  let next = 0
  return (reading) => {
    const sample = readMotion(motion, reading)
    if (sample === undefined) return reading
    while ((mountings[next]?.untilMs ?? Number.POSITIVE_INFINITY) <= sample.tMs) next += 1
    const mounting = mountings[next]
    if (mounting === undefined || sample.tMs < mounting.fromMs) return reading
    const { forward, left, up, gravityMps2 } = mounting.axes
    const translated = {
      AccelerationLongitudinal: dot(forward, sample.acceleration),
      AccelerationLateral: dot(left, sample.acceleration),
      AccelerationVertical: dot(up, sample.acceleration) - gravityMps2,
      ...(sample.rotation === undefined ? {} : { AngularVelocityYaw: dot(up, sample.rotation) }),
    }
    return { ...reading, values: { ...translated, ...reading.values } }
  }
}

/** All of a trip's readings at once. */
export function inVehicleAxes(readings: readonly VehicleReading[]): readonly VehicleReading[] {
  const learner = newLearner()
  for (const reading of readings) learnMounting(learner, reading)
  const mountings = mountingsOf(learner)
  return mountings.length === 0 ? readings : readings.map(phoneTranslator(mountings))
}
