// Rates a policy on what the book holds of it and keeps the premium when it is a new one. Idempotent: the same facts leave
// everything as it is.

import type { Kysely } from 'kysely'
import type { Book, BookSchema } from '../store/book/schema.ts'
import { acceptedCorrections } from './accepted-corrections.ts'
import { canonicalJson, sha256 } from './canonical-json.ts'
import type { Correction } from './corrections.ts'
import { editionOf, editionsInForce } from './lifecycle/active-edition.ts'
import { effectiveEdition } from './lifecycle/policy-term.ts'
import { priceInShadow, withTermBefore } from './lifecycle/shadow.ts'
import { openTerm, previousAnnualMinor } from './lifecycle/stored-terms.ts'
import { noticeChange } from './notice/keep-notices.ts'
import { type Nudge, nudgesOf } from './nudges.ts'
import { policyFacts } from './policy-facts.ts'
import type { Facts } from './rating/facts.ts'
import { rate } from './rating/rate.ts'
import { sumNewTrips } from './stored-driving.ts'
import type { Worksheet } from './worksheet.ts'

/** In the order they are checked. */
export type Repriced =
  | { readonly kind: 'unknown-policy' }
  | { readonly kind: 'no-edition'; readonly planId: string }
  /** The current premium rests on the same edition and the same facts, or stands for the term that runs. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'repriced'; readonly premiumId: string; readonly premiumMinor: number; readonly currency: string }

/** 80 bits of a hash of policy, edition and facts. */
const idDigits = 20

export function reprice(book: Book, policyId: string, nowMs: number): Promise<Repriced> {
  return book.transaction().execute((transaction) => repriceWithin(transaction, policyId, nowMs))
}

/** @param transaction the one that also writes the trips or days it rests on */
export async function repriceWithin(transaction: Kysely<BookSchema>, policyId: string, nowMs: number): Promise<Repriced> {
  const policy = await transaction.selectFrom('policies').selectAll().where('id', '=', policyId).executeTakeFirst()
  if (policy === undefined) return { kind: 'unknown-policy' }
  const term = await openTerm(transaction, policy, nowMs)
  const effective = effectiveEdition(await editionsInForce(transaction, policy.plan_id), term, nowMs)
  if (effective === undefined) return { kind: 'no-edition', planId: policy.plan_id }
  const { edition } = effective.edition
  await sumNewTrips(transaction, policyId)
  if (effective.isSettled && !term.isNew && policy.current_premium_id !== null) {
    await priceInShadow(transaction, policy, policy.current_premium_id, term.previousAnnualMinor, nowMs)
    return { kind: 'unchanged' }
  }
  const measured = await policyFacts(transaction, policy, edition, await acceptedCorrections(transaction, policyId))
  const facts = withTermBefore(measured, edition, term.previousAnnualMinor)
  const worksheet = rate(edition, policyId, facts)
  const current = await transaction
    .selectFrom('premiums')
    .select(['id', 'edition_hash', 'facts_hash'])
    .where('id', '=', policy.current_premium_id ?? '')
    .executeTakeFirst()
  if (current?.edition_hash === worksheet.editionHash && current.facts_hash === worksheet.factsHash) {
    await priceInShadow(transaction, policy, current.id, term.previousAnnualMinor, nowMs)
    return { kind: 'unchanged' }
  }
  const premiumId = sha256(canonicalJson([policyId, worksheet.editionHash, worksheet.factsHash])).slice(0, idDigits)
  await keepPremium(transaction, premiumId, worksheet, facts, nudgesOf(edition, facts), nowMs)
  await transaction.updateTable('policies').set({ current_premium_id: premiumId }).where('id', '=', policyId).execute()
  await noteChange(transaction, policyId, premiumId, nowMs)
  await priceInShadow(transaction, policy, premiumId, term.previousAnnualMinor, nowMs)
  await noticeChange(transaction, policyId, nowMs)
  return { kind: 'repriced', premiumId, premiumMinor: worksheet.premiumMinor, currency: worksheet.currency }
}

/**
 * What a policy would pay on the edition that its premium rests on if exactly these corrections were accepted; nothing is kept.
 * Undefined where nothing is rated.
 */
export async function premiumUnder(
  book: Kysely<BookSchema>,
  policyId: string,
  accepted: readonly Correction[],
): Promise<Worksheet | undefined> {
  const policy = await book.selectFrom('policies').selectAll().where('id', '=', policyId).executeTakeFirst()
  const charged = await book
    .selectFrom('premiums')
    .select('edition_hash')
    .where('id', '=', policy?.current_premium_id ?? '')
    .executeTakeFirst()
  const edition = charged && (await editionOf(book, charged.edition_hash))
  if (policy === undefined || edition === undefined) return undefined
  const facts = await policyFacts(book, policy, edition, accepted)
  return rate(edition, policyId, withTermBefore(facts, edition, await previousAnnualMinor(book, policyId)))
}

/** Which premium was paid from when on; the premium itself may be one that was paid before. */
async function noteChange(transaction: Kysely<BookSchema>, policyId: string, premiumId: string, nowMs: number): Promise<void> {
  const { last } = await transaction
    .selectFrom('premium_changes')
    .select(({ fn }) => fn.max<number | null>('number').as('last'))
    .where('policy_id', '=', policyId)
    .executeTakeFirstOrThrow()
  await transaction
    .insertInto('premium_changes')
    .values({ policy_id: policyId, number: (last ?? 0) + 1, premium_id: premiumId, changed_at_ms: nowMs })
    .execute()
}

/** A premium that was computed before, on the same facts, is that premium: it is not kept twice. */
async function keepPremium(
  transaction: Kysely<BookSchema>,
  id: string,
  worksheet: Worksheet,
  facts: Facts,
  nudges: readonly Nudge[],
  nowMs: number,
): Promise<void> {
  const kept = await transaction
    .insertInto('premiums')
    .values({
      id,
      policy_id: worksheet.policyId,
      edition_hash: worksheet.editionHash,
      facts_hash: worksheet.factsHash,
      premium_minor: worksheet.premiumMinor,
      class_premium_minor: worksheet.classPremiumMinor,
      currency: worksheet.currency,
      worksheet: JSON.stringify(worksheet),
      facts: canonicalJson(facts),
      computed_at_ms: nowMs,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows !== 1n || nudges.length === 0) return
  await transaction
    .insertInto('nudges')
    .values(
      nudges.map(({ behaviour, savingMinor, figures }, index) => ({
        id: `${id}-${behaviour}`,
        premium_id: id,
        policy_id: worksheet.policyId,
        rank: index + 1,
        behaviour,
        saving_minor: savingMinor,
        figures: canonicalJson(figures),
      })),
    )
    .execute()
}
