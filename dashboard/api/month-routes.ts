// What this month will come to, and what lies behind each bar of the picture from the class price to the own one.

import Type from 'typebox'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { monthOfPolicy } from '../../pricing/month-of-policy.ts'
import { valveOfPolicy } from '../../pricing/valve-saving.ts'
import { behindBar } from './behind-bar.ts'
import { policyOf } from './policies.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import { BehindBarSchema } from './trip-shapes.ts'

const Id = Type.String({ minLength: 1, maxLength: 128 })
const roles = ['policyholder', 'insurer'] as const
/** Enough for a screen; the rest moved less. */
const itemsUsual = 20
const itemsMax = 100
const dayMs = 86_400_000

export const MonthSchema = Type.Object({
  /** YYYY-MM by the policy's clock. */
  month: Type.String(),
  daysLeft: Type.Integer({ minimum: 0 }),
  currency: Type.String(),
  classPremiumMinor: Type.Integer(),
  estimate: Type.Union([
    Type.Object({ kind: Type.Literal('settled'), premiumMinor: Type.Integer() }),
    /** Too few weeks to say more than what the premium is now. */
    Type.Object({
      kind: Type.Literal('too-early'),
      premiumMinor: Type.Integer(),
      weeks: Type.Integer(),
      weeksMin: Type.Integer(),
    }),
    /** Four in five months that go on like the person's recent weeks end between low and high. */
    Type.Object({
      kind: Type.Literal('estimate'),
      premiumMinor: Type.Integer(),
      lowMinor: Type.Integer(),
      expectedMinor: Type.Integer(),
      highMinor: Type.Integer(),
      weeks: Type.Integer(),
    }),
  ]),
})
export type Month = Type.Static<typeof MonthSchema>

export const ValveSchema = Type.Object({
  /** YYYY-MM-DD, the newest; null when it was never tested. */
  testedOn: Type.Union([Type.String(), Type.Null()]),
  /** Days since then by the policy's clock. */
  testedDaysAgo: Type.Union([Type.Integer(), Type.Null()]),
  /** A month: what the test saves, or would save. */
  savingMinor: Type.Integer(),
  currency: Type.String(),
})
export type Valve = Type.Static<typeof ValveSchema>

export const monthRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/month',
    summary:
      'What this month will come to: the premium as it stands, carried on by the person’s own recent weeks, with its range.',
    roles,
    ...noInput,
    params: fields({ id: Id }),
    response: MonthSchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      const month = policy && (await monthOfPolicy(services.book, policy.id, services.nowMs()))
      if (month === undefined) return refuse('not-found')
      const { place, estimate, classPremiumMinor, currency } = month
      return reply({
        month: place.today.slice(0, 'YYYY-MM'.length),
        daysLeft: place.daysLeft,
        currency,
        classPremiumMinor,
        estimate: { ...estimate },
      })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/valve',
    summary: 'When the home’s shut-off valve was last tested, and what that saves on the edition that is paid by.',
    roles,
    ...noInput,
    params: fields({ id: Id }),
    response: ValveSchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      const valve = policy && (await valveOfPolicy(services.book, policy.id))
      if (policy === undefined || valve === undefined) return refuse('not-found')
      const today = localClock(policy.timeZone).day(services.nowMs())
      const { testedOn } = valve
      const testedDaysAgo = testedOn === null ? null : Math.max(0, Math.round((Date.parse(today) - Date.parse(testedOn)) / dayMs))
      return reply({ ...valve, testedDaysAgo })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/steps/:step',
    summary: 'The trips or days behind one step of the premium, each with how much it moved that step, the most first.',
    roles,
    ...noInput,
    params: fields({ id: Id, step: Id }),
    query: fields({
      cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,6}$' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: itemsMax })),
    }),
    response: BehindBarSchema,
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      const from = Number(query.cursor ?? '0')
      const found = await behindBar(services.book, policy, params.step, { from, limit: query.limit ?? itemsUsual })
      return found === undefined ? refuse('not-found') : reply(found)
    },
  }),
]
