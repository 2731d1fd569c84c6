// Plans a household's day: who is in and when, water and power, and then what goes wrong (plan-mishaps.ts). A function of seed, device,
// day and the mishaps that are certain, so that any day can be planned without those before it.

import type { HouseholdManner, Mishap } from '../household.ts'
import { type Holiday, holidayOn } from '../life/holiday.ts'
import type { LocalDay } from '../local-day.ts'
import { type Random, randomFor } from '../random.ts'
import { dishwasher, everydayPower, runAppliance, shower, tapsAndCisterns, washingMachine } from './appliances.ts'
import { addFlow, type DayPlan, emptyDay, is, setMark } from './day-plan.ts'
import { planMishaps } from './plan-mishaps.ts'

/**
 * Closed at three at night on the first of the month, when nobody misses the water; a tap runs before and after, because a valve
 * that is closed at rest has not stopped anything.
 */
const valveTest = { dayOfMonth: 1, atMinute: 180, minutes: 4, tapMinutes: 2, tapLpm: 4 } as const
/** On a holiday people leave in the morning and are back in the afternoon. */
const holidayMinutes = { leaves: 570, returns: 940 } as const

export function planDay(
  seed: string,
  device: string,
  manner: HouseholdManner,
  day: LocalDay,
  mishaps: readonly Mishap[],
): DayPlan {
  const random = randomFor(seed, device, 'day', day.number)
  const plan = emptyDay(day)
  const isWorkday = day.weekday >= 1 && day.weekday <= 5
  const wakesAt = Math.round(random.around(isWorkday ? 400 : 490, 14))
  const sleepsAt = Math.round(random.around(isWorkday ? 1370 : 1400, 15))
  setMark(plan, 'awake', wakesAt, sleepsAt)
  const outing = planOuting(seed, device, manner, day, random)
  if (outing !== undefined) goOut(plan, outing, random.chance(manner.forgetsLockChance), random.chance(manner.forgetsDoorChance))
  planMovement(plan, random)
  planUse(plan, random, manner, wakesAt)
  planMishaps({ seed, device, manner, plan, certain: mishaps })
  // Where something has gone wrong the valve has other work.
  if (manner.testsValve && day.dayOfMonth === valveTest.dayOfMonth && !is(plan, 'valveClosed', valveTest.atMinute))
    testValve(plan)
  return plan
}

interface Outing {
  readonly leavesAt: number
  readonly returnsAt: number
}

function planOuting(seed: string, device: string, manner: HouseholdManner, day: LocalDay, random: Random): Outing | undefined {
  const isWorkday = day.weekday >= 1 && day.weekday <= 5
  const leavesAt = Math.round(random.around(isWorkday ? 490 : 760, isWorkday ? 9 : 50))
  const returnsAt = Math.round(random.around(isWorkday ? 1040 : 960, isWorkday ? 15 : 40))
  const goesOut = random.chance(isWorkday ? 0.9 : 0.75)
  const isEmpty = random.chance(manner.emptyDayChance)
  const holiday: Holiday = manner.takesHolidays ? holidayOn(seed, device, day.number) : { kind: 'none' }
  const allDay = { leavesAt: Number.NEGATIVE_INFINITY, returnsAt: Number.POSITIVE_INFINITY }
  if (holiday.kind === 'leaves') return { ...allDay, leavesAt: holidayMinutes.leaves }
  if (holiday.kind === 'returns') return { ...allDay, returnsAt: holidayMinutes.returns }
  if (holiday.kind === 'away' || isEmpty) return allDay
  return goesOut ? { leavesAt, returnsAt } : undefined
}

/** Minutes beyond the day are not in it: then nobody goes through the door. */
function goOut(plan: DayPlan, { leavesAt, returnsAt }: Outing, forgetsLock: boolean, forgetsDoor: boolean): void {
  const [from, to] = [Math.max(0, leavesAt), Math.min(plan.minutes, returnsAt)]
  setMark(plan, 'home', from, to, false)
  if (leavesAt >= 0) {
    setMark(plan, 'contactOpen', leavesAt - 1, leavesAt)
    setMark(plan, 'unlocked', leavesAt - 1, leavesAt)
    // What is forgotten is found in the evening; who leaves for days looks twice.
    if (forgetsLock && returnsAt <= plan.minutes) setMark(plan, 'unlocked', leavesAt, returnsAt)
    if (forgetsDoor && returnsAt <= plan.minutes) setMark(plan, 'contactOpen', leavesAt, returnsAt)
    if ((forgetsLock || forgetsDoor) && returnsAt <= plan.minutes) setMark(plan, 'forgotten', leavesAt, returnsAt)
  }
  if (returnsAt > plan.minutes) return
  setMark(plan, 'contactOpen', returnsAt, returnsAt + 1)
  setMark(plan, 'unlocked', returnsAt, returnsAt + 2)
}

/** Awake people pass a sensor every few minutes; sleepers now and then. Who comes home is seen at once. */
function planMovement(plan: DayPlan, random: Random): void {
  let still = 0
  let wasHome = true
  for (let minute = 0; minute < plan.minutes; minute += 1) {
    const isHome = is(plan, 'home', minute)
    const isUp = isHome && is(plan, 'awake', minute)
    const moves = random.chance(isUp ? 0.4 : 0.004) || (isUp && still >= 12) || (isHome && !wasHome)
    if (isHome && moves) setMark(plan, 'moving', minute, minute + 1)
    still = moves ? 0 : still + 1
    wasHome = isHome
  }
}

function planUse(plan: DayPlan, random: Random, { people }: HouseholdManner, wakesAt: number): void {
  for (let person = 0; person < people; person += 1) {
    const showerAt = wakesAt + random.whole(8, 25) + 12 * person
    const showers = person === 0 || random.chance(0.6)
    if (showers && is(plan, 'home', showerAt)) shower(plan, showerAt, random)
  }
  tapsAndCisterns(plan, people, random)
  const washingAt = random.whole(1090, 1180)
  if (random.chance(Math.min(0.7, 0.2 * people)) && is(plan, 'home', washingAt)) runAppliance(plan, washingMachine, washingAt)
  const dishesAt = random.whole(1180, 1290)
  if (random.chance(Math.min(0.9, 0.3 * people)) && is(plan, 'home', dishesAt)) runAppliance(plan, dishwasher, dishesAt)
  everydayPower(plan, random)
}

function testValve(plan: DayPlan): void {
  const { atMinute, minutes, tapMinutes, tapLpm } = valveTest
  const untilMinute = atMinute + minutes
  plan.flow.fill(0, atMinute - tapMinutes, untilMinute + 1)
  addFlow(plan, atMinute - tapMinutes, untilMinute + 1, tapLpm)
  plan.flow.fill(0, atMinute, untilMinute)
  setMark(plan, 'valveClosed', atMinute, untilMinute)
}
