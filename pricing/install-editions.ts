// Puts the plans that Merit ships into a book, for every insurer that does not have them. A document that is in the book is never
// changed.

import { readFile } from 'node:fs/promises'
import type { Book, Product } from '../store/book/schema.ts'
import type { Edition } from './edition/edition-document.ts'
import { BadEdition, parseEdition } from './edition/parse-edition.ts'
import { planIdOf } from './plan-of.ts'

const shippedPlans = ['motor', 'home'] as const satisfies readonly Product[]

/** @throws BadEdition when a shipped plan is damaged or fails its own test cases */
export async function installEditions(book: Book, nowMs: number): Promise<void> {
  const insurers = await book.selectFrom('insurers').select('id').orderBy('created_at_ms').orderBy('id').execute()
  for (const { id: insurerId } of insurers) for (const name of shippedPlans) await installPlan(book, name, insurerId, nowMs)
}

async function installPlan(book: Book, name: Product, insurerId: string, nowMs: number): Promise<void> {
  const planId = planIdOf(insurerId, name)
  const isThere = await book.selectFrom('editions').select('hash').where('plan_id', '=', planId).limit(1).executeTakeFirst()
  if (isThere !== undefined) return
  const { edition, document } = await readShippedPlan(name, planId)
  await book.transaction().execute(async (transaction) => {
    const known = await transaction.selectFrom('editions').select('hash').where('plan_id', '=', edition.planId).executeTakeFirst()
    if (known !== undefined) return
    await transaction
      .insertInto('editions')
      .values({
        hash: edition.hash,
        plan_id: edition.planId,
        insurer_id: insurerId,
        product: edition.product,
        document,
        id: `${edition.planId}-${edition.hash.slice(0, 8)}`,
        status: 'active',
        known_at_ms: nowMs,
        active_from_ms: nowMs,
        active_until_ms: null,
        approved_hash: edition.hash,
        based_on: null,
      })
      .execute()
    await transaction
      .insertInto('edition_events')
      .values({
        edition_id: `${edition.planId}-${edition.hash.slice(0, 8)}`,
        number: 1,
        done_at_ms: nowMs,
        done_by: null,
        done_by_name: null,
        action: 'install',
        from_status: null,
        to_status: 'active',
        hash: edition.hash,
        comment: '',
      })
      .execute()
  })
}

/** The plan of this name in the plans folder, checked, as the plan of that id. */
export async function readShippedPlan(
  name: Product,
  planId: string = name,
): Promise<{ readonly edition: Edition; readonly document: string }> {
  const value: unknown = JSON.parse(await readFile(new URL(`./plans/${name}.json`, import.meta.url), 'utf8'))
  const parsed = parseEdition(typeof value === 'object' ? { ...value, planId } : value)
  if (parsed.kind === 'invalid')
    throw new BadEdition(`The plan ${name} that Merit ships does not parse: ${parsed.problems.join('; ')}`)
  return { edition: parsed.edition, document: parsed.document }
}
