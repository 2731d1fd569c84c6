// Thirty days of a home as rows of cells.

import { expect, test } from 'vitest'
import type { HomeDay } from '../../dashboard/api/shapes.ts'
import { daysShown, daysUpTo, homeStrip } from '../../dashboard/web/homes/home-strip.ts'

function dayOf(day: string, more: Partial<HomeDay> = {}): HomeDay {
  return {
    deviceId: 'h1',
    day,
    live: true,
    leakMinutes: 0,
    freezeMinutes: 0,
    smokeMinutes: 0,
    carbonMonoxideMinutes: 0,
    openUnattendedMinutes: 0,
    dampMinutes: 0,
    litres: 100,
    valveTested: false,
    ...more,
  }
}

test('thirty days end at the newest one, over the end of a month and a change of the clocks', () => {
  const days = daysUpTo('2025-04-01', daysShown)
  expect(days).toHaveLength(30)
  expect(days.at(0)).toBe('2025-03-03')
  expect(days.slice(-3)).toEqual(['2025-03-30', '2025-03-31', '2025-04-01'])
})

test('a day without a record, and one that was not live, are dark', () => {
  const strip = homeStrip([dayOf('2025-01-30'), dayOf('2025-01-28', { live: false })])
  const water = strip?.rows.find(({ peril }) => peril === 'water')
  expect(water?.cells.slice(-3).map(({ state }) => state)).toEqual(['dark', 'dark', 'quiet'])
  expect(strip?.liveDays).toBe(1)
})

test('what was noticed shows even on a day that was not live', () => {
  const strip = homeStrip([dayOf('2025-01-30', { live: false, leakMinutes: 12 })])
  expect(strip?.rows[0]?.cells.at(-1)).toEqual({ state: 'noticed', minutes: 12 })
  expect(strip?.noticedDays).toBe(1)
})

test('smoke and carbon monoxide are one peril, and two devices are one home', () => {
  const strip = homeStrip([
    dayOf('2025-01-30', { smokeMinutes: 1, carbonMonoxideMinutes: 2 }),
    dayOf('2025-01-30', { deviceId: 'h2', smokeMinutes: 4, live: false }),
  ])
  expect(strip?.rows.find(({ peril }) => peril === 'fire')?.cells.at(-1)).toEqual({ state: 'noticed', minutes: 7 })
  expect(strip?.liveDays).toBe(1)
})

test('the newest valve test counts, and no records make no strip', () => {
  const strip = homeStrip([
    dayOf('2025-01-30'),
    dayOf('2025-01-12', { valveTested: true }),
    dayOf('2025-01-09', { valveTested: true }),
  ])
  expect(strip?.valveTestedOn).toBe('2025-01-12')
  expect(homeStrip([])).toBeUndefined()
})
