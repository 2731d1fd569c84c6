// What the edition in a plan's shadow would change, over the premiums that are charged now.

import type { Book } from '../../store/book/schema.ts'
import { findEdition, type Ownership } from './edition-book.ts'
import { shadowOf } from './shadow.ts'

/** Policies named on either side. */
const namedMax = 20

export interface ShadowDifference {
  readonly policyId: string
  readonly chargedMinor: number
  readonly shadowMinor: number
}

export interface ShadowReport {
  readonly planId: string
  readonly editionHash: string
  readonly currency: string | null
  /** With a current premium; those that the shadow has priced; those that it cannot price. */
  readonly policies: number
  readonly priced: number
  readonly problems: readonly { readonly policyId: string; readonly problem: string }[]
  /** Sums over the priced ones, a month. */
  readonly chargedMinor: number
  readonly shadowMinor: number
  readonly lower: number
  readonly equal: number
  readonly higher: number
  /** The largest changes up and down by amount. */
  readonly largest: readonly ShadowDifference[]
}

/** Undefined while nothing is priced in the plan's shadow, and for another insurer's plan. */
export async function shadowReport(book: Book, planId: string, insurerId?: Ownership): Promise<ShadowReport | undefined> {
  const editionHash = await shadowOf(book, planId)
  if (editionHash === undefined || (await findEdition(book, editionHash, insurerId)) === undefined) return undefined
  const rows = await book
    .selectFrom('policies')
    .innerJoin('premiums', 'premiums.id', 'policies.current_premium_id')
    .leftJoin('shadow_premiums', (join) =>
      join.onRef('shadow_premiums.premium_id', '=', 'premiums.id').on('shadow_premiums.edition_hash', '=', editionHash),
    )
    .select([
      'policies.id as policyId',
      'premiums.premium_minor as chargedMinor',
      'premiums.currency as currency',
      'shadow_premiums.premium_minor as shadowMinor',
      'shadow_premiums.problem as problem',
    ])
    .where('policies.plan_id', '=', planId)
    .orderBy('policies.id')
    .execute()
  const priced = rows.flatMap(({ policyId, chargedMinor, shadowMinor }): ShadowDifference[] =>
    shadowMinor === null ? [] : [{ policyId, chargedMinor, shadowMinor }],
  )
  const changeOf = ({ chargedMinor, shadowMinor }: ShadowDifference) => shadowMinor - chargedMinor
  const count = (isSo: (change: number) => boolean) => priced.filter((one) => isSo(changeOf(one))).length
  return {
    planId,
    editionHash,
    currency: rows[0]?.currency ?? null,
    policies: rows.length,
    priced: priced.length,
    problems: rows.flatMap(({ policyId, problem }) => (problem === null ? [] : [{ policyId, problem }])).slice(0, namedMax),
    chargedMinor: priced.reduce((sum, { chargedMinor }) => sum + chargedMinor, 0),
    shadowMinor: priced.reduce((sum, { shadowMinor }) => sum + shadowMinor, 0),
    lower: count((change) => change < 0),
    equal: count((change) => change === 0),
    higher: count((change) => change > 0),
    largest: priced
      .filter((one) => changeOf(one) !== 0)
      .toSorted((one, other) => Math.abs(changeOf(other)) - Math.abs(changeOf(one)))
      .slice(0, namedMax),
  }
}
