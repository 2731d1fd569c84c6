// How good the data of a policy's trips was, month by month.

import Type from 'typebox'
import { doubts } from '../../pricing/behaviour/trip-quality.ts'
import { qualityByMonth } from '../../pricing/data-quality.ts'
import { policyOf } from './policies.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import { tripFactsOf } from './trips.ts'

/** More than twelve trips a day for a year. */
export const judgedTripsMax = 5_000

const Share = Type.Number({ minimum: 0, maximum: 1 })
const Count = Type.Integer({ minimum: 0 })

const MonthQualitySchema = Type.Object({
  /** YYYY-MM by the policy's clock. */
  month: Type.String(),
  trips: Count,
  /** Of them, those that count for the premium. */
  ratedTrips: Count,
  distanceM: Count,
  /** Of the distance, what was driven with readings. */
  seenM: Count,
  completeness: Share,
  clockTrust: Share,
  confidence: Share,
  doubts: Type.Array(Type.Object({ doubt: Type.Enum(doubts), trips: Count })),
})

export type MonthQuality = Type.Static<typeof MonthQualitySchema>

export const qualityRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/data-quality',
    summary: 'Completeness, clock trust, confidence and named doubts of the trips, month by month. None of it costs anything.',
    roles: ['policyholder', 'insurer'],
    ...noInput,
    params: fields({ id: Type.String({ minLength: 1, maxLength: 128 }) }),
    response: Type.Array(MonthQualitySchema),
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      const trips = (await tripFactsOf(services.book, policy.id, judgedTripsMax)).filter(({ row }) => row.status === 'ended')
      const months = qualityByMonth(
        trips.map(({ row, facts }) => ({ startedAtMs: row.started_at_ms, endedAtMs: row.ended_at_ms, facts })),
      )
      return reply(months.map((month) => ({ ...month, doubts: [...month.doubts] })))
    },
  }),
] as const
