// Premiums and what they rest on, out of the book. What is stored as JSON is parsed here before anyone sees it.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { activeEdition } from '../../pricing/lifecycle/active-edition.ts'
import { rungsOfEdition } from '../../pricing/nudging/policy-weeks.ts'
import { parseWorksheet } from '../../pricing/premium-of.ts'
import { type Facts, HomeFactsSchema, MotorFactsSchema } from '../../pricing/rating/facts.ts'
import type { Rungs } from '../../pricing/trip-facts.ts'
import type { Worksheet } from '../../pricing/worksheet.ts'
import type { Book } from '../../store/book/schema.ts'
import { listOrder, type Page, type PageQuery } from './page.ts'
import type { Refusal } from './route.ts'
import { type Nudge, NudgeFiguresSchema, type PaidPremium, type Premium } from './shapes.ts'

const factsForm = Compile(Type.Union([MotorFactsSchema, HomeFactsSchema]))
const figuresForm = Compile(NudgeFiguresSchema)

/** A stored row does not hold what this version of Merit writes. */
export class BadPremium extends Error {
  readonly code = 'bad-premium'
}

export interface StoredPremium {
  readonly id: string
  readonly computedAtMs: number
  readonly worksheet: Worksheet
  readonly facts: Facts
}

/** The premium a policy pays now; undefined before the first was computed. */
export async function currentPremiumOf(book: Book, policyId: string): Promise<StoredPremium | undefined> {
  const row = await book
    .selectFrom('policies')
    .innerJoin('premiums', 'premiums.id', 'policies.current_premium_id')
    .where('policies.id', '=', policyId)
    .select(['premiums.id', 'premiums.computed_at_ms', 'premiums.worksheet', 'premiums.facts'])
    .executeTakeFirst()
  if (row === undefined) return undefined
  const facts: unknown = JSON.parse(row.facts)
  if (!factsForm.Check(facts)) throw new BadPremium(`The facts of premium ${row.id} do not fit their schema.`)
  return { id: row.id, computedAtMs: row.computed_at_ms, worksheet: parseWorksheet(row.worksheet), facts }
}

export function toPremium({ id, computedAtMs, worksheet }: StoredPremium): Premium {
  return { ...worksheet, steps: [...worksheet.steps], id, computedAtMs }
}

const byNumber = listOrder('premiums', Type.Tuple([Type.Integer()]))

/** What was paid from when on, the newest first. The same premium may come again: a correction that is taken back leads to it. */
export async function premiumHistoryOf(book: Book, policyId: string, query: PageQuery): Promise<Page<PaidPremium> | Refusal> {
  const start = byNumber.start(query)
  if (start.kind === 'refused') return start
  const { after, limit } = start
  const all = book
    .selectFrom('premium_changes')
    .innerJoin('premiums', 'premiums.id', 'premium_changes.premium_id')
    .select(['premiums.id', 'premiums.premium_minor', 'premium_changes.changed_at_ms', 'premium_changes.number'])
    .where('premium_changes.policy_id', '=', policyId)
  const from = after === undefined ? all : all.where('premium_changes.number', '<', after[0])
  const read = await from
    .orderBy('premium_changes.number', 'desc')
    .limit(limit + 1)
    .execute()
  const { rows, next } = byNumber.cut(read, limit, ({ number }) => [number])
  const items = rows.map((row) => ({ id: row.id, premiumMinor: row.premium_minor, computedAtMs: row.changed_at_ms }))
  return { items, next }
}

/** Of the current premium, the most rewarding first. */
export async function nudgesOf(book: Book, policyId: string): Promise<Nudge[]> {
  const rows = await book
    .selectFrom('policies')
    .innerJoin('premiums', 'premiums.id', 'policies.current_premium_id')
    .innerJoin('nudges', 'nudges.premium_id', 'premiums.id')
    .where('policies.id', '=', policyId)
    .select(['nudges.id', 'nudges.behaviour', 'nudges.saving_minor', 'nudges.figures', 'premiums.currency'])
    .orderBy('nudges.rank')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    policyId,
    behaviour: row.behaviour,
    savingMinor: row.saving_minor,
    currency: row.currency,
    figures: parseFigures(row.id, row.figures),
  }))
}

/** The rungs at which the active edition of a plan counts hard events; the usual ones before there is an edition. */
export async function rungsOf(book: Book, planId: string): Promise<Rungs> {
  return rungsOfEdition(await activeEdition(book, planId))
}

function parseFigures(id: string, text: string): Nudge['figures'] {
  const figures: unknown = JSON.parse(text)
  if (figuresForm.Check(figures)) return figures
  throw new BadPremium(`The figures of nudge ${id} do not fit their schema.`)
}
