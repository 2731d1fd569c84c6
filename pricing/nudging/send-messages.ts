// One pass over everybody with a goal: who is told something now, by the rules and by their own week. What was sent is in the
// book before any way to the person is tried, so a message is never sent twice.

import type { Kysely } from 'kysely'
import type { Book, BookSchema, NudgeMessageRow } from '../../store/book/schema.ts'
import { localClock } from '../behaviour/local-clock.ts'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import { activeEdition } from '../lifecycle/active-edition.ts'
import { type Arm, assignArm, type Experiment, weeklyBudgetExperiment } from './assign-arm.ts'
import { decideMessage, type MessageDecision } from './decide-message.ts'
import { arePaused, type ChosenGoal, goalOf } from './nudge-desk.ts'
import { wishesOf } from './person-wishes.ts'
import { rungsOfEdition, weeksOfPolicy } from './policy-weeks.ts'
import { type WeeklyBudget, weeklyBudget } from './weekly-budget.ts'
import { mondayOf } from './weekly-history.ts'

const dayMs = 86_400_000
const weekMs = 7 * dayMs
/** Weeks that make an ordinary one, and the running one. */
export const historyMs = 13 * weekMs
/** A message nobody closed stops being open when its week is over. */
const openMsMax = weekMs
const idDigits = 20

export interface PassOutcome {
  readonly sent: readonly NudgeMessageRow[]
  /** Policies by why nothing was sent, for a log line and a test. */
  readonly decisions: Readonly<Partial<Record<MessageDecision, number>>>
}

export async function sendMessages(
  book: Book,
  nowMs: number,
  experiment: Experiment = weeklyBudgetExperiment,
): Promise<PassOutcome> {
  const goals = await book
    .selectFrom('nudge_goals')
    .innerJoin('policies', 'policies.id', 'nudge_goals.policy_id')
    .select(['policies.id', 'policies.time_zone', 'policies.plan_id', 'policies.insurer_id'])
    .where('nudge_goals.ended_at_ms', 'is', null)
    .orderBy('policies.id')
    .execute()
  const sent: NudgeMessageRow[] = []
  const decisions: Partial<Record<MessageDecision, number>> = {}
  for (const policy of goals) {
    const outcome = await book.transaction().execute((transaction) => sendWithin(transaction, policy, nowMs, experiment))
    decisions[outcome.decision] = (decisions[outcome.decision] ?? 0) + 1
    if (outcome.message !== undefined) sent.push(outcome.message)
  }
  return { sent, decisions }
}

interface SubjectPolicy {
  readonly id: string
  readonly time_zone: string
  readonly plan_id: string
}

async function sendWithin(
  transaction: Kysely<BookSchema>,
  policy: SubjectPolicy & { readonly insurer_id: string },
  nowMs: number,
  experiment: Experiment,
): Promise<{ readonly decision: MessageDecision; readonly message?: NudgeMessageRow }> {
  const arm = await takePart(transaction, policy.id, nowMs, experiment)
  const goal = await goalOf(transaction, policy.id)
  const earlier = await transaction.selectFrom('nudge_messages').selectAll().where('policy_id', '=', policy.id).execute()
  const { rules, isMuted } = await wishesOf(transaction, policy.id)
  const situation = {
    nowMs,
    clock: localClock(policy.time_zone),
    arm,
    isArmStopped: await isStopped(transaction, experiment, policy.insurer_id),
    hasGoal: goal !== undefined,
    isPaused: await arePaused(transaction, policy.id),
    isMuted,
    isMoving: await isMoving(transaction, policy.id),
    openMessages: earlier.filter(({ closed_at_ms, sent_at_ms }) => closed_at_ms === null && sent_at_ms > nowMs - openMsMax)
      .length,
    sentAtMs: earlier.map(({ sent_at_ms }) => sent_at_ms),
    // Asked last, below: it takes a quarter's trips to know.
    hasNews: true,
  }
  const decision = decideMessage(situation, rules)
  if (decision !== 'send' || goal === undefined) return { decision }
  const week = await weekOfPolicy(transaction, policy, nowMs)
  const news = week.budget && newsOf(week.budget, week.monday, earlier)
  if (news === undefined || week.budget === undefined) return { decision: 'nothing-new' }
  const message = messageOf(policy.id, goal, week.budget, { monday: week.monday, kind: news, nowMs, experiment })
  await transaction.insertInto('nudge_messages').values(message).execute()
  return { decision: 'send', message }
}

/** Monday's first word, and later in the week what is left once something was drawn. */
function newsOf({ budgetMinor, leftMinor }: WeeklyBudget, monday: string, earlier: readonly NudgeMessageRow[]) {
  if (budgetMinor <= 0) return undefined
  const said = new Set(earlier.filter(({ week }) => week === monday).map(({ kind }) => kind))
  if (said.size === 0) return 'week-starts' as const
  return leftMinor < budgetMinor && !said.has('week-so-far') ? ('week-so-far' as const) : undefined
}

function messageOf(
  policyId: string,
  goal: ChosenGoal,
  budget: WeeklyBudget,
  about: {
    readonly monday: string
    readonly kind: NudgeMessageRow['kind']
    readonly nowMs: number
    readonly experiment: Experiment
  },
): NudgeMessageRow {
  return {
    id: sha256(canonicalJson([policyId, about.monday, about.kind])).slice(0, idDigits),
    policy_id: policyId,
    experiment: about.experiment.id,
    week: about.monday,
    kind: about.kind,
    behaviour: goal.behaviour,
    currency: goal.currency,
    budget_minor: budget.budgetMinor,
    left_minor: budget.leftMinor,
    done: budget.done,
    allowed: budget.allowed,
    sent_at_ms: about.nowMs,
    closed_at_ms: null,
    mqtt: null,
    hook: null,
    hook_attempts: 0,
    hook_next_at_ms: about.nowMs,
  }
}

export interface PolicyWeek {
  /** YYYY-MM-DD by the policy's clock. */
  readonly monday: string
  /** Undefined without a goal that is counted by the week, or before anything was driven. */
  readonly budget: WeeklyBudget | undefined
}

/** The running week of a policy, measured against its goal. */
export async function weekOfPolicy(book: Kysely<BookSchema>, policy: SubjectPolicy, nowMs: number): Promise<PolicyWeek> {
  const monday = mondayOf(localClock(policy.time_zone).day(nowMs))
  const goal = await goalOf(book, policy.id)
  if (goal === undefined) return { monday, budget: undefined }
  const rungs = rungsOfEdition(await activeEdition(book, policy.plan_id))
  const weeks = await weeksOfPolicy(book, policy, rungs, nowMs - historyMs)
  const before = weeks.filter((week) => week.monday < monday)
  const running = weeks.find((week) => week.monday === monday)
  return { monday, budget: weeklyBudget(goal, before.length > 0 ? before : weeks, running) }
}

/** Everybody is assigned when they first have a goal, and stays assigned. */
async function takePart(transaction: Kysely<BookSchema>, policyId: string, nowMs: number, experiment: Experiment): Promise<Arm> {
  const arm = assignArm(experiment, policyId)
  await transaction
    .insertInto('nudge_subjects')
    .values({ policy_id: policyId, experiment: experiment.id, arm, assigned_at_ms: nowMs })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return arm
}

async function isStopped(transaction: Kysely<BookSchema>, { id }: Experiment, insurerId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('nudge_stops')
    .select('experiment')
    .where('experiment', '=', id)
    .where('insurer_id', '=', insurerId)
    .executeTakeFirst()
  return row !== undefined
}

/** Any vehicle of the policy is on a trip. */
async function isMoving(transaction: Kysely<BookSchema>, policyId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('trips')
    .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
    .select('trips.id')
    .where('policy_devices.policy_id', '=', policyId)
    .where('trips.status', '=', 'open')
    .executeTakeFirst()
  return row !== undefined
}
