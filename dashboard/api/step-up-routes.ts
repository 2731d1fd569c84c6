// Proving again who uses a session, before what somebody would regret. Which routes ask for it is in their declarations.

import Type from 'typebox'
import { stepUpMsMax } from '../sign-in/step-up.ts'
import { askForPasskey } from './passkey-question.ts'
import { judgeProof, proofsOf } from './prove.ts'
import { everyone, fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import { PasskeyQuestionSchema, proofFields, SomePassword, StepUpSchema } from './sign-in-shapes.ts'

export const stepUpRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/step-up',
    summary: 'Until when this session has proved who uses it, and what the account may prove it with.',
    roles: everyone,
    ...noInput,
    response: StepUpSchema,
    async handle({ services, caller, session }) {
      if (session === undefined) return refuse('not-allowed')
      return reply({ provedUntilMs: session.provedAtMs + stepUpMsMax, proofs: [...(await proofsOf(services, caller.id))] })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/step-up',
    summary: 'Prove again who uses this session: by password, or where there is a second factor by that.',
    roles: everyone,
    ...noInput,
    body: fields({ password: Type.Optional(SomePassword), ...proofFields }),
    response: StepUpSchema,
    async handle({ services, caller, session, body, headers, address }) {
      if (session === undefined) return refuse('not-allowed')
      const judged = await judgeProof(services, { user: caller, address, headers, to: 'step-up' }, body)
      if (judged.kind === 'refused') return judged
      await services.sessions.prove(session.id, judged.by)
      return reply({ provedUntilMs: services.nowMs() + stepUpMsMax, proofs: [...(await proofsOf(services, caller.id))] })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/step-up/passkey-options',
    summary: 'What to ask the browser for one of this account’s passkeys with.',
    roles: everyone,
    ...noInput,
    response: PasskeyQuestionSchema,
    async handle({ services, caller, headers, address }) {
      const question = await askForPasskey(services, { headers, address, userId: caller.id })
      return 'kind' in question ? question : reply(question)
    },
  }),
]
