// Writes the days of a home that changed, says which, and reads those that are there.

import type { Kysely } from 'kysely'
import type { BookSchema, HomeDayRow } from '../store/book/schema.ts'
import { readHomeDayFacts } from './home-day-facts.ts'

export interface HomeDayChanges {
  /** Added or different from before. */
  readonly written: readonly HomeDayRow[]
  /** Whether a day that counts for the premium came or changed; the last one may still be going on. */
  readonly isExperienceChanged: boolean
}

/** @param transaction the one that also writes the premium, so that neither is there without the other */
export async function writeHomeDays(
  transaction: Kysely<BookSchema>,
  deviceId: string,
  timeZone: string,
  days: readonly HomeDayRow[],
): Promise<HomeDayChanges> {
  const [first] = days
  if (first === undefined) return { written: [], isExperienceChanged: false }
  const rows = await transaction
    .selectFrom('home_days')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('day', '>=', dayBefore(first.day))
    .execute()
  const stored = new Map(rows.map(({ day, facts }) => [day, facts]))
  const written = days.filter(({ day, facts }) => stored.get(day) !== facts)
  for (const day of written) {
    await transaction
      .insertInto('home_days')
      .values(day)
      .onConflict((conflict) => conflict.columns(['device_id', 'day']).doUpdateSet({ facts: day.facts }))
      .execute()
  }
  // A day by another clock that this clock does not have: its readings are in the days beside it now.
  const kept = new Set(days.map(({ day }) => day))
  const gone = rows.filter(({ day, facts }) => !kept.has(day) && readHomeDayFacts(facts)?.timeZone !== timeZone)
  for (const { day } of gone)
    await transaction.deleteFrom('home_days').where('device_id', '=', deviceId).where('day', '=', day).execute()
  const lastDay = [...stored.keys(), ...days.map(({ day }) => day)].reduce((last, day) => (day > last ? day : last), '')
  return { written, isExperienceChanged: gone.length > 0 || written.some(({ day }) => day < lastDay || !stored.has(day)) }
}

/** The device's days in [from, before), in order. */
export function storedHomeDays(
  book: Kysely<BookSchema>,
  deviceId: string,
  from: string,
  before: string,
): Promise<readonly HomeDayRow[]> {
  return book
    .selectFrom('home_days')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('day', '>=', from)
    .where('day', '<', before)
    .orderBy('day')
    .execute()
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
