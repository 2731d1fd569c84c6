// Where the marks of the month's range and of the week's budget lie, what to do about a device, which stretch of a chart is shown,
// and the weeks that trips fall into.

import { expect, test } from 'vitest'
import type { DeviceHealth, Trip } from '../../dashboard/api/shapes.ts'
import { say } from '../../dashboard/messages/say.ts'
import { budgetShape } from '../../dashboard/web/policy/budget-shape.ts'
import { batteryPercentMin, deviceAdvice, silentMsMax } from '../../dashboard/web/policy/device-advice.ts'
import { rangeMarks } from '../../dashboard/web/premium/month-range.ts'
import { tripWeeks } from '../../dashboard/web/trips/trip-weeks.ts'
import { moveStretch, stretchMsMin, stretchWithin } from '../../dashboard/web/trips/zoom-stretch.ts'

test('the range lies between its marks, within the picture, and a cent does not fill it', () => {
  const marks = rangeMarks({ lowMinor: 4399, highMinor: 4401, nowMinor: 4400, classMinor: 5500 })
  expect(marks.low).toBeLessThan(marks.now)
  expect(marks.now).toBeLessThan(marks.high)
  expect(marks.class).toBeGreaterThan(marks.high)
  for (const at of Object.values(marks)) expect(at >= 0 && at <= 1).toBe(true)
  const close = rangeMarks({ lowMinor: 4399, highMinor: 4400, nowMinor: 4400, classMinor: 4400 })
  expect(close.high - close.low).toBeLessThan(0.01)
})

test('a week’s budget is whole up to the goal, and gone where its last unit is taken', () => {
  const week = { budgetMinor: 100, allowed: 10, spentAt: 20 }
  const kept = budgetShape({ ...week, done: 4, leftMinor: 100 })
  expect(kept.now[1]).toBe(0)
  expect(kept.now[0]).toBeLessThan(kept.allowedAt)
  const half = budgetShape({ ...week, done: 15, leftMinor: 50 })
  expect(half.now).toEqual([(half.allowedAt + half.spentAt) / 2, 0.5])
  const over = budgetShape({ ...week, done: 90, leftMinor: 0 })
  expect(over.now).toEqual([1, 1])
  // A goal of none at all: everything that is done is beyond it.
  const none = budgetShape({ budgetMinor: 100, leftMinor: 100, done: 0, allowed: 0, spentAt: 0 })
  for (const [x, y] of [...none.line, none.now]) expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true)
})

const nowMs = Date.parse('2026-03-01T12:00:00Z')
const well: DeviceHealth = {
  id: 'd',
  kind: 'vehicle',
  label: '',
  state: 'online',
  lastReadingAtMs: nowMs,
  batteryPercent: null,
  firmware: null,
  quarantined: 0,
}

test.each([
  ['a device that is well', {}, []],
  ['one that never said anything', { state: 'never', lastReadingAtMs: null }, ['device.advice.never']],
  ['a car that stands for a week', { lastReadingAtMs: nowMs - 7 * 86_400_000 }, []],
  ['a car that was not heard of for longer', { lastReadingAtMs: nowMs - silentMsMax.vehicle - 1 }, ['device.advice.silent']],
  [
    'a home that is silent for a night',
    { kind: 'home', lastReadingAtMs: nowMs - silentMsMax.home - 1 },
    ['device.advice.silent'],
  ],
  ['an empty battery', { batteryPercent: batteryPercentMin - 1 }, ['device.advice.battery']],
  ['refused messages', { quarantined: 2 }, ['device.advice.refused']],
  [
    'everything at once, the most pressing first',
    { kind: 'home', lastReadingAtMs: 0, batteryPercent: 3, quarantined: 1 },
    ['device.advice.silent', 'device.advice.battery', 'device.advice.refused'],
  ],
] as const)('%s is told what to do', (_name, changes, expected) => {
  const advice = deviceAdvice({ ...well, ...changes }, nowMs, 'UTC', 'en')
  const starts = expected.map((key) => (key === 'device.advice.silent' || key === 'device.advice.battery' ? key : say('en', key)))
  expect(advice).toHaveLength(expected.length)
  starts.forEach((start, index) => {
    if (start === 'device.advice.silent') expect(advice[index]).toContain('Nothing has arrived since')
    else if (start === 'device.advice.battery') expect(advice[index]).toContain('battery')
    else expect(advice[index]).toBe(start)
  })
})

const whole = { fromMs: 0, untilMs: 3_600_000 }

test('a stretch stays within the trip, is never too short, and the whole trip is no stretch', () => {
  expect(stretchWithin(whole, -5000, 5000)).toEqual({ fromMs: 0, untilMs: 10_000 })
  expect(stretchWithin(whole, 3_599_000, 3_605_000)).toEqual({ fromMs: 3_594_000, untilMs: 3_600_000 })
  expect(stretchWithin(whole, 100, 200)).toEqual({ fromMs: 0, untilMs: stretchMsMin })
  expect(stretchWithin(whole, -10, 4_000_000)).toBeUndefined()
})

test('the buttons look closer, move along, and come back to where they began', () => {
  const closer = moveStretch(whole, undefined, 'in')
  expect(closer).toEqual({ fromMs: 900_000, untilMs: 2_700_000 })
  expect(moveStretch(whole, closer, 'left')).toEqual({ fromMs: 0, untilMs: 1_800_000 })
  expect(moveStretch(whole, closer, 'right')).toEqual({ fromMs: 1_800_000, untilMs: 3_600_000 })
  expect(moveStretch(whole, closer, 'out')).toBeUndefined()
  expect(moveStretch(whole, closer, 'whole')).toBeUndefined()
})

test('weeks run from Monday to Sunday by the policy’s clock', () => {
  const trip = (id: string, at: string): Trip => ({
    id,
    deviceId: 'd',
    startedAtMs: Date.parse(at),
    endedAtMs: Date.parse(at) + 1,
    status: 'ended',
    standing: 'counts',
    distanceM: 1000,
    durationS: 60,
    maxSpeedKph: 50,
    nightShare: 0,
    completeness: 1,
    counts: { brake: 0, acceleration: 0, cornering: 0, speeding: 0 },
  })
  const trips = [trip('c', '2026-03-01T23:30:00Z'), trip('b', '2026-03-01T10:00:00Z'), trip('a', '2026-02-23T00:30:00Z')]
  expect(tripWeeks(trips, 'UTC').map(({ monday, trips: each }) => [monday, each.length])).toEqual([['2026-02-23', 3]])
  expect(tripWeeks(trips, 'Asia/Shanghai').map(({ monday, distanceM }) => [monday, distanceM])).toEqual([
    ['2026-03-02', 1000],
    ['2026-02-23', 2000],
  ])
})
