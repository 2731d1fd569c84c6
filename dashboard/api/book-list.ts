// The insurer's book line by line: pages in any order, from a cursor or from a place in the list, and the sums of a filter.

import { sql } from 'kysely'
import Type from 'typebox'
import type { Book } from '../../store/book/schema.ts'
import { type BookOrder, bookOrders } from './book-bands.ts'
import { filteredLines, isNarrow, sortKey } from './book-filter.ts'
import type { BookFilter, BookLine, BookSummary } from './book-shapes.ts'
import { listOrder, type Page } from './page.ts'
import type { Refusal } from './route.ts'

export interface BookQuery extends BookFilter {
  readonly sort?: BookOrder
  readonly order?: 'asc' | 'desc'
  readonly cursor?: string
  readonly limit?: number
  readonly at?: number
}

export interface LinesWanted {
  readonly filter: BookFilter
  readonly sort: BookOrder
  readonly isDescending: boolean
  /** The key of the last line shown. */
  readonly after: readonly [number | string, string] | undefined
  readonly at: number
  readonly limit: number
}

const key = Type.Tuple([Type.Union([Type.String(), Type.Number()]), Type.String()])

/** Each order of the list has cursors of its own. */
const orders = new Map(
  bookOrders.flatMap((sort) =>
    (['asc', 'desc'] as const).map((order) => [`${sort} ${order}`, listOrder(`book ${sort} ${order}`, key)] as const),
  ),
)

export async function pageOfBook(
  book: Book,
  insurerId: string,
  { sort = 'policy', order = 'asc', cursor, limit, at = 0, ...filter }: BookQuery,
  nowMs: number,
): Promise<Page<BookLine> | Refusal> {
  const pages = orders.get(`${sort} ${order}`)
  if (pages === undefined) throw new Error(`there is no order ${sort} ${order}`)
  const start = pages.start({ ...(cursor === undefined ? {} : { cursor }), ...(limit === undefined ? {} : { limit }) })
  if (start.kind === 'refused') return start
  const wanted = { filter, sort, isDescending: order === 'desc', after: start.after, at, limit: start.limit + 1 }
  const read = await readLines(book, insurerId, wanted, nowMs)
  const { rows, next } = pages.cut(read, start.limit, ({ sortedBy, line }) => [sortedBy, line.id])
  return { items: rows.map(({ line }) => line), next }
}

export interface ReadLine {
  readonly sortedBy: number | string
  readonly line: BookLine
}

export async function readLines(
  book: Book,
  insurerId: string,
  { filter, sort, isDescending, after, at, limit }: LinesWanted,
  nowMs: number,
): Promise<readonly ReadLine[]> {
  const direction = isDescending ? 'desc' : 'asc'
  const by = sortKey(sort)
  let query = filteredLines(book, insurerId, filter, nowMs)
  if (after !== undefined)
    query = query.where(
      isDescending
        ? sql<boolean>`(${by}, policy_id) < (${after[0]}, ${after[1]})`
        : sql<boolean>`(${by}, policy_id) > (${after[0]}, ${after[1]})`,
    )
  const rows = await query
    .selectAll()
    .select(by.as('sorted_by'))
    // A plus keeps SQLite from walking the order's index where few lines are left to be sorted.
    .orderBy(isNarrow(filter) ? sql`+${by}` : by, direction)
    .orderBy(isNarrow(filter) ? sql`+policy_id` : sql`policy_id`, direction)
    .limit(limit)
    .offset(at)
    .execute()
  return rows.map((row) => {
    const { premium_minor: premiumMinor, class_premium_minor: classPremiumMinor, currency } = row
    const isPriced = premiumMinor !== null && classPremiumMinor !== null && currency !== null
    const line: BookLine = {
      id: row.policy_id,
      product: row.product,
      planId: row.plan_id,
      holder: row.holder_name,
      premium: isPriced ? { premiumMinor, classPremiumMinor, currency, difference: row.difference ?? 0 } : null,
      trips: row.trips,
      days: row.days,
      quality: row.quality === null ? null : row.quality / 10_000,
      isConnected: row.connected > 0,
      heardAtMs: row.heard_at_ms,
      openDisputes: row.open_disputes,
      noticedAtMs: row.noticed_at_ms,
    }
    return { sortedBy: row.sorted_by, line }
  })
}

export async function sumsOfBook(book: Book, insurerId: string, filter: BookFilter, nowMs: number): Promise<BookSummary> {
  const rows = await filteredLines(book, insurerId, filter, nowMs)
    .select(({ fn }) => [
      'currency',
      fn.countAll<number>().as('policies'),
      fn.sum<number | null>('premium_minor').as('own'),
      fn.sum<number | null>('class_premium_minor').as('class'),
    ])
    .groupBy('currency')
    .execute()
  return {
    policies: rows.reduce((sum, { policies }) => sum + policies, 0),
    sums: rows.flatMap(({ currency, policies, own, class: classMinor }) =>
      currency === null ? [] : [{ currency, policies, ownMinor: own ?? 0, classMinor: classMinor ?? 0 }],
    ),
  }
}
