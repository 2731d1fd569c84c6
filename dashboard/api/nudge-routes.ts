// What would save money, which of it somebody chose as a goal, what this week's part of it is, and the message that waits.

import Type from 'typebox'
import { attainability, rankByWorth } from '../../pricing/nudging/attainability.ts'
import { arePaused, chooseGoal, closeMessage, dropGoal, goalOf, pauseMessages } from '../../pricing/nudging/nudge-desk.ts'
import { weeksOfPolicy } from '../../pricing/nudging/policy-weeks.ts'
import { historyMs, weekOfPolicy } from '../../pricing/nudging/send-messages.ts'
import type { Book } from '../../store/book/schema.ts'
import { listOrder, pageOf, pageOfItems, pageQuery } from './page.ts'
import { policyOf } from './policies.ts'
import { nudgesOf, rungsOf } from './premiums.ts'
import { answered, fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import { NudgeSchema } from './shapes.ts'

const Id = Type.String({ minLength: 1, maxLength: 128 })
const ofOne = { ...noInput, params: fields({ id: Id }) } as const
const behaviourCharactersMax = 60
const Share = Type.Number({ minimum: 0, maximum: 1 })
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

const RankedNudgeSchema = Type.Object({
  ...NudgeSchema.properties,
  /** How likely it is reached, by the person's own weeks: (weeks at the goal + 1) ÷ (weeks + 2). */
  attainability: Share,
})

const BudgetSchema = Type.Object({
  budgetMinor: Type.Integer(),
  leftMinor: Type.Integer(),
  done: Type.Number(),
  allowed: Type.Number(),
  spentAt: Type.Number(),
})

export const GoalStateSchema = Type.Object({
  goal: orNull(
    Type.Object({
      behaviour: Type.String(),
      savingMinor: Type.Integer(),
      currency: Type.String(),
      figures: Type.Object({ from: Type.Number(), to: Type.Number(), unit: Type.String() }),
      chosenAtMs: Type.Integer(),
      attainability: Share,
    }),
  ),
  week: Type.Object({ monday: Type.String(), budget: orNull(BudgetSchema) }),
  /** Sent and not closed; at most one. */
  message: orNull(
    Type.Object({
      id: Type.String(),
      kind: Type.Enum(['week-starts', 'week-so-far'] as const),
      behaviour: Type.String(),
      currency: Type.String(),
      budgetMinor: Type.Integer(),
      leftMinor: Type.Integer(),
      sentAtMs: Type.Integer(),
    }),
  ),
  isPaused: Type.Boolean(),
})

export type RankedNudge = Type.Static<typeof RankedNudgeSchema>
export type GoalState = Type.Static<typeof GoalStateSchema>

const byWorth = listOrder('nudges', Type.Tuple([Type.String()]))

export const nudgeRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/nudges',
    summary: 'What would save money, computed on the policy’s own edition, by what it saves and how likely it is reached.',
    roles: ['policyholder', 'insurer'],
    ...ofOne,
    query: fields(pageQuery),
    response: pageOf(RankedNudgeSchema),
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      const rungs = await rungsOf(services.book, policy.planId)
      const own = { id: policy.id, time_zone: policy.timeZone }
      const weeks = await weeksOfPolicy(services.book, own, rungs, services.nowMs() - historyMs)
      return answered(pageOfItems(byWorth, rankByWorth(await nudgesOf(services.book, policy.id), weeks), ({ id }) => id, query))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/goal',
    summary: 'The chosen goal, what is left of this week’s budget, and the message that waits.',
    roles: ['policyholder', 'insurer'],
    ...ofOne,
    response: GoalStateSchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      return policy === undefined ? refuse('not-found') : reply(await goalState(services.book, policy, services.nowMs()))
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/policies/:id/goal',
    summary: 'Chooses one goal in the place of any other; null gives it up.',
    roles: ['policyholder'],
    ...ofOne,
    body: fields({ behaviour: orNull(Type.String({ minLength: 1, maxLength: behaviourCharactersMax })) }),
    response: GoalStateSchema,
    async handle({ services, caller, params, body }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      if (body.behaviour === null) await dropGoal(services.book, policy.id, services.nowMs())
      else {
        const outcome = await chooseGoal(services.book, policy.id, body.behaviour, services.nowMs())
        if (outcome.kind === 'unknown-goal')
          return refuse('bad-request', 'body/behaviour: nothing of this name would lower the premium now')
      }
      return reply(await goalState(services.book, policy, services.nowMs()))
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/policies/:id/messages/pause',
    summary: 'Pauses the messages about one’s goal, or lets them come again.',
    roles: ['policyholder'],
    ...ofOne,
    body: fields({ isPaused: Type.Boolean() }),
    response: GoalStateSchema,
    async handle({ services, caller, params, body }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      await pauseMessages(services.book, policy.id, body.isPaused, services.nowMs())
      return reply(await goalState(services.book, policy, services.nowMs()))
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/policies/:id/messages/:message/close',
    summary: 'Puts a message away.',
    roles: ['policyholder'],
    ...noInput,
    params: fields({ id: Id, message: Id }),
    response: GoalStateSchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      if (!(await closeMessage(services.book, policy.id, params.message, services.nowMs()))) return refuse('not-found')
      return reply(await goalState(services.book, policy, services.nowMs()))
    },
  }),
] as const

interface OwnPolicy {
  readonly id: string
  readonly planId: string
  readonly timeZone: string
}

async function goalState(book: Book, { id, planId, timeZone }: OwnPolicy, nowMs: number): Promise<GoalState> {
  const goal = await goalOf(book, id)
  const rungs = await rungsOf(book, planId)
  const weeks = goal === undefined ? [] : await weeksOfPolicy(book, { id, time_zone: timeZone }, rungs, nowMs - historyMs)
  const { monday, budget } = await weekOfPolicy(book, { id, time_zone: timeZone, plan_id: planId }, nowMs)
  const open = await book
    .selectFrom('nudge_messages')
    .selectAll()
    .where('policy_id', '=', id)
    .where('closed_at_ms', 'is', null)
    .where('week', '=', monday)
    .orderBy('sent_at_ms', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    goal: goal === undefined ? null : { ...goal, attainability: attainability(goal, weeks) },
    week: { monday, budget: budget ?? null },
    message:
      open === undefined
        ? null
        : {
            id: open.id,
            kind: open.kind,
            behaviour: open.behaviour,
            currency: open.currency,
            budgetMinor: open.budget_minor,
            leftMinor: open.left_minor,
            sentAtMs: open.sent_at_ms,
          },
    isPaused: await arePaused(book, id),
  }
}
