// What a device of a fleet measures without end: a vehicle that drives one trip after the other from now on, or leads a life from an
// earlier day on; a home; a recorded drive again and again. Pure: the same seed and start give the same readings.

import type { Reading } from '../contract/reading.ts'
import type { DeviceKind } from '../contract/signals.ts'
import { durationMs, type Recording, readingsOf } from '../recording/recording.ts'
import { type DrivingStyle, driverNames } from '../simulator/drive.ts'
import { liveAtHome } from '../simulator/home.ts'
import { type HouseholdStyle, householdNames } from '../simulator/household.ts'
import { type LifeName, lifeNames } from '../simulator/life/life-names.ts'
import { livedTrips } from '../simulator/life/lived-trips.ts'
import { randomFor } from '../simulator/random.ts'
import type { RoadMap } from '../simulator/road/road-map.ts'
import { town } from '../simulator/town.ts'
import { readingsOfTrip } from '../simulator/vehicle/trip-readings.ts'
import { driveOn } from '../simulator/vehicle.ts'

/** Two plays of a recording are two trips. */
const pauseMs = 6 * 60_000
/** Vehicles that start one after the other keep the broker's work even. */
const firstTripS = { min: 5, max: 700 } as const

export type FleetMember =
  | {
      readonly id: string
      readonly kind: 'vehicle'
      readonly style: DrivingStyle
      readonly life: LifeName | undefined
      /** Default: the bundled town. */
      readonly road: RoadMap | undefined
    }
  | { readonly id: string; readonly kind: 'home'; readonly style: HouseholdStyle }
  | { readonly id: string; readonly kind: DeviceKind; readonly recording: Recording }

/** @param hasLife vehicles lead lives, which have a past; without it they drive from the start on */
export function fleetMember(kind: DeviceKind, number: number, hasLife: boolean, road?: RoadMap): FleetMember {
  const id = `sim-${kind}-${String(number).padStart(4, '0')}`
  const pick = <Name>(names: readonly [Name, ...Name[]]): Name => names[number % names.length] ?? names[0]
  if (kind === 'home') return { id, kind, style: pick(householdNames) }
  return { id, kind, style: pick(driverNames), life: hasLife ? pick(lifeNames) : undefined, road }
}

export function fleetReadings(member: FleetMember, seed: string, startMs: number): Iterable<Reading> {
  if ('recording' in member) return playAgain(member.recording, member.id, startMs)
  const { id: device } = member
  if (member.kind === 'home')
    return liveAtHome({ seed, device, style: member.style, timeZone: town.timeZone }, startMs, Number.POSITIVE_INFINITY)
  const { style, road: map = town } = member
  if (member.life !== undefined) return lived({ seed, device, style, map, life: member.life, odometerKm: undefined }, startMs)
  const firstTripAfterS = randomFor(seed, device, 'first trip', startMs).whole(firstTripS.min, firstTripS.max)
  return driveOn({ seed, device, style, map, startMs, firstTripAfterS })
}

function* lived(vehicle: Parameters<typeof livedTrips>[0], startMs: number): Generator<Reading> {
  for (const trip of livedTrips(vehicle, startMs, Number.POSITIVE_INFINITY)) yield* readingsOfTrip(trip)
}

function* playAgain(recording: Recording, device: string, startMs: number): Generator<Reading> {
  const everyMs = durationMs(recording) + pauseMs
  for (let fromMs = startMs + 1; ; fromMs += everyMs) yield* readingsOf(recording, device, fromMs)
}
