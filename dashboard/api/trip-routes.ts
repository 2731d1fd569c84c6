// One trip beyond its figures: what it costs, who drove it, its neighbours, its course in detail, and the roads known around it.

import Type from 'typebox'
import { tripCost } from '../../pricing/trip-cost.ts'
import { sayRole } from '../../pricing/trip-role.ts'
import type { Caller } from '../sign-in/sessions.ts'
import { type OwnTrip, ownTrip } from './own-trip.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import type { Services } from './services.ts'
import { readCourse } from './trip-course.ts'
import { roadsAround } from './trip-roads.ts'
import {
  CourseSchema,
  NeighboursSchema,
  RoadsSchema,
  RoleSchema,
  TripCostSchema,
  type TripRole,
  TripRoleSchema,
} from './trip-shapes.ts'

const readers = ['policyholder', 'insurer'] as const
const Id = Type.String({ minLength: 1, maxLength: 128 })
const ofOne = { ...noInput, params: fields({ id: Id }) } as const
const instantMsMax = 8_640_000_000_000_000
export const tripRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/trips/:id/cost',
    summary: 'What the month’s premium is with this trip and without it, on the edition that is paid by, and where that lies.',
    roles: readers,
    ...ofOne,
    response: TripCostSchema,
    async handle({ services, caller, params }) {
      const own = await ownTrip(services.book, caller, params.id)
      if (own === undefined || own.row.status !== 'ended') return refuse('not-found')
      const cost = await tripCost(services.book, own.policy.id, own.row)
      return cost === undefined ? refuse('not-found') : reply({ ...cost, parts: cost.parts.map((part) => ({ ...part })) })
    },
  }),
  guardedRoute({
    method: 'post',
    path: '/api/v1/trips/:id/role',
    summary: 'Says who drove one’s own trip: a confirmation is kept, anybody else is a dispute; null takes back what was said.',
    roles: ['policyholder'],
    ...ofOne,
    body: fields({ role: RoleSchema }),
    response: TripRoleSchema,
    async handle({ services, caller, params, body }) {
      const own = await ownTrip(services.book, caller, params.id)
      if (own === undefined) return refuse('not-found')
      return say(services, caller, own, body.role)
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/trips/:id/neighbours',
    summary: 'The trips before and after it, of the same policy.',
    roles: readers,
    ...ofOne,
    response: NeighboursSchema,
    async handle({ services, caller, params }) {
      const own = await ownTrip(services.book, caller, params.id)
      if (own === undefined) return refuse('not-found')
      const [previousId, nextId] = await Promise.all([neighbour(services, own, '<'), neighbour(services, own, '>')])
      return reply({ previousId, nextId })
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/trips/:id/course',
    summary: 'The course of a trip, or of a stretch of it, at most 2,000 points: of every stretch the slowest and the fastest.',
    roles: readers,
    ...ofOne,
    query: fields({
      from: Type.Optional(Type.Integer({ minimum: 0, maximum: instantMsMax, description: 'Epoch milliseconds.' })),
      until: Type.Optional(Type.Integer({ minimum: 0, maximum: instantMsMax, description: 'Epoch milliseconds.' })),
    }),
    response: CourseSchema,
    async handle({ services, caller, params, query }) {
      const own = await ownTrip(services.book, caller, params.id)
      if (own === undefined) return refuse('not-found')
      return reply(await readCourse(services.telemetry, own.row, query))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/trips/:id/roads',
    summary: 'Where the same policy’s vehicles drove before, near this trip: what the drawing of its route lies upon.',
    roles: readers,
    ...ofOne,
    response: RoadsSchema,
    async handle({ services, caller, params }) {
      const own = await ownTrip(services.book, caller, params.id)
      if (own === undefined) return refuse('not-found')
      return reply(await roadsAround(services.book, services.telemetry, own.policy.id, own.row))
    },
  }),
]

async function say(services: Services, caller: Caller, { row, policy }: OwnTrip, role: TripRole['role']) {
  const outcome = await sayRole(services.book, { policyId: policy.id, tripId: row.id, role, userId: caller.id }, services.nowMs())
  switch (outcome.kind) {
    case 'unknown-trip':
      return refuse('not-found')
    case 'not-ended':
      return refuse('bad-request', 'the trip has not ended')
    case 'settled':
      return refuse('settled')
    case 'too-many':
      return refuse('too-many-disputes')
    case 'said': {
      const { repriced, disputeId } = outcome
      if (repriced.kind === 'repriced') {
        services.metrics.premiumComputed()
        const { premiumMinor, currency } = repriced
        services.live.publish({ kind: 'premium', policyId: policy.id, premiumMinor, currency })
      }
      if (disputeId !== null)
        services.live.publish({ kind: 'dispute', policyId: policy.id, disputeId, tripId: row.id, status: 'open' })
      return reply({ role: outcome.role, disputeId })
    }
  }
}

async function neighbour({ book }: Services, { row, policy }: OwnTrip, side: '<' | '>'): Promise<string | null> {
  const found = await book
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .select('trips.id')
    .where('policy_devices.policy_id', '=', policy.id)
    .where('trips.started_at_ms', side, row.started_at_ms)
    .orderBy('trips.started_at_ms', side === '<' ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst()
  return found?.id ?? null
}
