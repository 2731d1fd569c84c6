// Home readings for the tests: said by minute of a day in Amsterdam, and days stepped one after another as pricing does.

import type { HomeReading } from '../../devices/contract/reading.ts'
import type { HomeValues } from '../../devices/contract/signals.ts'
import { homeDayFacts, type PastDay, startHomeDay, stepHomeDay } from '../../pricing/behaviour/home-day.ts'
import { type LocalClock, localClock } from '../../pricing/behaviour/local-clock.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import type { HomeDayFacts } from '../../pricing/home-day-facts.ts'

export const amsterdam = localClock('Europe/Amsterdam')
export const middayMs = Date.UTC(2024, 4, 6, 10)
export const { startMs: midnightMs } = amsterdam.dayBounds(middayMs)
const minuteMs = 60_000

/** Minutes since midnight, and what was said then. */
export type Said = readonly [minute: number, values: HomeValues]

export function readingsOf(said: readonly Said[], startMs = midnightMs): readonly HomeReading[] {
  return said.map(([minute, values]) => ({
    kind: 'home',
    device: 'house',
    takenAtMs: startMs + Math.round(minute * minuteMs),
    values,
  }))
}

/** One day of readings, taken in the order given. */
export function factsOf(readings: readonly HomeReading[], past: readonly PastDay[] = [], dayMs = middayMs): HomeDayFacts {
  const progress = startHomeDay(amsterdam.day(dayMs), amsterdam.timeZone, amsterdam.dayBounds(dayMs), past)
  for (const reading of readings) stepHomeDay(progress, reading)
  return homeDayFacts(progress)
}

export function dayOf(said: readonly Said[], past: readonly PastDay[] = []): HomeDayFacts {
  return factsOf(readingsOf(said.toSorted(([one], [other]) => one - other)), past)
}

export function every(step: number, from: number, to: number, values: (minute: number) => HomeValues): readonly Said[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => {
    const minute = from + index * step
    return [minute, values(minute)] as const
  })
}

export interface DatedFacts {
  readonly day: string
  readonly facts: HomeDayFacts
}

/** Day after day, each learning from the fortnight before it. */
export function daysOf(readings: readonly HomeReading[], clock: LocalClock): readonly DatedFacts[] {
  const days: DatedFacts[] = []
  let past: readonly PastDay[] = []
  let progress: ReturnType<typeof startHomeDay> | undefined
  let dayFrom = 0
  const close = (): void => {
    if (progress === undefined) return
    const facts = homeDayFacts(progress)
    days.push({ day: progress.day, facts })
    past = [...past, { day: progress.day, ...facts.usual }].slice(-14)
  }
  readings.forEach((reading, index) => {
    if (progress === undefined || reading.takenAtMs >= progress.endMs) {
      close()
      const bounds = clock.dayBounds(reading.takenAtMs)
      const next = startHomeDay(clock.day(reading.takenAtMs), clock.timeZone, bounds, past)
      for (const before of readings.slice(dayFrom, index))
        if (before.takenAtMs >= bounds.startMs - behaviourThresholds.home.lookbackMs) stepHomeDay(next, before)
      dayFrom = index
      progress = next
    }
    stepHomeDay(progress, reading)
  })
  close()
  return days
}
