// From stored trips and days to the facts that are rated: a pure function of what is stored, so that working it out again,
// today or next week, gives the same facts and the same cents. Only what has ended counts.

import type { HomeDayFacts } from './home-day-facts.ts'
import type { ClassValues, HomeFacts, Living, MotorFacts, Peril } from './rating/facts.ts'
import { noDriving, noLiving } from './rating/facts.ts'
import type { EndedTrip } from './trip-facts.ts'
import { addTrips, type DrivingSums, drivingOfSums, sumsOf, windowDays } from './trip-sums.ts'

const dayMs = 86_400_000

/** @param trips all ended trips of the policy's vehicles, in any order */
export function motorFacts(known: ClassValues, trips: readonly EndedTrip[]): MotorFacts {
  return drivenFacts(known, addTrips(trips.map((trip) => sumsOf('', trip))))
}

/** @param sums undefined when no trip rates: what was not driven counts neither for nor against anyone */
export function drivenFacts(known: ClassValues, sums: DrivingSums | undefined): MotorFacts {
  return { product: 'motor', class: known, driving: sums === undefined ? noDriving : drivingOfSums(sums) }
}

export interface StoredHomeDay {
  readonly deviceId: string
  /** YYYY-MM-DD */
  readonly day: string
  readonly facts: HomeDayFacts
}

/** @param days all stored days of the policy's installations, in any order; the last of each may still be going on */
export function homeFacts(known: ClassValues, days: readonly StoredHomeDay[]): HomeFacts {
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
