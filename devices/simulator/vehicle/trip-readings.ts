// What each kind of equipment says of a planned trip: rounded as devices round, with the noise of a cheap sensor.

import type { VehicleReading } from '../../contract/reading.ts'
import type { Random } from '../random.ts'
import { placeOf, type RoadMap } from '../road/road-map.ts'
import type { DriveState } from './drive-state.ts'
import { phoneHertz, phoneHertzMax } from './equipment.ts'
import { type Fix, gpsReceiver } from './gps-receiver.ts'
import { phoneMotion } from './phone-motion.ts'
import type { TripPlan } from './plan-trip.ts'
import { engineRpm, familyCar } from './vehicle-model.ts'

type Values = VehicleReading['values']

/** Whoever can tell the phone in the hand says so at each change and this often. */
const phoneToldS = 30

/** From ignition on to ignition off, a reading a second; of a phone several. */
export function* readingsOfTrip(plan: TripPlan): Generator<VehicleReading, void, undefined> {
  const { request, equipment, lastS } = plan
  const reading = (atS: number, values: Values): VehicleReading => ({
    kind: 'vehicle',
    device: request.device,
    takenAtMs: request.startMs + Math.round(atS * 1000),
    values,
  })
  if (equipment === 'phone') {
    yield* phoneReadings(plan, reading)
    return
  }
  const says = { tracker: trackerValues, obd: obdValues, 'gps-only': gpsValues }[equipment](plan)
  for (let second = 0; second <= lastS; second += 1) {
    const values = says(second, plan.drive.stateAt(second - plan.idleS))
    if (values !== undefined) yield reading(second, values)
  }
}

type Says = (second: number, state: DriveState) => Values | undefined

function trackerValues(plan: TripPlan): Says {
  const { random, odometerKm, carried } = plan.request
  return (second, state) => ({
    ...wiredValues(state, plan.map, random),
    ...limitOf(state),
    ...(odometerKm === undefined ? {} : { TraveledDistance: round(odometerKm + (carried ? 0 : state.drivenM / 1000), 3) }),
    Ignition: carried === undefined && second < plan.lastS,
    ...handlingAt(plan, second),
  })
}

function wiredValues(state: DriveState, map: RoadMap, random: Random): Values {
  const noise = state.speedMps > 0 ? 1 : 0.3
  const place = placeOf(map, state.eastM, state.northM)
  return {
    Speed: round(state.speedMps * 3.6, 1),
    Latitude: round(place.latitude, 6),
    Longitude: round(place.longitude, 6),
    Heading: round(state.headingDegrees, 0) % 360,
    HorizontalAccuracy: round(random.between(3, 6), 1),
    AccelerationLongitudinal: round(state.longitudinalMps2 + random.around(0, 0.08) * noise, 2),
    AccelerationLateral: round(state.lateralMps2 + random.around(0, 0.08) * noise, 2),
    AngularVelocityYaw: round(state.yawDegPerS + random.around(0, 0.15) * noise, 1),
  }
}

/** A car's own speed is whole kilometres an hour; when it is switched off the plug's receiver has to do. */
function obdValues(plan: TripPlan): Says {
  const { random, odometerKm, carried } = plan.request
  const receiver = gpsReceiver(plan.map, plan.firstFixS, random)
  return (second, state) => {
    const fix = receiver.fixAt(second, state)
    const isOn = carried === undefined && second < plan.lastS
    const speedKph = carried === undefined ? state.speedMps * 3.6 : fix?.speedKph
    const rpm = isOn ? engineRpm(familyCar, state.speedMps, state.longitudinalMps2) : 0
    return {
      ...(speedKph === undefined ? {} : { Speed: round(speedKph, 0) }),
      ...fixValues(fix),
      EngineSpeed: round(rpm, 0),
      ...(odometerKm === undefined ? {} : { TraveledDistance: round(odometerKm + (carried ? 0 : state.drivenM / 1000), 1) }),
      ...(fix === undefined ? {} : limitOf(state)),
      Ignition: isOn,
    }
  }
}

function gpsValues(plan: TripPlan): Says {
  const receiver = gpsReceiver(plan.map, plan.firstFixS, plan.request.random)
  return (second, state) => {
    const fix = receiver.fixAt(second, state)
    return fix === undefined ? undefined : { Speed: round(fix.speedKph, 1), ...fixValues(fix), ...limitOf(state) }
  }
}

function* phoneReadings(
  plan: TripPlan,
  reading: (atS: number, values: Values) => VehicleReading,
): Generator<VehicleReading, void, undefined> {
  const { request, drive, idleS, lastS, phoneUse } = plan
  const hertz = Math.max(phoneHertz, Math.min(phoneHertzMax, Math.round(request.hertz ?? phoneHertz)))
  const receiver = gpsReceiver(plan.map, plan.firstFixS, request.random)
  const motion = phoneMotion(request.random)
  for (let step = 0; step <= lastS * hertz; step += 1) {
    const second = step / hertz
    const state = drive.stateAt(second - idleS)
    const isHandled = phoneUse.some(({ fromS, untilS }) => second >= fromS && second < untilS)
    const felt = motion.valuesAt(state, isHandled ? 1 : 0)
    if (step % hertz !== 0) {
      yield reading(second, felt)
      continue
    }
    const fix = receiver.fixAt(second, state)
    yield reading(second, {
      ...felt,
      ...(fix === undefined ? {} : { Speed: round(fix.speedKph, 1), ...fixValues(fix), ...limitOf(state) }),
      ...(request.role === 'passenger' ? {} : handlingAt(plan, second)),
    })
  }
}

function handlingAt({ phoneUse, lastS }: TripPlan, second: number): Values {
  const isAt = (at: number): boolean => phoneUse.some(({ fromS, untilS }) => at >= fromS && at < untilS)
  const isHandling = isAt(second)
  const isTold = second % phoneToldS === 0 || second === lastS || isHandling !== isAt(second - 1)
  return isTold ? { PhoneHandling: isHandling } : {}
}

function fixValues(fix: Fix | undefined): Values {
  if (fix === undefined) return {}
  return {
    Latitude: round(fix.latitude, 6),
    Longitude: round(fix.longitude, 6),
    Heading: round(fix.headingDegrees, 1) % 360,
    HorizontalAccuracy: round(fix.accuracyM, 1),
  }
}

/** On the water there is none. */
function limitOf({ limitKph }: DriveState): Values {
  return limitKph > 0 ? { SpeedLimit: limitKph } : {}
}

function round(value: number, decimals: number): number {
  const factor = 10 ** decimals
  // Adding zero turns −0 into 0.
  return Math.round(value * factor) / factor + 0
}
