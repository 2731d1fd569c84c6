// Made-up policies of the first plans, the same ones every time: for worksheets that have to stay what they are.

import type { Facts } from '../../../pricing/rating/facts.ts'

/** Whole numbers from 0 up to `below`, the same sequence for the same seed (Park and Miller's generator). */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const motorRegions = ['country', 'town', 'city'] as const
const buildings = ['apartment', 'terraced', 'semi-detached', 'detached'] as const

export function motorPolicy(seed: number): Facts {
  const next = sequence(seed + 1)
  const isNew = next(8) === 0
  const distanceKm = isNew ? 0 : next(40_000_000) / 1000
  const part = (share: number): number => Math.floor((distanceKm * 1000 * next(1000)) / 1000 / share) / 1000
  const ladder = (): number[] => {
    let events = isNew ? 0 : next(9000)
    return [0, 1, 2, 3, 4, 5, 6].map(() => {
      events -= next(events + 1)
      return events
    })
  }
  return {
    product: 'motor',
    class: {
      driverAgeYears: 16 + next(80),
      region: motorRegions[next(3)] ?? 'town',
      vehicleAgeYears: next(30),
      kmPerYear: next(60_000),
    },
    driving: {
      trips: isNew ? 0 : 1 + next(2000),
      observedDays: isNew ? 0 : next(3_650_000) / 10_000,
      distanceKm,
      longitudinalKm: part(1),
      lateralKm: part(1),
      limitKnownKm: part(1),
      phoneKnownKm: part(1),
      brakes: ladder(),
      accelerations: ladder(),
      turns: ladder(),
      nightKm: part(4),
      speedingKm: part(5),
      phoneS: isNew ? 0 : next(40_000),
      phoneKnownS: isNew ? 0 : next(900_000),
    },
  }
}

export function homePolicy(seed: number): Facts {
  const next = sequence(seed + 1)
  const days = next(6) === 0 ? 0 : next(366)
  const peril = () => {
    const watched = days === 0 ? 0 : next(days + 1)
    return { days: watched, minutes: watched === 0 ? 0 : next(watched * 600 + 1) / 10 }
  }
  return {
    product: 'home',
    class: {
      building: buildings[next(4)] ?? 'terraced',
      region: motorRegions[next(3)] ?? 'town',
      sumInsured: next(900_000),
    },
    living: {
      days,
      liveDays: days,
      water: peril(),
      freeze: peril(),
      fire: peril(),
      intrusion: peril(),
      humidity: peril(),
      valveTests: next(3),
    },
  }
}
