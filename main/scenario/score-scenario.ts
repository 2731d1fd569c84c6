// What pricing made of a scenario against what was really done: trips and events found, premiums beside the true ones. Trips that the
// policyholder says somebody else drove are disputed first, as a person would, and the insurer agrees.

import { scoreRun } from '../../dashboard/runs/run-score.ts'
import type { ScenarioReport } from '../../dashboard/runs/scenario-report.ts'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import type { ScenarioPlan } from '../../devices/scenario/plan-scenario.ts'
import type { TripTruth, Truth } from '../../devices/simulator/truth.ts'
import { decideDispute, fileDispute } from '../../pricing/disputes.ts'
import { parseHomeDayFacts } from '../../pricing/home-day-facts.ts'
import { parseTripFacts } from '../../pricing/trip-facts.ts'
import { comparePremium } from '../../pricing/truth/compare-premium.ts'
import type { Book } from '../../store/book/schema.ts'
import type { PrivateMerit } from './private-merit.ts'

type Scored = Pick<
  ScenarioReport,
  'trips' | 'toldByTwo' | 'events' | 'currency' | 'premiumMinor' | 'unfaultedPremiumMinor' | 'truePremiumMinor' | 'premiums'
>

export async function scoreScenario(
  { book, unfaulted }: PrivateMerit,
  plan: ScenarioPlan,
  truths: readonly Truth[],
): Promise<Scored> {
  await disputeLifts(book, plan, truths)
  const premiums: ScenarioReport['premiums'] = []
  for (const { id } of plan.policies) {
    const compared = await comparePremium({ book, unfaulted, truths }, id)
    if (compared !== undefined)
      premiums.push({ ...compared, byFaults: plain(compared.byFaults), byMeasuring: plain(compared.byMeasuring) })
  }
  const sum = (of: (premium: ScenarioReport['premiums'][number]) => number) =>
    premiums.reduce((total, each) => total + of(each), 0)
  return {
    ...(await events(book, truths)),
    toldByTwo: await toldByTwo(book),
    currency: premiums[0]?.currency ?? '',
    premiumMinor: sum(({ premiumMinor }) => premiumMinor),
    unfaultedPremiumMinor: sum(({ unfaultedMinor }) => unfaultedMinor),
    truePremiumMinor: sum(({ trueMinor }) => trueMinor),
    premiums,
  }
}

type Share = ScenarioReport['premiums'][number]['byFaults'][number]

function plain(
  shares: readonly { readonly group: string; readonly minor: number; readonly facts: readonly Share['facts'][number][] }[],
): Share[] {
  return shares.map(({ group, minor, facts }) => ({ group, minor, facts: [...facts] }))
}

async function events(book: Book, truths: readonly Truth[]): Promise<Pick<Scored, 'trips' | 'events'>> {
  const trips = await book.selectFrom('trips').select(['device_id', 'started_at_ms', 'ended_at_ms', 'facts']).execute()
  const days = await book.selectFrom('home_days').select(['device_id', 'facts']).execute()
  const { rows } = scoreRun({
    truths,
    trips: trips.map((trip) => ({
      device: trip.device_id,
      startedAtMs: trip.started_at_ms,
      endedAtMs: trip.ended_at_ms,
      facts: parseTripFacts(trip.facts),
    })),
    days: days.map((day) => ({ device: day.device_id, facts: parseHomeDayFacts(day.facts) })),
    untilMs: Number.POSITIVE_INFINITY,
  })
  const over = (of: typeof rows): Scored['events'] => {
    const sum = (field: 'expected' | 'found' | 'scored' | 'right') => of.reduce((total, row) => total + row[field], 0)
    const [expected, found, scored, right] = [sum('expected'), sum('found'), sum('scored'), sum('right')]
    return {
      expected,
      scored,
      precision: scored === 0 ? null : rounded(right / scored),
      recall: expected === 0 ? null : rounded(found / expected),
    }
  }
  return { trips: over(rows.filter(({ kind }) => kind === 'trips')), events: over(rows.filter(({ kind }) => kind !== 'trips')) }
}

async function toldByTwo(book: Book): Promise<number> {
  const { count } = await book
    .selectFrom('trips as one')
    .innerJoin('policy_devices as its', 'its.device_id', 'one.device_id')
    .innerJoin('policy_devices as theirs', 'theirs.policy_id', 'its.policy_id')
    .innerJoin('trips as other', 'other.device_id', 'theirs.device_id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .whereRef('its.device_id', '<', 'theirs.device_id')
    .whereRef('one.started_at_ms', '<', 'other.ended_at_ms')
    .whereRef('other.started_at_ms', '<', 'one.ended_at_ms')
    .executeTakeFirstOrThrow()
  return Number(count)
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000
}

/** No signal tells whose hands are on the wheel: the person does. */
async function disputeLifts(book: Book, plan: ScenarioPlan, truths: readonly Truth[]): Promise<void> {
  const lifts = truths.filter((truth): truth is TripTruth => truth.kind === 'trip' && truth.role === 'passenger')
  if (lifts.length === 0) return
  const nowMs = Date.now()
  const insurer = await createAccount(book, {
    email: 'insurer@scenario.example',
    name: 'Insurer',
    role: 'insurer',
    password: crypto.randomUUID(),
    locale: 'en',
    demo: false,
  })
  if (insurer.kind !== 'created') return
  for (const lift of lifts) {
    const policy = plan.policies.find(({ deviceIds }) => deviceIds.includes(lift.device))
    if (policy === undefined) continue
    const trips = await book
      .selectFrom('trips')
      .select('id')
      .where('device_id', '=', lift.device)
      .where('started_at_ms', '<=', lift.endedAtMs)
      .where('ended_at_ms', '>=', lift.startedAtMs)
      .execute()
    for (const { id: tripId } of trips) {
      const wanted = { policyId: policy.id, tripId, kind: 'passenger', event: undefined, note: 'A friend drove.' } as const
      const filed = await fileDispute(book, wanted, nowMs)
      if (filed.kind === 'filed')
        await decideDispute(book, filed.dispute.id, { accept: true, reason: 'A lift.', decidedBy: insurer.id }, nowMs)
    }
  }
}
