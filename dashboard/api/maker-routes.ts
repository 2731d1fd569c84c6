// A device as its maker looks at it: what it is, what it says and what it was told, live, where it connects to, and the care of
// its secret. What was refused of it is in quarantine-routes.ts.

import Type from 'typebox'
import {
  correctKind,
  replaceSecret,
  type Undone,
  undoMsMax,
  undoReplacement,
  undoRevocation,
} from '../../broker/device-secrets.ts'
import { revokeDevice } from '../../broker/registry.ts'
import { connectionsOf, deviceDetail, findDevice } from './device-detail.ts'
import type { EdgeDesk } from './edge-desk.ts'
import { followDevice } from './follow-device.ts'
import {
  ClosedSchema,
  ConnectionSchema,
  DeviceActivitySchema,
  DeviceDetailSchema,
  DeviceLiveSchema,
  EdgeSchema,
  MessagesSchema,
  SecretReplacedSchema,
} from './maker-shapes.ts'
import { fields, guardedRoute, noInput, type Refusal, refuse, reply } from './route.ts'

const watchers = ['maker', 'insurer', 'tester'] as const
const keepers = ['maker', 'insurer'] as const
const ofOne = { ...noInput, params: fields({ id: Type.String({ minLength: 1, maxLength: 128 }) }) } as const

export const makerRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/edge',
    summary: 'Where devices connect to; null while edge cannot be asked.',
    roles: watchers,
    ...noInput,
    response: EdgeSchema,
    async handle({ services }) {
      const address = await services.edge.address()
      return reply({ address: address.kind === 'answer' ? address.value : null })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/device-activity',
    summary: 'When each device was last heard, and how much it says a minute.',
    roles: watchers,
    ...noInput,
    response: DeviceActivitySchema,
    async handle({ services, caller }) {
      const activity = await services.edge.activity()
      if (activity.kind === 'away') return reply({ isEdgeThere: false, devices: [] })
      const own = await services.book.selectFrom('devices').select('id').where('insurer_id', '=', caller.insurerId).execute()
      const ids = new Set(own.map(({ id }) => id))
      return reply({ isEdgeThere: true, devices: activity.value.filter(({ id }) => ids.has(id)) })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/devices/:id',
    summary: 'One device as it is now.',
    roles: watchers,
    ...ofOne,
    response: DeviceDetailSchema,
    async handle({ services, caller, params }) {
      const device = await findDevice(services.book, caller, params.id)
      return device === undefined ? refuse('not-found') : reply(await deviceDetail(services, device))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/devices/:id/messages',
    summary: 'The last messages of a device beside the receipts it got, the oldest first; payloads are cut at 4 KiB.',
    roles: watchers,
    ...ofOne,
    response: MessagesSchema,
    async handle({ services, caller, params }) {
      if ((await findDevice(services.book, caller, params.id)) === undefined) return refuse('not-found')
      const answer = await services.edge.messages(params.id, 0)
      return reply(
        answer.kind === 'away' ? { isEdgeThere: false, messages: [] } : { isEdgeThere: true, messages: [...answer.value] },
      )
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/devices/:id/live',
    summary: 'Server-sent events: messages of a device as they arrive, beside their receipts.',
    roles: watchers,
    problems: ['too-many-streams'],
    ...ofOne,
    response: DeviceLiveSchema,
    contentType: 'text/event-stream',
    async handle({ services, caller, headers, params }) {
      if ((await findDevice(services.book, caller, params.id)) === undefined) return refuse('not-found')
      const leave = services.deviceStreams.enter(caller.id)
      if (leave === undefined) return refuse('too-many-streams')
      const mayWatch = async () => {
        const now = await services.sessions.callerOf(headers)
        return now !== undefined && (await findDevice(services.book, now.caller, params.id)) !== undefined
      }
      return {
        kind: 'events',
        open(sink) {
          sink.onEnd(leave)
          followDevice(services.edge, params.id, sink, mayWatch)
        },
      }
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/devices/:id/connections',
    summary: 'When a device came and went and why, and sign-ins that were refused, the newest first.',
    roles: watchers,
    ...ofOne,
    response: Type.Object({ connections: Type.Array(ConnectionSchema) }),
    async handle({ services, caller, params }) {
      if ((await findDevice(services.book, caller, params.id)) === undefined) return refuse('not-found')
      return reply({ connections: await connectionsOf(services.book, params.id) })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/devices/:id/secret',
    summary: 'Replace a device’s secret. The new one is told this once; the former opens nothing from now on.',
    roles: keepers,
    problems: ['not-now'],
    ...ofOne,
    response: SecretReplacedSchema,
    async handle({ services, caller, params: { id } }) {
      if ((await findDevice(services.book, caller, id)) === undefined) return refuse('not-found')
      const outcome = await replaceSecret(services.book, id, services.nowMs())
      if (outcome.kind === 'unknown') return refuse('not-found')
      if (outcome.kind === 'revoked') return refuse('not-now')
      const isClosedAtOnce = await close(services.edge, id, 'secret-replaced')
      return reply({ id, secret: outcome.secret, undoUntilMs: outcome.undoUntilMs, isClosedAtOnce })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/devices/:id/secret/undo',
    summary: 'The former secret is good again, and the one that replaced it opens nothing any more.',
    roles: keepers,
    problems: ['not-now', 'wrong-time'],
    ...ofOne,
    response: ClosedSchema,
    async handle({ services, caller, params: { id } }) {
      if ((await findDevice(services.book, caller, id)) === undefined) return refuse('not-found')
      const undone = await undoReplacement(services.book, id, services.nowMs())
      if (undone !== 'undone') return refusalOf(undone)
      return reply({ undoUntilMs: null, isClosedAtOnce: await close(services.edge, id, 'secret-replaced') })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/devices/:id/revoke',
    summary: 'No secret of this device is accepted any more, and its connection is closed.',
    roles: keepers,
    problems: ['not-now'],
    ...ofOne,
    response: ClosedSchema,
    async handle({ services, caller, params: { id } }) {
      if ((await findDevice(services.book, caller, id)) === undefined) return refuse('not-found')
      const nowMs = services.nowMs()
      if ((await revokeDevice(services.book, id, nowMs)) !== 'revoked') return refuse('not-now')
      return reply({ undoUntilMs: nowMs + undoMsMax, isClosedAtOnce: await close(services.edge, id, 'revoked') })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/devices/:id/revoke/undo',
    summary: 'A device that was revoked a moment ago signs in with its own secret again.',
    roles: keepers,
    problems: ['not-now', 'wrong-time'],
    ...ofOne,
    response: ClosedSchema,
    async handle({ services, caller, params: { id } }) {
      if ((await findDevice(services.book, caller, id)) === undefined) return refuse('not-found')
      const undone = await undoRevocation(services.book, id, services.nowMs())
      return undone === 'undone' ? reply({ undoUntilMs: null, isClosedAtOnce: true }) : refusalOf(undone)
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/devices/:id/kind',
    summary: 'Corrects the kind a device was registered as, while nothing of it is stored and no policy has it.',
    roles: keepers,
    problems: ['not-now'],
    ...ofOne,
    body: fields({ kind: Type.Enum(['vehicle', 'home'] as const) }),
    response: DeviceDetailSchema,
    async handle({ services, caller, params: { id }, body }) {
      const device = await findDevice(services.book, caller, id)
      if (device === undefined) return refuse('not-found')
      const before = await deviceDetail(services, device)
      if (before.isInsured || before.readings !== 0) return refuse('not-now')
      await correctKind(services.book, id, body.kind)
      await close(services.edge, id, 'kind-changed')
      return reply(await deviceDetail(services, { ...device, kind: body.kind }))
    },
  }),
]

/** Edge looks for secrets that were withdrawn by itself, too; asking it makes that now. */
async function close(edge: EdgeDesk, id: string, reason: 'revoked' | 'secret-replaced' | 'kind-changed'): Promise<boolean> {
  return (await edge.disconnect(id, reason)).kind === 'answer'
}

function refusalOf(undone: Exclude<Undone, 'undone'>): Refusal {
  return refuse(undone === 'too-late' ? 'wrong-time' : 'not-now')
}
