// The facts a policy is rated on, out of the book: what it states and what was measured, as the corrections leave it.

import type { Kysely } from 'kysely'
import type { BookSchema, PolicyRow } from '../store/book/schema.ts'
import { type ClassFacts, classFactsFor } from './class-facts.ts'
import type { Correction } from './corrections.ts'
import type { EditionDocument } from './edition/edition-document.ts'
import { drivenFacts, homeFacts } from './experience.ts'
import { parseHomeDayFacts } from './home-day-facts.ts'
import type { Facts } from './rating/facts.ts'
import { drivingOfPolicy } from './stored-driving.ts'
import { BadFacts } from './stored-facts.ts'

/** @param edition whose inputs are read; @throws BadFacts for a row that does not parse */
export async function policyFacts(
  book: Kysely<BookSchema>,
  policy: PolicyRow,
  edition: EditionDocument,
  accepted: readonly Correction[],
): Promise<Facts> {
  const { class: known, ...claims } = storedClassFacts(policy, edition)
  if (policy.product === 'motor') return { ...drivenFacts(known, await drivingOfPolicy(book, policy.id, accepted)), ...claims }
  const rows = await book
    .selectFrom('home_days')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'home_days.device_id')
    .select(['home_days.device_id as deviceId', 'home_days.day as day', 'home_days.facts as facts'])
    .where('policy_devices.policy_id', '=', policy.id)
    .execute()
  const days = rows.map(({ deviceId, day, facts }) => ({ deviceId, day, facts: parseHomeDayFacts(facts) }))
  return { ...homeFacts(known, days), ...claims }
}

/** What the edition reads of what the policy states. @throws BadFacts when a value is not one that the edition allows */
export function storedClassFacts(
  policy: Pick<PolicyRow, 'id' | 'class_facts'>,
  edition: Pick<EditionDocument, 'inputs' | 'bonusMalus'>,
): ClassFacts {
  const stated: unknown = JSON.parse(policy.class_facts)
  if (typeof stated !== 'object' || stated === null) throw new BadFacts(`The class facts of policy ${policy.id} are no object.`)
  const read = classFactsFor(edition, stated)
  if (read.kind === 'facts') return read.facts
  throw new BadFacts(`The class facts of policy ${policy.id} do not fit: ${read.problem}`)
}
