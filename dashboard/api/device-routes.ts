// Devices for those who build, watch and insure them: health, registration, and what was refused.

import Type from 'typebox'
import { registerDevice } from '../../broker/registry.ts'
import { deviceIdPattern } from '../../devices/contract/reading.ts'
import { deviceHealth, hasDevice, quarantineOf } from './device-health.ts'
import { pageOf, pageQuery } from './page.ts'
import { answered, fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import { DeviceCreatedSchema, DeviceHealthSchema, QuarantineEntrySchema } from './shapes.ts'

const labelCharactersMax = 80

/** As long as a device's id or name. */
const searchCharactersMax = 128

export const deviceRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/devices',
    summary: 'Health of every device, or of those whose id or name has what is looked for.',
    roles: ['maker', 'insurer', 'tester'],
    ...noInput,
    query: fields({ q: Type.Optional(Type.String({ maxLength: searchCharactersMax })), ...pageQuery }),
    response: pageOf(DeviceHealthSchema),
    handle: async ({ services, caller, query }) => answered(await deviceHealth(services.book, services.telemetry, query, caller)),
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/devices',
    summary: 'Register a device. Its secret is told this once.',
    roles: ['maker', 'insurer'],
    ...noInput,
    body: fields({
      id: Type.String({ pattern: deviceIdPattern }),
      kind: Type.Enum(['vehicle', 'home'] as const),
      label: Type.Optional(Type.String({ minLength: 1, maxLength: labelCharactersMax })),
    }),
    response: DeviceCreatedSchema,
    status: 201,
    problems: ['conflict'],
    async handle({ services, caller, body }) {
      const device = { ...body, insurerId: caller.insurerId }
      const outcome = await registerDevice(services.book, device, services.nowMs())
      if (outcome.kind === 'exists') return refuse('conflict')
      if (outcome.kind === 'bad-id') return refuse('bad-request', 'body/id: not a device id')
      return reply({ id: outcome.id, secret: outcome.secret })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/devices/:id/quarantine',
    summary: 'Messages of a device that were refused, with the rule each broke, the newest first.',
    roles: ['maker', 'insurer', 'tester'],
    ...noInput,
    params: fields({ id: Type.String({ minLength: 1, maxLength: 128 }) }),
    query: fields(pageQuery),
    response: pageOf(QuarantineEntrySchema),
    async handle({ services, caller, params, query }) {
      if (!(await hasDevice(services.book, caller, params.id))) return refuse('not-found')
      return answered(await quarantineOf(services.book, params.id, query))
    },
  }),
]
