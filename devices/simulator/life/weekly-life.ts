// The habits of a week: who goes where on a day, and when. Legs are as intended; living them one after the other is lived-trips.ts's.

import type { DrivingStyle } from '../drive.ts'
import { type LocalDay, localMinuteOf } from '../local-day.ts'
import { type Random, randomFor } from '../random.ts'
import { type Crossing, metresApart, type RoadMap } from '../road/road-map.ts'
import { destinations } from '../road/routes.ts'
import type { Purpose, TripRole } from '../truth.ts'
import type { Ferry } from '../vehicle/carried.ts'
import type { Equipment } from '../vehicle/equipment.ts'
import { type Holiday, holidayOn } from './holiday.ts'
import type { LifeName } from './life-names.ts'

export interface WeeklyLife {
  readonly seed: string
  readonly device: string
  readonly style: DrivingStyle
  readonly map: RoadMap
  /** Without one it is a commuter's plain week: nobody goes on holiday, gets a lift or breaks down. */
  readonly life: LifeName | undefined
  readonly equipment: Equipment | undefined
  /** Crossing of the map. */
  readonly home: number
}

export interface Leg {
  /** When it is meant to begin; whole seconds. */
  readonly startMs: number
  readonly from: number
  readonly to: number
  readonly purpose: Purpose
  readonly role: TripRole
  readonly isFromGarage: boolean
  readonly carried?: 'tow' | Ferry
}

interface Outing {
  /** Minutes of the local day. */
  readonly leavesAt: number
  /** From the first way out; the last leads home. */
  readonly stops: readonly {
    readonly to: number
    readonly purpose: Purpose
    readonly minutes: number
    readonly isGarage?: boolean
  }[]
  readonly role?: TripRole
}

const minuteMs = 60_000
/** A breakdown in four months, that the bench sees some. */
const towChance = 1 / 120
const towWaitMinutes = 50
const ferryM = 12_000
const ferryWaitMinutes = 45
/** Of a phone's evenings out, those in somebody else's car. */
const liftChance = 0.35
const eveningChances: Readonly<Record<DrivingStyle, number>> = {
  calm: 0.05,
  average: 0.12,
  hurried: 0.25,
  distracted: 0.15,
  'night-shift': 0.08,
}

/** In order of time. */
export function legsOf(life: WeeklyLife, day: LocalDay): readonly Leg[] {
  const { seed, device } = life
  const holiday: Holiday = life.life === undefined ? { kind: 'none' } : holidayOn(seed, device, day.number)
  if (holiday.kind === 'away') return []
  if (holiday.kind !== 'none') return holidayLegs(life, day, holiday.kind, holiday.byFerry)
  const random = randomFor(seed, device, 'day', day.number)
  const legs = outingsOf(life, day, random).flatMap((outing) => legsOfOuting(life, day, outing))
  const breakdown = life.life === undefined ? false : randomFor(seed, device, 'tow', day.number).chance(towChance)
  const last = legs.at(-1)
  if (breakdown && last?.role === 'driver')
    legs[legs.length - 1] = {
      ...last,
      startMs: last.startMs + towWaitMinutes * minuteMs,
      purpose: 'tow',
      role: 'carried',
      carried: 'tow',
    }
  return legs.sort((one, other) => one.startMs - other.startMs)
}

function outingsOf(life: WeeklyLife, day: LocalDay, random: Random): readonly Outing[] {
  const { map, home } = life
  const habits = randomFor(life.seed, life.device, 'habits')
  const work = habits.pick(destinations(map, home, 330, 600))
  const shops = habits.pick(destinations(map, home, 150, 330))
  const school = habits.pick(destinations(map, home, 100, 260))
  const isGarage = life.life !== undefined && habits.chance(0.3)
  const isWorkday = day.weekday >= 1 && day.weekday <= 5
  const outings: Outing[] = []
  const shopping = (leavesAt: number): Outing => ({
    leavesAt,
    stops: [{ to: shops, purpose: 'shopping', minutes: random.between(25, 60) }],
  })
  const leisure = (leavesAt: number, minutes: number): Outing => ({
    leavesAt,
    stops: [{ to: random.pick(destinations(map, home, 200, 500)), purpose: 'leisure', minutes }],
    ...(life.life !== undefined && life.equipment === 'phone' && random.chance(liftChance) ? { role: 'passenger' } : {}),
  })
  const commute = (leavesAt: number, minutes: number): Outing => ({
    leavesAt,
    stops: [{ to: work, purpose: 'commute', minutes, isGarage }],
  })
  switch (life.life) {
    case 'night-shift':
      // Leaves before eleven and is back before five; sleeps until the afternoon.
      if (random.chance(0.64)) outings.push(commute(random.around(1368, 6), random.around(325, 8)))
      if (random.chance(0.4)) outings.push(shopping(random.around(930, 30)))
      if (random.chance(0.15)) outings.push(leisure(random.around(1050, 20), random.between(60, 120)))
      return outings
    case 'family':
      if (isWorkday && random.chance(0.9))
        outings.push({
          leavesAt: random.around(486, 6),
          stops: [
            { to: school, purpose: 'school', minutes: random.between(14, 18) },
            { to: work, purpose: 'commute', minutes: random.around(400, 20), isGarage },
          ],
        })
      if (random.chance(isWorkday ? 0.3 : 0.7)) outings.push(shopping(random.around(isWorkday ? 1090 : 640, 20)))
      if (random.chance(isWorkday ? 0.1 : 0.35))
        outings.push(leisure(random.around(isWorkday ? 1170 : 870, 15), random.between(80, 160)))
      return outings
    case 'retired':
      if (random.chance(0.5)) outings.push(shopping(random.around(610, 30)))
      if (random.chance(0.3)) outings.push(leisure(random.around(850, 25), random.between(80, 180)))
      return outings
    default:
      if (isWorkday && random.chance(0.88)) outings.push(commute(random.around(465, 12), random.around(550, 20)))
      if (random.chance(isWorkday ? 0.25 : 0.6)) outings.push(shopping(random.around(isWorkday ? 1110 : 650, 20)))
      if (random.chance(eveningChances[life.style] * (isWorkday ? 1 : 2)))
        outings.push(leisure(random.around(1215, 15), random.between(90, 200)))
      return outings
  }
}

function legsOfOuting({ map, home }: WeeklyLife, day: LocalDay, { leavesAt, stops, role = 'driver' }: Outing): Leg[] {
  const legs: Leg[] = []
  let [minute, from, isFromGarage] = [leavesAt, home, false]
  for (const stop of stops) {
    legs.push({ startMs: momentOf(day, minute, map.timeZone), from, to: stop.to, purpose: stop.purpose, role, isFromGarage })
    minute += stop.minutes
    from = stop.to
    isFromGarage = stop.isGarage === true
  }
  const purpose = stops.at(-1)?.purpose ?? 'errand'
  legs.push({ startMs: momentOf(day, minute, map.timeZone), from, to: home, purpose, role, isFromGarage })
  return legs
}

/** To the end of the map and, some of them, over the water from there. */
function holidayLegs({ map, home }: WeeklyLife, day: LocalDay, kind: 'leaves' | 'returns', byFerry: boolean): readonly Leg[] {
  const edge = farthestFrom(map, home)
  const at = map.crossings[edge] ?? { eastM: 0, northM: 0 }
  const outM = Math.max(1, metresApart(at, { eastM: 0, northM: 0 }))
  const there: Crossing = { eastM: at.eastM * (1 + ferryM / outM), northM: at.northM * (1 + ferryM / outM) }
  const ferry: Ferry = kind === 'leaves' ? ferryBetween(at, there) : ferryBetween(there, at)
  const leg = (minute: number, from: number, to: number): Leg => ({
    startMs: momentOf(day, minute, map.timeZone),
    from,
    to,
    purpose: 'holiday',
    role: 'driver',
    isFromGarage: false,
  })
  const sail = (minute: number): Leg => ({ ...leg(minute, edge, edge), purpose: 'ferry', role: 'carried', carried: ferry })
  if (kind === 'leaves') return [leg(570, home, edge), ...(byFerry ? [sail(570 + ferryWaitMinutes)] : [])]
  return [...(byFerry ? [sail(840)] : []), leg(840 + ferryWaitMinutes, edge, home)]
}

function ferryBetween(from: Crossing, to: Crossing): Ferry {
  return { fromEastM: from.eastM, fromNorthM: from.northM, toEastM: to.eastM, toNorthM: to.northM }
}

function farthestFrom(map: RoadMap, home: number): number {
  const start = map.crossings[home] ?? { eastM: 0, northM: 0 }
  return map.crossings.reduce(
    (best, crossing, index) => (metresApart(crossing, start) > metresApart(map.crossings[best] ?? start, start) ? index : best),
    home,
  )
}

/** By the clock on the wall, whatever it was set to that night; whole seconds. @param minute from 1,440 on it is the next day's */
function momentOf(day: LocalDay, minute: number, timeZone: string): number {
  const atMs = Math.round((day.startMs + minute * minuteMs) / 1000) * 1000
  const off = (Math.floor(minute) % 1440) - localMinuteOf(atMs, timeZone)
  // Only clocks that were set are off by more than the rounding.
  if (Math.abs(off) <= 1 || Math.abs(off) >= 1439) return atMs
  return atMs + (off > 720 ? off - 1440 : off < -720 ? off + 1440 : off) * minuteMs
}
