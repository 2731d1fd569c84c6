// Whose policy something is about, remembered: a policy never changes its insurer, and every live event asks.

import type { Book } from '../../store/book/schema.ts'
import type { InsurerOf } from './live-hub.ts'

/** Ids of two dozen bytes each: a few megabytes. */
const policiesRememberedMax = 50_000

export function insurerOfPolicies(book: Book): InsurerOf {
  const known = new Map<string, string>()
  return async (policyId) => {
    const remembered = known.get(policyId)
    if (remembered !== undefined) return remembered
    const row = await book.selectFrom('policies').select('insurer_id').where('id', '=', policyId).executeTakeFirst()
    if (row === undefined) return undefined
    if (known.size >= policiesRememberedMax) known.clear()
    known.set(policyId, row.insurer_id)
    return row.insurer_id
  }
}
