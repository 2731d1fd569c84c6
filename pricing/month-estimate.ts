// What this month will come to: the premium as it stands, carried to the month's end by the person's own recent weeks.
//
// The rest of the month is taken to go like weeks that this person really had. Each of many draws puts one of the last twelve
// whole weeks, chosen at random, in the place of every week still to come (the same weekdays, so that a commuter's Sunday stays a
// Sunday), adds it to what was measured, and rates the whole on the real edition. The middle of these premiums is the estimate,
// and four in five of them lie in the range. Nothing is assumed about how premiums are distributed, and the fewer days are left,
// the less there is to draw: on the last day the range is a point. It is a bootstrap of weeks (Efron 1979; of blocks: Künsch 1989).

import { seededRandom } from './additive/seeded-random.ts'
import type { LocalClock } from './behaviour/local-clock.ts'
import type { StoredHomeDay } from './experience.ts'
import { addTrips, type DrivingSums, type SummedTrip } from './trip-sums.ts'

const dayMs = 86_400_000
const weekDays = 7
/** Older weeks say less about how the month ends, and a quarter holds most of what changes with the season. */
export const weeksMax = 12
/** Fewer weeks are not known to be ordinary ones. */
export const weeksMin = 3
/** Enough for the tenths of a distribution to stand still within a few cents. */
export const drawsOfTrips = 200
/** A home's draw is rated from its days, which costs more, and moves less. */
export const drawsOfDays = 120
/** Of the draws, the share below the range, and the share above it. */
export const tailShare = 0.1
/** The same facts on the same day give the same estimate. */
const seed = 20_260_101

export type MonthEstimate =
  /** The premium of this term stands, whatever is measured. */
  | { readonly kind: 'settled'; readonly premiumMinor: number }
  /** Nothing honest can be said yet; the premium as it stands is all there is. */
  | { readonly kind: 'too-early'; readonly premiumMinor: number; readonly weeks: number; readonly weeksMin: number }
  | {
      readonly kind: 'estimate'
      readonly premiumMinor: number
      readonly lowMinor: number
      readonly expectedMinor: number
      readonly highMinor: number
      readonly weeks: number
    }

/** A calendar day, and how many are left of its month after it. */
export interface MonthPlace {
  /** YYYY-MM-DD */
  readonly today: string
  readonly daysLeft: number
}

export function monthPlace(clock: LocalClock, nowMs: number): MonthPlace {
  const today = clock.day(nowMs)
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  return { today, daysLeft: new Date(Date.UTC(year, month, 0)).getUTCDate() - day }
}

export interface DrivenMonth {
  readonly place: MonthPlace
  readonly clock: LocalClock
  /** Of the policy, corrected, in any order. */
  readonly trips: readonly SummedTrip[]
  readonly premiumMinor: number
  /** On the real edition, minor units. */
  readonly price: (sums: DrivingSums | undefined) => number
}

export function estimateDriving({ place, clock, trips, premiumMinor, price }: DrivenMonth): MonthEstimate {
  const days = Map.groupBy(trips, (trip) => dayNumber(clock.day(trip.startedAtMs)))
  const known = weeksKnown(place, Math.min(...days.keys()))
  if (known < weeksMin) return { kind: 'too-early', premiumMinor, weeks: known, weeksMin }
  if (place.daysLeft === 0) return certain(premiumMinor, known)
  const premiums = drawRest(place.daysLeft, place.today, known, drawsOfTrips).map((rest) => {
    const copies = rest.flatMap(({ day, like }) => (days.get(like) ?? []).map((trip) => movedTrip(trip, day - like)))
    return copies.length === 0 ? premiumMinor : price(addTrips([...trips, ...copies]))
  })
  return rangeOf(premiums, premiumMinor, known)
}

export interface LivedMonth {
  readonly place: MonthPlace
  /** Of the policy, in any order. */
  readonly days: readonly StoredHomeDay[]
  readonly premiumMinor: number
  readonly price: (days: readonly StoredHomeDay[]) => number
}

/** As for driving; today is still going on, so it is drawn like the days after it. */
export function estimateLiving({ place, days, premiumMinor, price }: LivedMonth): MonthEstimate {
  const byDay = Map.groupBy(days, ({ day }) => dayNumber(day))
  const known = weeksKnown(place, Math.min(...byDay.keys()))
  if (known < weeksMin) return { kind: 'too-early', premiumMinor, weeks: known, weeksMin }
  if (place.daysLeft === 0) return certain(premiumMinor, known)
  const todayNumber = dayNumber(place.today)
  const before = days.filter(({ day }) => dayNumber(day) < todayNumber)
  const yesterday = new Date((todayNumber - 1) * dayMs).toISOString().slice(0, 10)
  const premiums = drawRest(place.daysLeft + 1, yesterday, known, drawsOfDays).map((rest) => {
    const copies = rest.flatMap(({ day, like }) =>
      (byDay.get(like) ?? []).map((one) => ({ ...one, day: new Date(day * dayMs).toISOString().slice(0, 10) })),
    )
    return copies.length === 0 ? premiumMinor : price([...before, ...copies])
  })
  return rangeOf(premiums, premiumMinor, known)
}

/** Whole weeks before today since there is anything to know; those without a trip are weeks too. */
function weeksKnown({ today }: MonthPlace, firstDay: number): number {
  if (!Number.isFinite(firstDay)) return 0
  return Math.max(0, Math.min(weeksMax, Math.floor((dayNumber(today) - firstDay) / weekDays)))
}

interface DrawnDay {
  /** Days since 1 January 1970. */
  readonly day: number
  /** The past day of the same weekday that it is taken to be like. */
  readonly like: number
}

/** For each draw the days to come after `lastDay`, a week at a time like one of the weeks before it. */
function drawRest(daysLeft: number, lastDay: string, weeks: number, draws: number): readonly (readonly DrawnDay[])[] {
  const random = seededRandom(seed)
  const last = dayNumber(lastDay)
  return Array.from({ length: draws }, () => {
    let back = 0
    return Array.from({ length: daysLeft }, (_, index): DrawnDay => {
      if (index % weekDays === 0) back = 1 + Math.floor(random() * weeks)
      const day = last + 1 + index
      const aWeekAgo = last + 1 + (index % weekDays) - weekDays
      // The last day may still be going on, so the one a week before it stands for its weekday.
      const latest = aWeekAgo < last ? aWeekAgo : aWeekAgo - weekDays
      return { day, like: latest - (back - 1) * weekDays }
    })
  })
}

function movedTrip(trip: SummedTrip, days: number): SummedTrip {
  return { ...trip, startedAtMs: trip.startedAtMs + days * dayMs, endedAtMs: trip.endedAtMs + days * dayMs }
}

function rangeOf(premiums: readonly number[], premiumMinor: number, weeks: number): MonthEstimate {
  const sorted = premiums.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? premiumMinor
  return {
    kind: 'estimate',
    premiumMinor,
    lowMinor: at(tailShare),
    expectedMinor: at(0.5),
    highMinor: at(1 - tailShare),
    weeks,
  }
}

function certain(premiumMinor: number, weeks: number): MonthEstimate {
  return { kind: 'estimate', premiumMinor, lowMinor: premiumMinor, expectedMinor: premiumMinor, highMinor: premiumMinor, weeks }
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs
}
