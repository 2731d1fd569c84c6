// Which lines of the book a filter means, and in which order they come: the parts that the list, its sums and its CSV share.

import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Book } from '../../store/book/schema.ts'
import { type BookOrder, fairFrom, goodFrom, noticeDays, type QualityBand, silentDays } from './book-bands.ts'
import type { BookFilter } from './book-shapes.ts'

const dayMs = 86_400_000

/** Words of a search beyond these narrow nothing any more. */
const searchWordsMax = 8

/** Every line of one insurer that the filter lets through. */
export function filteredLines(book: Book, insurerId: string, filter: BookFilter, nowMs: number) {
  let query = book.selectFrom('book_lines').where('insurer_id', '=', insurerId)
  const { q, product, plan, ownFrom, ownTo, differenceFrom, differenceTo, quality, attention } = filter
  if (q !== undefined && q.trim() !== '') query = query.where(matchesWords(q))
  if (product !== undefined) query = query.where('product', '=', product)
  if (plan !== undefined) query = query.where('plan_id', '=', plan)
  if (ownFrom !== undefined) query = query.where('premium_minor', '>=', ownFrom)
  if (ownTo !== undefined) query = query.where('premium_minor', '<=', ownTo)
  if (differenceFrom !== undefined) query = query.where('difference', '>=', differenceFrom)
  if (differenceTo !== undefined) query = query.where('difference', '<', differenceTo)
  if (quality !== undefined) query = query.where(inBand(quality))
  if (attention === 'dispute') query = query.where('open_disputes', '>', 0)
  if (attention === 'silent') query = query.where(isSilent(nowMs))
  if (attention === 'no-data') query = query.where(hasNoData)
  if (attention === 'notice') query = query.where('noticed_at_ms', '>=', nowMs - noticeDays * dayMs)
  return query
}

/** So few lines that sorting them is quicker than walking the whole book in order. */
export function isNarrow({ q, attention }: BookFilter): boolean {
  return (q !== undefined && q.trim() !== '') || attention === 'dispute' || attention === 'notice'
}

export const hasNoData = sql<SqlBool>`trips = 0 AND days = 0`

export function isSilent(nowMs: number): Expression<SqlBool> {
  return sql<SqlBool>`coalesce(heard_at_ms, 0) BETWEEN 1 AND ${nowMs - silentDays * dayMs} AND connected = 0`
}

/** As the index over the qualities has it. */
export function inBand(band: QualityBand): Expression<SqlBool> {
  const quality = sql<number>`coalesce(quality, -1)`
  switch (band) {
    case 'good':
      return sql<SqlBool>`${quality} >= ${goodFrom}`
    case 'fair':
      return sql<SqlBool>`${quality} >= ${fairFrom} AND ${quality} < ${goodFrom}`
    case 'poor':
      return sql<SqlBool>`${quality} >= 0 AND ${quality} < ${fairFrom}`
    case 'none':
      return sql<SqlBool>`${quality} = -1`
  }
}

/**
 * Every word, or its beginning, somewhere in the line. What a person types is never syntax: each word is a quoted phrase, which the
 * tokenizer takes apart as it took apart what is searched (`car-12` is `car` followed by what begins with `12`).
 */
function matchesWords(q: string): Expression<SqlBool> {
  const words = q
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, searchWordsMax)
  if (words.length === 0) return sql<SqlBool>`0`
  const match = words.map((word) => `"${word.replaceAll('"', '""').replaceAll('\0', '')}"*`).join(' ')
  return sql<SqlBool>`number IN (SELECT rowid FROM book_words WHERE book_words MATCH ${match})`
}

/** What is sorted by, spelled as its index is; never null, so that a page can begin after any of it. */
export function sortKey(order: BookOrder): RawBuilder<number | string> {
  switch (order) {
    case 'policy':
      return sql<string>`policy_id`
    case 'holder':
      return sql<string>`holder_name`
    case 'class':
      return sql<number>`coalesce(class_premium_minor, -1)`
    case 'own':
      return sql<number>`coalesce(premium_minor, -1)`
    case 'difference':
      return sql<number>`coalesce(difference, -1000000)`
    case 'trips':
      return sql<number>`trips`
    case 'quality':
      return sql<number>`coalesce(quality, -1)`
    case 'heard':
      return sql<number>`coalesce(heard_at_ms, 0)`
  }
}
