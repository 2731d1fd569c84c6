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
    timeZone: 'Europe/Amsterdam',
    completeness: 1,
    perils: null,
    reactionMinutes: null,
    spans: [],
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

const span = (kind: HomeDay['spans'][number]['kind'], reactionMinutes: number | null = null): HomeDay['spans'][number] => {
  return {
    kind,
    startMs: 0,
    alarmMs: 0,
    endMs: 60_000,
    minutes: 1,
    ended: 'cleared',
    reactionMinutes,
    figure: 1,
    limit: 2,
    confidence: 1,
  }
}
const alive = { live: true, hoursReported: 24, completeness: 1, stuck: false }
const silent = { live: false, hoursReported: 0, completeness: 0, stuck: false }

test('a peril whose own sensors did not report is dark while the others are quiet', () => {
  const perils = { water: alive, freeze: alive, fire: silent, intrusion: silent, humidity: alive }
  const strip = homeStrip([dayOf('2025-01-30', { perils })])
  expect(strip?.rows.map(({ peril, cells }) => [peril, cells.at(-1)?.state])).toEqual([
    ['water', 'quiet'],
    ['freeze', 'quiet'],
    ['fire', 'dark'],
    ['intrusion', 'dark'],
    ['humidity', 'quiet'],
  ])
})

test('findings come the newest first, with the slowest reaction, and a hint is not something noticed', () => {
  const strip = homeStrip([
    dayOf('2025-01-29', { leakMinutes: 40, spans: [span('leak-flow', 12), span('leak-sensor', 30), span('mould')] }),
    dayOf('2025-01-30', { spans: [span('freeze-trend')] }),
  ])
  expect(strip?.findings.map(({ day, peril, state, reactionMinutes }) => [day, peril, state, reactionMinutes])).toEqual([
    ['2025-01-30', 'freeze', 'hint', null],
    ['2025-01-29', 'water', 'noticed', 30],
    ['2025-01-29', 'humidity', 'hint', null],
  ])
  expect(strip?.noticedDays).toBe(1)
})
