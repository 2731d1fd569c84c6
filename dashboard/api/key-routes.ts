// API keys over the API: made by insurers and makers behind a step-up, told once, listed, revoked at once and restored within minutes.

import Type from 'typebox'
import { keyRoles, listApiKeys, makeApiKey, restoreApiKey, revokeApiKey, revokeUndoMs } from '../sign-in/api-keys.ts'
import { listOrder, pageOf, pageOfItems, pageQuery } from './page.ts'
import { answered, fields, guardedRoute, noInput, refuse, reply } from './route.ts'

const makers = ['insurer', 'maker'] as const
const done = Type.Object({})
const ofOne = { ...noInput, params: fields({ id: Type.String({ minLength: 1, maxLength: 64 }) }) }
const byAge = listOrder('keys', Type.Tuple([Type.String()]))
const nameCharactersMax = 80
const dayMs = 86_400_000
const OrNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

export const ApiKeySchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Type.Enum(keyRoles),
  canWrite: Type.Boolean(),
  prefix: Type.String({ description: 'The beginning of the key.' }),
  madeBy: Type.String(),
  createdAtMs: Type.Integer(),
  expiresAtMs: OrNull(Type.Integer()),
  usedAtMs: OrNull(Type.Integer({ description: 'To the minute.' })),
  revokedAtMs: OrNull(Type.Integer()),
  restorableUntilMs: OrNull(Type.Integer()),
})
export type ApiKey = Type.Static<typeof ApiKeySchema>

export const keyRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/keys',
    summary: 'API keys, the newest first: an insurer’s all of them, a maker’s own.',
    roles: makers,
    ...noInput,
    query: fields(pageQuery),
    response: pageOf(ApiKeySchema),
    async handle({ services, caller, query }) {
      const nowMs = services.nowMs()
      const keys = (await listApiKeys(services.book, caller)).map((row): ApiKey => {
        const untilMs = row.revoked_at_ms === null ? null : row.revoked_at_ms + revokeUndoMs
        return {
          id: row.id,
          name: row.name,
          role: row.role,
          canWrite: row.can_write === 1,
          prefix: row.prefix,
          madeBy: row.maker,
          createdAtMs: row.created_at_ms,
          expiresAtMs: row.expires_at_ms,
          usedAtMs: row.used_at_ms,
          revokedAtMs: row.revoked_at_ms,
          restorableUntilMs: untilMs !== null && untilMs > nowMs ? untilMs : null,
        }
      })
      return answered(pageOfItems(byAge, keys, ({ id }) => id, query))
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/keys',
    summary: 'Make an API key. It is told this once.',
    roles: makers,
    stepUp: true,
    ...noInput,
    body: fields({
      name: Type.String({ minLength: 1, maxLength: nameCharactersMax, pattern: '\\S' }),
      role: Type.Enum(keyRoles, { description: 'A maker’s key is always a maker’s.' }),
      canWrite: Type.Boolean(),
      days: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 3650, description: 'Until it expires; without, until it is revoked.' }),
      ),
    }),
    response: Type.Object({ id: Type.String(), key: Type.String() }),
    status: 201,
    problems: ['not-now'],
    async handle({ services, caller, body }) {
      if (caller.role === 'maker' && body.role !== 'maker') return refuse('not-allowed', 'a maker’s key is a maker’s')
      const nowMs = services.nowMs()
      const expiresAtMs = body.days === undefined ? undefined : nowMs + body.days * dayMs
      const wanted = { name: body.name.trim(), role: body.role, canWrite: body.canWrite, expiresAtMs }
      const made = await makeApiKey(services.book, caller, wanted, nowMs)
      if (made.kind === 'too-many') return refuse('not-now', 'this account has as many keys as it may; revoke one first')
      return reply({ id: made.id, key: made.key })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/keys/:id/revoke',
    summary: 'Revoke an API key at once.',
    roles: makers,
    ...ofOne,
    response: done,
    async handle({ services, caller, params }) {
      return (await revokeApiKey(services.book, caller, params.id, services.nowMs())) ? reply({}) : refuse('not-found')
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/keys/:id/restore',
    summary: 'Take back that a key was revoked, within ten minutes.',
    roles: makers,
    stepUp: true,
    ...ofOne,
    response: done,
    async handle({ services, caller, params }) {
      return (await restoreApiKey(services.book, caller, params.id, services.nowMs())) ? reply({}) : refuse('not-found')
    },
  }),
]
