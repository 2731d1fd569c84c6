// A week as it is lived: each leg begins when it is meant to, or when the vehicle is back from the one before. Lazy: a trip is planned when
// it is asked for.

import type { DrivingManner, DrivingStyle } from '../drive.ts'
import { localDay, localDayOf } from '../local-day.ts'
import { randomFor } from '../random.ts'
import type { RoadMap } from '../road/road-map.ts'
import type { Equipment } from '../vehicle/equipment.ts'
import { planTrip, type TripPlan } from '../vehicle/plan-trip.ts'
import { homeCrossing, odometerAfter } from '../vehicle.ts'
import type { LifeName } from './life-names.ts'
import { legsOf, type WeeklyLife } from './weekly-life.ts'

/** Long enough that nobody takes two trips for one. */
const pauseMs = 6 * 60_000
const rainyDayChance = 0.22
/** Beyond it a life is over, and so is the loop. */
const daysMax = 100_000

export interface LivedVehicle {
  readonly seed: string
  readonly device: string
  readonly style: DrivingStyle
  readonly driver?: DrivingStyle | DrivingManner | undefined
  readonly map: RoadMap
  readonly timeZone?: string | undefined
  readonly equipment?: Equipment | undefined
  readonly hertz?: number | undefined
  readonly life?: LifeName | undefined
  readonly odometerKm: number | undefined
}

/** Whole trips that begin at or after `fromMs` and end before `untilMs` (which may be Infinity). */
export function* livedTrips(vehicle: LivedVehicle, fromMs: number, untilMs: number): Generator<TripPlan, void, undefined> {
  const { seed, device, style, life, equipment } = vehicle
  const map = vehicle.timeZone === undefined ? vehicle.map : inTimeZone(vehicle.map, vehicle.timeZone)
  const week: WeeklyLife = { seed, device, style, map, life, equipment, home: homeCrossing(seed, device, vehicle.map) }
  let odometerKm = vehicle.odometerKm
  let freeAtMs = Number.NEGATIVE_INFINITY
  // From the day before: a night shift ends in the morning.
  const first = localDayOf(fromMs, map.timeZone).number - 1
  for (let number = first; number < first + daysMax; number += 1) {
    const day = localDay(number, map.timeZone)
    if (day.startMs >= untilMs) return
    for (const leg of legsOf(week, day)) {
      const startMs = Math.max(leg.startMs, freeAtMs)
      const plan = planTrip({
        device,
        style: leg.role === 'passenger' ? 'average' : style,
        driver: leg.role === 'passenger' ? undefined : vehicle.driver,
        ...leg,
        map,
        startMs,
        odometerKm,
        random: randomFor(seed, device, 'trip', leg.startMs),
        equipment,
        hertz: vehicle.hertz,
        isWet: life !== undefined && randomFor(seed, 'rain', number).chance(rainyDayChance),
      })
      if (plan === undefined) continue
      const endMs = startMs + plan.lastS * 1000
      freeAtMs = endMs + pauseMs
      if (startMs < fromMs || endMs >= untilMs) continue
      yield plan
      if (leg.carried === undefined) odometerKm = odometerAfter(odometerKm, plan.distanceM)
    }
  }
}

const zoned = new WeakMap<RoadMap, Map<string, RoadMap>>()

/** The same map to everybody who asks, so that ways and tracks are found once. */
function inTimeZone(map: RoadMap, timeZone: string): RoadMap {
  if (map.timeZone === timeZone) return map
  const known = zoned.get(map) ?? new Map<string, RoadMap>()
  zoned.set(map, known)
  const found = known.get(timeZone) ?? { ...map, timeZone }
  known.set(timeZone, found)
  return found
}
