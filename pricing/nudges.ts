// What a person could change and what it would save: the premium recomputed on the real edition with one thing different.
// Whether, when and how it is said is decided elsewhere.

import type { Edition } from './edition/edition-document.ts'
import { type Driving, type Facts, type HomeFacts, type Living, type MotorFacts, perils } from './rating/facts.ts'
import { rungIndex } from './rating/measures.ts'
import { declaredKmInput } from './rating/mileage-input.ts'
import { rate, ratePremium } from './rating/rate.ts'
import { roundHalfEven } from './rating/rounding.ts'

/** A saving below one minor unit is none. */
export const savingMinorMin = 1
const fewerEventsPer1000Km = 10
const shorterShare = 0.1
/** A month of connected sensors more. */
const moreLiveDays = 30

export interface Nudge {
  readonly behaviour: string
  /** A month. */
  readonly savingMinor: number
  readonly figures: { readonly from: number; readonly to: number; readonly unit: string }
}

interface Change {
  readonly behaviour: string
  readonly facts: Facts
  readonly figures: Nudge['figures']
}

/** Ranked by saving, largest first; the same facts give the same list. */
export function nudgesOf(edition: Edition, facts: Facts): readonly Nudge[] {
  const premiumMinor = ratePremium(edition, facts)
  return changesOf(edition, facts)
    .map(({ behaviour, figures, facts: changed }) => ({
      behaviour,
      savingMinor: premiumMinor - ratePremium(edition, changed),
      figures,
    }))
    .filter(({ savingMinor }) => savingMinor >= savingMinorMin)
    .sort((one, other) => other.savingMinor - one.savingMinor || (one.behaviour < other.behaviour ? -1 : 1))
}

function changesOf(edition: Edition, facts: Facts): readonly Change[] {
  if (edition.product === 'motor') return facts.product === 'motor' ? motorChanges(edition, facts) : []
  return facts.product === 'home' ? homeChanges(facts) : []
}

function motorChanges(edition: Edition, facts: MotorFacts): readonly Change[] {
  const { driving } = facts
  const rungOf = (measure: string): number | undefined =>
    edition.behaviours.find((behaviour) => behaviour.measure === measure)?.rungMps2
  const change = (behaviour: string, changed: Partial<Driving>, from: number, to: number, unit: string): Change => ({
    behaviour,
    facts: { ...facts, driving: { ...driving, ...changed } },
    figures: { from: roundHalfEven(from, 4), to: roundHalfEven(to, 4), unit },
  })
  const fewer = (
    behaviour: string,
    key: 'brakes' | 'accelerations' | 'turns',
    rungMps2: number | undefined,
    km: number,
  ): readonly Change[] => {
    const rung = rungMps2 === undefined ? -1 : rungIndex(rungMps2)
    const count = driving[key][rung] ?? 0
    if (km <= 0 || count <= 0) return []
    const from = (count * 1000) / km
    const to = Math.max(0, from - fewerEventsPer1000Km)
    const changed = driving[key].map((events, index) => (index === rung ? (to * km) / 1000 : events))
    return [change(behaviour, { [key]: changed }, from, to, 'per-1000-km')]
  }
  const lower = (behaviour: string, changed: Partial<Driving>, part: number, whole: number, left: number): readonly Change[] =>
    whole > 0 && part > 0 ? [change(behaviour, changed, part / whole, (part / whole) * left, 'share')] : []
  return [
    ...fewer('braking', 'brakes', rungOf('braking'), driving.longitudinalKm),
    ...fewer('acceleration', 'accelerations', rungOf('acceleration'), driving.longitudinalKm),
    ...fewer('cornering', 'turns', rungOf('cornering'), driving.lateralKm),
    ...lower('night', { nightKm: driving.nightKm / 2 }, driving.nightKm, driving.distanceKm, 0.5),
    ...lower('speeding', { speedingKm: 0 }, driving.speedingKm, driving.limitKnownKm, 0),
    ...lower('phone', { phoneS: 0 }, driving.phoneS, driving.phoneKnownS, 0),
    ...shorter(edition, facts),
  ]
}

/** A tenth less to drive, with the same habits per kilometre and the same credibility of them. */
function shorter(edition: Edition, facts: MotorFacts): readonly Change[] {
  const mileage = rate(edition, '', facts).steps.find(({ id }) => id === 'mileage')
  const from = mileage?.figures['kmPerYear']
  if (typeof from !== 'number') return []
  const to = from * (1 - shorterShare)
  // As a declared distance with nothing measured against it, so that only the mileage step moves.
  const changed: MotorFacts = {
    ...facts,
    class: { ...facts.class, [declaredKmInput]: to },
    driving: { ...facts.driving, observedDays: 0 },
  }
  return [{ behaviour: 'mileage', facts: changed, figures: { from: roundHalfEven(from), to: roundHalfEven(to), unit: 'km' } }]
}

function homeChanges(facts: HomeFacts): readonly Change[] {
  const { living } = facts
  const change = (behaviour: string, changed: Partial<Living>, from: number, to: number, unit: string): Change => ({
    behaviour,
    facts: { ...facts, living: { ...living, ...changed } },
    figures: { from: roundHalfEven(from, 1), to: roundHalfEven(to, 1), unit },
  })
  const changes: Change[] = []
  for (const peril of perils) {
    const { days, minutes } = living[peril]
    if (days > 0 && minutes > 0)
      changes.push(change(peril, { [peril]: { days, minutes: 0 } }, minutes / days, 0, 'minutes-per-day'))
  }
  if (living.valveTests === 0 && living.water.days > 0) changes.push(change('valve-test', { valveTests: 1 }, 0, 1, 'tests'))
  if (living.liveDays < living.days || living.days === 0)
    changes.push(change('live-days', moreDays(living), living.liveDays, living.liveDays + moreLiveDays, 'live-days'))
  return changes
}

/** A month more in which every sensor that is there reports, at the rates seen so far; all of them where nothing was seen. */
function moreDays(living: Living): Partial<Living> {
  const isNew = living.liveDays === 0
  const changed: Partial<Living> = { days: living.days + moreLiveDays, liveDays: living.liveDays + moreLiveDays }
  return Object.assign(
    changed,
    ...perils.map((peril) => {
      const { days, minutes } = living[peril]
      if (days === 0) return isNew ? { [peril]: { days: moreLiveDays, minutes: 0 } } : {}
      return { [peril]: { days: days + moreLiveDays, minutes: (minutes / days) * (days + moreLiveDays) } }
    }),
  )
}
