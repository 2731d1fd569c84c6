// Gives notice of a change of premium that is large enough, once, when the change is written.
//
// Behaviour moves a premium by small steps, so a change is measured against what the policyholder was last told: the premium of
// the last notice, before any notice the policy's first. Many small rises are noticed like one large one.

import type { Kysely } from 'kysely'
import type { BookSchema } from '../../store/book/schema.ts'
import { parseWorksheet } from '../premium-of.ts'
import { decompose } from './decompose.ts'
import { isNoticeable } from './threshold.ts'

/** In the order they are checked. */
export type Noticed =
  | { readonly kind: 'no-change' }
  | { readonly kind: 'too-small' }
  /** Product or currency are others: there is nothing to compare. */
  | { readonly kind: 'incomparable' }
  | { readonly kind: 'noticed'; readonly number: number }

/** @param transaction the one that writes the change; doing it again changes nothing */
export async function noticeChange(transaction: Kysely<BookSchema>, policyId: string, nowMs: number): Promise<Noticed> {
  const told = await transaction
    .selectFrom('premium_notices')
    .select(({ fn }) => fn.max<number | null>('number').as('number'))
    .where('policy_id', '=', policyId)
    .executeTakeFirstOrThrow()
  const from = await changeOf(transaction, policyId, told.number ?? 1)
  const latest = await changeOf(transaction, policyId)
  if (from === undefined || latest === undefined || latest.number <= from.number) return { kind: 'no-change' }
  if (!isNoticeable(from.premiumMinor, latest.premiumMinor)) return { kind: 'too-small' }
  const decomposed = decompose(parseWorksheet(from.worksheet), parseWorksheet(latest.worksheet))
  if (decomposed.kind !== 'parts') return { kind: 'incomparable' }
  await transaction
    .insertInto('premium_notices')
    .values({
      policy_id: policyId,
      number: latest.number,
      from_number: from.number,
      old_premium_id: from.premiumId,
      new_premium_id: latest.premiumId,
      old_minor: decomposed.oldMinor,
      new_minor: decomposed.newMinor,
      currency: latest.currency,
      parts: JSON.stringify(decomposed.parts),
      noticed_at_ms: nowMs,
    })
    .execute()
  return { kind: 'noticed', number: latest.number }
}

/** A change by its number, or the latest, with its premium. */
function changeOf(transaction: Kysely<BookSchema>, policyId: string, number?: number) {
  const query = transaction
    .selectFrom('premium_changes')
    .innerJoin('premiums', 'premiums.id', 'premium_changes.premium_id')
    .select([
      'premium_changes.number as number',
      'premiums.id as premiumId',
      'premiums.premium_minor as premiumMinor',
      'premiums.currency as currency',
      'premiums.worksheet as worksheet',
    ])
    .where('premium_changes.policy_id', '=', policyId)
  const chosen = number === undefined ? query : query.where('premium_changes.number', '=', number)
  return chosen.orderBy('premium_changes.number', 'desc').limit(1).executeTakeFirst()
}
