// Local time by a policy's own zone, over the hours that come twice and the hours that never come.

import { expect, test } from 'vitest'
import { isTimeZone, localClock } from '../../pricing/behaviour/local-clock.ts'
import { isNight } from '../../pricing/behaviour/night.ts'

const hourMs = 3_600_000
const utc = (text: string): number => Date.parse(`${text}Z`)

test.each([
  ['Europe/Amsterdam', '2024-01-15T22:30', '2024-01-15', 23 * 60 + 30],
  ['Europe/Amsterdam', '2024-07-15T22:30', '2024-07-16', 30],
  ['America/Chicago', '2024-01-15T04:59', '2024-01-14', 22 * 60 + 59],
  ['Asia/Kolkata', '2024-01-15T18:31', '2024-01-16', 1],
  ['Asia/Kathmandu', '2024-01-15T18:14', '2024-01-15', 23 * 60 + 59],
  ['Australia/Lord_Howe', '2024-04-06T15:00', '2024-04-07', 90],
])('in %s, %s UTC is %s, minute %i', (zone, instant, day, minute) => {
  const clock = localClock(zone)
  expect([clock.day(utc(instant)), clock.minuteOfDay(utc(instant))]).toEqual([day, minute])
})

test('the clock agrees with the time zone tables at every minute of the days that change', () => {
  for (const [zone, day] of [
    ['Europe/Amsterdam', '2024-03-31T00:00'],
    ['Europe/Amsterdam', '2024-10-27T00:00'],
    ['America/Chicago', '2024-11-03T00:00'],
    ['Australia/Lord_Howe', '2024-10-05T00:00'],
  ] as const) {
    const clock = localClock(zone)
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    for (let tMs = utc(day); tMs < utc(day) + 26 * hourMs; tMs += 7 * 60_000) {
      const minute = clock.minuteOfDay(tMs)
      const text = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
      expect(text).toBe(format.format(tMs))
    }
  }
})

test.each([
  ['Europe/Amsterdam', '2024-05-06T10:00', 24],
  ['Europe/Amsterdam', '2024-03-31T10:00', 23],
  ['Europe/Amsterdam', '2024-10-27T10:00', 25],
  ['Australia/Lord_Howe', '2024-04-06T20:00', 24.5],
])('the day in %s around %s UTC has %d hours', (zone, instant, hours) => {
  const clock = localClock(zone)
  const { startMs, endMs } = clock.dayBounds(utc(instant))
  expect((endMs - startMs) / hourMs).toBe(hours)
  expect([clock.minuteOfDay(startMs), clock.day(startMs), clock.day(endMs - 1)]).toEqual([
    0,
    clock.day(utc(instant)),
    clock.day(utc(instant)),
  ])
  expect(clock.day(endMs)).not.toBe(clock.day(endMs - 1))
})

test('night is from 23 to 5 by the local clock, whichever season it is', () => {
  const clock = localClock('Europe/Amsterdam')
  const isNightAt = (instant: string): boolean => isNight(clock.minuteOfDay(utc(instant)))
  expect(isNightAt('2024-03-30T22:00'), '23:00 in winter time').toBe(true)
  expect(isNightAt('2024-03-31T03:00'), '05:00 in summer time, an hour early').toBe(false)
  expect(isNightAt('2024-03-31T02:59'), '04:59 in summer time').toBe(true)
  expect(isNightAt('2024-03-31T21:00'), '23:00 in summer time').toBe(true)
  expect(isNightAt('2024-10-27T03:59'), '04:59 in winter time').toBe(true)
  expect(isNightAt('2024-10-27T04:00'), '05:00 in winter time').toBe(false)
})

test('names that are no time zone are told apart', () => {
  expect([isTimeZone('Europe/Amsterdam'), isTimeZone('Europe/Atlantis'), isTimeZone('')]).toEqual([true, false, false])
})
