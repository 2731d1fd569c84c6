// What appliances and taps take, as their meter sees it: minutes of water and power after somebody has switched them on.

import type { Random } from '../random.ts'
import { addFlow, addWatts, type DayPlan, is } from './day-plan.ts'

interface Signature {
  /** Minutes after the start, how long, l/min. */
  readonly water: readonly (readonly [at: number, minutes: number, litresPerMinute: number])[]
  /** Minutes after the start, how long, W. */
  readonly power: readonly (readonly [at: number, minutes: number, watts: number])[]
  /** With nobody in it is not started. */
  readonly minutes: number
}

/** Heats in bursts, fills four times, spins at the end. */
export const washingMachine: Signature = {
  water: [
    [0, 3, 6],
    [26, 2, 7],
    [38, 2, 7],
    [50, 2, 7],
  ],
  power: [
    [0, 64, 120],
    [4, 8, 1900],
    [15, 7, 1900],
    [56, 7, 420],
  ],
  minutes: 64,
}

/** A small filling for each of its programme's steps. */
export const dishwasher: Signature = {
  water: [
    [0, 1, 3.6],
    [9, 1, 3.6],
    [44, 1, 3.6],
    [58, 1, 3.6],
  ],
  power: [
    [0, 90, 70],
    [11, 14, 1850],
    [60, 9, 1850],
  ],
  minutes: 90,
}

export function runAppliance(plan: DayPlan, { water, power }: Signature, startsAt: number): void {
  for (const [at, minutes, litresPerMinute] of water) addFlow(plan, startsAt + at, startsAt + at + minutes, litresPerMinute)
  for (const [at, minutes, watts] of power) addWatts(plan, startsAt + at, startsAt + at + minutes, watts)
}

/** Nine litres a minute and steam that is gone after an hour and a half. */
export function shower(plan: DayPlan, startsAt: number, random: Random): void {
  const minutes = random.whole(4, 9)
  addFlow(plan, startsAt, startsAt + minutes, random.between(7, 9))
  for (let minute = startsAt; minute < Math.min(plan.minutes, startsAt + 90); minute += 1)
    plan.steam[minute] = Math.max(plan.steam[minute] ?? 0, Math.round(90 * (1 - (minute - startsAt) / 90)))
}

/** A cistern fills within a minute; taps run for one or two. */
export function tapsAndCisterns(plan: DayPlan, people: number, random: Random): void {
  for (let minute = 0; minute < plan.minutes; minute += 1) {
    const isUp = is(plan, 'awake', minute)
    if (random.chance((isUp ? 0.004 : 0.0008) * people)) addFlowAtHome(plan, minute, 1, random.between(5, 8))
    if (isUp && random.chance(0.01 * people)) addFlowAtHome(plan, minute, random.whole(1, 2), random.between(1.5, 4))
  }
}

function addFlowAtHome(plan: DayPlan, from: number, minutes: number, litresPerMinute: number): void {
  for (let minute = from; minute < from + minutes; minute += 1)
    if (is(plan, 'home', minute)) addFlow(plan, minute, minute + 1, litresPerMinute)
}

/** A fridge that comes and goes, lamps and screens of people who are up, a meal in the evening. */
export function everydayPower(plan: DayPlan, random: Random): void {
  const fridgeAt = random.whole(0, 49)
  const dinnerAt = random.whole(1080, 1130)
  for (let minute = 0; minute < plan.minutes; minute += 1) {
    const isUp = is(plan, 'home', minute) && is(plan, 'awake', minute)
    const fridge = (minute + fridgeAt) % 50 < 18 ? 95 : 0
    const cooking = isUp && minute >= dinnerAt && minute < dinnerAt + 25 ? 1600 : 0
    addWatts(plan, minute, minute + 1, 75 + fridge + cooking + (isUp ? 180 + random.between(0, 60) : 0))
  }
}
