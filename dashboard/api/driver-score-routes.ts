// How a policy's vehicle was driven, all trips together, with the course of it month by month.

import Type from 'typebox'
import { acceptedCorrections } from '../../pricing/accepted-corrections.ts'
import { localClock } from '../../pricing/behaviour/local-clock.ts'
import { correctTrips, type MeasuredTrip } from '../../pricing/corrections.ts'
import { driverScore, type ScoredTrip } from '../../pricing/score/driver-score.ts'
import { ordinaryScore } from '../../pricing/score/trip-score.ts'
import type { EndedTrip } from '../../pricing/trip-facts.ts'
import { isRateable } from '../../pricing/trip-facts.ts'
import { policyOf } from './policies.ts'
import { judgedTripsMax } from './quality-routes.ts'
import { fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import { type FoundTrip, tripFactsOf } from './trips.ts'

const Points = Type.Number({ minimum: 0, maximum: 100 })
const PointsOrUnknown = Type.Union([Points, Type.Null()])

export const DriverScoreSchema = Type.Object({
  /** 0 worst … 100 best, drawn to ordinary driving by what is still missing of credibility. */
  score: Points,
  /** What a driver of whom nothing is known has. */
  ordinaryScore: Points,
  credibility: Type.Number({ minimum: 0, maximum: 1 }),
  effectiveKm: Type.Number({ minimum: 0 }),
  trips: Type.Integer({ minimum: 0 }),
  components: Type.Object({
    smoothness: PointsOrUnknown,
    speed: PointsOrUnknown,
    cornering: PointsOrUnknown,
    timeOfDay: PointsOrUnknown,
    distance: PointsOrUnknown,
  }),
  /** The score as it stood at the end of each month with trips, YYYY-MM by the policy's clock. */
  months: Type.Array(Type.Object({ month: Type.String(), score: Points, trips: Type.Integer({ minimum: 1 }) })),
})

export type DriverScore = Type.Static<typeof DriverScoreSchema>

export const driverScoreRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/driver-score',
    summary: 'How the vehicle was driven, out of the trips that count; the premium itself rests on its worksheet.',
    roles: ['policyholder', 'insurer'],
    ...noInput,
    params: fields({ id: Type.String({ minLength: 1, maxLength: 128 }) }),
    response: DriverScoreSchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      const found = (await tripFactsOf(services.book, policy.id, judgedTripsMax)).filter(({ row }) => row.status === 'ended')
      const accepted = await acceptedCorrections(services.book, policy.id)
      const trips = correctTrips(found.map(toMeasured), accepted).filter(({ facts }) => isRateable(facts))
      const { components, ...score } = driverScore(trips.flatMap(toScored))
      return reply({ ...score, components: { ...components }, ordinaryScore, months: monthsOf(trips) })
    },
  }),
] as const

function toMeasured({ row, facts }: FoundTrip): MeasuredTrip {
  return { id: row.id, deviceId: row.device_id, startedAtMs: row.started_at_ms, endedAtMs: row.ended_at_ms, facts }
}

function toScored({ startedAtMs, facts: { score } }: EndedTrip): readonly ScoredTrip[] {
  return score === undefined ? [] : [{ startedAtMs, score }]
}

function monthsOf(trips: readonly EndedTrip[]): { month: string; score: number; trips: number }[] {
  const monthOf = ({ startedAtMs, facts }: EndedTrip): string => localClock(facts.timeZone).day(startedAtMs).slice(0, 7)
  const byMonth = Map.groupBy(trips, monthOf)
  const months = [...byMonth.keys()].sort()
  return months.map((month) => {
    const upToThen = months.filter((other) => other <= month).flatMap((other) => byMonth.get(other) ?? [])
    return { month, score: driverScore(upToThen.flatMap(toScored)).score, trips: byMonth.get(month)?.length ?? 0 }
  })
}
