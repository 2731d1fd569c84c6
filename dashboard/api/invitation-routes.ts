// For whoever holds an invitation: what it is for, and accepting it. The token comes in a body, so that no log of addresses keeps it.

import Type from 'typebox'
import { acceptInvitation, findInvitation } from '../sign-in/invitations.ts'
import { everyone, fields, noInput, openRoute, refuse, reply } from './route.ts'
import { SessionSchema } from './shapes.ts'
import { LocaleName, NewPassword, PersonName, Token } from './sign-in-shapes.ts'

export const OpenInvitationSchema = Type.Object({
  email: Type.String(),
  role: Type.Enum(everyone),
  name: Type.Union([Type.String(), Type.Null()], { description: 'Of the policyholder it is for.' }),
  insurer: Type.String(),
  expiresAtMs: Type.Integer(),
})
export type OpenInvitation = Type.Static<typeof OpenInvitationSchema>

export const invitationRoutes = [
  openRoute({
    method: 'post',
    path: '/api/auth/invitation',
    summary: 'What an invitation is for.',
    ...noInput,
    body: fields({ token: Token }),
    response: OpenInvitationSchema,
    async handle({ services, body: { token }, address }) {
      const nowMs = services.nowMs()
      const { book, signIn } = services
      const { codeAttempts } = signIn
      const admission = codeAttempts.admit(address, `invitation ${token}`, nowMs)
      if (admission.kind === 'refused') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
      const found = await findInvitation(book, token, signIn.demo, nowMs)
      if (found.kind === 'unknown') return refuse('not-found')
      codeAttempts.succeeded(address, `invitation ${token}`)
      if (found.kind === 'over') return refuse('invitation-over')
      const { row } = found
      const insurer = await book.selectFrom('insurers').select('name').where('id', '=', row.insurer_id).executeTakeFirst()
      const holder =
        row.policyholder_id === null
          ? undefined
          : await book.selectFrom('policyholders').select('name').where('id', '=', row.policyholder_id).executeTakeFirst()
      const { email, role, expires_at_ms: expiresAtMs } = row
      return reply({ email, role, name: holder?.name ?? null, insurer: insurer?.name ?? '', expiresAtMs })
    },
  }),
  openRoute({
    method: 'post',
    path: '/api/auth/invitation/accept',
    summary: 'Accepts an invitation: makes the account and signs it in. Works once.',
    ...noInput,
    body: fields({ token: Token, name: PersonName, password: NewPassword, locale: LocaleName }),
    response: SessionSchema,
    async handle({ services, body: { token, name, password, locale }, headers, address }) {
      const nowMs = services.nowMs()
      const { book, signIn } = services
      const { codeAttempts } = signIn
      const admission = codeAttempts.admit(address, `invitation ${token}`, nowMs)
      if (admission.kind === 'refused') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
      const found = await findInvitation(book, token, signIn.demo, nowMs)
      if (found.kind === 'unknown') return refuse('not-found')
      if (found.kind === 'over') return refuse('invitation-over')
      const outcome = await acceptInvitation(book, found.row, { name: name.trim(), password, locale }, nowMs)
      if (outcome.kind === 'over') return refuse('invitation-over')
      if (outcome.kind === 'bad-password') return refuse('bad-request', 'body/password: does not do')
      if (outcome.kind === 'exists') return refuse('conflict', 'somebody signs in with this e-mail address already')
      codeAttempts.succeeded(address, `invitation ${token}`)
      const opened = await services.sessions.open({ userId: outcome.userId, rememberMe: true, proof: 'invitation' }, headers)
      if (opened === undefined) return refuse('invitation-over')
      return reply({ user: opened.caller }, opened.cookies)
    },
  }),
]
