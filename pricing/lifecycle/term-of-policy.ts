// Which edition counts for a policy at a time, from when, and until when its term runs: the dates apart, for those who show
// them.

import type { Book } from '../../store/book/schema.ts'
import { editionsInForce } from './active-edition.ts'
import { effectiveEdition, termAt } from './policy-term.ts'
import { previousAnnualMinor } from './stored-terms.ts'

export interface PolicyTermNow {
  readonly number: number
  readonly fromMs: number
  readonly untilMs: number
  /** A year's premium at the end of the term before; null in the first. */
  readonly previousAnnualMinor: number | null
  /** The edition that counts, and from when it does for this policy; null for a plan without one. */
  readonly editionHash: string | null
  readonly effectiveFromMs: number | null
  /** Nothing moves the premium before the term ends. */
  readonly isSettled: boolean
  /** In force already, and counting for this policy from its renewal. */
  readonly nextEditionHash: string | null
}

/** Undefined for a policy that does not exist. */
export async function termOfPolicy(book: Book, policyId: string, nowMs: number): Promise<PolicyTermNow | undefined> {
  const policy = await book.selectFrom('policies').selectAll().where('id', '=', policyId).executeTakeFirst()
  if (policy === undefined) return undefined
  const term = termAt(policy.created_at_ms, policy.time_zone, nowMs)
  const inForce = await editionsInForce(book, policy.plan_id)
  const effective = effectiveEdition(inForce, term, nowMs)
  const atRenewal = effectiveEdition(inForce, { fromMs: term.untilMs }, term.untilMs)
  const isOther = atRenewal !== undefined && atRenewal.edition.hash !== effective?.edition.hash
  return {
    ...term,
    previousAnnualMinor: await previousAnnualMinor(book, policyId),
    editionHash: effective?.edition.hash ?? null,
    effectiveFromMs: effective?.effectiveFromMs ?? null,
    isSettled: effective?.isSettled ?? false,
    nextEditionHash: isOther ? atRenewal.edition.hash : null,
  }
}
