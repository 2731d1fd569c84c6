// Which rows of what was written down are asked for, for the page and for the file alike.

import Type from 'typebox'
import type { Book } from '../../store/book/schema.ts'

const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 128 }))

export const auditFilterFields = {
  action: Name,
  actor: Name,
  subject: Name,
  fromMs: Type.Optional(Type.Integer()),
  toMs: Type.Optional(Type.Integer()),
} as const

export interface AuditFilter {
  readonly action?: string
  readonly actor?: string
  readonly subject?: string
  readonly fromMs?: number
  readonly toMs?: number
}

/** In no order yet. */
export function filteredEvents(book: Book, insurerId: string, { action, actor, subject, fromMs, toMs }: AuditFilter) {
  let rows = book.selectFrom('audit_events').selectAll().where('insurer_id', '=', insurerId)
  if (action !== undefined) rows = rows.where('action', '=', action)
  if (actor !== undefined) rows = rows.where('actor_id', '=', actor)
  if (subject !== undefined) rows = rows.where('subject_id', '=', subject)
  if (fromMs !== undefined) rows = rows.where('at_ms', '>=', fromMs)
  if (toMs !== undefined) rows = rows.where('at_ms', '<', toMs)
  return rows
}
