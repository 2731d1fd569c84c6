// A home's days out of the book.

import { parseHomeDayFacts, readHomeDayFacts } from '../../pricing/home-day-facts.ts'
import type { Book, HomeDayRow } from '../../store/book/schema.ts'
import type { HomeDay } from './shapes.ts'

export const homeDaysMax = 400
export const homeDaysUsual = 30

/** The newest first. */
export async function homeDaysOf(book: Book, policyId: string, limit: number = homeDaysUsual): Promise<HomeDay[]> {
  const rows = await book
    .selectFrom('home_days')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'home_days.device_id')
    .where('policy_devices.policy_id', '=', policyId)
    .selectAll('home_days')
    .orderBy('home_days.day', 'desc')
    .orderBy('home_days.device_id')
    .limit(limit)
    .execute()
  // A damaged row is left out, and mended the next time its day is measured.
  return rows.filter(({ facts }) => readHomeDayFacts(facts) !== undefined).map(toHomeDay)
}

export function toHomeDay(row: HomeDayRow): HomeDay {
  const facts = parseHomeDayFacts(row.facts)
  return {
    deviceId: row.device_id,
    day: row.day,
    live: facts.live,
    leakMinutes: facts.leakMinutes,
    freezeMinutes: facts.freezeMinutes,
    smokeMinutes: facts.smokeMinutes,
    carbonMonoxideMinutes: facts.carbonMonoxideMinutes,
    openUnattendedMinutes: facts.openUnattendedMinutes,
    dampMinutes: facts.dampMinutes,
    litres: facts.litres,
    valveTested: facts.valveTested,
    timeZone: facts.timeZone,
    completeness: facts.completeness,
    perils: facts.perils,
    reactionMinutes: facts.reactionMinutes,
    spans: facts.spans,
  }
}
