// What was refused, looked after: one by one or a device's all at once, judged again after something was mended, put aside, and
// taken up again. Nothing is ever changed in what arrived: it is evidence.

import Type from 'typebox'
import { findDevice, findRefusal } from './device-detail.ts'
import { RefusalSchema, ReplayAnswerSchema, settlements } from './maker-shapes.ts'
import { listOrder, pageOf, pageQuery } from './page.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'

const watchers = ['maker', 'insurer', 'tester'] as const
const keepers = ['maker', 'insurer'] as const
const idMax = 400
const ofOne = { ...noInput, params: fields({ id: Type.String({ minLength: 1, maxLength: idMax }) }) } as const
const byArrival = listOrder('refusals', Type.Tuple([Type.Integer(), Type.String()]))

export const quarantineRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/devices/:id/refusals',
    summary: 'What was refused of a device and what became of it, the newest first.',
    roles: watchers,
    ...noInput,
    params: fields({ id: Type.String({ minLength: 1, maxLength: 128 }) }),
    query: fields({ ...pageQuery, settled: Type.Optional(Type.Enum(settlements)) }),
    response: pageOf(RefusalSchema),
    async handle({ services: { book }, caller, params, query }) {
      if ((await findDevice(book, caller, params.id)) === undefined) return refuse('not-found')
      const start = byArrival.start(query)
      if (start.kind === 'refused') return start
      const { after, limit } = start
      let refused = book.selectFrom('quarantine').select(['id', 'received_at_ms']).where('device_id', '=', params.id)
      if (query.settled !== undefined) refused = refused.where('settled', 'is', query.settled === 'open' ? null : query.settled)
      if (after !== undefined) {
        const [atMs, id] = after
        refused = refused.where(({ or, and, eb }) =>
          or([eb('received_at_ms', '<', atMs), and([eb('received_at_ms', '=', atMs), eb('id', '<', id)])]),
        )
      }
      const read = await refused
        .orderBy('received_at_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit + 1)
        .execute()
      const { rows, next } = byArrival.cut(read, limit, (row) => [row.received_at_ms, row.id])
      const items = await Promise.all(rows.map(({ id }) => findRefusal(book, caller, id)))
      return reply({ items: items.filter((item) => item !== undefined), next })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/refusals/:id/replay',
    summary: 'Judges a refusal again by the contract as it is now, and takes in what fits; doing it again stores nothing twice.',
    roles: keepers,
    problems: ['unavailable'],
    ...ofOne,
    response: ReplayAnswerSchema,
    async handle({ services, caller, params }) {
      if ((await findRefusal(services.book, caller, params.id)) === undefined) return refuse('not-found')
      const outcome = await services.edge.replay(params.id)
      if (outcome.kind === 'away') return refuse('unavailable', 'edge is not running')
      const refusal = await findRefusal(services.book, caller, params.id)
      return refusal === undefined ? refuse('not-found') : reply({ outcome: outcome.value, refusal })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/refusals/:id/dismiss',
    summary: 'Puts a refusal aside: it is kept, and no longer waits for anybody.',
    roles: keepers,
    problems: ['not-now'],
    ...ofOne,
    response: RefusalSchema,
    async handle({ services, caller, params: { id } }) {
      const refusal = await findRefusal(services.book, caller, id)
      if (refusal === undefined) return refuse('not-found')
      if (refusal.settled === 'replayed') return refuse('not-now')
      await services.book
        .updateTable('quarantine')
        .set({ settled: 'dismissed', settled_at_ms: services.nowMs() })
        .where('id', '=', id)
        .execute()
      return reply({ ...refusal, settled: 'dismissed' as const, settledAtMs: services.nowMs() })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/refusals/:id/restore',
    summary: 'Takes up a refusal again that was put aside.',
    roles: keepers,
    problems: ['not-now'],
    ...ofOne,
    response: RefusalSchema,
    async handle({ services, caller, params: { id } }) {
      const refusal = await findRefusal(services.book, caller, id)
      if (refusal === undefined) return refuse('not-found')
      if (refusal.settled === 'replayed') return refuse('not-now')
      await services.book.updateTable('quarantine').set({ settled: null, settled_at_ms: null }).where('id', '=', id).execute()
      return reply({ ...refusal, settled: 'open' as const, settledAtMs: null })
    },
  }),
]
