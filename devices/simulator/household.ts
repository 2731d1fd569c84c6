// A day in a simulated household, planned ahead: who is in, when water and power are used, what is forgotten, what breaks. Arrays
// are by minute of the local day; home.ts makes readings of them.

import type { LocalDay } from './local-day.ts'
import { type Random, randomFor } from './random.ts'
import type { MishapKind, MishapTruth } from './truth.ts'

/** How a household looks after its home. Figures are invented so that the three differ; none is measured. */
export interface HouseholdManner {
  readonly leaksPerYear: number
  /** Until somebody, or an automatic valve, stops the water. */
  readonly leakMinutes: number
  readonly freezesPerYear: number
  /** Leaving the door unlocked behind oneself, per outing. */
  readonly forgetsLockChance: number
  readonly humidityPercent: number
  readonly testsValve: boolean
}

export const householdManners = {
  tended: {
    leaksPerYear: 0.2,
    leakMinutes: 4,
    freezesPerYear: 0,
    forgetsLockChance: 0,
    humidityPercent: 47,
    testsValve: true,
  },
  average: {
    leaksPerYear: 0.6,
    leakMinutes: 45,
    freezesPerYear: 0.3,
    forgetsLockChance: 0.04,
    humidityPercent: 54,
    testsValve: true,
  },
  neglected: {
    leaksPerYear: 3,
    leakMinutes: 240,
    freezesPerYear: 4,
    forgetsLockChance: 0.25,
    humidityPercent: 67,
    testsValve: false,
  },
} as const satisfies Readonly<Record<string, HouseholdManner>>

export type HouseholdStyle = keyof typeof householdManners
export const householdNames = ['tended', 'average', 'neglected'] as const satisfies readonly HouseholdStyle[]

/** Something that is to happen for certain: a tester's scenario. */
export interface Mishap {
  readonly kind: 'leak' | 'freeze'
  readonly atMs: number
  readonly minutes: number
}

export interface DayPlan {
  readonly day: LocalDay
  /** Of the minutes in this day; 1,380 to 1,500. */
  readonly minutes: number
  readonly isHome: Uint8Array
  readonly isAwake: Uint8Array
  readonly isMoving: Uint8Array
  readonly isContactOpen: Uint8Array
  readonly isUnlocked: Uint8Array
  readonly isLeaking: Uint8Array
  readonly isFreezing: Uint8Array
  readonly isValveClosed: Uint8Array
  readonly litres: Float64Array
  readonly watts: Float64Array
  /** Percentage points above the usual humidity. */
  readonly steam: Float64Array
}

const minuteMs = 60_000
/**
 * Closed at three at night on the first of the month, when nobody misses the water; a tap runs before and after, because a valve
 * that is closed at rest has not stopped anything.
 */
const valveTest = { dayOfMonth: 1, atMinute: 180, minutes: 4, tapMinutes: 2, tapLpm: 4 } as const
const leakLpm = 3.5

export function planDay(
  seed: string,
  device: string,
  manner: HouseholdManner,
  day: LocalDay,
  mishaps: readonly Mishap[],
): DayPlan {
  const random = randomFor(seed, device, 'day', day.number)
  const minutes = Math.round((day.endMs - day.startMs) / minuteMs)
  const flags = (): Uint8Array => new Uint8Array(minutes)
  const plan: DayPlan = {
    day,
    minutes,
    isHome: flags().fill(1),
    isAwake: flags(),
    isMoving: flags(),
    isContactOpen: flags(),
    isUnlocked: flags(),
    isLeaking: flags(),
    isFreezing: flags(),
    isValveClosed: flags(),
    litres: new Float64Array(minutes),
    watts: new Float64Array(minutes),
    steam: new Float64Array(minutes),
  }
  const isWorkday = day.weekday >= 1 && day.weekday <= 5
  const wakesAt = Math.round(random.around(isWorkday ? 400 : 490, 14))
  const sleepsAt = Math.round(random.around(isWorkday ? 1370 : 1400, 15))
  plan.isAwake.fill(1, wakesAt, sleepsAt)
  planOuting(plan, random, manner, isWorkday)
  planMovement(plan, random)
  planWater(plan, random, wakesAt)
  planPower(plan, random)
  planMishaps(plan, random, manner, mishaps)
  if (manner.testsValve && day.dayOfMonth === valveTest.dayOfMonth) {
    const untilMinute = valveTest.atMinute + valveTest.minutes
    plan.isValveClosed.fill(1, valveTest.atMinute, untilMinute)
    plan.litres.fill(valveTest.tapLpm, valveTest.atMinute - valveTest.tapMinutes, untilMinute + 1)
    plan.litres.fill(0, valveTest.atMinute, untilMinute)
  }
  return plan
}

function planOuting(plan: DayPlan, random: Random, manner: HouseholdManner, isWorkday: boolean): void {
  const leavesAt = Math.round(random.around(isWorkday ? 490 : 760, isWorkday ? 9 : 50))
  const returnsAt = Math.round(random.around(isWorkday ? 1040 : 960, isWorkday ? 15 : 40))
  const goesOut = random.chance(isWorkday ? 0.9 : 0.75)
  const forgets = random.chance(manner.forgetsLockChance)
  if (!goesOut) return
  plan.isHome.fill(0, leavesAt, returnsAt)
  plan.isContactOpen.fill(1, leavesAt - 1, leavesAt)
  plan.isContactOpen.fill(1, returnsAt, returnsAt + 1)
  plan.isUnlocked.fill(1, leavesAt - 1, forgets ? returnsAt : leavesAt)
  plan.isUnlocked.fill(1, returnsAt, returnsAt + 2)
}

/** Awake people pass a sensor every few minutes; sleepers now and then. */
function planMovement(plan: DayPlan, random: Random): void {
  let still = 0
  for (let minute = 0; minute < plan.minutes; minute += 1) {
    const isUp = plan.isHome[minute] === 1 && plan.isAwake[minute] === 1
    const moves = random.chance(isUp ? 0.4 : 0.004) || (isUp && still >= 12)
    plan.isMoving[minute] = plan.isHome[minute] === 1 && moves ? 1 : 0
    still = moves ? 0 : still + 1
  }
}

function planWater(plan: DayPlan, random: Random, wakesAt: number): void {
  const use = (minute: number, minutes: number, litresPerMinute: number): void => {
    for (let at = minute; at < minute + minutes; at += 1)
      if (plan.isHome[at] === 1) plan.litres[at] = (plan.litres[at] ?? 0) + litresPerMinute
  }
  const showerAt = wakesAt + random.whole(8, 25)
  use(showerAt, random.whole(4, 9), random.between(7, 9))
  for (let minute = showerAt; minute < Math.min(plan.minutes, showerAt + 90); minute += 1)
    plan.steam[minute] = 9 * (1 - (minute - showerAt) / 90)
  for (let minute = 0; minute < plan.minutes; minute += 1) {
    const isUp = plan.isAwake[minute] === 1
    if (random.chance(isUp ? 0.008 : 0.0015)) use(minute, 1, random.between(5, 8))
    if (isUp && random.chance(0.02)) use(minute, random.whole(1, 2), random.between(1.5, 4))
  }
  // A washing machine or dishwasher draws water three times in its hour.
  if (random.chance(0.6)) {
    const startsAt = random.whole(1100, 1200)
    for (const offset of [0, 24, 41]) use(startsAt + offset, 2, random.between(4, 6))
    for (let minute = startsAt; minute < Math.min(plan.minutes, startsAt + 55); minute += 1)
      plan.watts[minute] = minute % 20 < 8 ? 1900 : 160
  }
}

function planPower(plan: DayPlan, random: Random): void {
  const fridgeAt = random.whole(0, 49)
  const dinnerAt = random.whole(1080, 1130)
  for (let minute = 0; minute < plan.minutes; minute += 1) {
    const isUp = plan.isHome[minute] === 1 && plan.isAwake[minute] === 1
    const fridge = (minute + fridgeAt) % 50 < 18 ? 95 : 0
    const cooking = isUp && minute >= dinnerAt && minute < dinnerAt + 35 ? 1600 : 0
    plan.watts[minute] = (plan.watts[minute] ?? 0) + 75 + fridge + cooking + (isUp ? 180 + random.between(0, 60) : 0)
  }
}

function planMishaps(plan: DayPlan, random: Random, manner: HouseholdManner, certain: readonly Mishap[]): void {
  const leakAt = random.whole(420, 1000)
  if (random.chance(manner.leaksPerYear / 365))
    leak(plan, leakAt, Math.round(random.around(manner.leakMinutes, manner.leakMinutes / 6)))
  const freezeAt = random.whole(60, 300)
  if (random.chance(manner.freezesPerYear / 365)) plan.isFreezing.fill(1, freezeAt, freezeAt + random.whole(90, 400))
  for (const mishap of certain) {
    const from = Math.round((mishap.atMs - plan.day.startMs) / minuteMs)
    const until = from + mishap.minutes
    if (until <= 0 || from >= plan.minutes) continue
    const start = Math.max(0, from)
    if (mishap.kind === 'leak') leak(plan, start, until - start)
    else plan.isFreezing.fill(1, start, until)
  }
}

function leak(plan: DayPlan, from: number, minutes: number): void {
  for (let minute = from; minute < Math.min(plan.minutes, from + minutes); minute += 1) {
    plan.isLeaking[minute] = 1
    plan.litres[minute] = (plan.litres[minute] ?? 0) + leakLpm
  }
}

/** Stretches of a planned day, in whole minutes; one that goes over midnight is two. */
export function mishapsOf(device: string, plan: DayPlan): readonly MishapTruth[] {
  return [...stretches(device, 'leak', plan.isLeaking, plan), ...stretches(device, 'freeze', plan.isFreezing, plan)]
}

function* stretches(device: string, kind: MishapKind, flags: Uint8Array, plan: DayPlan): Generator<MishapTruth> {
  let from: number | undefined
  for (let minute = 0; minute <= plan.minutes; minute += 1) {
    if (flags[minute] === 1) from ??= minute
    else if (from !== undefined) {
      yield { kind, device, startMs: plan.day.startMs + from * minuteMs, endMs: plan.day.startMs + minute * minuteMs }
      from = undefined
    }
  }
}
