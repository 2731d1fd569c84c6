// Money, distances and times as people read them.

import { expect, test } from 'vitest'
import {
  formatChange,
  formatDateTime,
  formatDay,
  formatDistance,
  formatDuration,
  formatFactor,
  formatMoney,
  formatPercent,
  formatTime,
  moneyPieces,
} from '../../dashboard/messages/format.ts'

/** No-break spaces are right in a page and hard to read in a test. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ')
}

test.each([
  [6120, 'EUR', 'en', '€61.20'],
  [6120, 'EUR', 'zh-CN', '€61.20'],
  [612_000, 'CNY', 'zh-CN', '¥6,120.00'],
  [6120, 'JPY', 'en', '¥6,120'],
  [6120, 'KWD', 'en', 'KWD 6.120'],
  [-580, 'EUR', 'en', '\u2212€5.80'],
  [0, 'EUR', 'en', '€0.00'],
  [-0, 'EUR', 'en', '€0.00'],
] as const)('%d minor units of %s in %s are %s', (minor, currency, locale, written) => {
  expect(plain(formatMoney(minor, currency, locale))).toBe(written)
})

test('a change carries its sign, and no change carries none', () => {
  expect(formatMoney(310, 'EUR', 'en', { sign: 'always' })).toBe('+€3.10')
  expect(formatMoney(-310, 'EUR', 'en', { sign: 'always' })).toBe('\u2212€3.10')
  expect(formatMoney(0.2, 'EUR', 'en', { sign: 'always' })).toBe('€0.00')
})

test('a large amount can be set in pieces', () => {
  const pieces = moneyPieces(123_456, 'EUR', 'en')
  expect(pieces).toEqual([
    { kind: 'symbol', text: '€' },
    { kind: 'whole', text: '1,234' },
    { kind: 'decimals', text: '.56' },
  ])
})

test.each([
  [0, '0 m'],
  [843, '840 m'],
  [999.9, '1 km'],
  [12_345, '12.3 km'],
  [123_456, '123 km'],
])('%d metres are %s', (distanceM, written) => {
  expect(plain(formatDistance(distanceM, 'en'))).toBe(written)
})

test.each([
  [0.4, '< 1 s', '< 1 秒'],
  [45, '45 s', '45 秒'],
  [600, '10 min', '10 分钟'],
  [3600, '1 h', '1 小时'],
  [5399, '1 h 30 min', '1 小时 30 分钟'],
])('%d seconds last %s', (durationS, english, chinese) => {
  expect(plain(formatDuration(durationS, 'en'))).toBe(english)
  expect(plain(formatDuration(durationS, 'zh-CN'))).toBe(chinese)
})

test('times are read from the clock of the time zone, through a change to summer time', () => {
  const beforeMs = Date.UTC(2025, 2, 30, 0, 59)
  const afterMs = Date.UTC(2025, 2, 30, 1, 1)
  expect(formatTime(beforeMs, 'en', 'Europe/Amsterdam')).toBe('01:59')
  expect(formatTime(afterMs, 'en', 'Europe/Amsterdam')).toBe('03:01')
  expect(formatTime(Date.UTC(2025, 0, 1, 16, 0), 'en', 'Asia/Shanghai')).toBe('00:00')
  expect(formatDateTime(afterMs, 'en', 'Europe/Amsterdam')).toBe('30 Mar 2025, 03:01')
  expect(formatDateTime(afterMs, 'zh-CN', 'Europe/Amsterdam')).toBe('2025年3月30日 03:01')
})

test('a calendar day is the same day everywhere, and what is not a day is shown as it is', () => {
  expect(formatDay('2025-01-02', 'en')).toBe('Thu 2 Jan')
  expect(formatDay('soon', 'en')).toBe('soon')
})

test('factors and shares', () => {
  expect(plain(formatFactor(1.0345, 'en'))).toBe('× 1.0345')
  expect(formatChange(0.965, 'en')).toBe('3.5%')
  expect(formatChange(1.25, 'en')).toBe('25%')
  expect(formatPercent(0.0084, 'en', 1)).toBe('0.8%')
})
