// The lines of a filter as CSV, piece by piece: a book of any length is never held whole, and others get their turn in between.

import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { Book } from '../../store/book/schema.ts'
import { sayBook } from '../messages/book.ts'
import type { Locale } from '../messages/locale.ts'
import { say } from '../messages/say.ts'
import { type BookQuery, readLines } from './book-list.ts'
import type { BookLine } from './book-shapes.ts'
import { byteOrderMark, csvRows } from './csv-rows.ts'

const linesPerPiece = 500

const columns = [
  { key: 'policy', cell: (line: BookLine) => line.id },
  { key: 'holder', cell: (line: BookLine) => line.holder },
  { key: 'product', cell: (line: BookLine, locale: Locale) => say(locale, `product.${line.product}`) },
  { key: 'plan', cell: (line: BookLine) => line.planId },
  { key: 'currency', cell: (line: BookLine) => line.premium?.currency ?? '' },
  { key: 'class', cell: (line: BookLine) => hundredths(line.premium?.classPremiumMinor) },
  { key: 'own', cell: (line: BookLine) => hundredths(line.premium?.premiumMinor) },
  { key: 'difference', cell: (line: BookLine) => hundredths(line.premium?.difference) },
  { key: 'trips', cell: (line: BookLine) => String(line.trips) },
  { key: 'days', cell: (line: BookLine) => String(line.days) },
  { key: 'quality', cell: (line: BookLine) => (line.quality === null ? '' : line.quality.toFixed(4)) },
  { key: 'heard', cell: (line: BookLine) => (line.heardAtMs === null ? '' : new Date(line.heardAtMs).toISOString()) },
  { key: 'disputes', cell: (line: BookLine) => String(line.openDisputes) },
  { key: 'noticed', cell: (line: BookLine) => (line.noticedAtMs === null ? '' : new Date(line.noticedAtMs).toISOString()) },
] as const

/** Numbers are written with a point and without separators. */
export async function* bookCsv(
  book: Book,
  insurerId: string,
  { sort = 'policy', order = 'asc', ...filter }: Omit<BookQuery, 'cursor' | 'limit' | 'at'>,
  locale: Locale,
  nowMs: number,
): AsyncGenerator<string> {
  yield byteOrderMark + csvRows([columns.map(({ key }) => sayBook(locale, `csv.${key}`))])
  let after: readonly [number | string, string] | undefined
  for (;;) {
    const wanted = { filter, sort, isDescending: order === 'desc', after, at: 0, limit: linesPerPiece }
    const read = await readLines(book, insurerId, wanted, nowMs)
    if (read.length > 0) yield csvRows(read.map(({ line }) => columns.map(({ cell }) => cell(line, locale))))
    const last = read.at(-1)
    if (last === undefined || read.length < linesPerPiece) return
    after = [last.sortedBy, last.line.id]
    await letOthersIn()
  }
}

/** A whole number of hundredths as a decimal, with the point where it belongs. */
function hundredths(minor: number | undefined): string {
  return minor === undefined ? '' : (minor / 100).toFixed(2)
}
