// Signing in and out: with a password, and a second factor where there is one, or with a passkey alone.

import Type from 'typebox'
import { noteFailedProof } from './failed-proofs.ts'
import { askForPasskey } from './passkey-question.ts'
import { judgePasskeyAnswer, judgeProof, proofsOf } from './prove.ts'
import { fields, noInput, openRoute, refuse, reply } from './route.ts'
import type { Services } from './services.ts'
import { SessionSchema } from './shapes.ts'
import {
  Email,
  PasskeyQuestionSchema,
  PasskeyResponseSchema,
  proofFields,
  SignedInSchema,
  SomePassword,
  Token,
} from './sign-in-shapes.ts'

const RememberMe = Type.Optional(Type.Boolean({ description: 'False ends the session with the browser.' }))

export const signInRoutes = [
  openRoute({
    method: 'post',
    path: '/api/auth/sign-in/email',
    summary: 'Sign in with email and password. The session comes as a cookie, or the second factor is asked for.',
    ...noInput,
    body: fields({ email: Email, password: SomePassword, rememberMe: RememberMe }),
    response: SignedInSchema,
    async handle({ services, body, headers, address }) {
      const { email, password, rememberMe = true } = body
      const admission = services.attempts.admit(address, email, services.nowMs())
      if (admission.kind === 'refused') {
        const refusal = { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
        noteFailedProof(services, { email }, 'sign-in', refusal, admission)
        return refusal
      }
      const userId = await services.sessions.userOf({ email, password })
      if (userId === undefined) {
        noteFailedProof(services, { email }, 'sign-in', refuse('wrong-credentials'))
        return refuse('wrong-credentials')
      }
      services.attempts.succeeded(address, email)
      const proofs = await proofsOf(services, userId)
      if (!proofs.includes('password')) {
        const token = services.signIn.challenges.issue({ kind: 'second-factor', userId, rememberMe }, services.nowMs())
        return reply({ secondFactor: { token, proofs: [...proofs] } })
      }
      const opened = await services.sessions.open({ userId, rememberMe, proof: 'password' }, headers)
      if (opened === undefined) return refuse('wrong-credentials')
      return reply({ user: opened.caller }, opened.cookies)
    },
  }),
  openRoute({
    method: 'post',
    path: '/api/auth/sign-in/second-factor',
    summary: 'Finish signing in: a code of the authenticator app, a recovery code, or a passkey’s answer.',
    ...noInput,
    body: fields({ token: Token, ...proofFields }),
    response: SessionSchema,
    async handle({ services, body: { token, ...offered }, headers, address }) {
      const { challenges } = services.signIn
      const asked = challenges.look('second-factor', token, services.nowMs())
      const user = asked && (await findUser(services, asked.userId))
      if (asked === undefined || user === undefined) return refuse('challenge-over')
      const judged = await judgeProof(services, { user, address, headers, to: 'second-factor' }, offered)
      if (judged.kind === 'refused') return judged
      const { userId, rememberMe } = asked
      // Of two right answers that arrive together one opens a session.
      if (challenges.take('second-factor', token, services.nowMs()) === undefined) return refuse('challenge-over')
      const opened = await services.sessions.open({ userId, rememberMe, proof: judged.by }, headers)
      if (opened === undefined) return refuse('wrong-credentials')
      return reply({ user: opened.caller }, opened.cookies)
    },
  }),
  openRoute({
    method: 'post',
    path: '/api/auth/sign-in/passkey-options',
    summary:
      'What to ask the browser for a passkey with: anybody’s, or as the second factor of somebody whose password was right.',
    ...noInput,
    body: fields({ token: Type.Optional(Token) }),
    response: PasskeyQuestionSchema,
    async handle({ services, body: { token }, headers, address }) {
      const asked = token === undefined ? undefined : services.signIn.challenges.look('second-factor', token, services.nowMs())
      if (token !== undefined && asked === undefined) return refuse('challenge-over')
      const question = await askForPasskey(services, {
        headers,
        address,
        ...(asked === undefined ? {} : { userId: asked.userId }),
      })
      return 'kind' in question ? question : reply(question)
    },
  }),
  openRoute({
    method: 'post',
    path: '/api/auth/sign-in/passkey',
    summary: 'Sign in with a passkey, without a password.',
    ...noInput,
    body: fields({ token: Token, response: PasskeyResponseSchema, rememberMe: RememberMe }),
    response: SessionSchema,
    async handle({ services, body: { token, response, rememberMe = true }, headers, address }) {
      const asked = services.signIn.challenges.take('passkey', token, services.nowMs())
      if (asked === undefined || asked.userId !== undefined) return refuse('challenge-over')
      const verdict = await judgePasskeyAnswer(services, { address, headers }, asked.challenge, response)
      if (verdict.kind === 'refused') return verdict
      const opened = await services.sessions.open({ userId: verdict.userId, rememberMe, proof: 'passkey' }, headers)
      if (opened === undefined) return refuse('wrong-proof')
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
]

function findUser({ book }: Services, id: string) {
  return book.selectFrom('user').select(['id', 'email']).where('id', '=', id).executeTakeFirst()
}
