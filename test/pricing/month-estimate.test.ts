// What a month will come to, out of what is known of a person's weeks: the range covers what comes, narrows as the month goes,
// and says nothing where nothing is known.

import { expect, test } from 'vitest'
import { seededRandom } from '../../pricing/additive/seeded-random.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { drivenFacts, homeFacts, type StoredHomeDay } from '../../pricing/experience.ts'
import { readShippedPlan } from '../../pricing/install-editions.ts'
import { estimateDriving, estimateLiving, type MonthEstimate, monthPlace, weeksMin } from '../../pricing/month-estimate.ts'
import { ratePremium } from '../../pricing/rating/rate.ts'
import { addTrips, type DrivingSums, figureColumns, type SummedTrip } from '../../pricing/trip-sums.ts'
import { defaultHomeClass, defaultMotorClass } from './default-class.ts'
import { dayOf, every } from './home-days.ts'

const { edition: motor } = await readShippedPlan('motor')
const { edition: home } = await readShippedPlan('home')
const clock = localClock('Europe/Amsterdam')
const dayMs = 86_400_000
const firstMs = Date.parse('2026-01-05T07:00:00Z')
const price = (sums: DrivingSums | undefined): number => ratePremium(motor, drivenFacts(defaultMotorClass, sums))

function trip(startedAtMs: number, brakes: number, km = 20): SummedTrip {
  const metres = km * 1000
  const figures = figureColumns.map((column) => {
    if (['distance_m', 'longitudinal_m', 'lateral_m', 'limit_known_m', 'phone_known_m'].includes(column)) return metres
    return column === 'brake_1' ? brakes : column === 'phone_known_s' ? 1200 : 0
  })
  return {
    deviceId: 'car',
    startedAtMs,
    endedAtMs: startedAtMs + 1_200_000,
    isDriven: true,
    agreement: 1,
    confidence: 10_000,
    figures,
  }
}

/** Every working day there and back, with now and then a hard brake. */
function commute(days: number, seed = 7): readonly SummedTrip[] {
  const random = seededRandom(seed)
  return Array.from({ length: days }, (_, day) => day)
    .filter((day) => day % 7 < 5)
    .flatMap((day) =>
      [0, 9].map((hour) => trip(firstMs + day * dayMs + hour * 3_600_000, Math.floor(random() * 4), 15 + random() * 30)),
    )
}

function estimate(trips: readonly SummedTrip[], nowMs: number): MonthEstimate {
  const place = monthPlace(clock, nowMs)
  return estimateDriving({ place, clock, trips, premiumMinor: price(addTrips(trips)), price })
}

function width(found: MonthEstimate): number {
  return found.kind === 'estimate' ? found.highMinor - found.lowMinor : Number.NaN
}

test('a month is told by the policy’s own clock', () => {
  expect(monthPlace(clock, Date.parse('2026-02-28T22:59:00Z'))).toEqual({ today: '2026-02-28', daysLeft: 0 })
  expect(monthPlace(clock, Date.parse('2026-02-28T23:01:00Z'))).toEqual({ today: '2026-03-01', daysLeft: 30 })
  expect(monthPlace(localClock('Asia/Shanghai'), Date.parse('2028-02-01T16:00:00Z')).daysLeft).toBe(27)
})

test('without a trip, and in the first weeks with one, nothing is estimated', () => {
  expect(estimate([], firstMs)).toEqual({ kind: 'too-early', premiumMinor: price(undefined), weeks: 0, weeksMin })
  const young = commute(weeksMin * 7)
  expect(estimate(young, firstMs + (weeksMin * 7 - 1) * dayMs)).toMatchObject({ kind: 'too-early', weeks: weeksMin - 1 })
  expect(estimate(young, firstMs + weeksMin * 7 * dayMs)).toMatchObject({ kind: 'estimate', weeks: weeksMin })
})

test('the range narrows as the month goes, and on its last day it is the premium as it stands', () => {
  const widths = [1, 8, 15, 22, 28].map((day) => {
    const nowMs = Date.parse(`2026-04-${String(day).padStart(2, '0')}T20:00:00Z`)
    const trips = commute(120).filter(({ startedAtMs }) => startedAtMs < nowMs)
    return width(estimate(trips, nowMs))
  })
  for (const [index, each] of widths.entries()) expect(each).toBeLessThanOrEqual((widths[index - 1] ?? Infinity) + 2)
  expect(widths[0]).toBeGreaterThan((widths.at(-1) ?? 0) + 2)
  const endMs = Date.parse('2026-04-30T20:00:00Z')
  const all = commute(120).filter(({ startedAtMs }) => startedAtMs < endMs)
  const last = estimate(all, endMs)
  const { premiumMinor } = last
  expect(last).toMatchObject({ kind: 'estimate', lowMinor: premiumMinor, expectedMinor: premiumMinor, highMinor: premiumMinor })
})

test('what a person who stays as they are comes to lies in the range about as often as it says', () => {
  let covered = 0
  const people = 40
  for (let person = 0; person < people; person += 1) {
    const all = commute(90, 100 + person)
    const nowMs = Date.parse('2026-03-15T20:00:00Z')
    const found = estimate(
      all.filter(({ startedAtMs }) => startedAtMs < nowMs),
      nowMs,
    )
    const atEnd = price(addTrips(all.filter(({ startedAtMs }) => startedAtMs < Date.parse('2026-03-31T22:00:00Z'))))
    if (found.kind === 'estimate' && found.lowMinor <= atEnd && atEnd <= found.highMinor) covered += 1
  }
  // Four in five by its own words, give or take what 40 people vary by.
  expect(covered / people).toBeGreaterThan(0.62)
  expect(covered / people).toBeLessThan(0.97)
})

test('the estimate lies in its range, and the same facts on the same day give the same one in any order', () => {
  const nowMs = Date.parse('2026-03-10T12:00:00Z')
  const trips = commute(64)
  const found = estimate(trips, nowMs)
  if (found.kind !== 'estimate') throw new Error(found.kind)
  expect(found.lowMinor).toBeLessThanOrEqual(found.expectedMinor)
  expect(found.expectedMinor).toBeLessThanOrEqual(found.highMinor)
  expect(estimate(trips.toReversed(), nowMs)).toEqual(found)
})

test('a car that stands still for its recent weeks keeps the premium it has', () => {
  const trips = commute(30)
  const found = estimate(trips, firstMs + 150 * dayMs)
  expect(found).toMatchObject({ kind: 'estimate', weeks: 12 })
  expect(width(found)).toBe(0)
})

test('what nobody drove tells nothing about the weeks to come', () => {
  const carried = commute(60).map((one) => ({ ...one, isDriven: false }))
  const found = estimate(carried, firstMs + 61 * dayMs)
  expect(width(found)).toBe(0)
})

test('a home’s month is estimated out of its own days', () => {
  const facts = dayOf(every(10, 0, 1440, () => ({ WaterLeak: false, Temperature: 19, Humidity: 45, Smoke: false })))
  const days = Array.from(
    { length: 40 },
    (_, index): StoredHomeDay => ({
      deviceId: 'hub',
      day: new Date(Date.UTC(2026, 1, 1 + index)).toISOString().slice(0, 10),
      facts: index % 9 === 4 ? { ...facts, leakMinutes: 90 } : facts,
    }),
  )
  const rated = (of: readonly StoredHomeDay[]): number => ratePremium(home, homeFacts(defaultHomeClass, of))
  const place = { today: '2026-03-12', daysLeft: 19 }
  const found = estimateLiving({ place, days, premiumMinor: rated(days), price: rated })
  if (found.kind !== 'estimate') throw new Error(found.kind)
  expect(found.weeks).toBe(5)
  expect(found.lowMinor).toBeLessThan(found.highMinor)
  expect(
    estimateLiving({ place: { ...place, today: '2026-02-14' }, days: days.slice(0, 14), premiumMinor: 1, price: rated }),
  ).toMatchObject({
    kind: 'too-early',
    weeks: 1,
  })
})
