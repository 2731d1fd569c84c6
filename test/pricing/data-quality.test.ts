// The data quality of months: weighted by what each trip was, by the month of the policy's own clock, in any order the same.

import { expect, test } from 'vitest'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { qualityByMonth } from '../../pricing/data-quality.ts'
import { everySecond, tripsIn } from './drives.ts'

/** Ten minutes, of which `lost` seconds in the middle were not recorded. */
const drive = (startMs: number, lost = 0) =>
  everySecond(
    Array.from({ length: 601 }, (_, second) => ({ Speed: 70 + (second % 5) })),
    startMs,
  ).filter((_, second) => second < 200 || second >= 200 + lost)

test('a month is as complete as its driving time, and names what was doubtful', () => {
  const startMs = Date.UTC(2024, 4, 6, 8)
  const trips = tripsIn([...drive(startMs), ...drive(startMs + 3_600_000, 240), ...drive(startMs + 40 * 86_400_000)])
  const months = qualityByMonth(trips)
  expect(months).toMatchObject([
    { month: '2024-05', trips: 2, ratedTrips: 2, clockTrust: 1, doubts: [{ doubt: 'gaps', trips: 1 }] },
    { month: '2024-06', trips: 1, completeness: 1, confidence: 1, doubts: [] },
  ])
  expect(months[0]?.completeness).toBeCloseTo(1 - 241 / 1200, 3)
  expect(qualityByMonth(trips.toReversed())).toEqual(months)
})

test('the month is that of the clock the trip was measured by', () => {
  const startMs = Date.UTC(2024, 4, 31, 20)
  const monthIn = (zone: string) => qualityByMonth(tripsIn(drive(startMs), localClock(zone))).map(({ month }) => month)
  expect(monthIn('Europe/Amsterdam')).toEqual(['2024-05'])
  expect(monthIn('Asia/Shanghai')).toEqual(['2024-06'])
})

test('without trips there is no month', () => {
  expect(qualityByMonth([])).toEqual([])
})
