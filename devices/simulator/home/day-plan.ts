// A day in a home, planned ahead, by minute of the local day: who is in, when water and power are used, what breaks. Columns of small
// numbers, for thousands of homes hold one each.

import type { LocalDay } from '../local-day.ts'

/** Bits of a minute. */
export const marks = {
  home: 1,
  awake: 2,
  moving: 4,
  contactOpen: 8,
  unlocked: 16,
  leakSensor: 32,
  /** Water runs where it should not, whether a sensor sees it or not. */
  leaking: 64,
  freezing: 128,
  valveClosed: 256,
  smoke: 512,
  carbonMonoxide: 1024,
  intruder: 2048,
  /** Nobody is in, and a door or its lock is open. */
  forgotten: 4096,
  damp: 8192,
} as const
export type Mark = keyof typeof marks

export interface DayPlan {
  readonly day: LocalDay
  /** Of the minutes in this day; 1,380 to 1,500. */
  readonly minutes: number
  /** Sums of `marks`. */
  readonly marked: Uint16Array
  /** Hundredths of l/min. */
  readonly flow: Uint16Array
  readonly watts: Uint16Array
  /** Tenths of a percentage point above the usual humidity. */
  readonly steam: Uint16Array
  /** °C of the coldest room while its heating fails, NaN otherwise; only on days on which it does. */
  coldC: Float32Array | undefined
  /** Carbon monoxide, only on days that have some. */
  ppm: Uint16Array | undefined
}

export function emptyDay(day: LocalDay): DayPlan {
  const minutes = Math.round((day.endMs - day.startMs) / 60_000)
  const column = (): Uint16Array => new Uint16Array(minutes)
  return {
    day,
    minutes,
    marked: column().fill(marks.home),
    flow: column(),
    watts: column(),
    steam: column(),
    coldC: undefined,
    ppm: undefined,
  }
}

export function is({ marked }: DayPlan, mark: Mark, minute: number): boolean {
  return ((marked[minute] ?? 0) & marks[mark]) !== 0
}

/** From (inclusive) to (exclusive), in minutes of the day; what lies outside of it is left out. */
export function setMark(plan: DayPlan, mark: Mark, from: number, to: number, isSo = true): void {
  const { marked } = plan
  for (let minute = Math.max(0, from); minute < Math.min(plan.minutes, to); minute += 1)
    marked[minute] = isSo ? (marked[minute] ?? 0) | marks[mark] : (marked[minute] ?? 0) & ~marks[mark]
}

export function addFlow({ flow, minutes }: DayPlan, from: number, to: number, litresPerMinute: number): void {
  for (let minute = Math.max(0, from); minute < Math.min(minutes, to); minute += 1)
    flow[minute] = (flow[minute] ?? 0) + Math.round(litresPerMinute * 100)
}

export function addWatts({ watts, minutes }: DayPlan, from: number, to: number, power: number): void {
  for (let minute = Math.max(0, from); minute < Math.min(minutes, to); minute += 1)
    watts[minute] = (watts[minute] ?? 0) + Math.round(power)
}
