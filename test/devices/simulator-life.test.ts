// Weeks as they are lived: who drives where and when, by the clock on the wall; and a whole fleet's week, byte for byte from its seed.

import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { driverNames } from '../../devices/simulator/drive.ts'
import { liveAtHome } from '../../devices/simulator/home.ts'
import { householdNames } from '../../devices/simulator/household.ts'
import { holidayOn } from '../../devices/simulator/life/holiday.ts'
import { type LifeName, lifeNames } from '../../devices/simulator/life/life-names.ts'
import { type LivedVehicle, livedTrips } from '../../devices/simulator/life/lived-trips.ts'
import { localDayOf, localMinuteOf } from '../../devices/simulator/local-day.ts'
import { town } from '../../devices/simulator/town.ts'
import type { Purpose, TripRole, Truth } from '../../devices/simulator/truth.ts'
import { type Equipment, equipmentNames } from '../../devices/simulator/vehicle/equipment.ts'
import { truthOf } from '../../devices/simulator/vehicle/plan-trip.ts'
import { readingsOfTrip } from '../../devices/simulator/vehicle/trip-readings.ts'

const dayMs = 86_400_000
const mondayMs = Date.UTC(2026, 4, 3, 22)
const { timeZone } = town

function vehicle(life: LifeName | undefined, more: Partial<LivedVehicle> = {}): LivedVehicle {
  return { seed: 'life', device: `${life}`, style: 'average', map: town, life, odometerKm: 1000, ...more }
}

interface Lived {
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly purpose: Purpose | undefined
  readonly role: TripRole | undefined
  readonly uses: number
}

/** As planned: the truth of each, with all its manoeuvres, takes longer. */
function tripsOf(of: LivedVehicle, days: number, fromMs = mondayMs): readonly Lived[] {
  return [...livedTrips(of, fromMs, fromMs + days * dayMs)].map(({ request, lastS, phoneUse }) => ({
    startedAtMs: request.startMs,
    endedAtMs: request.startMs + lastS * 1000,
    purpose: request.purpose,
    role: request.role,
    uses: phoneUse.length,
  }))
}

function fleetWeek(seed: string, tellsTruth: boolean): string {
  const hash = createHash('sha256')
  const onTruth = tellsTruth ? (truth: Truth): unknown => truth : undefined
  driverNames.forEach((style, index) => {
    const equipment: Equipment = equipmentNames[index % equipmentNames.length] ?? 'tracker'
    const life = lifeNames[index % lifeNames.length]
    const days = equipment === 'phone' ? 2 : 7
    for (const plan of livedTrips(vehicle(life, { seed, device: style, style, equipment }), mondayMs, mondayMs + days * dayMs)) {
      if (tellsTruth) truthOf(plan)
      for (const reading of readingsOfTrip(plan)) hash.update(JSON.stringify(reading))
    }
  })
  for (const style of householdNames)
    for (const reading of liveAtHome({ seed, device: style, style, timeZone, onTruth }, mondayMs, mondayMs + 7 * dayMs))
      hash.update(JSON.stringify(reading))
  return hash.digest('hex')
}

test('a week of a fleet of every driver, equipment and household is the same bytes from the same seed, whoever asks for the truth', () => {
  const once = fleetWeek('demo', false)
  expect(fleetWeek('demo', true)).toBe(once)
  expect(fleetWeek('other', false)).not.toBe(once)
})

describe.each(lifeNames)('a %s life', (life) => {
  const truths = tripsOf(vehicle(life), 60)

  test('is one trip after the other, each with a purpose and a role', () => {
    truths.forEach(({ startedAtMs, endedAtMs, purpose, role }, index) => {
      const before = truths[index - 1]?.endedAtMs ?? 0
      expect(startedAtMs).toBeGreaterThanOrEqual(before + 6 * 60_000)
      expect(endedAtMs).toBeGreaterThan(startedAtMs + 60_000)
      expect([purpose, role]).not.toContain(undefined)
    })
    expect(truths.length).toBeGreaterThan(40)
  })

  test('has the days that such a life has', () => {
    const purposes = new Set(truths.map(({ purpose }) => purpose))
    const always: readonly Purpose[] = ['shopping', 'leisure']
    const own: Readonly<Record<LifeName, readonly Purpose[]>> = {
      commuter: ['commute'],
      family: ['commute', 'school'],
      'night-shift': ['commute'],
      retired: [],
    }
    for (const purpose of [...always, ...own[life]]) expect(purposes).toContain(purpose)
    if (life === 'retired') expect(purposes).not.toContain('commute')
  })

  test('drives by night or does not', () => {
    const told = [...livedTrips(vehicle(life), mondayMs, mondayMs + 21 * dayMs)].map(truthOf)
    const nightS = told.reduce((sum, { nightSeconds = 0 }) => sum + nightSeconds, 0)
    const movingS = told.reduce((sum, { movingSeconds = 0 }) => sum + movingSeconds, 0)
    if (life === 'night-shift') expect(nightS / movingS).toBeGreaterThan(0.25)
    else expect(nightS / movingS).toBeLessThan(0.1)
  })
})

test('people leave by the clock on the wall, on both sides of the day it is set', () => {
  const march = tripsOf(vehicle('commuter'), 60, Date.UTC(2026, 2, 1))
  const minutes = (from: number, to: number): readonly number[] =>
    march
      .filter(({ purpose, startedAtMs }) => purpose === 'commute' && startedAtMs >= from && startedAtMs < to)
      .map(({ startedAtMs }) => localMinuteOf(startedAtMs, timeZone))
      .filter((minute) => minute < 720)
  const changeMs = Date.UTC(2026, 2, 29, 1)
  for (const group of [minutes(0, changeMs), minutes(changeMs, Number.POSITIVE_INFINITY)]) {
    expect(group.length).toBeGreaterThan(10)
    for (const minute of group) expect(Math.abs(minute - 465)).toBeLessThan(45)
  }
  const night = tripsOf(vehicle('night-shift', { device: 'nurse 3' }), 30, Date.UTC(2026, 2, 15))
  for (const { purpose, startedAtMs } of night) {
    const minute = localMinuteOf(startedAtMs, timeZone)
    if (purpose === 'commute' && minute < 720) expect(Math.abs(minute - 253)).toBeLessThan(60)
  }
})

test('who starts later lives the same days', () => {
  const whole = tripsOf(vehicle('family'), 30)
  const later = tripsOf(vehicle('family'), 20, mondayMs + 10 * dayMs)
  expect(later).toEqual(whole.filter(({ startedAtMs }) => startedAtMs >= mondayMs + 10 * dayMs))
})

test('on holiday nobody drives at home, and everybody comes back', () => {
  const truths = tripsOf(vehicle('retired'), 365)
  const away = truths.filter(({ purpose }) => purpose === 'holiday')
  expect(away.length).toBeGreaterThanOrEqual(2)
  expect(away.length % 2).toBe(0)
  for (const { startedAtMs } of truths) {
    const { number } = localDayOf(startedAtMs, timeZone)
    expect(holidayOn('life', 'retired', number).kind).not.toBe('away')
  }
  const plain = tripsOf(vehicle(undefined), 190)
  expect(plain.every(({ role }) => role === 'driver')).toBe(true)
  expect(plain.some(({ purpose }) => purpose === 'holiday')).toBe(false)
})

test('only a phone gets a lift, and then its own driver handles nothing', () => {
  const lifts = tripsOf(vehicle('commuter', { equipment: 'phone', style: 'distracted' }), 100).filter(
    ({ role }) => role === 'passenger',
  )
  expect(lifts.length).toBeGreaterThan(1)
  expect(lifts.every(({ uses, purpose }) => uses === 0 && purpose === 'leisure')).toBe(true)
  expect(tripsOf(vehicle('commuter', { style: 'distracted' }), 100).some(({ role }) => role === 'passenger')).toBe(false)
})

test('the odometer counts what is driven, and not what is carried', () => {
  let km = 1000
  for (const plan of livedTrips(vehicle('family', { device: 'calm tracker', seed: 'truth' }), mondayMs, mondayMs + 90 * dayMs)) {
    expect(plan.request.odometerKm).toBeCloseTo(km, 6)
    if (plan.request.carried === undefined) km = Math.round(km * 1000 + plan.distanceM) / 1000
  }
  expect(km).toBeGreaterThan(1300)
})
