// Trips that the benches make up: their facts out of a seed, and as much evidence as recorded drives keep.

import type { Random } from '../../devices/simulator/random.ts'
import type { TripFacts } from '../../pricing/trip-facts.ts'

const noEvents = [0, 0, 0, 0, 0, 0, 0]

/** @param kmPerTrip about how long this driver's trips are */
export function madeTrip(
  random: Random,
  kmPerTrip: number,
  style: { readonly hardness: number; readonly nights: number; readonly phone: number },
  startedAtMs: number,
): TripFacts {
  const distanceM = Math.round(random.between(0.3, 1.7) * kmPerTrip * 1000)
  const durationS = Math.round(distanceM / 14)
  const nightM = random.chance(style.nights) ? distanceM : 0
  const hard = Math.floor((distanceM / 10_000) * style.hardness * random.between(0, 2))
  const ladder = noEvents.map((_, rung) => hard >> rung)
  const events = Array.from({ length: hard }, (_, event) => ({
    kind: 'brake' as const,
    startMs: startedAtMs + event * 5000,
    endMs: startedAtMs + event * 5000 + 900,
    peak: 2.7 + event / 10,
  }))
  return {
    version: 'bench',
    timeZone: 'Europe/Amsterdam',
    durationS,
    distanceM,
    seenM: distanceM,
    nightM,
    nightShare: nightM > 0 ? 1 : 0,
    maxSpeedKph: 97.3,
    completeness: 0.994,
    confidence: 0.9811,
    agreement: 0.9871,
    clockTrust: 1,
    checks: { coordinates: { metres: distanceM, agreement: 0.9871 }, odometer: null },
    doubts: [],
    role: 'driven',
    carried: { metres: 0, reason: null },
    longitudinalFrom: 'accelerometer',
    lateralFrom: 'accelerometer',
    longitudinalM: distanceM,
    lateralM: distanceM,
    counts: { brake: ladder, acceleration: ladder, 'left-turn': ladder, 'right-turn': ladder },
    speeding: { count: 1, metres: Math.round(distanceM / 40), limitKnownM: distanceM },
    phone: { seconds: Math.round(durationS * style.phone), knownS: durationS, knownM: distanceM },
    events,
  }
}

/** As much as the recorded drives of test/data keep, of a quarter of an hour: about ten observations, 5 to 8 kB. */
export function withEvidence(facts: TripFacts, startedAtMs: number): TripFacts {
  const samples = Array.from({ length: 21 }, (_, sample) => sample)
  const observations = Array.from({ length: 10 }, (_, index) => ({
    kind: 'brake' as const,
    startMs: startedAtMs + index * 60_000,
    endMs: startedAtMs + index * 60_000 + 900,
    peak: 3.127,
    confidence: 0.93,
    evidence: {
      offsetMs: samples.map((sample) => (sample - 10) * 250),
      kph: samples.map((sample) => 48.25 - sample),
      longitudinalMps2: samples.map((sample) => -0.317 * sample),
      lateralMps2: samples.map((sample) => 0.113 * sample),
    },
  }))
  return { ...facts, observations }
}
