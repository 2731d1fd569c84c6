// The experiment out of the book: what everybody who takes part did since they were assigned and before, the effect, and the end of
// an arm that does harm.

import type { Book } from '../../store/book/schema.ts'
import { acceptedCorrections } from '../accepted-corrections.ts'
import { canonicalJson } from '../canonical-json.ts'
import { correctTrips } from '../corrections.ts'
import { activeEdition } from '../lifecycle/active-edition.ts'
import { countsAt, isRateable, parseTripFacts, type Rungs } from '../trip-facts.ts'
import { type Experiment, weeklyBudgetExperiment } from './assign-arm.ts'
import { isHarmful, type MeasuredEffect, measureEffect, type Outcome } from './effect.ts'
import { rungsOfEdition } from './policy-weeks.ts'

const dayMs = 86_400_000
/** Before the assignment; habits older than this say little. */
export const pastDays = 84
/** Seen on both sides of the assignment; a rate over less is a matter of luck. */
export const kmMin = 50

export interface NudgeReport {
  readonly experiment: string
  readonly holdOutShare: number
  /** Everybody who was assigned, and those seen enough on both sides to be counted. */
  readonly assigned: number
  readonly counted: number
  readonly messages: number
  readonly effect: MeasuredEffect
  /** When the arm was stopped; null while it runs. */
  readonly stoppedAtMs: number | null
}

/** Measures at one insurer, and stops an arm that harms there. The same book gives the same report. */
export async function nudgeReport(
  book: Book,
  insurerId: string,
  nowMs: number,
  experiment: Experiment = weeklyBudgetExperiment,
): Promise<NudgeReport> {
  const subjects = await book
    .selectFrom('nudge_subjects')
    .innerJoin('policies', 'policies.id', 'nudge_subjects.policy_id')
    .select(['policies.id', 'policies.plan_id', 'nudge_subjects.arm', 'nudge_subjects.assigned_at_ms'])
    .where('experiment', '=', experiment.id)
    .where('policies.insurer_id', '=', insurerId)
    .orderBy('policies.id')
    .execute()
  const outcomes: Outcome[] = []
  const rungs = new Map<string, Rungs>()
  for (const { id, plan_id: planId, arm, assigned_at_ms: assignedAtMs } of subjects) {
    const known = rungs.get(planId) ?? rungsOfEdition(await activeEdition(book, planId))
    rungs.set(planId, known)
    const rates = await ratesAround(book, id, assignedAtMs, known)
    if (rates !== undefined) outcomes.push({ arm, ...rates })
  }
  const effect = measureEffect(outcomes)
  if (isHarmful(effect))
    await book
      .insertInto('nudge_stops')
      .values({ experiment: experiment.id, insurer_id: insurerId, stopped_at_ms: nowMs, effect: canonicalJson(effect) })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  const stop = await book
    .selectFrom('nudge_stops')
    .select('stopped_at_ms')
    .where('experiment', '=', experiment.id)
    .where('insurer_id', '=', insurerId)
    .executeTakeFirst()
  const { messages } = await book
    .selectFrom('nudge_messages')
    .innerJoin('policies', 'policies.id', 'nudge_messages.policy_id')
    .select(({ fn }) => fn.countAll<number>().as('messages'))
    .where('nudge_messages.experiment', '=', experiment.id)
    .where('policies.insurer_id', '=', insurerId)
    .executeTakeFirstOrThrow()
  return {
    experiment: experiment.id,
    holdOutShare: experiment.holdOutShare,
    assigned: subjects.length,
    counted: outcomes.length,
    messages,
    effect,
    stoppedAtMs: stop?.stopped_at_ms ?? null,
  }
}

/** Hard brakes, starts and corners per 1,000 km on both sides of the assignment; undefined where too little was seen. */
async function ratesAround(
  book: Book,
  policyId: string,
  assignedAtMs: number,
  rungs: Rungs,
): Promise<Pick<Outcome, 'before' | 'after'> | undefined> {
  const rows = await book
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .selectAll('trips')
    .where('policy_devices.policy_id', '=', policyId)
    .where('trips.status', '=', 'ended')
    .where('trips.started_at_ms', '>=', assignedAtMs - pastDays * dayMs)
    .execute()
  const measured = rows.map((row) => ({
    id: row.id,
    deviceId: row.device_id,
    startedAtMs: row.started_at_ms,
    endedAtMs: row.ended_at_ms,
    facts: parseTripFacts(row.facts),
  }))
  const trips = correctTrips(measured, await acceptedCorrections(book, policyId)).filter(({ facts }) => isRateable(facts))
  const rateOf = (side: typeof trips): number | undefined => {
    const km = side.reduce((sum, { facts }) => sum + facts.longitudinalM, 0) / 1000
    const events = side.reduce((sum, { facts }) => {
      const counts = countsAt(facts, rungs)
      return sum + counts.brake + counts.acceleration + counts.cornering
    }, 0)
    return km < kmMin ? undefined : (events * 1000) / km
  }
  const before = rateOf(trips.filter(({ startedAtMs }) => startedAtMs < assignedAtMs))
  const after = rateOf(trips.filter(({ startedAtMs }) => startedAtMs >= assignedAtMs))
  return before === undefined || after === undefined ? undefined : { before, after }
}
