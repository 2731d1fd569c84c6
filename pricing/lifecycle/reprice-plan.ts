// All policies of a plan are priced anew, in the order of their ids, some at a time: what is still to be done is in the book,
// so that a restart goes on where it was.

import type { Kysely } from 'kysely'
import type { Book, BookSchema } from '../../store/book/schema.ts'

/** Policies whose ids are read at once. */
export const policiesPerBatch = 50

const prefix = 'reprice/'

/** @param transaction the one that changes what they are priced with */
export async function queueRepricing(transaction: Kysely<BookSchema>, planId: string): Promise<void> {
  await transaction
    .insertInto('cursors')
    .values({ name: `${prefix}${planId}`, value: '' })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: '' }))
    .execute()
}

export interface RepricingBatch {
  readonly planId: string
  readonly policyIds: readonly string[]
  /** Where it stood when these were read. */
  readonly after: string
}

/** What is to be priced next; undefined when nothing waits. */
export async function nextRepricing(book: Book): Promise<RepricingBatch | undefined> {
  const queued = await book
    .selectFrom('cursors')
    .selectAll()
    .where('name', '>=', prefix)
    .where('name', '<', 'reprice0')
    .orderBy('name')
    .executeTakeFirst()
  if (queued === undefined) return undefined
  const planId = queued.name.slice(prefix.length)
  const rows = await book
    .selectFrom('policies')
    .select('id')
    .where('plan_id', '=', planId)
    .where('id', '>', queued.value)
    .orderBy('id')
    .limit(policiesPerBatch)
    .execute()
  return { planId, policyIds: rows.map(({ id }) => id), after: queued.value }
}

/** Notes that all of a batch was tried. What was queued again in the meantime starts anew. */
export async function passRepricing(book: Book, { planId, policyIds, after }: RepricingBatch): Promise<void> {
  const name = `${prefix}${planId}`
  const last = policyIds.at(-1)
  if (last === undefined) await book.deleteFrom('cursors').where('name', '=', name).where('value', '=', after).execute()
  else await book.updateTable('cursors').set({ value: last }).where('name', '=', name).where('value', '=', after).execute()
}
