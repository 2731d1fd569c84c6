// The weather of a place that exists on no map: seasons, a course of the day, weeks that are warmer or colder, and a cold snap in most
// winters. By seed and date alone.

import { randomFor } from '../random.ts'

const daysPerYear = 365.25
/** °C over the year and the day, as in the north-west of Europe. */
const meanC = 10.5
const seasonC = 7.5
const dayC = 3.5
/** The middle of January, and the early afternoon. */
const coldestDay = 18
const warmestMinute = 15 * 60
const snapC = -13
const snapDays = { min: 3, max: 7 } as const
const snapChance = 0.8

/** @param dayNumber days since 1970-01-01, of the local date */
export function outsideC(seed: string, dayNumber: number, minute: number): number {
  const season = -Math.cos(((dayNumber - coldestDay) / daysPerYear) * 2 * Math.PI) * seasonC
  const course = Math.cos(((minute - warmestMinute) / 1440) * 2 * Math.PI) * dayC
  return meanC + season + course + weekC(seed, dayNumber) + (isColdSnap(seed, dayNumber) ? snapC : 0)
}

export function isColdSnap(seed: string, dayNumber: number): boolean {
  const winter = winterOf(dayNumber)
  const random = randomFor(seed, 'cold snap', winter)
  // From early December to late February.
  const first = Math.round(winter * daysPerYear) - 30 + random.whole(0, 80)
  const last = first + random.whole(snapDays.min, snapDays.max)
  return random.chance(snapChance) && dayNumber >= first && dayNumber <= last
}

/** Numbered by the January in its middle: years since 1970. */
function winterOf(dayNumber: number): number {
  return Math.round((dayNumber - coldestDay) / daysPerYear)
}

/** From the middle of one week to that of the next. */
function weekC(seed: string, dayNumber: number): number {
  const week = Math.floor(dayNumber / 7)
  const share = dayNumber / 7 - week
  const of = (number: number): number => randomFor(seed, 'week', number).around(0, 2)
  return of(week) * (1 - share) + of(week + 1) * share
}
