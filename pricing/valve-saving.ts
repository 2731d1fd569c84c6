// What a tested shut-off valve is worth: the premium on the real edition with a test and without one, everything else as it is.

import type { Kysely } from 'kysely'
import type { BookSchema } from '../store/book/schema.ts'
import { homeFacts } from './experience.ts'
import { editionOf } from './lifecycle/active-edition.ts'
import { withTermBefore } from './lifecycle/shadow.ts'
import { previousAnnualMinor } from './lifecycle/stored-terms.ts'
import { homeDaysOfPolicy } from './month-of-policy.ts'
import { storedClassFacts } from './policy-facts.ts'
import type { Facts, HomeFacts } from './rating/facts.ts'
import { ratePremium } from './rating/rate.ts'

export interface ValveState {
  /** The newest day on which it was seen to stop the flow, YYYY-MM-DD; null when it never was. */
  readonly testedOn: string | null
  /** Of a month, minor units: what having been tested saves, or would save. */
  readonly savingMinor: number
  readonly currency: string
}

/** @param price on the real edition, minor units a month */
export function valveSavingMinor(facts: HomeFacts, price: (facts: Facts) => number): number {
  const tested = (valveTests: number): number => price({ ...facts, living: { ...facts.living, valveTests } })
  return tested(0) - tested(Math.max(1, facts.living.valveTests))
}

/** Undefined for a policy that is no home’s or has no premium yet. @throws BadFacts for a row that does not parse */
export async function valveOfPolicy(book: Kysely<BookSchema>, policyId: string): Promise<ValveState | undefined> {
  const policy = await book.selectFrom('policies').selectAll().where('id', '=', policyId).executeTakeFirst()
  const charged = await book
    .selectFrom('premiums')
    .select('edition_hash')
    .where('id', '=', policy?.current_premium_id ?? '')
    .executeTakeFirst()
  const edition = charged && (await editionOf(book, charged.edition_hash))
  if (policy === undefined || edition === undefined || policy.product !== 'home') return undefined
  const { class: known, ...claims } = storedClassFacts(policy, edition)
  const termBefore = await previousAnnualMinor(book, policyId)
  const days = await homeDaysOfPolicy(book, policyId)
  const facts: HomeFacts = { ...homeFacts(known, days), ...claims }
  const tested = days.filter((day) => day.facts.valveTested).map(({ day }) => day)
  return {
    testedOn: tested.toSorted().at(-1) ?? null,
    savingMinor: valveSavingMinor(facts, (of) => ratePremium(edition, withTermBefore(of, edition, termBefore))),
    currency: edition.currency,
  }
}
