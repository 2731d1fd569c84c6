// Three premiums of one policy, by the edition that it is charged on: what is charged, what its devices' readings before any fault
// come to, and what the true behaviour comes to. Between the first two lie the faults, between the last two the measuring.

import type { MishapTruth, TripTruth, Truth } from '../../devices/simulator/truth.ts'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import { acceptedCorrections } from '../accepted-corrections.ts'
import { localClock } from '../behaviour/local-clock.ts'
import type { MeasuredTrip } from '../corrections.ts'
import { drivenFacts, homeFacts, motorFacts, type StoredHomeDay } from '../experience.ts'
import { editionOf } from '../lifecycle/active-edition.ts'
import { policyFacts } from '../policy-facts.ts'
import { currentPremium } from '../premium-of.ts'
import type { Facts } from '../rating/facts.ts'
import { ratePremium } from '../rating/rate.ts'
import { addTrips } from '../trip-sums.ts'
import { rereadHomeDays, rereadTrips } from '../verify/reread-readings.ts'
import { type DifferenceShare, premiumDifference } from './premium-difference.ts'
import { drivenByHolder, trueDays, trueTrips } from './true-facts.ts'

export interface ComparedPremium {
  readonly policyId: string
  readonly product: 'motor' | 'home'
  readonly currency: string
  readonly premiumMinor: number
  /** Of the same readings without faults. */
  readonly unfaultedMinor: number
  readonly trueMinor: number
  /** From the unfaulted to what is charged. */
  readonly byFaults: readonly DifferenceShare[]
  /** From the true to the unfaulted. */
  readonly byMeasuring: readonly DifferenceShare[]
}

export interface TruthSources {
  readonly book: Book
  /** What the devices measured, before any fault. */
  readonly unfaulted: TelemetryStore
  readonly truths: readonly Truth[]
}

/** Undefined for a policy without a premium. */
export async function comparePremium(
  { book, unfaulted, truths }: TruthSources,
  policyId: string,
): Promise<ComparedPremium | undefined> {
  const premium = await currentPremium(book, policyId)
  const policy = await book.selectFrom('policies').selectAll().where('id', '=', policyId).executeTakeFirst()
  const edition = premium && (await editionOf(book, premium.editionHash))
  if (premium === undefined || policy === undefined || edition === undefined) return undefined
  const charged = await policyFacts(book, policy, edition, await acceptedCorrections(book, policyId))
  const rows = await book.selectFrom('policy_devices').select('device_id').where('policy_id', '=', policyId).execute()
  const ids = new Set(rows.map((row) => row.device_id))
  const [before, truly] =
    charged.product === 'motor'
      ? await drivenFactsOf(
          charged,
          unfaulted,
          truths.filter(isTrip).filter(({ device }) => ids.has(device)),
          policy.time_zone,
          ids,
        )
      : await livedFactsOf(
          charged,
          unfaulted,
          truths.filter(isMishap).filter(({ device }) => ids.has(device)),
          policy.time_zone,
          ids,
        )
  return {
    policyId,
    product: policy.product,
    currency: premium.currency,
    premiumMinor: premium.premiumMinor,
    unfaultedMinor: ratePremium(edition, before),
    trueMinor: ratePremium(edition, truly),
    byFaults: premiumDifference(edition, before, charged),
    byMeasuring: premiumDifference(edition, truly, before),
  }
}

function isTrip(truth: Truth): truth is TripTruth {
  return truth.kind === 'trip'
}

function isMishap(truth: Truth): truth is MishapTruth {
  return truth.kind !== 'trip'
}

async function drivenFactsOf(
  charged: Facts,
  unfaulted: TelemetryStore,
  truths: readonly TripTruth[],
  timeZone: string,
  ids: ReadonlySet<string>,
): Promise<readonly [Facts, Facts]> {
  const clock = localClock(timeZone)
  const measured: MeasuredTrip[] = []
  for (const id of ids) measured.push(...(await rereadTrips(unfaulted, { id, kind: 'vehicle' }, clock)).measured)
  const before = motorFacts(charged.class, drivenByHolder(measured, truths))
  const truly = drivenFacts(charged.class, addTrips(trueTrips(truths, measured)))
  return [
    { ...charged, ...before },
    { ...charged, ...truly },
  ]
}

async function livedFactsOf(
  charged: Facts,
  unfaulted: TelemetryStore,
  truths: readonly MishapTruth[],
  timeZone: string,
  ids: ReadonlySet<string>,
): Promise<readonly [Facts, Facts]> {
  const clock = localClock(timeZone)
  const days: StoredHomeDay[] = []
  for (const id of ids) days.push(...(await rereadHomeDays(unfaulted, { id, kind: 'home' }, clock)).measured)
  const before = homeFacts(charged.class, days)
  const truly = homeFacts(charged.class, trueDays(days, truths, clock))
  return [
    { ...charged, ...before },
    { ...charged, ...truly },
  ]
}
