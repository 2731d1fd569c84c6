// Champion and challenger: a submitted edition may be priced in the shadow of the plan's active one. One is charged, both are
// kept; nothing that a policyholder sees comes from here.

import type { Kysely } from 'kysely'
import type { EditionRow } from '../../store/book/edition-rows.ts'
import type { Book, BookSchema, PolicyRow } from '../../store/book/schema.ts'
import { acceptedCorrections } from '../accepted-corrections.ts'
import type { Edition } from '../edition/edition-document.ts'
import { policyFacts } from '../policy-facts.ts'
import type { Facts } from '../rating/facts.ts'
import { ratePremium } from '../rating/rate.ts'
import { UnknownLevel } from '../rating/unknown-level.ts'
import { BadFacts } from '../stored-facts.ts'
import { editionOf } from './active-edition.ts'
import { type Actor, findEdition, noteEvent } from './edition-book.ts'
import { queueRepricing } from './reprice-plan.ts'

const mayShadow: readonly EditionRow['status'][] = ['submitted', 'approved', 'scheduled']

/** In the order they are checked. */
export type ShadowSet =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wrong-state'; readonly status: EditionRow['status']; readonly allowed: readonly EditionRow['status'][] }
  | { readonly kind: 'done'; readonly row: EditionRow }

/** Prices an edition in the shadow of its plan from now on, instead of the one that was; or no longer. */
export function setShadow(book: Book, reference: string, isOn: boolean, actor: Actor, nowMs: number): Promise<ShadowSet> {
  return book.transaction().execute(async (transaction) => {
    const row = await findEdition(transaction, reference, actor.insurerId)
    if (row === undefined) return { kind: 'unknown' }
    if (!isOn) {
      await endShadowOf(transaction, row, actor, nowMs)
      return { kind: 'done', row }
    }
    if (!mayShadow.includes(row.status)) return { kind: 'wrong-state', status: row.status, allowed: mayShadow }
    const before = await shadowOf(transaction, row.plan_id)
    if (before === row.hash) return { kind: 'done', row }
    const formerRow = before === undefined ? undefined : await findEdition(transaction, before)
    if (formerRow !== undefined) await endShadowOf(transaction, formerRow, actor, nowMs)
    await transaction
      .insertInto('edition_shadows')
      .values({ plan_id: row.plan_id, edition_hash: row.hash, set_at_ms: nowMs, set_by: actor.id })
      .execute()
    await note(transaction, row, 'shadow', actor, nowMs)
    await queueRepricing(transaction, row.plan_id)
    return { kind: 'done', row }
  })
}

/** Ends the shadow where it is this edition; otherwise changes nothing. */
export async function endShadowOf(
  transaction: Kysely<BookSchema>,
  row: EditionRow,
  actor: Actor | undefined,
  nowMs: number,
): Promise<void> {
  const ended = await transaction.deleteFrom('edition_shadows').where('edition_hash', '=', row.hash).executeTakeFirst()
  if (ended.numDeletedRows > 0n) await note(transaction, row, 'unshadow', actor, nowMs)
}

function note(
  transaction: Kysely<BookSchema>,
  { id, hash, status }: EditionRow,
  action: 'shadow' | 'unshadow',
  actor: Actor | undefined,
  nowMs: number,
): Promise<void> {
  const event = { edition_id: id, done_at_ms: nowMs, action, from_status: status, to_status: status, hash, comment: '' }
  return noteEvent(transaction, event, actor)
}

/** Hash of the edition that is priced in the plan's shadow. */
export async function shadowOf(book: Kysely<BookSchema>, planId: string): Promise<string | undefined> {
  const row = await book.selectFrom('edition_shadows').select('edition_hash').where('plan_id', '=', planId).executeTakeFirst()
  return row?.edition_hash
}

/** Keeps what the plan's shadow makes of a policy beside its premium, once; that it cannot is kept too. */
export async function priceInShadow(
  transaction: Kysely<BookSchema>,
  policy: PolicyRow,
  premiumId: string,
  previousTermAnnualMinor: number | null,
  nowMs: number,
): Promise<void> {
  const hash = await shadowOf(transaction, policy.plan_id)
  if (hash === undefined) return
  const kept = await transaction
    .selectFrom('shadow_premiums')
    .select('premium_id')
    .where('premium_id', '=', premiumId)
    .where('edition_hash', '=', hash)
    .executeTakeFirst()
  const edition = kept === undefined ? await editionOf(transaction, hash) : undefined
  if (edition === undefined) return
  const priced = await priceWith(transaction, policy, edition, previousTermAnnualMinor)
  await transaction
    .insertInto('shadow_premiums')
    .values({ premium_id: premiumId, edition_hash: hash, policy_id: policy.id, ...priced, computed_at_ms: nowMs })
    .execute()
}

async function priceWith(
  transaction: Kysely<BookSchema>,
  policy: PolicyRow,
  edition: Edition,
  previousTermAnnualMinor: number | null,
): Promise<
  { readonly premium_minor: number; readonly problem: null } | { readonly premium_minor: null; readonly problem: string }
> {
  try {
    const facts = await policyFacts(transaction, policy, edition, await acceptedCorrections(transaction, policy.id))
    return { premium_minor: ratePremium(edition, withTermBefore(facts, edition, previousTermAnnualMinor)), problem: null }
  } catch (error) {
    if (error instanceof UnknownLevel || error instanceof BadFacts) return { premium_minor: null, problem: error.message }
    throw error
  }
}

/** The facts for an edition that limits how far a term's premium is from that of the term before. */
export function withTermBefore(facts: Facts, edition: Edition, previousTermAnnualMinor: number | null): Facts {
  if (edition.guardRails.maxChangePerTerm === undefined || previousTermAnnualMinor === null) return facts
  return { ...facts, previousTermAnnualMinor }
}
