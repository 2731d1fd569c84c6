// Puts the plans that Merit ships into a book that does not have them. A document that is in the book is never changed.

import { readFile } from 'node:fs/promises'
import type { Book } from '../store/book/schema.ts'
import type { Edition } from './edition/edition-document.ts'
import { BadEdition, parseEdition } from './edition/parse-edition.ts'

const shippedPlans = ['motor', 'home'] as const

/** @throws BadEdition when a shipped plan is damaged or fails its own test cases */
export async function installEditions(book: Book, nowMs: number): Promise<void> {
  for (const name of shippedPlans) {
    const { edition, document } = await readShippedPlan(name)
    await book.transaction().execute(async (transaction) => {
      const known = await transaction
        .selectFrom('editions')
        .select('hash')
        .where('plan_id', '=', edition.planId)
        .executeTakeFirst()
      if (known !== undefined) return
      await transaction
        .insertInto('editions')
        .values({
          hash: edition.hash,
          plan_id: edition.planId,
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
}

/** The plan of this name in the plans folder, checked. */
export async function readShippedPlan(
  name: (typeof shippedPlans)[number],
): Promise<{ readonly edition: Edition; readonly document: string }> {
  const value: unknown = JSON.parse(await readFile(new URL(`./plans/${name}.json`, import.meta.url), 'utf8'))
  const parsed = parseEdition(value)
  if (parsed.kind === 'invalid')
    throw new BadEdition(`The plan ${name} that Merit ships does not parse: ${parsed.problems.join('; ')}`)
  return { edition: parsed.edition, document: parsed.document }
}
