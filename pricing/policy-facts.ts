// The facts a policy is rated on, out of the book: what it states and what was measured, as the corrections leave it.

import type { Kysely } from 'kysely'
import type { BookSchema, PolicyRow } from '../store/book/schema.ts'
import { type ClassFacts, parseClassFacts } from './class-facts.ts'
import type { Correction } from './corrections.ts'
import { drivenFacts, homeFacts } from './experience.ts'
import { parseHomeDayFacts } from './home-day-facts.ts'
import type { Facts } from './rating/facts.ts'
import { drivingOfPolicy } from './stored-driving.ts'
import { BadFacts } from './stored-facts.ts'

/** @throws BadFacts for a row that does not parse */
export async function policyFacts(book: Kysely<BookSchema>, policy: PolicyRow, accepted: readonly Correction[]): Promise<Facts> {
  const known = storedClassFacts(policy)
  if (known.product === 'motor') return drivenFacts(known.class, await drivingOfPolicy(book, policy.id, accepted))
  const rows = await book
    .selectFrom('home_days')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'home_days.device_id')
    .select(['home_days.device_id as deviceId', 'home_days.day as day', 'home_days.facts as facts'])
    .where('policy_devices.policy_id', '=', policy.id)
    .execute()
  return homeFacts(
    known.class,
    rows.map(({ deviceId, day, facts }) => ({ deviceId, day, facts: parseHomeDayFacts(facts) })),
  )
}

/** @throws BadFacts when what is stored does not fit the product */
export function storedClassFacts(policy: Pick<PolicyRow, 'id' | 'product' | 'class_facts'>): ClassFacts {
  const parsed = parseClassFacts(policy.product, JSON.parse(policy.class_facts))
  if (parsed.kind === 'facts') return parsed.facts
  throw new BadFacts(`The class facts of policy ${policy.id} do not fit: ${parsed.problem}`)
}
