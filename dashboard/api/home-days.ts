// A home's days out of the book.

import Type from 'typebox'
import { parseHomeDayFacts, readHomeDayFacts } from '../../pricing/home-day-facts.ts'
import type { Book, HomeDayRow } from '../../store/book/schema.ts'
import { listOrder, type Page, type PageQuery } from './page.ts'
import type { Refusal } from './route.ts'
import type { HomeDay } from './shapes.ts'

const byDay = listOrder('home days', Type.Tuple([Type.String(), Type.String()]))

/** The newest first. */
export async function homeDaysOf(book: Book, policyId: string, query: PageQuery): Promise<Page<HomeDay> | Refusal> {
  const start = byDay.start(query)
  if (start.kind === 'refused') return start
  const { after, limit } = start
  let days = book
    .selectFrom('home_days')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'home_days.device_id')
    .where('policy_devices.policy_id', '=', policyId)
    .selectAll('home_days')
  if (after !== undefined) {
    const [day, device] = after
    days = days.where(({ or, and, eb }) =>
      or([eb('home_days.day', '<', day), and([eb('home_days.day', '=', day), eb('home_days.device_id', '>', device)])]),
    )
  }
  const read = await days
    .orderBy('home_days.day', 'desc')
    .orderBy('home_days.device_id')
    .limit(limit + 1)
    .execute()
  const { rows, next } = byDay.cut(read, limit, (row) => [row.day, row.device_id])
  // A damaged row is left out, and mended the next time its day is measured.
  return { items: rows.filter(({ facts }) => readHomeDayFacts(facts) !== undefined).map(toHomeDay), next }
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
