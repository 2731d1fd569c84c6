// The book at a glance: how far premiums are from their class prices, what the book is made of, how good its data is, and what needs
// somebody today. Counted along the indexes, and not more often than once in a while however many look.

import { sql } from 'kysely'
import type { Book } from '../../store/book/schema.ts'
import { fairFrom, goodFrom, noticeDays } from './book-bands.ts'
import { filteredLines, hasNoData, isSilent } from './book-filter.ts'
import { sumsOfBook } from './book-list.ts'
import type { BookOverview } from './book-shapes.ts'

const dayMs = 86_400_000
/** However many pages ask, a book is counted this often at most. */
const countEveryMs = 2_000

/** Ten points wide between half and one and a half times the class price; outside there is one on each side. */
const step = 1_000
const lowest = -5_000
const highest = 5_000
const bounds: readonly (number | null)[] = [
  null,
  ...Array.from({ length: (highest - lowest) / step + 1 }, (_, index) => lowest + index * step),
  null,
]

interface Kept {
  readonly countedAtMs: number
  readonly overview: Promise<BookOverview>
}

const kept = new WeakMap<Book, Map<string, Kept>>()

export function overviewOfBook(book: Book, insurerId: string, nowMs: number): Promise<BookOverview> {
  const ofBook = kept.get(book) ?? new Map<string, Kept>()
  kept.set(book, ofBook)
  const last = ofBook.get(insurerId)
  if (last !== undefined && nowMs - last.countedAtMs < countEveryMs) return last.overview
  const overview = countBook(book, insurerId, nowMs)
  ofBook.set(insurerId, { countedAtMs: nowMs, overview })
  // A failure is told to those who asked now, not to those who ask next.
  overview.catch(() => ofBook.delete(insurerId))
  return overview
}

async function countBook(book: Book, insurerId: string, nowMs: number): Promise<BookOverview> {
  const lines = filteredLines(book, insurerId, {}, nowMs)
  const counted = async (query: typeof lines): Promise<number> =>
    (await query.select(({ fn }) => fn.countAll<number>().as('policies')).executeTakeFirstOrThrow()).policies
  const between = (column: string, from: number | null, to: number | null): Promise<number> => {
    let query = lines.where(sql<boolean>`${sql.raw(column)} >= ${from ?? -999_999}`)
    if (to !== null) query = query.where(sql<boolean>`${sql.raw(column)} < ${to}`)
    return counted(query)
  }

  const differences: BookOverview['differences'] = []
  for (const [index, to] of bounds.entries()) {
    const from = bounds[index - 1]
    if (from === undefined) continue
    differences.push({ from, to, policies: await between('coalesce(difference, -1000000)', from, to) })
  }
  const quality = 'coalesce(quality, -1)'
  const plans = await lines
    .select(({ fn }) => [
      'currency',
      'product',
      'plan_id',
      fn.countAll<number>().as('policies'),
      fn.sum<number | null>('premium_minor').as('own'),
      fn.sum<number | null>('class_premium_minor').as('class'),
    ])
    .groupBy(['currency', 'product', 'plan_id'])
    .execute()
  const disputes = await book
    .selectFrom('disputes')
    .innerJoin('policies', 'policies.id', 'disputes.policy_id')
    .where('disputes.status', '=', 'open')
    .where('policies.insurer_id', '=', insurerId)
    .select(({ fn }) => [fn.countAll<number>().as('open'), fn.min<number | null>('disputes.created_at_ms').as('oldest')])
    .executeTakeFirstOrThrow()
  const submitted = await book
    .selectFrom('editions')
    .where('insurer_id', '=', insurerId)
    .where('status', '=', 'submitted')
    .select(({ fn }) => fn.countAll<number>().as('editions'))
    .executeTakeFirstOrThrow()
  return {
    ...(await sumsOfBook(book, insurerId, {}, nowMs)),
    differences,
    plans: plans.flatMap(({ currency, product, plan_id: planId, policies, own, class: classMinor }) =>
      currency === null ? [] : [{ currency, product, planId, policies, ownMinor: own ?? 0, classMinor: classMinor ?? 0 }],
    ),
    quality: [
      { band: 'good', policies: await between(quality, goodFrom, null) },
      { band: 'fair', policies: await between(quality, fairFrom, goodFrom) },
      { band: 'poor', policies: await between(quality, 0, fairFrom) },
      { band: 'none', policies: await between(quality, -1, 0) },
    ],
    attention: {
      disputes: disputes.open,
      oldestDisputeAtMs: disputes.oldest,
      disputedPolicies: await counted(lines.where('open_disputes', '>', 0)),
      silent: await counted(lines.where(isSilent(nowMs))),
      noData: await counted(lines.where(hasNoData)),
      notices: await counted(lines.where('noticed_at_ms', '>=', nowMs - noticeDays * dayMs)),
      submittedEditions: submitted.editions,
    },
    countedAtMs: nowMs,
  }
}
