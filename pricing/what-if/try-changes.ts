// The premium if something were otherwise: the person's own facts with what they tried put in their place, rated by the same
// function on the same edition. Nothing is kept, and nobody is told.

import { isWithin } from '../class-facts.ts'
import type { Edition } from '../edition/edition-document.ts'
import { type Driving, type Facts, type HomeFacts, type Living, type MotorFacts, perils as perilNames } from '../rating/facts.ts'
import type { MeasureName } from '../rating/measure-table.ts'
import { measureOf, rungIndex } from '../rating/measures.ts'
import { declaredKmInput } from '../rating/mileage-input.ts'
import { rate } from '../rating/rate.ts'
import type { Worksheet } from '../worksheet.ts'
import { experienceId, mileageId, neutralOf, valveId } from './controls.ts'

/** By a slider's id or, after `class:`, by an input's name. */
export type Changes = Readonly<Record<string, number | string>>

/** In the order they are checked. */
export type Tried =
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'out-of-range'; readonly name: string }
  | { readonly kind: 'tried'; readonly worksheet: Worksheet }

export const classPrefix = 'class:'
/** Far beyond any slider, and small enough for every product to stay exact. */
const valueMax = 1e9
/** For what was never measured: a usual mean speed, so that kilometres have hours. */
const usualSpeedKph = 40
const daysPerYear = 365

export function tryChanges(edition: Edition, facts: Facts, changes: Changes): Tried {
  const problem = problemIn(edition, changes)
  if (problem !== undefined) return problem
  return { kind: 'tried', worksheet: rate(edition, '', changedFacts(edition, facts, changes)) }
}

function problemIn(edition: Edition, changes: Changes): Exclude<Tried, { kind: 'tried' }> | undefined {
  const known = new Set([experienceId, mileageId, valveId, ...edition.behaviours.map(({ id }) => id)])
  for (const [name, value] of Object.entries(changes)) {
    if (name.startsWith(classPrefix)) {
      const input = Object.hasOwn(edition.inputs, name.slice(classPrefix.length))
        ? edition.inputs[name.slice(classPrefix.length)]
        : undefined
      if (input === undefined) return { kind: 'unknown', name }
      if (!isWithin(input, value)) return { kind: 'out-of-range', name }
    } else {
      if (!known.has(name)) return { kind: 'unknown', name }
      if (typeof value !== 'number' || !(value >= 0 && value <= valueMax)) return { kind: 'out-of-range', name }
    }
  }
  return undefined
}

function changedFacts(edition: Edition, facts: Facts, changes: Changes): Facts {
  const stated: Record<string, number | string> = {}
  const numbers = new Map<string, number>()
  for (const [name, value] of Object.entries(changes)) {
    if (name.startsWith(classPrefix)) stated[name.slice(classPrefix.length)] = value
    else if (typeof value === 'number') numbers.set(name, value)
  }
  const own = { ...facts.class, ...stated }
  return facts.product === 'motor'
    ? changedDriving(edition, { ...facts, class: own }, numbers)
    : changedLiving(edition, { ...facts, class: own }, numbers)
}

function changedDriving(edition: Edition, facts: MotorFacts, numbers: ReadonlyMap<string, number>): MotorFacts {
  let driving: Driving = atDistance(edition, facts, numbers.get(experienceId))
  for (const behaviour of edition.behaviours) {
    const measure = measureOf(behaviour.measure)
    const value = numbers.get(behaviour.id)
    if (measure === undefined || value === undefined) continue
    driving = { ...driving, ...drivenAt(measure.name, driving, value, behaviour.rungMps2) }
  }
  const km = numbers.get(mileageId)
  if (km === undefined) return { ...facts, driving }
  // As a declared distance with nothing measured against it, so that only the mileage step moves.
  return { ...facts, class: { ...facts.class, [declaredKmInput]: km }, driving: { ...driving, observedDays: 0 } }
}

/** The same habits over another distance; the class's habits where nothing was driven yet. */
function atDistance(edition: Edition, { driving, class: stated }: MotorFacts, km: number | undefined): Driving {
  if (km === undefined || km === driving.distanceKm) return driving
  if (driving.distanceKm > 0) return scaled(driving, km / driving.distanceKm)
  const declaredKm = stated[declaredKmInput]
  const perYear = typeof declaredKm === 'number' && declaredKm > 0 ? declaredKm : km
  let fresh: Driving = {
    ...driving,
    observedDays: (km * daysPerYear) / Math.max(1, perYear),
    distanceKm: km,
    longitudinalKm: km,
    lateralKm: km,
    limitKnownKm: km,
    phoneKnownKm: km,
    phoneKnownS: (km / usualSpeedKph) * 3600,
  }
  for (const { measure, curve, rungMps2 } of edition.behaviours) {
    const known = measureOf(measure)
    if (known !== undefined) fresh = { ...fresh, ...drivenAt(known.name, fresh, neutralOf(curve), rungMps2) }
  }
  return fresh
}

function scaled(driving: Driving, by: number): Driving {
  const all = (counts: readonly number[]): number[] => counts.map((count) => count * by)
  return {
    trips: Math.round(driving.trips * by),
    observedDays: driving.observedDays * by,
    distanceKm: driving.distanceKm * by,
    longitudinalKm: driving.longitudinalKm * by,
    lateralKm: driving.lateralKm * by,
    limitKnownKm: driving.limitKnownKm * by,
    phoneKnownKm: driving.phoneKnownKm * by,
    brakes: all(driving.brakes),
    accelerations: all(driving.accelerations),
    turns: all(driving.turns),
    nightKm: driving.nightKm * by,
    speedingKm: driving.speedingKm * by,
    phoneS: driving.phoneS * by,
    phoneKnownS: driving.phoneKnownS * by,
  }
}

/** The driving with one rate otherwise; what was never watched is taken as watched all the way. */
function drivenAt(name: MeasureName, driving: Driving, value: number, rungMps2: number | undefined): Partial<Driving> {
  const rung = rungMps2 === undefined ? -1 : rungIndex(rungMps2)
  const counted = (counts: readonly number[], km: number): number[] =>
    counts.map((count, index) => (index === rung ? (value * km) / 1000 : count))
  const { distanceKm } = driving
  const orAll = (km: number): number => (km > 0 ? km : distanceKm)
  switch (name) {
    case 'braking':
    case 'acceleration': {
      const km = orAll(driving.longitudinalKm)
      const key = name === 'braking' ? 'brakes' : 'accelerations'
      return { longitudinalKm: km, [key]: counted(driving[key], km) }
    }
    case 'cornering': {
      const km = orAll(driving.lateralKm)
      return { lateralKm: km, turns: counted(driving.turns, km) }
    }
    case 'night':
      return { nightKm: value * distanceKm }
    case 'speeding': {
      const km = orAll(driving.limitKnownKm)
      return { limitKnownKm: km, speedingKm: value * km }
    }
    case 'phone': {
      const seconds = driving.phoneKnownS > 0 ? driving.phoneKnownS : (distanceKm / usualSpeedKph) * 3600
      return { phoneKnownKm: orAll(driving.phoneKnownKm), phoneKnownS: seconds, phoneS: value * seconds }
    }
    default:
      return {}
  }
}

function changedLiving(edition: Edition, facts: HomeFacts, numbers: ReadonlyMap<string, number>): HomeFacts {
  let living: Living = overDays(edition, facts.living, numbers.get(experienceId))
  for (const { id, measure } of edition.behaviours) {
    const peril = perilNames.find((name) => name === measure)
    const minutes = numbers.get(id)
    if (peril === undefined || minutes === undefined) continue
    const days = living[peril].days > 0 ? living[peril].days : living.liveDays
    living = { ...living, [peril]: { days, minutes: minutes * days } }
  }
  const tests = numbers.get(valveId)
  return { ...facts, living: tests === undefined ? living : { ...living, valveTests: Math.round(tests) } }
}

/** Every sensor that is there reports on so many days, at the rates seen so far; all of them quietly where nothing was seen. */
function overDays(edition: Edition, living: Living, wanted: number | undefined): Living {
  if (wanted === undefined) return living
  const liveDays = Math.round(wanted)
  if (liveDays === living.liveDays) return living
  const isNew = living.liveDays === 0
  const changed = { ...living, liveDays, days: Math.max(liveDays, living.days + liveDays - living.liveDays) }
  for (const peril of perilNames) {
    const { days, minutes } = living[peril]
    const isRated = edition.behaviours.some(({ measure }) => measure === peril)
    if (isNew && isRated) changed[peril] = { days: liveDays, minutes: 0 }
    const watched = isNew ? 0 : Math.round((days / living.liveDays) * liveDays)
    if (days > 0 && !isNew) changed[peril] = { days: watched, minutes: (minutes / days) * watched }
  }
  return changed
}
