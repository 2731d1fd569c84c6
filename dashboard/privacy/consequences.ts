// What a pause or an erasure does to the premium, computed before it is decided: on the policy's own edition, like every premium.

import { editionOf } from '../../pricing/lifecycle/active-edition.ts'
import { noDriving, noLiving } from '../../pricing/rating/facts.ts'
import { ratePremium } from '../../pricing/rating/rate.ts'
import { experienceId } from '../../pricing/what-if/controls.ts'
import { tryChanges } from '../../pricing/what-if/try-changes.ts'
import type { Book } from '../../store/book/schema.ts'
import { currentPremiumOf } from '../api/premiums.ts'

export interface Consequences {
  readonly currency: string
  /** A month, minor units. */
  readonly nowMinor: number
  /** As it would be after another month measured like those before: what a month of pause leaves unmeasured. */
  readonly afterMonthMinor: number
  /** Without anything that was measured. */
  readonly withoutMinor: number
}

const daysPerMonth = 30

/** Undefined before there is a premium. */
export async function consequencesFor(book: Book, policyId: string): Promise<Consequences | undefined> {
  const premium = await currentPremiumOf(book, policyId)
  const edition = premium && (await editionOf(book, premium.worksheet.editionHash))
  if (premium === undefined || edition === undefined) return undefined
  const { facts, worksheet } = premium
  const { currency, premiumMinor: nowMinor } = worksheet
  const without = facts.product === 'motor' ? { ...facts, driving: noDriving } : { ...facts, living: noLiving }
  const later =
    facts.product === 'motor'
      ? facts.driving.distanceKm + (facts.driving.distanceKm / Math.max(1, facts.driving.observedDays)) * daysPerMonth
      : facts.living.liveDays + daysPerMonth
  const tried = tryChanges(edition, facts, { [experienceId]: later })
  return {
    currency,
    nowMinor,
    afterMonthMinor: tried.kind === 'tried' ? tried.worksheet.premiumMinor : nowMinor,
    withoutMinor: ratePremium(edition, without),
  }
}
