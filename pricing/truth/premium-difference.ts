// Why two premiums of the same policy differ: the facts of one are put in the place of the other's, a group at a time, and each
// step's change is that group's share. The shares add up to the difference, to the cent. Pure.

import type { Edition } from '../edition/edition-document.ts'
import type { Facts } from '../rating/facts.ts'
import { ratePremium } from '../rating/rate.ts'

export interface DifferenceShare {
  /** A group of facts, such as `brakes` or `water`. */
  readonly group: string
  /** What it adds to the first premium's amount to come to the second's. */
  readonly minor: number
  /** The facts of the group that differ. */
  readonly facts: readonly { readonly name: string; readonly before: string; readonly after: string }[]
}

const drivingGroups = [
  [
    'mileage',
    ['trips', 'observedDays', 'distanceKm', 'longitudinalKm', 'lateralKm', 'limitKnownKm', 'phoneKnownKm', 'phoneKnownS'],
  ],
  ['brakes', ['brakes']],
  ['accelerations', ['accelerations']],
  ['turns', ['turns']],
  ['night', ['nightKm']],
  ['speeding', ['speedingKm']],
  ['phone', ['phoneS']],
] as const
const livingGroups = [
  ['days', ['days', 'liveDays', 'valveTests']],
  ['water', ['water']],
  ['freeze', ['freeze']],
  ['fire', ['fire']],
  ['intrusion', ['intrusion']],
  ['humidity', ['humidity']],
] as const

/** In the order in which the groups are exchanged; only those that differ. Both facts are of one product. */
export function premiumDifference(edition: Edition, before: Facts, after: Facts): readonly DifferenceShare[] {
  const shares: DifferenceShare[] = []
  let current = before
  let amount = ratePremium(edition, before)
  const groups: readonly (readonly [string, readonly string[]])[] = before.product === 'motor' ? drivingGroups : livingGroups
  for (const [group, names] of groups) {
    const facts = names.flatMap((name) => {
      const [was, is] = [textOf(before, name), textOf(after, name)]
      return was === is ? [] : [{ name, before: was, after: is }]
    })
    if (facts.length === 0) continue
    current = exchanged(current, after, names)
    const next = ratePremium(edition, current)
    shares.push({ group, minor: next - amount, facts })
    amount = next
  }
  return shares
}

function experienceOf(facts: Facts): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(Object.entries(facts.product === 'motor' ? facts.driving : facts.living))
}

function textOf(facts: Facts, name: string): string {
  return JSON.stringify(experienceOf(facts).get(name)) ?? ''
}

function exchanged(into: Facts, from: Facts, names: readonly string[]): Facts {
  if (into.product === 'motor' && from.product === 'motor')
    return { ...into, driving: { ...into.driving, ...picked(from.driving, names) } }
  if (into.product === 'home' && from.product === 'home')
    return { ...into, living: { ...into.living, ...picked(from.living, names) } }
  return into
}

function picked<Record extends object>(record: Record, names: readonly string[]): Partial<Record> {
  const part: Partial<Record> = {}
  for (const key in record) if (names.includes(key)) part[key] = record[key]
  return part
}
