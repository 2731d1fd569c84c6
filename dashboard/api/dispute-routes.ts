// A holder disputes a trip's role or an event, the insurer decides; both are told live, and so is a premium that follows.

import Type from 'typebox'
import {
  decideDispute,
  fileDispute,
  findDispute,
  type Settled,
  stakesOf,
  withdrawDispute,
  wordsCharactersMax,
} from '../../pricing/disputes.ts'
import type { Caller } from '../sign-in/sessions.ts'
import { type Dispute, DisputeDetailSchema, DisputeSchema, disputeKinds, disputeStatuses } from './dispute-shapes.ts'
import { disputeOf, disputeStepsOf, disputesOf } from './disputes.ts'
import { pageOf, pageQuery } from './page.ts'
import { policyOf } from './policies.ts'
import { answered, fields, guardedRoute, noInput, type Reply, refuse, reply } from './route.ts'
import type { Services } from './services.ts'
import { findTrip } from './trips.ts'

const holder = ['policyholder'] as const
const insurer = ['insurer'] as const
const Id = Type.String({ minLength: 1, maxLength: 128 })
const ofOne = { ...noInput, params: fields({ id: Id }) } as const
const eventKindCharactersMax = 40

export const disputeRoutes = [
  guardedRoute({
    method: 'post',
    path: '/api/v1/trips/:id/disputes',
    summary: 'Disputes the role of one’s own trip, or one of its events. The same said twice is one dispute.',
    roles: holder,
    ...ofOne,
    body: fields({
      kind: Type.Enum(disputeKinds),
      /** As the trip lists it; for `avoided-harm` and `wrong-event`. */
      event: Type.Optional(fields({ kind: Type.String({ maxLength: eventKindCharactersMax }), startMs: Type.Integer() })),
      note: Type.Optional(Type.String({ maxLength: wordsCharactersMax })),
    }),
    status: 201,
    problems: ['too-many-disputes'],
    response: DisputeSchema,
    async handle({ services, caller, params, body }) {
      const policyId = await ownPolicyOfTrip(services, caller, params.id)
      if (policyId === undefined) return refuse('not-found')
      const { kind, event, note = '' } = body
      const wanted = { policyId, tripId: params.id, kind, event, note: note.trim() }
      const outcome = await fileDispute(services.book, wanted, services.nowMs())
      switch (outcome.kind) {
        case 'filed':
          services.live.publish({ kind: 'dispute', policyId, disputeId: outcome.dispute.id, tripId: params.id, status: 'open' })
          return answerWith(services, caller, outcome.dispute.id)
        case 'exists':
          return answerWith(services, caller, outcome.dispute.id)
        case 'too-long':
          return refuse('bad-request', `body/note: must have at most ${wordsCharactersMax} characters`)
        case 'wrong-kind':
          return refuse('bad-request', 'body/event: belongs to avoided-harm and wrong-event, and to nothing else')
        case 'unknown-event':
          return refuse('bad-request', 'body/event: the trip has no such event')
        case 'unknown-trip':
          return refuse('not-found')
        case 'too-many':
          return refuse('too-many-disputes')
      }
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/disputes',
    summary: 'The caller’s own disputes; every dispute for the insurer.',
    roles: ['policyholder', 'insurer'],
    ...noInput,
    query: fields({ status: Type.Optional(Type.Enum(disputeStatuses)), trip: Type.Optional(Id), ...pageQuery }),
    response: pageOf(DisputeSchema),
    async handle({ services, caller, query: { status, trip, ...place } }) {
      const wanted = { ...(status === undefined ? {} : { status }), ...(trip === undefined ? {} : { tripId: trip }) }
      return answered(await disputesOf(services.book, caller, wanted, place))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/disputes/:id',
    summary: 'One dispute with what the premium comes to either way.',
    roles: insurer,
    ...ofOne,
    response: DisputeDetailSchema,
    async handle({ services, caller, params }) {
      const dispute = await disputeOf(services.book, caller, params.id)
      const row = await findDispute(services.book, params.id)
      if (dispute === undefined || row === undefined) return refuse('not-found')
      const steps = await disputeStepsOf(services.book, row.id)
      return reply({ ...dispute, steps, stakes: (await stakesOf(services.book, row)) ?? null })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/disputes/:id/withdraw',
    problems: ['settled'],
    summary: 'Takes back what waits for a decision or was accepted; the premium follows at once.',
    roles: holder,
    ...ofOne,
    response: DisputeSchema,
    async handle({ services, caller, params }) {
      if ((await disputeOf(services.book, caller, params.id)) === undefined) return refuse('not-found')
      return answerSettled(services, caller, await withdrawDispute(services.book, params.id, services.nowMs()))
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/disputes/:id/decision',
    problems: ['settled'],
    summary: 'Accepts or rejects with a reason, also otherwise than before; the premium follows at once.',
    roles: insurer,
    ...ofOne,
    body: fields({ accept: Type.Boolean(), reason: Type.String({ minLength: 1, maxLength: wordsCharactersMax }) }),
    response: DisputeSchema,
    async handle({ services, caller, params, body }) {
      const decision = { accept: body.accept, reason: body.reason.trim(), decidedBy: caller.id }
      if (decision.reason === '') return refuse('bad-request', 'body/reason: must say something')
      if ((await disputeOf(services.book, caller, params.id)) === undefined) return refuse('not-found')
      return answerSettled(services, caller, await decideDispute(services.book, params.id, decision, services.nowMs()))
    },
  }),
]

/** The caller's policy that insures the trip's device. */
async function ownPolicyOfTrip({ book }: Services, caller: Caller, tripId: string): Promise<string | undefined> {
  const found = await findTrip(book, tripId)
  for (const policyId of found?.policyIds ?? []) if ((await policyOf(book, caller, policyId)) !== undefined) return policyId
  return undefined
}

async function answerSettled(services: Services, caller: Caller, outcome: Settled): Promise<Reply<Dispute>> {
  switch (outcome.kind) {
    case 'too-long':
      return refuse('bad-request', `body/reason: must have at most ${wordsCharactersMax} characters`)
    case 'unknown':
      return refuse('not-found')
    case 'settled':
      return refuse('settled')
    case 'done': {
      const { dispute, repriced } = outcome
      if (repriced.kind === 'repriced') {
        const { premiumMinor, currency } = repriced
        services.metrics.premiumComputed()
        services.live.publish({ kind: 'premium', policyId: dispute.policy_id, premiumMinor, currency })
      }
      services.live.publish({
        kind: 'dispute',
        policyId: dispute.policy_id,
        disputeId: dispute.id,
        tripId: dispute.trip_id,
        status: dispute.status,
      })
      return answerWith(services, caller, dispute.id)
    }
  }
}

async function answerWith({ book }: Services, caller: Caller, id: string): Promise<Reply<Dispute>> {
  const dispute = await disputeOf(book, caller, id)
  return dispute === undefined ? refuse('not-found') : reply(dispute)
}
