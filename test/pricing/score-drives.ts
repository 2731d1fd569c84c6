// Invented drives for the score's tests: a motorway or a secondary road, one of several drivers and cars, driven calmly or
// aggressively, as a car's phone would tell it: acceleration ten times a second, position, speed and limit once a second.

import type { VehicleReading } from '../../devices/contract/reading.ts'
import { type Random, randomFor } from '../../devices/simulator/random.ts'
import { mondayMs, reading } from './drives.ts'

export type Road = 'motorway' | 'secondary'
export type Style = 'calm' | 'aggressive'

export interface DriveRequest {
  readonly seed: number
  /** Gives the car, the phone's mounting and the driver's own habits. */
  readonly driver: string
  readonly road: Road
  readonly style: Style
  readonly minutes?: number
  /** Acceleration readings a second; position, speed and limit always come once a second. */
  readonly rateHz?: number
}

/** Figures after the naturalistic driving literature: medians of what its calm and its aggressive drivers did. */
const manners = {
  calm: { speedShare: 0.92, gain: 1.1, brake: 1.3, lateral: 1.7, laneChangeS: 6.5, laneChangesPerMinute: 0.3, surgeMps2: 0.12 },
  aggressive: { speedShare: 1.1, gain: 1.9, brake: 2.4, lateral: 2.7, laneChangeS: 4, laneChangesPerMinute: 0.8, surgeMps2: 0.3 },
} as const satisfies Record<Style, unknown>

interface Section {
  readonly seconds: number
  readonly limitKph: number
  /** 1/m, positive to the left. */
  readonly curvature: number
  /** A roundabout or a queue at the end, km/h. */
  readonly slowToKph: number | undefined
}

const stepS = 0.02

export function inventDrive(request: DriveRequest): readonly VehicleReading[] {
  const car = randomFor('car', request.driver)
  const habit = { speed: car.between(-0.04, 0.04), force: car.between(0.85, 1.15) }
  const sensor = {
    longitudinalBias: car.between(-0.3, 0.3),
    lateralBias: car.between(-0.4, 0.4),
    vibration: car.between(0.1, 0.5),
  }
  const random = randomFor('drive', request.seed, request.driver, request.road, request.style)
  const manner = manners[request.style]
  const everySteps = Math.round(1 / stepS / (request.rateHz ?? 10))
  const secondSteps = Math.round(1 / stepS)
  const readings: VehicleReading[] = []

  let speed = 0
  let heading = random.between(0, 360)
  let [north, east] = [0, 0]
  // Receivers filter: their error wanders rather than jumps.
  let [northErrorM, eastErrorM] = [0, 0]
  let lane: { readonly fromS: number; readonly lastsS: number; readonly metres: number } | undefined
  let [curvature, grade, mood] = [0, 0, 0]
  let step = 0
  for (const section of sections(request.road, (request.minutes ?? 13) * 60, random)) {
    const share = Math.max(0.6, manner.speedShare + habit.speed + random.around(0, 0.03))
    const wantedGrade = random.around(0, 0.02)
    for (const untilStep = step + Math.round(section.seconds / stepS); step < untilStep; step += 1) {
      const seconds = step * stepS
      curvature += (section.curvature - curvature) * stepS * 0.8
      grade += (wantedGrade - grade) * stepS * 0.2
      mood += -mood * stepS * 0.4 + random.around(0, manner.surgeMps2 * habit.force) * Math.sqrt(stepS)
      const isSlowing = section.slowToKph !== undefined && (untilStep - step) * stepS < speed / (manner.brake * habit.force)
      const cruise = (section.limitKph / 3.6) * share
      const bend = Math.sqrt((manner.lateral * habit.force) / Math.max(1e-5, Math.abs(section.curvature)))
      const wanted = isSlowing ? (section.slowToKph ?? 0) / 3.6 : Math.min(cruise, bend)
      const gain = manner.gain * habit.force * Math.max(0.3, 1 - speed / 60)
      const longitudinal = Math.min(gain, Math.max(-manner.brake * habit.force, (wanted - speed) * 0.6)) + mood
      speed = Math.max(0, speed + longitudinal * stepS)
      if (request.road === 'motorway' && lane === undefined && random.chance((manner.laneChangesPerMinute / 60) * stepS))
        lane = {
          fromS: seconds,
          lastsS: manner.laneChangeS * random.between(0.85, 1.15),
          metres: random.chance(0.5) ? 3.5 : -3.5,
        }
      const laneLateral = lane === undefined ? 0 : sway(lane.metres, lane.lastsS, seconds - lane.fromS)
      if (lane !== undefined && seconds - lane.fromS > lane.lastsS) lane = undefined
      const lateral = speed * speed * curvature + laneLateral
      heading -= ((lateral / Math.max(speed, 2)) * stepS * 180) / Math.PI
      north += speed * stepS * Math.cos((heading * Math.PI) / 180)
      east += speed * stepS * Math.sin((heading * Math.PI) / 180)
      if (step % everySteps !== 0) continue
      const told = step % secondSteps === 0
      if (told) {
        northErrorM += random.around(0, 0.08)
        eastErrorM += random.around(0, 0.08)
      }
      readings.push(
        reading(mondayMs + Math.round(seconds * 1000), {
          AccelerationLongitudinal: longitudinal + 9.8 * grade + sensor.longitudinalBias + random.around(0, sensor.vibration),
          AccelerationLateral: lateral + sensor.lateralBias + random.around(0, sensor.vibration),
          ...(told
            ? {
                Speed: Math.max(0, speed * 3.6 + random.around(0, 0.4)),
                Latitude: 40.5 + (north + northErrorM) / 111_195,
                Longitude: -3.4 + (east + eastErrorM) / (111_195 * 0.76),
                Heading: (((heading + random.around(0, 0.4)) % 360) + 360) % 360,
                SpeedLimit: section.limitKph,
              }
            : {}),
        }),
      )
    }
  }
  return readings
}

function* sections(road: Road, seconds: number, random: Random): Generator<Section> {
  let left = seconds
  while (left > 0) {
    const isMotorway = road === 'motorway'
    const lastsS = Math.min(left, isMotorway ? random.between(15, 40) : random.between(8, 25))
    left -= lastsS
    const limitKph = isMotorway ? random.pick([120, 120, 120, 100]) : random.pick([90, 90, 90, 70, 50])
    const radiusM = isMotorway ? random.between(900, 6000) : random.between(120, 1500)
    yield {
      seconds: lastsS,
      limitKph,
      curvature: (random.chance(0.5) ? 1 : -1) / radiusM,
      slowToKph: random.chance(isMotorway ? 0.08 : 0.15) ? limitKph * random.between(0.35, 0.7) : undefined,
    }
  }
}

/** Sideways acceleration that moves a car by so many metres in so many seconds and leaves it going straight. */
function sway(metres: number, lastsS: number, atS: number): number {
  return ((2 * Math.PI * metres) / lastsS ** 2) * Math.sin((2 * Math.PI * atS) / lastsS)
}
