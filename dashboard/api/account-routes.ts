// Signing in and out, and who is signed in.

import Type from 'typebox'
import { passwordCharactersMax } from '../sign-in/accounts.ts'
import { everyone, fields, guardedRoute, noInput, openRoute, refuse, reply } from './route.ts'
import { DemoAccountsSchema, SessionSchema } from './shapes.ts'

/** RFC 5321 §4.5.3.1.3: the longest address. */
const emailCharactersMax = 254

export const accountRoutes = [
  openRoute({
    method: 'post',
    path: '/api/auth/sign-in/email',
    summary: 'Sign in with email and password. The session comes as a cookie.',
    ...noInput,
    body: fields({
      email: Type.String({ minLength: 1, maxLength: emailCharactersMax }),
      password: Type.String({ minLength: 1, maxLength: passwordCharactersMax }),
      rememberMe: Type.Optional(Type.Boolean({ description: 'False ends the session with the browser.' })),
    }),
    response: SessionSchema,
    async handle({ services, body, headers, address }) {
      const { email, password, rememberMe = true } = body
      const admission = services.attempts.admit(address, email, services.nowMs())
      if (admission.kind === 'refused') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
      const userId = await services.sessions.userOf({ email, password })
      if (userId === undefined) return refuse('wrong-credentials')
      const opened = await services.sessions.open({ userId, rememberMe, proof: 'password' }, headers)
      if (opened === undefined) return refuse('wrong-credentials')
      services.attempts.succeeded(address, email)
      return reply({ user: opened.caller }, opened.cookies)
    },
  }),
  openRoute({
    method: 'post',
    path: '/api/auth/sign-out',
    summary: 'End the session. Succeeds for nobody, too.',
    ...noInput,
    response: Type.Object({}),
    async handle({ services, headers }) {
      return reply({}, await services.sessions.signOut(headers))
    },
  }),
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
]
