// What a behaviour can be rated by: for every measure the part, the whole it is a part of, and the exposure it was observed
// over, out of the facts.

import { behaviourThresholds } from '../behaviour/thresholds.ts'
import { type Driving, type Facts, type Living, noDriving, noLiving, type Peril } from './facts.ts'
import { type Measure, type MeasureName, measureNames, measures } from './measure-table.ts'

export function measureOf(name: string): Measure | undefined {
  const known = measureNames.find((candidate) => candidate === name)
  return known && measures[known]
}

/** Position of a threshold on the ladder of counts; -1 for what is no rung of it. */
export function rungIndex(rungMps2: number): number {
  return behaviourThresholds.event.ladderMps2.indexOf(rungMps2)
}

export function drivingOf(facts: Facts): Driving {
  return facts.product === 'motor' ? facts.driving : noDriving
}

export function livingOf(facts: Facts): Living {
  return facts.product === 'home' ? facts.living : noLiving
}

/** What was counted. @param rung of the ladder, for the measures that have one */
export function partOf(name: MeasureName, facts: Facts, rung: number): number {
  if (facts.product === 'home') return perilOf(name, facts.living).minutes
  const { driving } = facts
  switch (name) {
    case 'braking':
      return driving.brakes[rung] ?? 0
    case 'acceleration':
      return driving.accelerations[rung] ?? 0
    case 'cornering':
      return driving.turns[rung] ?? 0
    case 'night':
      return driving.nightKm
    case 'speeding':
      return driving.speedingKm
    case 'phone':
      return driving.phoneS
    default:
      return 0
  }
}

/** What it is a part of; where nothing was watched, 0. */
export function wholeOf(name: MeasureName, facts: Facts): number {
  return name === 'phone' ? drivingOf(facts).phoneKnownS : exposureOf(name, facts)
}

/** Kilometres or verified live days in which it would have been noticed. */
export function exposureOf(name: MeasureName, facts: Facts): number {
  if (facts.product === 'home') return perilOf(name, facts.living).days
  const { driving } = facts
  switch (name) {
    case 'braking':
    case 'acceleration':
      return driving.longitudinalKm
    case 'cornering':
      return driving.lateralKm
    case 'night':
      return driving.distanceKm
    case 'speeding':
      return driving.limitKnownKm
    case 'phone':
      return driving.phoneKnownKm
    default:
      return 0
  }
}

const unwatched = { days: 0, minutes: 0 }

function perilOf(name: MeasureName, living: Living): Living[Peril] {
  switch (name) {
    case 'water':
    case 'freeze':
    case 'fire':
    case 'intrusion':
    case 'humidity':
      return living[name]
    default:
      return unwatched
  }
}
