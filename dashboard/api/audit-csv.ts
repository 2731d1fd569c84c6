// What was written down as CSV, piece by piece and the oldest first: years of it are never held whole, and others get their turn in
// between. Times and actions stand as the API writes them, so that the file can be filtered; a last column says the action in words.

import { setImmediate as letOthersIn } from 'node:timers/promises'
import type { Book } from '../../store/book/schema.ts'
import type { AuditEventRow } from '../../store/book/tenant-rows.ts'
import { auditWord, sayAudit } from '../messages/audit.ts'
import type { Locale } from '../messages/locale.ts'
import { type AuditFilter, filteredEvents } from './audit-filter.ts'
import { byteOrderMark, csvRows } from './csv-rows.ts'

const rowsPerPiece = 500

const columns = [
  { title: 'number', cell: ({ number }: AuditEventRow) => String(number) },
  { title: 'when', cell: ({ at_ms }: AuditEventRow) => new Date(at_ms).toISOString() },
  { title: 'who', cell: ({ actor_name }: AuditEventRow) => actor_name },
  { title: 'csv.actor-id', cell: ({ actor_id }: AuditEventRow) => actor_id },
  { title: 'csv.role', cell: ({ actor_role }: AuditEventRow, locale: Locale) => auditWord(locale, 'role', actor_role) },
  { title: 'csv.action', cell: ({ action }: AuditEventRow) => action },
  { title: 'what', cell: ({ action }: AuditEventRow, locale: Locale) => auditWord(locale, 'action', action) },
  { title: 'csv.subject-kind', cell: ({ subject_kind }: AuditEventRow) => subject_kind },
  { title: 'subject', cell: ({ subject_id }: AuditEventRow) => subject_id },
  { title: 'csv.detail', cell: ({ detail }: AuditEventRow) => (detail === '{}' ? '' : detail) },
  { title: 'csv.hash', cell: ({ hash }: AuditEventRow) => hash },
] as const

export async function* auditCsv(book: Book, insurerId: string, filter: AuditFilter, locale: Locale): AsyncGenerator<string> {
  yield byteOrderMark + csvRows([columns.map(({ title }) => sayAudit(locale, title))])
  let last = 0
  for (;;) {
    const read = await filteredEvents(book, insurerId, filter)
      .where('number', '>', last)
      .orderBy('number')
      .limit(rowsPerPiece)
      .execute()
    if (read.length > 0) yield csvRows(read.map((row) => columns.map(({ cell }) => cell(row, locale))))
    if (read.length < rowsPerPiece) return
    last = read.at(-1)?.number ?? last
    await letOthersIn()
  }
}
