// A home's local day: verified live, minutes of each peril, litres, the valve test, and that silence counts against nobody.

import { expect, test } from 'vitest'
import type { HomeReading } from '../../devices/contract/reading.ts'
import type { HomeValues } from '../../devices/contract/signals.ts'
import { homeDayFacts, startHomeDay, stepHomeDay } from '../../pricing/behaviour/home-day.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { canonicalJson } from '../../pricing/canonical-json.ts'
import { type HomeDayFacts, parseHomeDayFacts } from '../../pricing/home-day-facts.ts'

const amsterdam = localClock('Europe/Amsterdam')
const { startMs: midnightMs } = amsterdam.dayBounds(Date.UTC(2024, 4, 6, 10))
const minuteMs = 60_000

/** Minutes since midnight, and what was said then. */
type Said = readonly [minute: number, values: HomeValues]

function dayOf(said: readonly Said[], middayMs = midnightMs + 12 * 60 * minuteMs): HomeDayFacts {
  const bounds = amsterdam.dayBounds(middayMs)
  const progress = startHomeDay(amsterdam.day(middayMs), amsterdam.timeZone, bounds)
  const readings = said.map(([minute, values]): HomeReading => {
    return { kind: 'home', device: 'house', takenAtMs: bounds.startMs + minute * minuteMs, values }
  })
  for (const reading of readings.toSorted((one, other) => one.takenAtMs - other.takenAtMs)) stepHomeDay(progress, reading)
  return homeDayFacts(progress)
}

const every = (minutes: number, from: number, to: number, values: (minute: number) => HomeValues): readonly Said[] =>
  Array.from({ length: Math.floor((to - from) / minutes) + 1 }, (_, index) => {
    const minute = from + index * minutes
    return [minute, values(minute)] as const
  })

const quiet: HomeValues = { WaterLeak: false, Temperature: 19, Humidity: 50, Smoke: false, CarbonMonoxide: 0 }

test('a quiet day is live and counts nothing', () => {
  const facts = dayOf(every(5, 0, 1435, () => quiet))
  expect(facts).toMatchObject({
    live: true,
    hoursReported: 24,
    leakMinutes: 0,
    freezeMinutes: 0,
    smokeMinutes: 0,
    carbonMonoxideMinutes: 0,
    openUnattendedMinutes: 0,
    dampMinutes: 0,
    litres: 0,
    valveTested: false,
    sensors: ['fire', 'freeze', 'humidity', 'water'],
  })
  expect(parseHomeDayFacts(canonicalJson(facts))).toEqual(facts)
})

test.each([
  ['an ordinary day', '2024-05-06T10:00Z', 20, 19],
  ['the short day in spring', '2024-03-31T10:00Z', 20, 19],
  ['the long day in autumn', '2024-10-27T10:00Z', 21, 20],
])('%s is live with %3$i hours of it reported and not with %4$i', (_, midday, enough, tooFew) => {
  const hours = (count: number) =>
    dayOf(
      every(60, 0, (count - 1) * 60, () => quiet),
      Date.parse(midday),
    )
  expect([hours(enough).live, hours(tooFew).live]).toEqual([true, false])
})

test('a leak counts from wet to dry', () => {
  expect(dayOf(every(1, 0, 1439, (minute) => ({ WaterLeak: minute >= 100 && minute < 130 }))).leakMinutes).toBe(30)
})

test('a sensor that speaks on change only is believed while the installation reports', () => {
  const facts = dayOf([
    ...every(5, 0, 1435, () => ({ Temperature: 19 })),
    [101, { WaterLeak: true }],
    [131, { WaterLeak: false }],
  ])
  expect(facts.leakMinutes).toBeGreaterThanOrEqual(29)
  expect(facts.leakMinutes).toBeLessThanOrEqual(30)
})

test('when it dried between two distant readings is not held against anyone', () => {
  const said: readonly Said[] = [
    [0, { WaterLeak: false }],
    [60, { WaterLeak: true }],
    [120, { WaterLeak: false }],
  ]
  expect(dayOf(said).leakMinutes).toBe(5)
})

test('silence forgets: a leak sensor that went away is not wet for ever', () => {
  const said: readonly Said[] = [
    [0, { WaterLeak: true }],
    [10, { WaterLeak: true }],
    [300, { Temperature: 19 }],
    [360, { Temperature: 19 }],
  ]
  expect(dayOf(said).leakMinutes).toBe(10)
})

test('water that flows for more than two hours without a stop is a leak from then on', () => {
  const flow = (until: number) => dayOf(every(1, 0, 1439, (minute) => ({ WaterFlow: minute >= 60 && minute < until ? 2 : 0 })))
  expect(flow(179).leakMinutes).toBe(0)
  expect(flow(210).leakMinutes).toBe(30)
  expect(flow(210).litres).toBe(300)
})

test('what began before midnight is known, and only this day counts', () => {
  const facts = dayOf(every(1, -180, 1439, (minute) => ({ WaterFlow: minute < 30 ? 1 : 0 })))
  expect(facts.leakMinutes).toBe(30)
  expect(facts.litres).toBe(30)
  expect(facts.hoursReported).toBe(24)
})

test('frost, smoke, carbon monoxide and damp count in minutes beyond their limits', () => {
  const facts = dayOf(
    every(1, 0, 1439, (minute) => ({
      Temperature: minute < 60 ? 3.9 : 4,
      Smoke: minute === 100,
      CarbonMonoxide: minute >= 200 && minute < 215 ? 51 : 50,
      Humidity: minute >= 300 && minute < 360 ? 76 : 75,
    })),
  )
  expect(facts).toMatchObject({ freezeMinutes: 60, smokeMinutes: 1, carbonMonoxideMinutes: 15, dampMinutes: 60 })
})

test('open or unlocked counts from half an hour after somebody left through it', () => {
  const open = (values: (minute: number) => HomeValues) => dayOf(every(1, 0, 1439, values)).openUnattendedMinutes
  // Gone at 120; the last movement was noticed at 120, when it ended.
  expect(open((minute) => ({ ContactOpen: minute >= 118 && minute < 200, Motion: minute < 120 }))).toBe(50)
  expect(
    open((minute) => ({ Locked: !(minute >= 118 && minute < 200), Motion: minute < 120 })),
    'unlocked',
  ).toBe(50)
  expect(
    open((minute) => ({ ContactOpen: minute >= 100 && minute < 400, Motion: minute < 120 })),
    'opened by somebody who stayed',
  ).toBe(0)
  expect(
    open((minute) => ({ ContactOpen: minute >= 100 && minute < 200, Motion: minute % 20 === 0 })),
    'at home',
  ).toBe(0)
  expect(
    open(() => ({ ContactOpen: true })),
    'without a motion sensor nobody can tell',
  ).toBe(0)
})

const valve = (readings: readonly (readonly [second: number, values: HomeValues])[]): boolean =>
  dayOf(readings.map(([second, values]) => [600 + second / 60, values] as const)).valveTested

test('a valve is tested when it was closed for half a minute, the flow was zero, and it was opened again', () => {
  const closing = [0, { ValveOpen: false, WaterFlow: 5 }] as const
  const opening = [31, { ValveOpen: true }] as const
  expect(valve([closing, [5, { WaterFlow: 0 }], opening])).toBe(true)
  expect(valve([closing, [5, { WaterFlow: 0 }], [29, { ValveOpen: true }]]), 'too short').toBe(false)
  expect(valve([closing, opening]), 'no flow meter spoke').toBe(false)
  expect(valve([closing, [5, { WaterFlow: 0 }]]), 'not opened yet').toBe(false)
  expect(valve([closing, [5, { WaterFlow: 0 }], [20, { WaterFlow: 3 }], opening]), 'water ran on').toBe(false)
  expect(valve([closing, [5, { WaterFlow: 2 }], [12, { WaterFlow: 0 }], opening]), 'the pipe ran empty first').toBe(true)
})
