// A chunk of policies out of the book, under both editions. Reads only. The sums of trips answer for all but the policies with
// corrections or with trips that are not summed yet, and drafts that detect otherwise.

import type { Kysely } from 'kysely'
import type { BookSchema } from '../../store/book/schema.ts'
import { correctionOf } from '../accepted-corrections.ts'
import type { Correction } from '../corrections.ts'
import { drivenFacts, homeFacts, type StoredHomeDay } from '../experience.ts'
import { parseHomeDayFacts } from '../home-day-facts.ts'
import type { Facts } from '../rating/facts.ts'
import { drivingOfPolicies, drivingOfPolicy } from '../stored-driving.ts'
import { BadFacts } from '../stored-facts.ts'
import { type DrivingSums, qualityOfSums } from '../trip-sums.ts'
import { worstOf } from './make-report.ts'
import type { MeasureAgain } from './measure-again.ts'
import type { ChunkResult, MeasuredAgain } from './outcome.ts'
import { changeOf } from './outcome.ts'
import { type Contest, moverOf, type PricedPolicy, pricePolicy } from './price-policy.ts'

export interface ChunkRange {
  readonly fromPolicyId: string
  readonly toPolicyId: string
}

export interface ReplayTerms {
  readonly contest: Contest
  /** Minor units a year by policy. */
  readonly expectedClaims: Readonly<Record<string, number>>
  /** Undefined when stored facts answer everything. */
  readonly measureAgain: MeasureAgain | undefined
  readonly startedAtMs: number
  /** Premiums a year of an edition of the book. */
  readonly instalmentsOf: (editionHash: string) => Promise<number>
}

type PolicyInChunk = Awaited<ReturnType<typeof policiesIn>>[number]

/** The book's rows of a chunk, each read once for all its policies. */
interface ChunkRows {
  readonly sums: ReadonlyMap<string, DrivingSums>
  readonly corrections: ReadonlyMap<string, readonly Correction[]>
  readonly unsummed: ReadonlySet<string>
  /** What the term before the present one cost a year; null for a first term. */
  readonly termsBefore: ReadonlyMap<string, number | null>
  readonly days: ReadonlyMap<string, readonly { readonly deviceId: string; readonly day: string; readonly facts: string }[]>
}

export async function replayChunk(book: Kysely<BookSchema>, terms: ReplayTerms, range: ChunkRange): Promise<ChunkResult> {
  const { contest, expectedClaims } = terms
  const policies = await policiesIn(book, contest.champion.planId, range)
  const rows = await rowsOf(book, range)
  const measuredAgain: MeasuredAgain = { trips: 0, unaffected: 0, withoutReadings: 0 }
  const priced: PricedPolicy[] = []
  for (const policy of policies) {
    try {
      const measured = await measuredOf(book, policy, rows)
      const byDraft =
        terms.measureAgain === undefined || policy.product !== 'motor'
          ? measured.facts
          : drivenFacts({}, await terms.measureAgain(policy, rows.corrections.get(policy.id) ?? [], measuredAgain))
      priced.push(
        pricePolicy(contest, {
          policyId: policy.id,
          stated: statedOf(policy),
          measured: measured.facts,
          quality: measured.sums && qualityOfSums(measured.sums),
          measuredByDraft: byDraft,
          onRecordMinor: await onRecordOf(policy, terms),
          termBeforeMinor: rows.termsBefore.get(policy.id) ?? null,
          expectedClaimsMinor: Object.hasOwn(expectedClaims, policy.id) ? expectedClaims[policy.id] : undefined,
        }),
      )
    } catch (error) {
      if (!(error instanceof BadFacts)) throw error
      priced.push({ kind: 'unrated', policyId: policy.id, problem: error.message })
    }
  }
  const outcomes = priced.flatMap((one) => (one.kind === 'priced' ? [one.outcome] : []))
  return {
    outcomes,
    unrated: priced.flatMap((one) => (one.kind === 'unrated' ? [{ policyId: one.policyId, problem: one.problem }] : [])),
    up: moversOf(priced, 1),
    down: moversOf(priced, -1),
    changedMeanwhile: await changedSince(book, contest.champion.planId, range, terms.startedAtMs),
    stated: outcomes.filter(({ policyId }) => Object.hasOwn(expectedClaims, policyId)).length,
    measuredAgain,
  }
}

/** A policy may still pay by the edition that its term began with. */
async function onRecordOf({ premiumMinor, editionHash }: PolicyInChunk, terms: ReplayTerms): Promise<number | null> {
  return premiumMinor === null || editionHash === null ? null : premiumMinor * (await terms.instalmentsOf(editionHash))
}

function moversOf(priced: readonly PricedPolicy[], direction: 1 | -1): ChunkResult['up'] {
  const movers = priced.flatMap((one) => {
    if (one.kind !== 'priced') return []
    const { policyId, beforeMinor, afterMinor } = one.outcome
    return [{ policyId, change: changeOf(beforeMinor, afterMinor), one }]
  })
  return worstOf(movers, direction).map(({ one }) => moverOf(one.outcome, one.differences()))
}

function policiesIn(book: Kysely<BookSchema>, planId: string, { fromPolicyId, toPolicyId }: ChunkRange) {
  return book
    .selectFrom('policies')
    .leftJoin('premiums', 'premiums.id', 'policies.current_premium_id')
    .select([
      'policies.id as id',
      'policies.product as product',
      'policies.time_zone as timeZone',
      'policies.class_facts as classFacts',
      'premiums.premium_minor as premiumMinor',
      'premiums.edition_hash as editionHash',
    ])
    .where('policies.plan_id', '=', planId)
    .where('policies.id', '>=', fromPolicyId)
    .where('policies.id', '<=', toPolicyId)
    .orderBy('policies.id')
    .execute()
}

async function rowsOf(book: Kysely<BookSchema>, { fromPolicyId, toPolicyId }: ChunkRange): Promise<ChunkRows> {
  const disputes = await book
    .selectFrom('disputes')
    .selectAll()
    .where('policy_id', '>=', fromPolicyId)
    .where('policy_id', '<=', toPolicyId)
    .where('status', '=', 'accepted')
    .orderBy('id')
    .execute()
  const unsummed = await book
    .selectFrom('unsummed_trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'unsummed_trips.device_id')
    .select('policy_devices.policy_id as policyId')
    .distinct()
    .where('policy_devices.policy_id', '>=', fromPolicyId)
    .where('policy_devices.policy_id', '<=', toPolicyId)
    .execute()
  const policyTerms = await book
    .selectFrom('policy_terms')
    .select(['policy_id as policyId', 'previous_annual_minor as previousMinor'])
    .where('policy_id', '>=', fromPolicyId)
    .where('policy_id', '<=', toPolicyId)
    .orderBy('number')
    .execute()
  const days = await book
    .selectFrom('policy_devices')
    .innerJoin('home_days', 'home_days.device_id', 'policy_devices.device_id')
    .select([
      'policy_devices.policy_id as policyId',
      'home_days.device_id as deviceId',
      'home_days.day as day',
      'home_days.facts as facts',
    ])
    .where('policy_devices.policy_id', '>=', fromPolicyId)
    .where('policy_devices.policy_id', '<=', toPolicyId)
    .execute()
  return {
    sums: await drivingOfPolicies(book, fromPolicyId, toPolicyId),
    corrections: new Map(
      [...Map.groupBy(disputes, (row) => row.policy_id)].map(([policyId, those]) => [policyId, those.map(correctionOf)]),
    ),
    // The last term of each stays.
    termsBefore: new Map(policyTerms.map(({ policyId, previousMinor }) => [policyId, previousMinor])),
    unsummed: new Set(unsummed.map(({ policyId }) => policyId)),
    days: Map.groupBy(days, ({ policyId }) => policyId),
  }
}

async function measuredOf(
  book: Kysely<BookSchema>,
  { id, product }: PolicyInChunk,
  rows: ChunkRows,
): Promise<{ readonly facts: Facts; readonly sums: DrivingSums | undefined }> {
  if (product === 'home') {
    const days: readonly StoredHomeDay[] = (rows.days.get(id) ?? []).map(({ deviceId, day, facts }) => ({
      deviceId,
      day,
      facts: parseHomeDayFacts(facts),
    }))
    return { facts: homeFacts({}, days), sums: undefined }
  }
  const corrections = rows.corrections.get(id) ?? []
  const isSummed = corrections.length === 0 && !rows.unsummed.has(id)
  const sums = isSummed ? rows.sums.get(id) : await drivingOfPolicy(book, id, corrections)
  return { facts: drivenFacts({}, sums), sums }
}

function statedOf({ id, classFacts }: PolicyInChunk): object {
  const stated: unknown = JSON.parse(classFacts)
  if (typeof stated === 'object' && stated !== null) return stated
  throw new BadFacts(`The class facts of policy ${id} are no object.`)
}

async function changedSince(
  book: Kysely<BookSchema>,
  planId: string,
  { fromPolicyId, toPolicyId }: ChunkRange,
  sinceMs: number,
): Promise<number> {
  const { changed } = await book
    .selectFrom('premium_changes')
    .innerJoin('policies', 'policies.id', 'premium_changes.policy_id')
    .select(({ fn }) => fn.count<number>('premium_changes.policy_id').distinct().as('changed'))
    .where('policies.plan_id', '=', planId)
    .where('premium_changes.policy_id', '>=', fromPolicyId)
    .where('premium_changes.policy_id', '<=', toPolicyId)
    .where('premium_changes.changed_at_ms', '>', sinceMs)
    .executeTakeFirstOrThrow()
  return changed
}
