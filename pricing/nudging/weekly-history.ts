// A person's own weeks: what was driven and done in each, and so the rate of every behaviour that a nudge can be about. The
// weeks are the policy's own, Monday to Sunday by its clock.

import { localClock } from '../behaviour/local-clock.ts'
import { countsAt, type EndedTrip, isRateable, type Rungs, type TripFacts } from '../trip-facts.ts'

export const weeklyBehaviours = ['braking', 'acceleration', 'cornering', 'night', 'speeding', 'phone', 'mileage'] as const
export type WeeklyBehaviour = (typeof weeklyBehaviours)[number]

export interface Week {
  /** The Monday, YYYY-MM-DD by the policy's clock. */
  readonly monday: string
  readonly trips: number
  /** What is counted of each behaviour, and over what: events and kilometres, kilometres and kilometres, seconds and seconds. */
  readonly done: Readonly<Record<WeeklyBehaviour, number>>
  readonly over: Readonly<Record<WeeklyBehaviour, number>>
}

const weeksPerYear = 365 / 7
const dayMs = 86_400_000
const metresPerKm = 1000

export function isWeeklyBehaviour(behaviour: string): behaviour is WeeklyBehaviour {
  return weeklyBehaviours.some((one) => one === behaviour)
}

/** The Monday on or before a calendar day, both YYYY-MM-DD. */
export function mondayOf(day: string): string {
  const atMs = Date.parse(`${day}T00:00:00Z`)
  const sinceMonday = (new Date(atMs).getUTCDay() + 6) % 7
  return new Date(atMs - sinceMonday * dayMs).toISOString().slice(0, 10)
}

/**
 * @param trips corrected, in any order; those that do not rate are left out
 * @returns the weeks with trips, in order
 */
export function weeklyHistory(trips: readonly EndedTrip[], timeZone: string, rungs: Rungs): readonly Week[] {
  const clock = localClock(timeZone)
  const rated = trips.filter(({ facts }) => isRateable(facts))
  const weeks = Map.groupBy(rated, ({ startedAtMs }) => mondayOf(clock.day(startedAtMs)))
  return [...weeks].map(([monday, each]) => weekOf(monday, each, rungs)).sort((a, b) => (a.monday < b.monday ? -1 : 1))
}

function weekOf(monday: string, trips: readonly EndedTrip[], rungs: Rungs): Week {
  const sum = (of: (facts: TripFacts) => number): number => trips.reduce((total, { facts }) => total + of(facts), 0)
  const km = (of: (facts: TripFacts) => number): number => sum(of) / metresPerKm
  const longitudinalKm = km((facts) => facts.longitudinalM)
  const distanceKm = km((facts) => facts.distanceM)
  return {
    monday,
    trips: trips.length,
    done: {
      braking: sum((facts) => countsAt(facts, rungs).brake),
      acceleration: sum((facts) => countsAt(facts, rungs).acceleration),
      cornering: sum((facts) => countsAt(facts, rungs).cornering),
      night: km((facts) => facts.nightM),
      speeding: km((facts) => facts.speeding.metres),
      phone: sum((facts) => facts.phone.seconds),
      mileage: distanceKm,
    },
    over: {
      braking: longitudinalKm,
      acceleration: longitudinalKm,
      cornering: km((facts) => facts.lateralM),
      night: distanceKm,
      speeding: km((facts) => facts.speeding.limitKnownM),
      phone: sum((facts) => facts.phone.knownS),
      mileage: distanceKm,
    },
  }
}

/**
 * In the unit of a nudge's figures: events per 1,000 km, a share, or for `mileage` kilometres a year. Undefined when nothing was
 * seen of it in the week.
 */
export function rateOf({ done, over }: Week, behaviour: WeeklyBehaviour): number | undefined {
  if (over[behaviour] <= 0) return undefined
  if (behaviour === 'mileage') return done.mileage * weeksPerYear
  const share = done[behaviour] / over[behaviour]
  return isCounted(behaviour) ? share * metresPerKm : share
}

/** Events, counted per 1,000 km; the others are shares. */
function isCounted(behaviour: WeeklyBehaviour): boolean {
  return behaviour === 'braking' || behaviour === 'acceleration' || behaviour === 'cornering'
}
