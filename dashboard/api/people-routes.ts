// The people of one insurer: who has an account, closing and opening them, and inviting. What is said to the invited is in
// invitation-routes.ts.

import Type from 'typebox'
import { invite, openInvitations, withdrawInvitation } from '../sign-in/invitations.ts'
import { closeAccount, holdersWithoutAccount, listPeople, openAccount } from '../sign-in/people.ts'
import { isDemoAccount } from './account-routes.ts'
import { listOrder, pageOf, pageQuery } from './page.ts'
import { everyone, fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import { Email } from './sign-in-shapes.ts'

const insurer = ['insurer'] as const
const done = Type.Object({})
const ofOne = { ...noInput, params: fields({ id: Type.String({ maxLength: 128 }) }) }
const byName = listOrder('people', Type.Tuple([Type.String(), Type.String()]))
/** More than a person reads down: a longer search finds the rest. */
const holdersMax = 20

export const PersonSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: Type.Enum(everyone),
  seenAtMs: Type.Union([Type.Integer(), Type.Null()]),
  hasSecondFactor: Type.Boolean(),
  isClosed: Type.Boolean(),
})
export type Person = Type.Static<typeof PersonSchema>

export const InvitationSchema = Type.Object({
  id: Type.String(),
  email: Type.String(),
  role: Type.Enum(everyone),
  policyholder: Type.Union([Type.String(), Type.Null()], { description: 'The name of the holder it is for.' }),
  invitedBy: Type.Union([Type.String(), Type.Null()]),
  createdAtMs: Type.Integer(),
  expiresAtMs: Type.Integer(),
})
export type Invitation = Type.Static<typeof InvitationSchema>

export const HolderSchema = Type.Object({ id: Type.String(), name: Type.String(), policies: Type.Array(Type.String()) })
export type Holder = Type.Static<typeof HolderSchema>

export const peopleRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/people',
    summary: 'The accounts of this insurer, by name.',
    roles: insurer,
    ...noInput,
    query: fields({ ...pageQuery, search: Type.Optional(Type.String({ maxLength: 120 })) }),
    response: pageOf(PersonSchema),
    async handle({ services, caller, query: { search = '', ...page } }) {
      const start = byName.start(page)
      if (start.kind === 'refused') return start
      const { after, limit } = start
      const { insurerId } = caller
      const rows = await listPeople(services.book, { insurerId, search: search.trim(), after, limit: limit + 1 })
      const { rows: shown, next } = byName.cut(rows, limit, ({ name, id }) => [name, id])
      return reply({ items: [...shown], next })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/people/:id/close',
    summary: 'Closes an account and signs it out everywhere. Nobody closes their own.',
    roles: insurer,
    stepUp: true,
    ...ofOne,
    response: done,
    async handle({ services, caller, params: { id } }) {
      const outcome = await closeAccount(services.book, caller, id, services.nowMs())
      if (outcome.kind === 'unknown') return refuse('not-found')
      if (outcome.kind === 'yourself') return refuse('not-yourself')
      return outcome.kind === 'last-insurer' ? refuse('last-insurer') : reply({})
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/people/:id/open',
    summary: 'Opens a closed account again.',
    roles: insurer,
    stepUp: true,
    ...ofOne,
    response: done,
    async handle({ services, caller, params: { id } }) {
      return (await openAccount(services.book, caller.insurerId, id)) ? reply({}) : refuse('not-found')
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/people/holders',
    summary: 'Policyholders who have no account yet, by part of their name or a policy’s id.',
    roles: insurer,
    ...noInput,
    query: fields({ search: Type.Optional(Type.String({ maxLength: 120 })) }),
    response: Type.Array(HolderSchema),
    async handle({ services, caller, query: { search = '' } }) {
      const found = await holdersWithoutAccount(services.book, caller.insurerId, search.trim(), holdersMax)
      return reply(found.map((holder) => ({ ...holder, policies: [...holder.policies] })))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/invitations',
    summary: 'Invitations that nobody has accepted yet, the latest first.',
    roles: insurer,
    ...noInput,
    response: Type.Array(InvitationSchema),
    async handle({ services, caller }) {
      const rows = await openInvitations(services.book, caller.insurerId, services.nowMs())
      return reply(
        rows.map((row) => ({
          id: row.id,
          email: row.email,
          role: row.role,
          policyholder: row.holderName,
          invitedBy: row.inviterName,
          createdAtMs: row.created_at_ms,
          expiresAtMs: row.expires_at_ms,
        })),
      )
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/invitations',
    summary: 'Invites somebody. The token is the end of the link, `/invitation/TOKEN`; it is answered now and never again.',
    roles: insurer,
    stepUp: true,
    ...noInput,
    body: fields({
      email: Email,
      role: Type.Enum(everyone),
      policyholderId: Type.Optional(Type.String({ maxLength: 128, description: 'Of a policyholder, and of nobody else.' })),
    }),
    status: 201,
    response: Type.Object({ id: Type.String(), token: Type.String(), expiresAtMs: Type.Integer() }),
    async handle({ services, caller, body: { email, role, policyholderId = null } }) {
      const demo = await isDemoAccount(services, caller.id)
      const wanted = { email: email.trim(), role, policyholderId, demo }
      const outcome = await invite(services.book, caller, wanted, services.nowMs())
      switch (outcome.kind) {
        case 'bad-email':
          return refuse('bad-request', 'body/email: is not an e-mail address')
        case 'needs-holder':
          return refuse('bad-request', 'body/policyholderId: is there for a policyholder and for nobody else')
        case 'unknown-holder':
          return refuse('not-found')
        case 'holder-has-account':
          return refuse('conflict', 'this policyholder has an account')
        case 'has-account':
          return refuse('conflict', 'there is an account with this e-mail address')
        case 'too-many':
          return refuse('conflict', 'too many invitations are open; withdraw some')
        case 'invited': {
          const { id, token, expiresAtMs } = outcome
          return reply({ id, token, expiresAtMs })
        }
      }
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/invitations/:id/withdraw',
    summary: 'Withdraws an invitation: its link opens nothing any more.',
    roles: insurer,
    ...ofOne,
    response: done,
    async handle({ services, caller, params: { id } }) {
      const isDone = await withdrawInvitation(services.book, caller.insurerId, id, services.nowMs())
      return isDone ? reply({}) : refuse('not-found')
    },
  }),
]
