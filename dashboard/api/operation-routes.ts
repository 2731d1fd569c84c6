// For those who run, test and audit Merit: live counts, live events, the API's own description, health, metrics.

import Type from 'typebox'
import { visiblePolicies } from './policies.ts'
import { guardedRoute, noInput, openRoute, refuse, reply } from './route.ts'
import { HealthSchema, LiveEventSchema, StatusSchema } from './shapes.ts'

export const operationRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/status',
    summary: 'Live counts of the pipeline; what is in the book, of the caller’s insurer.',
    roles: ['insurer', 'maker', 'tester'],
    ...noInput,
    response: StatusSchema,
    handle: async ({ services, caller }) => reply(await services.status(caller.insurerId)),
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/live',
    problems: ['too-many-streams'],
    summary: 'Server-sent events about the caller’s own policies; about every policy for the insurer.',
    roles: ['policyholder', 'insurer'],
    ...noInput,
    response: LiveEventSchema,
    contentType: 'text/event-stream',
    async handle({ services, caller, headers }) {
      if (!services.live.hasRoomFor(caller.id)) return refuse('too-many-streams')
      const sight = await visiblePolicies(services.book, caller)
      const recheck = async () => {
        const now = await services.sessions.callerOf(headers)
        return now === undefined ? undefined : visiblePolicies(services.book, now.caller)
      }
      return { kind: 'events', open: (sink) => services.live.open(sink, { userId: caller.id, sight, recheck }) }
    },
  }),
  openRoute({
    method: 'get',
    path: '/api/v1/openapi.json',
    summary: 'This description.',
    ...noInput,
    response: Type.Unknown(),
    handle: async ({ services }) => reply(services.openApi),
  }),
  openRoute({
    method: 'get',
    path: '/healthz',
    summary: 'Whether this process is well, and if not, why.',
    ...noInput,
    response: HealthSchema,
    handle: async ({ services }) => reply(services.health()),
  }),
  openRoute({
    method: 'get',
    path: '/metrics',
    summary: 'Metrics in Prometheus’ text format.',
    ...noInput,
    response: Type.Unknown(),
    contentType: 'text/plain',
    async handle({ services }) {
      return { kind: 'text', contentType: services.metrics.contentType, text: await services.metrics.text() }
    },
  }),
]
