// The premium of a policy as it stands, with its worksheet.

import { Compile } from 'typebox/compile'
import type { Book } from '../store/book/schema.ts'
import { BadFacts } from './stored-facts.ts'
import { type Worksheet, WorksheetSchema } from './worksheet.ts'

/** The dashboard's Premium. */
export interface CurrentPremium extends Worksheet {
  readonly id: string
  readonly computedAtMs: number
}

const validator = Compile(WorksheetSchema)

/** @throws BadFacts when the stored worksheet does not parse */
export function parseWorksheet(text: string): Worksheet {
  const value: unknown = JSON.parse(text)
  if (validator.Check(value)) return value
  throw new BadFacts('A stored worksheet does not have the form of a worksheet.')
}

/** Undefined for a policy that does not exist or has no premium yet. */
export async function currentPremium(book: Book, policyId: string): Promise<CurrentPremium | undefined> {
  const row = await book
    .selectFrom('policies')
    .innerJoin('premiums', 'premiums.id', 'policies.current_premium_id')
    .select(['premiums.id as id', 'premiums.worksheet as worksheet', 'premiums.computed_at_ms as computedAtMs'])
    .where('policies.id', '=', policyId)
    .executeTakeFirst()
  return row === undefined ? undefined : { ...parseWorksheet(row.worksheet), id: row.id, computedAtMs: row.computedAtMs }
}
