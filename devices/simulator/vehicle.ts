// A simulated vehicle's readings, once a second while the ignition is on: one trip, or one trip after another for as long as
// anybody looks. Pure: the same seed and times give the same readings.

import type { VehicleReading } from '../contract/reading.ts'
import { type DriveState, type DrivingStyle, drivingManners, planDrive } from './drive.ts'
import { type Random, randomFor } from './random.ts'
import { crossingsWithin, findRoute, town } from './town.ts'
import { layTrack } from './track.ts'
import { manoeuvresOf, type TripTruth } from './truth.ts'

/** Where the simulated town lies. */
export const townCentre = { latitude: 52.3702, longitude: 4.8951, timeZone: 'Europe/Amsterdam' } as const

/** Length of one degree of latitude on the mean sphere. */
const metresPerDegree = 111_195
/** Between turning the key and driving off, and the other way round. */
const idleSecondsMax = 4

/** A live vehicle's trips by the quickest route, so that a visitor sees several of them. */
const liveTripSeconds = { min: 230, max: 430 } as const
/** Long enough that nobody takes two trips for one. */
const livePauseSeconds = { min: 330, max: 400 } as const

export interface TripRequest {
  readonly device: string
  readonly style: DrivingStyle
  /** Whole seconds. */
  readonly startMs: number
  /** Crossings of the town. */
  readonly from: number
  readonly to: number
  /** Odometer at the start; without it the vehicle does not report one. */
  readonly odometerKm: number | undefined
  readonly random: Random
  /** Told what the trip will be before its first reading. */
  readonly onTruth?: ((truth: TripTruth) => void) | undefined
}

/** From ignition on to ignition off, a reading a second; empty when there is no way. */
export function* simulateTrip(request: TripRequest): Generator<VehicleReading, void, undefined> {
  const { device, random } = request
  const manner = drivingManners[request.style]
  const route = findRoute(request.from, request.to)
  if (route === undefined) return
  const drive = planDrive(layTrack(route), manner, random)
  const idleS = random.whole(1, idleSecondsMax)
  const drivingS = Math.ceil(drive.seconds)
  const lastS = idleS + drivingS + random.whole(1, idleSecondsMax)
  const phone = planPhone(drivingS, manner.phoneChancePerTrip, random)
  request.onTruth?.({
    kind: 'trip',
    device,
    startedAtMs: request.startMs,
    endedAtMs: request.startMs + lastS * 1000,
    distanceM: Math.round(drive.stateAt(drive.seconds).drivenM),
    manoeuvres: manoeuvresOf(drive, request.startMs + idleS * 1000),
  })
  for (let second = 0; second <= lastS; second += 1) {
    const drivenS = second - idleS
    const isOn = second < lastS
    const isHandling = drivenS >= phone.fromS && drivenS < phone.untilS
    const wasHandling = drivenS - 1 >= phone.fromS && drivenS - 1 < phone.untilS
    yield {
      kind: 'vehicle',
      device,
      takenAtMs: request.startMs + second * 1000,
      values: {
        ...valuesOf(drive.stateAt(drivenS), random, request.odometerKm),
        Ignition: isOn,
        ...(second === 0 || isHandling !== wasHandling ? { PhoneHandling: isHandling } : {}),
      },
    }
  }
}

function planPhone(drivingS: number, chance: number, random: Random): { readonly fromS: number; readonly untilS: number } {
  const fromS = random.whole(10, Math.max(10, drivingS - 60))
  const untilS = fromS + random.whole(6, 25)
  return random.chance(chance) ? { fromS, untilS } : { fromS: 0, untilS: 0 }
}

/** Rounded as devices round, with the noise of a cheap sensor while the vehicle moves. */
function valuesOf(state: DriveState, random: Random, odometerKm: number | undefined): VehicleReading['values'] {
  const noise = state.speedMps > 0 ? 1 : 0.3
  const eastDegree = metresPerDegree * Math.cos((townCentre.latitude * Math.PI) / 180)
  return {
    Speed: round(state.speedMps * 3.6, 1),
    Latitude: round(townCentre.latitude + state.northM / metresPerDegree, 6),
    Longitude: round(townCentre.longitude + state.eastM / eastDegree, 6),
    Heading: round(state.headingDegrees, 0) % 360,
    HorizontalAccuracy: round(random.between(3, 6), 1),
    AccelerationLongitudinal: round(state.longitudinalMps2 + random.around(0, 0.08) * noise, 2),
    AccelerationLateral: round(state.lateralMps2 + random.around(0, 0.08) * noise, 2),
    AngularVelocityYaw: round(state.yawDegPerS + random.around(0, 0.15) * noise, 1),
    SpeedLimit: state.limitKph,
    ...(odometerKm === undefined ? {} : { TraveledDistance: round(odometerKm + state.drivenM / 1000, 3) }),
  }
}

export interface LiveVehicle {
  readonly seed: string
  readonly device: string
  readonly style: DrivingStyle
  /** The first reading is later than this. */
  readonly startMs: number
  /** How long the vehicle stands before its first trip. */
  readonly firstTripAfterS: number
  readonly odometerKm?: number
  readonly onTruth?: ((truth: TripTruth) => void) | undefined
}

/** Trips of about four to eight minutes with pauses of about six, without end. */
export function* driveOn(vehicle: LiveVehicle): Generator<VehicleReading, never, undefined> {
  let startMs = (Math.floor(vehicle.startMs / 1000) + 1 + Math.max(0, Math.round(vehicle.firstTripAfterS))) * 1000
  let from = homeCrossing(vehicle.seed, vehicle.device)
  let odometerKm = vehicle.odometerKm
  for (;;) {
    const random = randomFor(vehicle.seed, vehicle.device, 'live', startMs)
    const to = random.pick(crossingsWithin(from, liveTripSeconds.min, liveTripSeconds.max))
    for (const reading of simulateTrip({ ...vehicle, startMs, from, to, odometerKm, random })) {
      odometerKm = reading.values.TraveledDistance
      startMs = reading.takenAtMs
      yield reading
    }
    from = to
    startMs += random.whole(livePauseSeconds.min, livePauseSeconds.max) * 1000
  }
}

/** Where the vehicle lives: the same crossing in its history and live, not in the very centre. */
export function homeCrossing(seed: string, device: string): number {
  return randomFor(seed, device, 'home').whole(11, town.crossings.length - 1)
}

function round(value: number, decimals: number): number {
  const factor = 10 ** decimals
  // Adding zero turns −0 into 0.
  return Math.round(value * factor) / factor + 0
}
