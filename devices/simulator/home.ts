// A simulated home's readings, one a minute from its hub. Every reading is a function of seed, device and minute alone, so a
// fleet that is started again goes on as if it had never stopped. Pure.

import type { HomeReading } from '../contract/reading.ts'
import { humidityAt, temperatureAt } from './home/climate.ts'
import { type DayPlan, is } from './home/day-plan.ts'
import { mishapsOf } from './home/mishaps-of.ts'
import { planDay } from './home/plan-day.ts'
import { type HouseholdStyle, householdManners, type Mishap } from './household.ts'
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
  const { seed, device, mishaps = [], onTruth } = home
  const manner = householdManners[home.style]
  const plan = planDay(seed, device, manner, day, mishaps)
  if (onTruth !== undefined) for (const mishap of mishapsOf(seed, device, manner.humidityPercent, plan)) onTruth(mishap)
  return plan
}

function readingAt({ seed, device, style }: SimulatedHome, plan: DayPlan, atMs: number): HomeReading {
  const minute = Math.floor((atMs - plan.day.startMs) / homeReadingMs)
  const random = randomFor(seed, device, 'minute', atMs)
  const gas = plan.ppm?.[minute] ?? 0
  return {
    kind: 'home',
    device,
    takenAtMs: atMs,
    values: {
      WaterLeak: is(plan, 'leakSensor', minute),
      WaterFlow: is(plan, 'valveClosed', minute) ? 0 : round((plan.flow[minute] ?? 0) / 100, 1),
      Temperature: round(temperatureAt(seed, plan, minute) + random.around(0, 0.06), 1),
      Humidity: round(humidityAt(householdManners[style].humidityPercent, plan, minute) + random.around(0, 0.5), 0),
      Smoke: is(plan, 'smoke', minute),
      CarbonMonoxide: gas + (random.chance(0.02) ? 1 : 0),
      ContactOpen: is(plan, 'contactOpen', minute),
      Motion: is(plan, 'moving', minute),
      Locked: !is(plan, 'unlocked', minute),
      Power: plan.watts[minute] ?? 0,
      ValveOpen: !is(plan, 'valveClosed', minute),
      BatteryLevel: batteryPercent(seed, device, plan.day),
    },
  }
}

/** A set of batteries lasts for about two years. */
function batteryPercent(seed: string, device: string, day: LocalDay): number {
  const changedAgo = (day.number + randomFor(seed, device, 'battery').whole(0, 700)) % 700
  return Math.round(100 - changedAgo / 8)
}

function round(value: number, decimals: number): number {
  const factor = 10 ** decimals
  return Math.round(value * factor) / factor + 0
}
