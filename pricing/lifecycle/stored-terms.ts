// The terms of policies in the book: one is opened when the policy is first priced in it, with what the term before cost at
// its end.

import type { Kysely } from 'kysely'
import type { Book, BookSchema, PolicyRow } from '../../store/book/schema.ts'
import { editionOf } from './active-edition.ts'
import { type Term, termAt } from './policy-term.ts'

export interface OpenTerm extends Term {
  /** Nothing was priced in it yet. */
  readonly isNew: boolean
  /** A year's premium at the end of the term before; null in the first. */
  readonly previousAnnualMinor: number | null
}

/** The policy's term at that time, opened where it is not. */
export async function openTerm(
  transaction: Kysely<BookSchema>,
  policy: Pick<PolicyRow, 'id' | 'created_at_ms' | 'time_zone'>,
  nowMs: number,
): Promise<OpenTerm> {
  const last = await transaction
    .selectFrom('policy_terms')
    .selectAll()
    .where('policy_id', '=', policy.id)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  // A clock that was set back does not take a term back.
  if (last !== undefined && nowMs < last.until_ms) {
    const { number, from_ms: fromMs, until_ms: untilMs, previous_annual_minor: previousAnnualMinor } = last
    return { number, fromMs, untilMs, previousAnnualMinor, isNew: false }
  }
  const term = termAt(policy.created_at_ms, policy.time_zone, nowMs)
  const previous = term.number === 1 ? null : await annualBefore(transaction, policy.id, term.fromMs)
  await transaction
    .insertInto('policy_terms')
    .values({
      policy_id: policy.id,
      number: term.number,
      from_ms: term.fromMs,
      until_ms: term.untilMs,
      previous_annual_minor: previous,
    })
    .execute()
  return { ...term, previousAnnualMinor: previous, isNew: true }
}

/** What the term before the latest cost at its end; null in the first. */
export async function previousAnnualMinor(book: Kysely<BookSchema>, policyId: string): Promise<number | null> {
  const row = await book
    .selectFrom('policy_terms')
    .select('previous_annual_minor')
    .where('policy_id', '=', policyId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.previous_annual_minor ?? null
}

/** A year of the premium that was paid as the time came; null where none was. */
async function annualBefore(transaction: Kysely<BookSchema>, policyId: string, atMs: number): Promise<number | null> {
  const paid = await transaction
    .selectFrom('premium_changes')
    .innerJoin('premiums', 'premiums.id', 'premium_changes.premium_id')
    .select(['premiums.premium_minor', 'premiums.edition_hash'])
    .where('premium_changes.policy_id', '=', policyId)
    .where('changed_at_ms', '<', atMs)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (paid === undefined) return null
  const edition = await editionOf(transaction, paid.edition_hash)
  return edition === undefined ? null : paid.premium_minor * edition.instalments
}

/** Policies whose term has ended, or has never been opened, by id. */
export async function policiesToRenew(book: Book, nowMs: number): Promise<readonly string[]> {
  const rows = await book
    .selectFrom('policies')
    .select('policies.id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('policy_terms')
            .select('policy_terms.number')
            .whereRef('policy_terms.policy_id', '=', 'policies.id')
            .where('policy_terms.until_ms', '>', nowMs),
        ),
      ),
    )
    .orderBy('policies.id')
    .execute()
  return rows.map(({ id }) => id)
}
