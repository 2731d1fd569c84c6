// Proving again who uses a session, before what somebody would regret. Which routes ask for it is in their declarations.

import Type from 'typebox'
import { passwordCharactersMax } from '../sign-in/accounts.ts'
import { stepUpMsMax } from '../sign-in/step-up.ts'
import { everyone, fields, guardedRoute, noInput, refuse, reply } from './route.ts'

const ProvedSchema = Type.Object({ provedUntilMs: Type.Integer({ description: 'Until then nobody is asked again.' }) })

export const stepUpRoutes = [
  guardedRoute({
    method: 'post',
    path: '/api/v1/step-up',
    summary: 'Prove again who uses this session.',
    roles: everyone,
    ...noInput,
    body: fields({ password: Type.String({ minLength: 1, maxLength: passwordCharactersMax }) }),
    response: ProvedSchema,
    async handle({ services, caller, session, body, address }) {
      if (session === undefined) return refuse('not-allowed')
      const nowMs = services.nowMs()
      const admission = services.attempts.admit(address, caller.email, nowMs)
      if (admission.kind === 'refused') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
      if (!(await services.sessions.hasPassword(caller.id, body.password))) return refuse('wrong-credentials')
      services.attempts.succeeded(address, caller.email)
      await services.sessions.prove(session.id, 'password')
      return reply({ provedUntilMs: nowMs + stepUpMsMax })
    },
  }),
]
