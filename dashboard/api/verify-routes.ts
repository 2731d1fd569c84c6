// Anybody may ask whether a statement is genuine: whoever was shown one has no account here.

import Type from 'typebox'
import { verifyStatement } from '../statement/verification.ts'
import { fields, noInput, openRoute, refuse, reply } from './route.ts'
import { throttled } from './throttle.ts'

const admit = throttled({ perWindowMax: 30, windowMs: 60_000, trackedMax: 20_000 })

const VerifiedSchema = Type.Union([
  Type.Object({ kind: Type.Literal('unknown') }),
  Type.Object({
    kind: Type.Literal('genuine'),
    by: Type.Enum(['code', 'file'] as const, { description: '`file`: the very bytes that were issued.' }),
    product: Type.Enum(['motor', 'home'] as const),
    premiumMinor: Type.Integer(),
    currency: Type.String(),
    computedAtMs: Type.Integer(),
    isCurrent: Type.Boolean({ description: 'It is what the policy pays now.' }),
    issuedAtMs: Type.Union([Type.Integer(), Type.Null()]),
  }),
])

export type VerifiedStatement = Type.Static<typeof VerifiedSchema>

export const verifyRoutes = [
  openRoute({
    method: 'get',
    path: '/api/v1/verify/:code',
    summary: 'Whether a statement is genuine, by the code it prints or the SHA-256 of its file, and the amount it states.',
    ...noInput,
    params: fields({ code: Type.String({ minLength: 1, maxLength: 128 }) }),
    problems: ['too-many-attempts'],
    response: VerifiedSchema,
    async handle({ services, params, address }) {
      const admission = admit(services, address)
      if (admission.kind === 'throttled') return { ...refuse('too-many-attempts'), retryAfterMs: admission.retryAfterMs }
      return reply(await verifyStatement(services.book, params.code))
    },
  }),
]
