// What a behaviour can be rated by: for every measure the part, the whole it is a part of, and the exposure it was observed
// over, out of the facts.

import type { Product } from '../../store/book/schema.ts'
import { behaviourThresholds } from '../behaviour/thresholds.ts'
import { type Driving, type Facts, type Living, noDriving, noLiving, type Peril } from './facts.ts'

export interface Measure {
  readonly product: Product
  /** Names the words of a worksheet: `observed` is in this unit. */
  readonly unit: 'per-1000-km' | 'share' | 'minutes-per-day'
  /** Whether it counts events at a rung of the ladder. */
  readonly hasRung: boolean
  /** Whether its credit waits for a test of the shut-off valve. */
  readonly hasValve: boolean
  /** observed = part × scale ÷ whole */
  readonly scale: number
  readonly part: (facts: Facts, rung: number) => number
  readonly whole: (facts: Facts) => number
  /** Kilometres or verified live days in which it would have been noticed. */
  readonly exposure: (facts: Facts) => number
}

export const measureNames = [
  'braking',
  'acceleration',
  'cornering',
  'night',
  'speeding',
  'phone',
  'water',
  'freeze',
  'fire',
  'intrusion',
  'humidity',
] as const
export type MeasureName = (typeof measureNames)[number]

export const measures: Readonly<Record<MeasureName, Measure>> = {
  braking: eventsOf(
    (driving) => driving.brakes,
    (driving) => driving.longitudinalKm,
  ),
  acceleration: eventsOf(
    (driving) => driving.accelerations,
    (driving) => driving.longitudinalKm,
  ),
  cornering: eventsOf(
    (driving) => driving.turns,
    (driving) => driving.lateralKm,
  ),
  night: shareOf(
    (driving) => driving.nightKm,
    (driving) => driving.distanceKm,
    (driving) => driving.distanceKm,
  ),
  speeding: shareOf(
    (driving) => driving.speedingKm,
    (driving) => driving.limitKnownKm,
    (driving) => driving.limitKnownKm,
  ),
  phone: shareOf(
    (driving) => driving.phoneS,
    (driving) => driving.phoneKnownS,
    (driving) => driving.phoneKnownKm,
  ),
  water: { ...minutesOf('water'), hasValve: true },
  freeze: minutesOf('freeze'),
  fire: minutesOf('fire'),
  intrusion: minutesOf('intrusion'),
  humidity: minutesOf('humidity'),
}

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

function eventsOf(ladder: (driving: Driving) => readonly number[], km: (driving: Driving) => number): Measure {
  const exposure = (facts: Facts) => km(drivingOf(facts))
  return {
    product: 'motor',
    unit: 'per-1000-km',
    hasRung: true,
    hasValve: false,
    scale: 1000,
    part: (facts, rung) => ladder(drivingOf(facts))[rung] ?? 0,
    whole: exposure,
    exposure,
  }
}

function shareOf(
  part: (driving: Driving) => number,
  whole: (driving: Driving) => number,
  km: (driving: Driving) => number,
): Measure {
  return {
    product: 'motor',
    unit: 'share',
    hasRung: false,
    hasValve: false,
    scale: 1,
    part: (facts) => part(drivingOf(facts)),
    whole: (facts) => whole(drivingOf(facts)),
    exposure: (facts) => km(drivingOf(facts)),
  }
}

function minutesOf(peril: Peril): Measure {
  const days = (facts: Facts) => livingOf(facts)[peril].days
  return {
    product: 'home',
    unit: 'minutes-per-day',
    hasRung: false,
    hasValve: false,
    scale: 1,
    part: (facts) => livingOf(facts)[peril].minutes,
    whole: days,
    exposure: days,
  }
}
