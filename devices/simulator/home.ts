// A simulated home's readings, one a minute from its hub. Every reading is a function of seed, device and minute alone, so a
// fleet that is started again goes on as if it had never stopped. Pure.

import type { HomeReading } from '../contract/reading.ts'
import { type DayPlan, type HouseholdStyle, householdManners, type Mishap, mishapsOf, planDay } from './household.ts'
import { type LocalDay, localDay, localDayOf } from './local-day.ts'
import { randomFor } from './random.ts'
import type { MishapTruth } from './truth.ts'

export const homeReadingMs = 60_000

export interface SimulatedHome {
  readonly seed: string
  readonly device: string
  readonly style: HouseholdStyle
  readonly timeZone: string
  /** On top of what happens by chance. */
  readonly mishaps?: readonly Mishap[]
  /** Told what goes wrong on a day before that day’s first reading. */
  readonly onTruth?: ((truth: MishapTruth) => void) | undefined
}

/** All whole minutes after `startMs` and before `endMs` (which may be Infinity). */
export function* liveAtHome(home: SimulatedHome, startMs: number, endMs: number): Generator<HomeReading, void, undefined> {
  let atMs = (Math.floor(startMs / homeReadingMs) + 1) * homeReadingMs
  let plan = planOf(home, localDayOf(atMs, home.timeZone))
  for (; atMs < endMs; atMs += homeReadingMs) {
    if (atMs >= plan.day.endMs) plan = planOf(home, localDay(plan.day.number + 1, home.timeZone))
    yield readingAt(home, plan, atMs)
  }
}

function planOf(home: SimulatedHome, day: LocalDay): DayPlan {
  const plan = planDay(home.seed, home.device, householdManners[home.style], day, home.mishaps ?? [])
  if (home.onTruth !== undefined) for (const mishap of mishapsOf(home.device, plan)) home.onTruth(mishap)
  return plan
}

function readingAt(home: SimulatedHome, plan: DayPlan, atMs: number): HomeReading {
  const minute = Math.floor((atMs - plan.day.startMs) / homeReadingMs)
  const is = (flags: Uint8Array): boolean => flags[minute] === 1
  const random = randomFor(home.seed, home.device, 'minute', atMs)
  const usualHumidity = householdManners[home.style].humidityPercent
  const isHeated = is(plan.isHome) && is(plan.isAwake)
  // The sun and the stove: warmest in the late afternoon.
  const course = Math.cos(((minute - 1020) / 1440) * 2 * Math.PI)
  const temperature = is(plan.isFreezing) ? 2 : 17.6 + 1.1 * course + (isHeated ? 0.6 : 0)
  return {
    kind: 'home',
    device: home.device,
    takenAtMs: atMs,
    values: {
      WaterLeak: is(plan.isLeaking),
      WaterFlow: is(plan.isValveClosed) ? 0 : round(plan.litres[minute] ?? 0, 1),
      Temperature: round(temperature + random.around(0, 0.06), 1),
      Humidity: round(usualHumidity + (plan.steam[minute] ?? 0) - 2 * course + random.around(0, 0.5), 0),
      Smoke: false,
      CarbonMonoxide: random.chance(0.02) ? 1 : 0,
      ContactOpen: is(plan.isContactOpen),
      Motion: is(plan.isMoving),
      Locked: !is(plan.isUnlocked),
      Power: round(plan.watts[minute] ?? 0, 0),
      ValveOpen: !is(plan.isValveClosed),
      BatteryLevel: batteryPercent(home, plan.day),
    },
  }
}

/** A set of batteries lasts for about two years. */
function batteryPercent(home: SimulatedHome, day: LocalDay): number {
  const changedAgo = (day.number + randomFor(home.seed, home.device, 'battery').whole(0, 700)) % 700
  return Math.round(100 - changedAgo / 8)
}

function round(value: number, decimals: number): number {
  const factor = 10 ** decimals
  return Math.round(value * factor) / factor + 0
}
