// A person's messages and what they want to be told.

import Type from 'typebox'
import { messageKinds } from '../../store/book/person-rows.ts'
import { inboxOf, markRead, unreadOf } from '../inbox/inbox.ts'
import { keepSettings, SettingsSchema, settingsOf } from '../inbox/settings.ts'
import { fields, guardedRoute, noInput, reply } from './route.ts'

const roles = ['policyholder'] as const
/** One page's worth of marks. */
const marksMax = 1000

const InboxMessageSchema = Type.Object({
  id: Type.String(),
  kind: Type.Enum(messageKinds),
  what: Type.String({ description: 'Which of the kind’s messages it is, such as `raised` or `accepted`.' }),
  policyId: Type.String(),
  timeZone: Type.String(),
  atMs: Type.Integer(),
  isRead: Type.Boolean(),
  facts: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Null()])),
})
const UnreadSchema = Type.Object({ unread: Type.Integer({ minimum: 0 }) })

export type InboxEntry = Type.Static<typeof InboxMessageSchema>

export const inboxRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/messages',
    summary: 'Everything the caller was told about their policies, the newest first; at most 200 of each kind.',
    roles,
    ...noInput,
    response: Type.Object({ messages: Type.Array(InboxMessageSchema) }),
    async handle({ services, caller }) {
      const messages = await inboxOf(services.book, caller, services.nowMs())
      return reply({ messages: messages.map((message) => ({ ...message, facts: { ...message.facts } })) })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/messages/unread',
    summary: 'How many messages are new, without the kinds that are not to be counted.',
    roles,
    ...noInput,
    response: UnreadSchema,
    handle: async ({ services, caller }) => reply({ unread: await unreadOf(services.book, caller, services.nowMs()) }),
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/messages/marks',
    summary: 'Marks messages as read, or as new again.',
    roles,
    ...noInput,
    body: fields({
      ids: Type.Array(Type.String({ maxLength: 400 }), { maxItems: marksMax }),
      isRead: Type.Boolean(),
    }),
    bodyBytesMax: 512 * 1024,
    response: UnreadSchema,
    async handle({ services, caller, body }) {
      await markRead(services.book, caller, body.ids, body.isRead, services.nowMs())
      return reply({ unread: await unreadOf(services.book, caller, services.nowMs()) })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/settings',
    summary: 'What the caller wants to be told, when, in which units and language, and which page opens first.',
    roles,
    ...noInput,
    response: SettingsSchema,
    handle: async ({ services, caller }) => reply(await settingsOf(services.book, caller.id)),
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/settings',
    summary: 'Keeps all settings as they are sent; sending the former ones again undoes it.',
    roles,
    ...noInput,
    body: SettingsSchema,
    response: SettingsSchema,
    async handle({ services, caller, body }) {
      await keepSettings(services.book, caller.id, body, services.nowMs())
      return reply(await settingsOf(services.book, caller.id))
    },
  }),
]
