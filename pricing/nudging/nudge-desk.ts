// What a policyholder does about nudges, kept in the book: choose one goal, give it up, pause, close a message. One goal at a time.

import type { Kysely } from 'kysely'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Book, BookSchema, NudgeGoalRow } from '../../store/book/schema.ts'
import { BadFacts } from '../stored-facts.ts'
import type { Goal } from './attainability.ts'

export interface ChosenGoal extends Goal {
  readonly currency: string
  readonly chosenAtMs: number
}

/** In the order in which they are checked. */
export type GoalChosen =
  /** Nothing that would lower the premium now is called this. */
  | { readonly kind: 'unknown-goal' }
  | { readonly kind: 'unchanged'; readonly goal: ChosenGoal }
  | { readonly kind: 'chosen'; readonly goal: ChosenGoal }

const figuresForm = Compile(Type.Object({ from: Type.Number(), to: Type.Number(), unit: Type.String() }))

/** The goal is what the current premium says would save money, with the figures as they stand. */
export function chooseGoal(book: Book, policyId: string, behaviour: string, nowMs: number): Promise<GoalChosen> {
  return book.transaction().execute(async (transaction): Promise<GoalChosen> => {
    const current = await goalOf(transaction, policyId)
    if (current?.behaviour === behaviour) return { kind: 'unchanged', goal: current }
    const nudge = await transaction
      .selectFrom('policies')
      .innerJoin('premiums', 'premiums.id', 'policies.current_premium_id')
      .innerJoin('nudges', 'nudges.premium_id', 'premiums.id')
      .select(['nudges.saving_minor', 'nudges.figures', 'premiums.currency'])
      .where('policies.id', '=', policyId)
      .where('nudges.behaviour', '=', behaviour)
      .executeTakeFirst()
    if (nudge === undefined) return { kind: 'unknown-goal' }
    await endGoal(transaction, policyId, nowMs)
    const { last } = await transaction
      .selectFrom('nudge_goals')
      .select(({ fn }) => fn.max<number | null>('number').as('last'))
      .where('policy_id', '=', policyId)
      .executeTakeFirstOrThrow()
    const row: NudgeGoalRow = {
      policy_id: policyId,
      number: (last ?? 0) + 1,
      behaviour,
      saving_minor: nudge.saving_minor,
      currency: nudge.currency,
      figures: nudge.figures,
      chosen_at_ms: nowMs,
      ended_at_ms: null,
    }
    await transaction.insertInto('nudge_goals').values(row).execute()
    return { kind: 'chosen', goal: toGoal(row) }
  })
}

/** Gives up the goal that stands; none is fine. */
export async function dropGoal(book: Book, policyId: string, nowMs: number): Promise<void> {
  await endGoal(book, policyId, nowMs)
}

async function endGoal(book: Kysely<BookSchema>, policyId: string, nowMs: number): Promise<void> {
  await book
    .updateTable('nudge_goals')
    .set({ ended_at_ms: nowMs })
    .where('policy_id', '=', policyId)
    .where('ended_at_ms', 'is', null)
    .execute()
}

/** @throws BadFacts when its figures do not parse */
export async function goalOf(book: Kysely<BookSchema>, policyId: string): Promise<ChosenGoal | undefined> {
  const row = await book
    .selectFrom('nudge_goals')
    .selectAll()
    .where('policy_id', '=', policyId)
    .where('ended_at_ms', 'is', null)
    .executeTakeFirst()
  return row && toGoal(row)
}

function toGoal({ policy_id: policyId, behaviour, saving_minor: savingMinor, currency, figures, chosen_at_ms }: NudgeGoalRow) {
  const parsed: unknown = JSON.parse(figures)
  if (!figuresForm.Check(parsed)) throw new BadFacts(`The goal of policy ${policyId} does not parse.`)
  return { behaviour, savingMinor, currency, figures: parsed, chosenAtMs: chosen_at_ms }
}

/** Whether messages are paused is the person's own wish; what they see on their page stays. */
export async function pauseMessages(book: Book, policyId: string, isPaused: boolean, nowMs: number): Promise<void> {
  if (isPaused)
    await book
      .insertInto('nudge_pauses')
      .values({ policy_id: policyId, paused_at_ms: nowMs })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  else await book.deleteFrom('nudge_pauses').where('policy_id', '=', policyId).execute()
}

export async function arePaused(book: Kysely<BookSchema>, policyId: string): Promise<boolean> {
  const row = await book.selectFrom('nudge_pauses').select('policy_id').where('policy_id', '=', policyId).executeTakeFirst()
  return row !== undefined
}

/** @returns whether there was such a message */
export async function closeMessage(book: Book, policyId: string, id: string, nowMs: number): Promise<boolean> {
  const closed = await book
    .updateTable('nudge_messages')
    .set({ closed_at_ms: nowMs })
    .where('id', '=', id)
    .where('policy_id', '=', policyId)
    .executeTakeFirst()
  return closed.numUpdatedRows > 0n
}
