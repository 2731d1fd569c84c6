// What a simulated device did on the days before a fleet was first started: trips by the habits of a week, or the minutes of a
// home. Pure; publishing it is publish-history.ts's.

import type { HomeReading, Reading, VehicleReading } from '../contract/reading.ts'
import { liveAtHome, type SimulatedHome } from './home.ts'
import type { HouseholdStyle } from './household.ts'
import { livedTrips } from './life/lived-trips.ts'
import { randomFor } from './random.ts'
import { town } from './town.ts'
import type { Truth } from './truth.ts'
import { truthOf } from './vehicle/plan-trip.ts'
import { readingsOfTrip } from './vehicle/trip-readings.ts'
import type { VehicleTraits } from './vehicle/vehicle-traits.ts'

/** Nothing of the history comes closer to its end, so that no trip of it runs into a live one. */
export const quietMs = 15 * 60_000
const dayMs = 86_400_000

export type HistoryDevice =
  | ({ readonly id: string; readonly kind: 'vehicle' } & VehicleTraits)
  | { readonly id: string; readonly kind: 'home'; readonly style: HouseholdStyle }

export interface HistoryOptions {
  readonly seed: string
  readonly days: number
  /** When the device was first started live; the history ends before. */
  readonly endMs: number
  /** Default: the map's. */
  readonly timeZone?: string
  readonly onTruth?: ((truth: Truth) => void) | undefined
}

export function historyOf(device: HistoryDevice, options: HistoryOptions): Iterable<Reading> {
  return device.kind === 'vehicle' ? vehicleHistory(device, options) : homeHistory(device, options)
}

/** The last reading's TraveledDistance is what a live vehicle goes on from. */
export function* vehicleHistory(
  device: Extract<HistoryDevice, { readonly kind: 'vehicle' }>,
  options: HistoryOptions,
): Generator<VehicleReading, void, undefined> {
  const { seed, endMs, days, timeZone, onTruth } = options
  const odometerKm = device.odometerKm ?? randomFor(seed, device.id, 'odometer').whole(8000, 60_000)
  const vehicle = { ...device, seed, device: device.id, map: device.road ?? town, timeZone, odometerKm }
  for (const plan of livedTrips(vehicle, endMs - days * dayMs, endMs - quietMs)) {
    onTruth?.(truthOf(plan))
    yield* readingsOfTrip(plan)
  }
}

export function homeHistory(
  device: Extract<HistoryDevice, { readonly kind: 'home' }>,
  options: HistoryOptions,
): Generator<HomeReading, void, undefined> {
  const home: SimulatedHome = {
    seed: options.seed,
    device: device.id,
    style: device.style,
    timeZone: options.timeZone ?? town.timeZone,
    onTruth: options.onTruth,
  }
  return liveAtHome(home, options.endMs - options.days * dayMs, options.endMs - quietMs)
}
