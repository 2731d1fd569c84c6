// A simulated vehicle's readings: one trip, or one trip after another for as long as anybody looks. Pure: the same seed and times give
// the same readings.

import type { VehicleReading } from '../contract/reading.ts'
import type { DrivingManner, DrivingStyle } from './drive.ts'
import { randomFor } from './random.ts'
import type { RoadMap } from './road/road-map.ts'
import { destinations } from './road/routes.ts'
import { town } from './town.ts'
import type { TripTruth } from './truth.ts'
import type { Equipment } from './vehicle/equipment.ts'
import { planTrip, type TripRequest, truthOf } from './vehicle/plan-trip.ts'
import { readingsOfTrip } from './vehicle/trip-readings.ts'

/** A live vehicle's trips by the quickest route, so that a visitor sees several of them. */
const liveTripSeconds = { min: 230, max: 430 } as const
/** Long enough that nobody takes two trips for one. */
const livePauseSeconds = { min: 330, max: 400 } as const
/** Nobody lives in the very centre of the town. */
const centreCrossings = 11

/** From ignition on to ignition off; empty when there is no way. */
export function* simulateTrip(request: TripRequest): Generator<VehicleReading, void, undefined> {
  const plan = planTrip(request)
  if (plan === undefined) return
  request.onTruth?.(truthOf(plan))
  yield* readingsOfTrip(plan)
}

export interface LiveVehicle {
  readonly seed: string
  readonly device: string
  readonly style: DrivingStyle
  readonly driver?: DrivingStyle | DrivingManner | undefined
  readonly map?: RoadMap | undefined
  readonly equipment?: Equipment | undefined
  readonly hertz?: number | undefined
  /** The first reading is later than this. */
  readonly startMs: number
  /** How long the vehicle stands before its first trip. */
  readonly firstTripAfterS: number
  readonly odometerKm?: number
  readonly onTruth?: ((truth: TripTruth) => void) | undefined
}

/** Trips of about four to eight minutes with pauses of about six, without end. */
export function* driveOn(vehicle: LiveVehicle): Generator<VehicleReading, void, undefined> {
  const { seed, device, map = town, onTruth } = vehicle
  let startMs = (Math.floor(vehicle.startMs / 1000) + 1 + Math.max(0, Math.round(vehicle.firstTripAfterS))) * 1000
  let from = homeCrossing(seed, device, map)
  let odometerKm = vehicle.odometerKm
  for (;;) {
    const random = randomFor(seed, device, 'live', startMs)
    const to = random.pick(destinations(map, from, liveTripSeconds.min, liveTripSeconds.max))
    const plan = planTrip({ ...vehicle, startMs, from, to, odometerKm, random })
    if (plan === undefined) return
    onTruth?.(truthOf(plan))
    yield* readingsOfTrip(plan)
    odometerKm = odometerAfter(odometerKm, plan.distanceM)
    from = to
    startMs += (plan.lastS + random.whole(livePauseSeconds.min, livePauseSeconds.max)) * 1000
  }
}

/** As a vehicle counts it: whole metres. */
export function odometerAfter<Km extends number | undefined>(odometerKm: Km, distanceM: number): Km | number {
  return odometerKm === undefined ? odometerKm : Math.round(odometerKm * 1000 + distanceM) / 1000
}

/** Where the vehicle lives: the same crossing in its history and live. */
export function homeCrossing(seed: string, device: string, map: RoadMap = town): number {
  return randomFor(seed, device, 'home').whole(map === town ? centreCrossings : 0, map.crossings.length - 1)
}
