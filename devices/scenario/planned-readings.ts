// What a planned device measures from the first day of a scenario to its last, and what it really did: a life of trips, with those
// in between that the policyholder does not drive, or the minutes of a home. Pure.

import type { Reading } from '../contract/reading.ts'
import { liveAtHome } from '../simulator/home.ts'
import { livedTrips } from '../simulator/life/lived-trips.ts'
import { randomFor } from '../simulator/random.ts'
import { destinations } from '../simulator/road/routes.ts'
import { town } from '../simulator/town.ts'
import type { Truth } from '../simulator/truth.ts'
import { planTrip, type TripPlan, truthOf } from '../simulator/vehicle/plan-trip.ts'
import { readingsOfTrip } from '../simulator/vehicle/trip-readings.ts'
import { homeCrossing } from '../simulator/vehicle.ts'
import type { CarriedTrip, PlannedDevice, PlannedVehicle, ScenarioPlan } from './plan-scenario.ts'

/** Two trips closer than this might be taken for one. */
const apartMs = 12 * 60_000
/** A ferry crosses this much water. */
const crossingM = 9000
/** Nothing comes closer to the end, so that the last trip is over. */
const quietMs = 15 * 60_000

export type TellTruth = (truth: Truth) => void

/** @param onTruth told of each trip or day before its first reading; a twin has no truth of its own */
export function readingsOfDevice(plan: ScenarioPlan, device: PlannedDevice, onTruth: TellTruth): Iterable<Reading> {
  if (device.kind === 'vehicle') return readingsOfVehicle(plan, device, onTruth)
  const { seed, timeZone } = plan
  const home = { seed, device: device.id, style: device.style, timeZone, mishaps: device.mishaps, onTruth }
  return liveAtHome(home, plan.startMs - 1, plan.endMs)
}

function* readingsOfVehicle(plan: ScenarioPlan, vehicle: PlannedVehicle, onTruth: TellTruth): Generator<Reading> {
  const doer = vehicle.twinOf ?? vehicle.id
  for (const trip of tripsOfVehicle(plan, { ...vehicle, id: doer })) {
    if (vehicle.twinOf === undefined) onTruth(truthOf(trip))
    for (const reading of readingsOfTrip(trip)) yield vehicle.twinOf === undefined ? reading : { ...reading, device: vehicle.id }
  }
}

/** In order of time; what somebody does at the time of another trip that was asked for does not take place. */
export function* tripsOfVehicle(plan: ScenarioPlan, vehicle: PlannedVehicle): Generator<TripPlan> {
  const { seed, startMs, endMs, timeZone } = plan
  const { style, life, equipment } = vehicle
  const odometerKm = randomFor(seed, vehicle.id, 'odometer').whole(8000, 60_000)
  const special = vehicle.carried.flatMap((trip) => carriedTrip(plan, vehicle, trip) ?? [])
  special.sort((one, other) => one.request.startMs - other.request.startMs)
  const lived = { seed, device: vehicle.id, style, life, equipment, map: town, timeZone, odometerKm }
  let next = 0
  for (const trip of livedTrips(lived, startMs, endMs - quietMs)) {
    for (let other = special[next]; other !== undefined && other.request.startMs < trip.request.startMs; other = special[next]) {
      yield other
      next += 1
    }
    if (special.every((other) => isApart(trip, other))) yield trip
  }
  yield* special.slice(next)
}

function isApart(one: TripPlan, other: TripPlan): boolean {
  return endOf(one) + apartMs < other.request.startMs || endOf(other) + apartMs < one.request.startMs
}

function endOf({ request, lastS }: TripPlan): number {
  return request.startMs + lastS * 1000
}

function carriedTrip(plan: ScenarioPlan, vehicle: PlannedVehicle, { by, atMs }: CarriedTrip): TripPlan | undefined {
  const random = randomFor(plan.seed, vehicle.id, by, atMs)
  const from = homeCrossing(plan.seed, vehicle.id, town)
  const to = random.pick(destinations(town, from, 330, 600))
  const { equipment } = vehicle
  const request = { device: vehicle.id, startMs: atMs, map: town, from, to, odometerKm: undefined, random, equipment } as const
  if (by === 'passenger') return planTrip({ ...request, style: 'hurried', role: 'passenger', purpose: 'leisure' })
  if (by === 'tow-truck') return planTrip({ ...request, style: 'calm', role: 'carried', purpose: 'tow', carried: 'tow' })
  const { eastM, northM } = town.crossings[from] ?? { eastM: 0, northM: 0 }
  const ferry = { fromEastM: eastM, fromNorthM: northM, toEastM: eastM + crossingM, toNorthM: northM }
  return planTrip({ ...request, style: 'calm', role: 'carried', purpose: 'ferry', carried: ferry })
}
