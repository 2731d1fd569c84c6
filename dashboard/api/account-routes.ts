// One's own account: who is signed in, name and language, the password, and where one is signed in.

import Type from 'typebox'
import { isProtected } from '../sign-in/second-factors.ts'
import { endOtherSessions, endSession, listSessions } from '../sign-in/session-list.ts'
import type { Caller } from '../sign-in/sessions.ts'
import { everyone, fields, guardedRoute, noInput, openRoute, type Refusal, refuse, reply } from './route.ts'
import type { Services } from './services.ts'
import { DemoAccountsSchema, SessionSchema } from './shapes.ts'
import {
  type Account,
  AccountSchema,
  ListedSessionSchema,
  LocaleName,
  NewPassword,
  PersonName,
  SomePassword,
} from './sign-in-shapes.ts'

const done = Type.Object({})

export const accountRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/session',
    summary: 'Who is signed in.',
    roles: everyone,
    ...noInput,
    response: SessionSchema,
    handle: async ({ caller }) => reply({ user: caller }),
  }),
  openRoute({
    method: 'get',
    path: '/api/v1/demo-accounts',
    summary: 'Sign-ins of the demo; empty unless this is a demo that listens on this machine only.',
    ...noInput,
    response: DemoAccountsSchema,
    handle: async ({ services }) => reply({ accounts: services.demoAccounts }),
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/account',
    summary: 'One’s own account and how it is protected.',
    roles: everyone,
    ...noInput,
    response: AccountSchema,
    handle: async ({ services, caller, headers }) => reply(await accountOf(services, caller, headers)),
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account',
    summary: 'Changes one’s name or language.',
    roles: everyone,
    ...noInput,
    body: fields({ name: Type.Optional(PersonName), locale: Type.Optional(LocaleName) }),
    response: SessionSchema,
    async handle({ services, caller, body: { name = caller.name, locale = caller.locale } }) {
      const changed = { name: name.trim(), locale, updatedAt: new Date(services.nowMs()).toISOString() }
      await services.book.updateTable('user').set(changed).where('id', '=', caller.id).execute()
      return reply({ user: { ...caller, name: changed.name, locale } })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/password',
    summary: 'Changes the password and signs the account out everywhere else.',
    roles: everyone,
    stepUp: true,
    ...noInput,
    body: fields({ current: SomePassword, next: NewPassword }),
    response: done,
    async handle({ services, caller, session, body: { current, next }, address }) {
      if (session === undefined) return refuse('not-allowed')
      if (await isDemoAccount(services, caller.id)) return refuse('demo-account')
      const judged = await judgeCurrent(services, caller, current, address)
      if (judged.kind === 'refused') return judged
      await services.sessions.changePassword(caller.id, next, session.id)
      return reply({})
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/account/sessions',
    summary: 'Where this account is signed in, this session first.',
    roles: everyone,
    ...noInput,
    response: Type.Array(ListedSessionSchema),
    async handle({ services, caller, session }) {
      return reply(await listSessions(services.book, caller.id, session?.id, services.nowMs()))
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/sessions/:id/end',
    summary: 'Signs this account out there.',
    roles: everyone,
    ...noInput,
    params: fields({ id: Type.String() }),
    response: done,
    async handle({ services, caller, params: { id } }) {
      return (await endSession(services.book, caller.id, id)) ? reply({}) : refuse('not-found')
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/account/sessions/end-others',
    summary: 'Signs this account out everywhere but here.',
    roles: everyone,
    ...noInput,
    response: Type.Object({ ended: Type.Integer() }),
    async handle({ services, caller, session }) {
      if (session === undefined) return refuse('not-allowed')
      return reply({ ended: await endOtherSessions(services.book, caller.id, session.id) })
    },
  }),
]

export async function isDemoAccount({ book }: Services, userId: string): Promise<boolean> {
  const user = await book.selectFrom('user').select('demo').where('id', '=', userId).executeTakeFirst()
  return user?.demo === 1
}

async function accountOf(services: Services, caller: Caller, headers: Headers): Promise<Account> {
  const { book, signIn } = services
  const row = await book.selectFrom('user').select(['createdAt', 'demo']).where('id', '=', caller.id).executeTakeFirstOrThrow()
  const state = await signIn.secondFactors.stateOf(caller.id)
  const party = signIn.relyingParty(headers)
  const passkeys = await signIn.passkeys.of(caller.id)
  return {
    user: caller,
    createdAtMs: Date.parse(row.createdAt),
    isDemo: row.demo === 1,
    totpSinceMs: state.totpSinceMs,
    recoveryCodesLeft: state.recoveryCodesLeft,
    passkeys: passkeys.map((key) => ({
      id: key.id,
      name: key.name,
      createdAtMs: key.created_at_ms,
      lastUsedAtMs: key.last_used_at_ms,
      isBackedUp: key.is_backed_up === 1,
      isSuspect: key.suspect_at_ms !== null,
    })),
    passkeysHere: {
      kind: party.kind,
      ...(party.kind === 'needs-name' && party.openAt !== undefined ? { openAt: party.openAt } : {}),
    },
    isAdvised: caller.role === 'insurer' && row.demo === 0 && !isProtected(state),
  }
}

/** The current password is asked for whatever was proved before: it is what changes. */
async function judgeCurrent(
  services: Services,
  caller: Caller,
  current: string,
  address: string,
): Promise<Refusal | { readonly kind: 'right' }> {
  const { attempts, sessions } = services
  const admission = attempts.admit(address, caller.email, services.nowMs())
  if (admission.kind === 'refused') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
  if (!(await sessions.hasPassword(caller.id, current))) return refuse('wrong-proof')
  attempts.succeeded(address, caller.email)
  return { kind: 'right' }
}
