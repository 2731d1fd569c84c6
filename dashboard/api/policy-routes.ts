// What a policyholder sees of their own policies, and the insurer of all. Another's policy answers like one that is not there.

import Type from 'typebox'
import { acceptedCorrections } from '../../pricing/accepted-corrections.ts'
import { rolesOf } from '../../pricing/trip-role.ts'
import { isLocale, locales } from '../messages/locale.ts'
import { renderStatement } from '../statement/render-statement.ts'
import { composeStatement } from '../statement/statement.ts'
import { noteStatement, verificationUrl } from '../statement/verification.ts'
import { deviceHealth } from './device-health.ts'
import { homeDaysOf } from './home-days.ts'
import { pageOf, pageQuery } from './page.ts'
import { policiesOf, policyOf } from './policies.ts'
import { currentPremiumOf, premiumHistoryOf, rungsOf, toPremium } from './premiums.ts'
import { answered, fields, guardedRoute, noInput, refuse, reply } from './route.ts'
import {
  DeviceHealthSchema,
  HomeDaySchema,
  PaidPremiumSchema,
  PolicySchema,
  PremiumSchema,
  TripDetailSchema,
  TripPageSchema,
} from './shapes.ts'
import { readCourse } from './trip-course.ts'
import { findTrip, pageOfTrips, standingOf, toTripDetail, tripFilters, tripsPerPageMax } from './trips.ts'

const roles = ['policyholder', 'insurer'] as const
const ofOne = { ...noInput, params: fields({ id: Type.String({ minLength: 1, maxLength: 128 }) }) } as const
/** Beyond what a Date can hold nothing happened. */
const instantMsMax = 8_640_000_000_000_000

export const policyRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies',
    summary: 'The caller’s own policies; every policy for the insurer.',
    roles,
    ...noInput,
    query: fields(pageQuery),
    response: pageOf(PolicySchema),
    handle: async ({ services, caller, query }) => answered(await policiesOf(services.book, caller, query)),
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id',
    summary: 'One policy.',
    roles,
    ...ofOne,
    response: PolicySchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      return policy === undefined ? refuse('not-found') : reply(policy)
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/premium',
    summary: 'The current premium with its worksheet.',
    roles,
    ...ofOne,
    response: PremiumSchema,
    async handle({ services, caller, params }) {
      const policy = await policyOf(services.book, caller, params.id)
      const premium = policy && (await currentPremiumOf(services.book, policy.id))
      return premium === undefined ? refuse('not-found') : reply(toPremium(premium))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/premiums',
    summary: 'Every premium so far, the newest first.',
    roles,
    ...ofOne,
    query: fields(pageQuery),
    response: pageOf(PaidPremiumSchema),
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      return policy === undefined ? refuse('not-found') : answered(await premiumHistoryOf(services.book, policy.id, query))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/trips',
    summary: 'Trips, the newest first, page by page.',
    roles,
    ...ofOne,
    query: fields({
      before: Type.Optional(Type.Integer({ minimum: 0, maximum: instantMsMax, description: 'Epoch milliseconds.' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: tripsPerPageMax })),
      filter: Type.Optional(Type.Enum(tripFilters)),
    }),
    response: TripPageSchema,
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      const rungs = await rungsOf(services.book, policy.planId)
      return reply(await pageOfTrips(services.book, policy.id, rungs, query))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/trips/:id',
    summary: 'One trip with its events and its course, at most 2,000 points.',
    roles,
    ...ofOne,
    response: TripDetailSchema,
    async handle({ services, caller, params }) {
      const found = await findTrip(services.book, params.id)
      if (found === undefined) return refuse('not-found')
      for (const policyId of found.policyIds) {
        const policy = await policyOf(services.book, caller, policyId)
        if (policy === undefined) continue
        const rungs = await rungsOf(services.book, policy.planId)
        const course = await readCourse(services.telemetry, found.row)
        const standing = standingOf(found, await acceptedCorrections(services.book, policyId))
        const detail = toTripDetail(found, rungs, course)
        const said = (await rolesOf(services.book, policyId, [found.row])).get(detail.id) ?? null
        return reply({ ...detail, standing, said })
      }
      return refuse('not-found')
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/devices',
    summary: 'Health of the policy’s devices.',
    roles,
    ...ofOne,
    query: fields(pageQuery),
    response: pageOf(DeviceHealthSchema),
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      if (policy === undefined) return refuse('not-found')
      return answered(await deviceHealth(services.book, services.telemetry, query, { policyId: policy.id }))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/home-days',
    summary: 'Days of a home, the newest first.',
    roles,
    ...ofOne,
    query: fields(pageQuery),
    response: pageOf(HomeDaySchema),
    async handle({ services, caller, params, query }) {
      const policy = await policyOf(services.book, caller, params.id)
      return policy === undefined ? refuse('not-found') : answered(await homeDaysOf(services.book, policy.id, query))
    },
  }),
  guardedRoute({
    method: 'get',
    path: '/api/v1/policies/:id/statement.pdf',
    summary: 'The current premium as a PDF statement with its worksheet.',
    roles,
    ...ofOne,
    query: fields({ locale: Type.Optional(Type.Enum(locales)) }),
    response: Type.Unknown(),
    contentType: 'application/pdf',
    async handle({ services, caller, params, query, headers }) {
      const policy = await policyOf(services.book, caller, params.id)
      const premium = policy && (await currentPremiumOf(services.book, policy.id))
      if (policy === undefined || premium === undefined) return refuse('not-found')
      const own = isLocale(caller.locale) ? caller.locale : 'en'
      const statement = composeStatement({
        premiumId: premium.id,
        locale: query.locale ?? own,
        worksheet: premium.worksheet,
        facts: premium.facts,
        rungs: await rungsOf(services.book, policy.planId),
        computedAtMs: premium.computedAtMs,
        issuedAtMs: services.nowMs(),
        timeZone: policy.timeZone,
        policyholder: policy.policyholder.name,
        verifyUrl: verificationUrl(services.publicUrl || `http://${headers.get('host') ?? ''}`, premium.id),
      })
      const bytes = await renderStatement(statement)
      await noteStatement(services.book, premium.id, bytes, services.nowMs())
      return { kind: 'file', contentType: 'application/pdf', fileName: fileNameOf(policy.id), bytes }
    },
  }),
]

function fileNameOf(policyId: string): string {
  return `merit-${policyId.replaceAll(/[^A-Za-z0-9._-]/g, '-')}.pdf`
}
