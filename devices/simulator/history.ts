// What a simulated device did on the days before a fleet was first started: trips by the habits of a week, or the minutes of a
// home. Pure; publishing it is publish-history.ts's.

import type { HomeReading, Reading, VehicleReading } from '../contract/reading.ts'
import type { DrivingStyle } from './drive.ts'
import { liveAtHome, type SimulatedHome } from './home.ts'
import type { HouseholdStyle } from './household.ts'
import { type LocalDay, localDay, localDayOf } from './local-day.ts'
import { type Random, randomFor } from './random.ts'
import { crossingsWithin } from './town.ts'
import type { Truth } from './truth.ts'
import { homeCrossing, simulateTrip, townCentre } from './vehicle.ts'

/** Nothing of the history comes closer to its end, so that no trip of it runs into a live one. */
export const quietMs = 15 * 60_000
const minuteMs = 60_000
const dayMs = 86_400_000

export type HistoryDevice =
  | { readonly id: string; readonly kind: 'vehicle'; readonly style: DrivingStyle; readonly odometerKm?: number }
  | { readonly id: string; readonly kind: 'home'; readonly style: HouseholdStyle }

export interface HistoryOptions {
  readonly seed: string
  readonly days: number
  /** When the device was first started live; the history ends before. */
  readonly endMs: number
  /** Default: the simulated town's. */
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
  const timeZone = options.timeZone ?? townCentre.timeZone
  const startMs = options.endMs - options.days * dayMs
  const untilMs = options.endMs - quietMs
  let odometerKm = device.odometerKm ?? randomFor(options.seed, device.id, 'odometer').whole(8000, 60_000)
  let freeAtMs = startMs
  for (const day of daysFrom(startMs, untilMs, timeZone))
    for (const outing of planOutings(options.seed, device, day)) {
      if (outing.startMs < freeAtMs) continue
      let truth: Truth | undefined
      const onTruth = (told: Truth): void => {
        truth = told
      }
      const trip = [...simulateTrip({ device: device.id, style: device.style, ...outing, odometerKm, onTruth })]
      const last = trip.at(-1)
      if (last === undefined || last.takenAtMs >= untilMs) continue
      if (truth !== undefined) options.onTruth?.(truth)
      yield* trip
      odometerKm = last.values.TraveledDistance ?? odometerKm
      freeAtMs = last.takenAtMs + quietMs
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
    timeZone: options.timeZone ?? townCentre.timeZone,
    onTruth: options.onTruth,
  }
  return liveAtHome(home, options.endMs - options.days * dayMs, options.endMs - quietMs)
}

function* daysFrom(startMs: number, endMs: number, timeZone: string): Generator<LocalDay> {
  for (let day = localDayOf(startMs, timeZone); day.startMs < endMs; day = localDay(day.number + 1, timeZone)) yield day
}

interface Outing {
  readonly startMs: number
  readonly from: number
  readonly to: number
  readonly random: Random
}

/** There and back again: to work on workdays, to the shops, out in the evening or at the weekend. */
function planOutings(
  seed: string,
  device: { readonly id: string; readonly style: DrivingStyle },
  day: LocalDay,
): readonly Outing[] {
  const random = randomFor(seed, device.id, 'day', day.number)
  const home = homeCrossing(seed, device.id)
  const habits = randomFor(seed, device.id, 'habits')
  const work = habits.pick(crossingsWithin(home, 330, 600))
  const shops = habits.pick(crossingsWithin(home, 150, 330))
  const isWorkday = day.weekday >= 1 && day.weekday <= 5
  const outings: Outing[] = []
  const goOut = (destination: number, leavesAt: number, staysMinutes: number): void => {
    for (const [from, to, minute] of [
      [home, destination, leavesAt],
      [destination, home, leavesAt + staysMinutes],
    ] as const) {
      const startMs = Math.round((day.startMs + minute * minuteMs) / 1000) * 1000
      outings.push({ startMs, from, to, random: randomFor(seed, device.id, 'trip', startMs) })
    }
  }
  if (isWorkday && random.chance(0.88)) goOut(work, random.around(465, 12), random.around(550, 20))
  if (random.chance(isWorkday ? 0.25 : 0.6)) goOut(shops, random.around(isWorkday ? 1110 : 650, 20), random.between(25, 60))
  const eveningChance = { calm: 0.05, average: 0.12, hurried: 0.25 }[device.style] * (isWorkday ? 1 : 2)
  if (random.chance(eveningChance))
    goOut(random.pick(crossingsWithin(home, 200, 500)), random.around(1215, 15), random.between(90, 200))
  return outings.sort((one, other) => one.startMs - other.startMs)
}
