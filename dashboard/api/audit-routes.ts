// What was done and looked at, to read: by the insurer for everything of its own, by a holder for who looked at their policy.

import Type from 'typebox'
import { isLocale, locales } from '../messages/locale.ts'
import { auditCsv } from './audit-csv.ts'
import { auditFilterFields, filteredEvents } from './audit-filter.ts'
import { listOrder, pageOf, pageQuery } from './page.ts'
import { policyOf } from './policies.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'

const AuditEventSchema = Type.Object(
  {
    number: Type.Integer({ minimum: 1, description: '1 for the insurer’s first; none is ever missing.' }),
    atMs: Type.Integer(),
    actor: Type.Object({ id: Type.String(), name: Type.String(), role: Type.String() }),
    action: Type.String({
      description: '`viewed`, `editions.approve`, `disputes.decision`; with `.refused` where four eyes refused it.',
    }),
    subjectKind: Type.String(),
    subjectId: Type.String(),
    hash: Type.String({ description: 'Of this row and the one before it: `merit audit verify` follows them.' }),
  },
  { title: 'AuditEvent' },
)

const ViewSchema = Type.Object(
  { atMs: Type.Integer(), name: Type.String(), role: Type.String() },
  { title: 'AccessLogEntry', description: 'Somebody read of the policy; the same person at most once an hour.' },
)

const newestFirst = listOrder('audit', Type.Tuple([Type.Integer()]))
const viewsNewestFirst = listOrder('access-log', Type.Tuple([Type.Integer()]))

export const auditRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/audit',
    summary: 'What was done and looked at, by whom, the newest first.',
    roles: ['insurer'],
    ...noInput,
    query: fields({ ...pageQuery, ...auditFilterFields }),
    response: pageOf(AuditEventSchema),
    async handle({ services, caller, query }) {
      const start = newestFirst.start(query)
      if (start.kind === 'refused') return start
      let rows = filteredEvents(services.book, caller.insurerId, query)
      if (start.after !== undefined) rows = rows.where('number', '<', start.after[0])
      const read = await rows
        .orderBy('number', 'desc')
        .limit(start.limit + 1)
        .execute()
      const page = newestFirst.cut(read, start.limit, ({ number }) => [number])
      return reply({
        items: page.rows.map((row) => ({
          number: row.number,
          atMs: row.at_ms,
          actor: { id: row.actor_id, name: row.actor_name, role: row.actor_role },
          action: row.action,
          subjectKind: row.subject_kind,
          subjectId: row.subject_id,
          hash: row.hash,
        })),
        next: page.next,
      })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/audit.csv',
    summary: 'What was done and looked at, every row that a filter lets through, the oldest first, as CSV.',
    roles: ['insurer'],
    ...noInput,
    query: fields({ ...auditFilterFields, locale: Type.Optional(Type.Enum(locales)) }),
    response: Type.Unknown(),
    contentType: 'text/csv',
    async handle({ services, caller, query: { locale, ...filter } }) {
      const own = isLocale(caller.locale) ? caller.locale : 'en'
      const pieces = auditCsv(services.book, caller.insurerId, filter, locale ?? own)
      return { kind: 'stream', contentType: 'text/csv; charset=utf-8', fileName: 'merit-audit.csv', pieces }
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/access-log',
    summary: 'Who read of the policy without holding it, when and in which role, the newest first.',
    roles: ['policyholder'],
    ...noInput,
    params: fields({ id: Type.String({ minLength: 1, maxLength: 128 }) }),
    query: fields(pageQuery),
    response: pageOf(ViewSchema),
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      const start = viewsNewestFirst.start(query)
      if (start.kind === 'refused') return start
      let rows = services.book
        .selectFrom('audit_events')
        .selectAll()
        .where('insurer_id', '=', caller.insurerId)
        .where('subject_kind', '=', 'policy')
        .where('subject_id', '=', policy.id)
        .where('action', '=', 'viewed')
      if (start.after !== undefined) rows = rows.where('number', '<', start.after[0])
      const read = await rows
        .orderBy('number', 'desc')
        .limit(start.limit + 1)
        .execute()
      const page = viewsNewestFirst.cut(read, start.limit, ({ number }) => [number])
      return reply({
        items: page.rows.map((row) => ({ atMs: row.at_ms, name: row.actor_name, role: row.actor_role })),
        next: page.next,
      })
    },
  }),
]
