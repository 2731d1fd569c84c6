// From stored trips and days to the facts that are rated: a pure function of what is stored, so that working it out again,
// today or next week, gives the same facts and the same cents. Only what has ended counts.

import type { HomeClass, MotorClass } from './class-facts.ts'
import type { HomeDayFacts } from './home-day-facts.ts'
import type { Driving, HomeFacts, Living, MotorFacts, Peril } from './rating/facts.ts'
import { noDriving, noLiving } from './rating/facts.ts'
import { isRateable, type TripFacts } from './trip-facts.ts'

/** Experience older than this before the last trip or day is forgotten. */
export const windowDays = 365
const dayMs = 86_400_000

export interface EndedTrip {
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly facts: TripFacts
}

/** @param trips all ended trips of the policy's vehicles, in any order */
export function motorFacts(known: MotorClass, trips: readonly EndedTrip[]): MotorFacts {
  return { product: 'motor', class: known, driving: drivingOf(trips) }
}

/** What was not driven, and figures that contradict each other, count neither for nor against anyone. */
function drivingOf(all: readonly EndedTrip[]): Driving {
  const trips = all.filter(({ facts }) => isRateable(facts))
  if (trips.length === 0) return noDriving
  const lastEndMs = trips.reduce((latest, trip) => Math.max(latest, trip.endedAtMs), 0)
  const counted = trips.filter((trip) => trip.startedAtMs > lastEndMs - windowDays * dayMs)
  const firstStartMs = counted.reduce((first, trip) => Math.min(first, trip.startedAtMs), lastEndMs)
  const sum = (of: (facts: TripFacts) => number): number => counted.reduce((total, { facts }) => total + of(facts), 0)
  // Whole metres are summed, so the order of the trips cannot show in the last digit.
  const km = (of: (facts: TripFacts) => number): number => sum(of) / 1000
  const ladder = (of: (facts: TripFacts) => readonly number[]): number[] =>
    noDriving.brakes.map((_, rung) => sum((facts) => of(facts)[rung] ?? 0))
  return {
    trips: counted.length,
    observedDays: Math.round(((lastEndMs - firstStartMs) / dayMs) * 10_000) / 10_000,
    distanceKm: km((facts) => facts.distanceM),
    longitudinalKm: km((facts) => facts.longitudinalM),
    lateralKm: km((facts) => facts.lateralM),
    limitKnownKm: km((facts) => facts.speeding.limitKnownM),
    phoneKnownKm: km((facts) => facts.phone.knownM),
    brakes: ladder((facts) => facts.counts.brake),
    accelerations: ladder((facts) => facts.counts.acceleration),
    turns: ladder((facts) => facts.counts['left-turn'].map((left, rung) => left + (facts.counts['right-turn'][rung] ?? 0))),
    nightKm: km((facts) => facts.nightM),
    speedingKm: km((facts) => facts.speeding.metres),
    phoneS: sum((facts) => facts.phone.seconds),
    phoneKnownS: sum((facts) => facts.phone.knownS),
  }
}

export interface StoredHomeDay {
  readonly deviceId: string
  /** YYYY-MM-DD */
  readonly day: string
  readonly facts: HomeDayFacts
}

/** @param days all stored days of the policy's installations, in any order; the last of each may still be going on */
export function homeFacts(known: HomeClass, days: readonly StoredHomeDay[]): HomeFacts {
  return { product: 'home', class: known, living: livingOf(days) }
}

function livingOf(days: readonly StoredHomeDay[]): Living {
  const lastDays = new Map<string, string>()
  for (const { deviceId, day } of days) if (day > (lastDays.get(deviceId) ?? '')) lastDays.set(deviceId, day)
  const passed = days.filter(({ deviceId, day }) => day !== lastDays.get(deviceId))
  if (passed.length === 0) return noLiving
  const latest = passed.reduce((last, { day }) => Math.max(last, dayNumber(day)), 0)
  const counted = passed.filter(({ day }) => dayNumber(day) > latest - windowDays)
  const live = counted.map(({ facts }) => facts).filter((facts) => facts.live)
  const peril = (name: Peril, minutes: (facts: HomeDayFacts) => number): Living[Peril] => {
    const watched = live.filter((facts) => isWatched(facts, name))
    // Tenths of minutes are summed as whole numbers, for the same reason as metres.
    return { days: watched.length, minutes: watched.reduce((total, facts) => total + Math.round(minutes(facts) * 10), 0) / 10 }
  }
  return {
    days: counted.length,
    liveDays: live.length,
    water: peril('water', (facts) => facts.leakMinutes),
    freeze: peril('freeze', (facts) => facts.freezeMinutes),
    fire: peril('fire', (facts) => facts.smokeMinutes + facts.carbonMonoxideMinutes),
    intrusion: peril('intrusion', (facts) => facts.openUnattendedMinutes),
    humidity: peril('humidity', (facts) => facts.dampMinutes),
    valveTests: counted.filter(({ facts }) => facts.valveTested).length,
  }
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs
}

/** Of a day measured before each peril's own sensors were watched it is enough that they spoke. */
function isWatched({ perils, sensors }: HomeDayFacts, peril: Peril): boolean {
  if (perils !== null) return perils[peril].live
  if (peril === 'intrusion') return sensors.includes('opening') && sensors.includes('motion')
  return sensors.includes(peril)
}
