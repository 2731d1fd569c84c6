// The estimate of a policy's month out of the book: what was measured, as the corrections leave it, rated on the edition that the
// policy pays by.

import type { Kysely } from 'kysely'
import type { BookSchema } from '../store/book/schema.ts'
import { acceptedCorrections } from './accepted-corrections.ts'
import { localClock } from './behaviour/local-clock.ts'
import { drivenFacts, homeFacts, type StoredHomeDay } from './experience.ts'
import { parseHomeDayFacts } from './home-day-facts.ts'
import { editionOf } from './lifecycle/active-edition.ts'
import { withTermBefore } from './lifecycle/shadow.ts'
import { previousAnnualMinor } from './lifecycle/stored-terms.ts'
import { estimateDriving, estimateLiving, type MonthEstimate, type MonthPlace, monthPlace } from './month-estimate.ts'
import { storedClassFacts } from './policy-facts.ts'
import type { Facts } from './rating/facts.ts'
import { ratePremium } from './rating/rate.ts'
import { tripsOfPolicy } from './stored-driving.ts'

export interface PolicyMonth {
  readonly place: MonthPlace
  readonly estimate: MonthEstimate
  readonly classPremiumMinor: number
  readonly currency: string
}

/** Undefined for a policy without a premium. @throws BadFacts for a row that does not parse */
export async function monthOfPolicy(book: Kysely<BookSchema>, policyId: string, nowMs: number): Promise<PolicyMonth | undefined> {
  const policy = await book.selectFrom('policies').selectAll().where('id', '=', policyId).executeTakeFirst()
  const charged = await book
    .selectFrom('premiums')
    .select(['edition_hash', 'premium_minor', 'class_premium_minor', 'currency'])
    .where('id', '=', policy?.current_premium_id ?? '')
    .executeTakeFirst()
  const edition = charged && (await editionOf(book, charged.edition_hash))
  if (policy === undefined || charged === undefined || edition === undefined) return undefined
  const clock = localClock(policy.time_zone)
  const place = monthPlace(clock, nowMs)
  const { premium_minor: premiumMinor, class_premium_minor: classPremiumMinor, currency } = charged
  const month = (estimate: MonthEstimate): PolicyMonth => ({ place, estimate, classPremiumMinor, currency })
  if (edition.guardRails.noMidTermRerate) return month({ kind: 'settled', premiumMinor })
  const { class: known, ...claims } = storedClassFacts(policy, edition)
  const termBefore = await previousAnnualMinor(book, policyId)
  const price = (facts: Facts): number => ratePremium(edition, withTermBefore({ ...facts, ...claims }, edition, termBefore))
  if (policy.product === 'motor') {
    const trips = await tripsOfPolicy(book, policyId, await acceptedCorrections(book, policyId))
    return month(estimateDriving({ place, clock, trips, premiumMinor, price: (sums) => price(drivenFacts(known, sums)) }))
  }
  const days = await homeDaysOfPolicy(book, policyId)
  return month(estimateLiving({ place, days, premiumMinor, price: (each) => price(homeFacts(known, each)) }))
}

/** Every stored day of a policy's homes. @throws BadFacts for a row that does not parse */
export async function homeDaysOfPolicy(book: Kysely<BookSchema>, policyId: string): Promise<readonly StoredHomeDay[]> {
  const rows = await book
    .selectFrom('home_days')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'home_days.device_id')
    .select(['home_days.device_id as deviceId', 'home_days.day as day', 'home_days.facts as facts'])
    .where('policy_devices.policy_id', '=', policyId)
    .execute()
  return rows.map(({ deviceId, day, facts }) => ({ deviceId, day, facts: parseHomeDayFacts(facts) }))
}
