// A chosen goal as a week's money: what reaching it is worth on the premium is there on Monday, and what is done beyond the goal
// draws it down. Losing what one has moves people more than winning it would (Kahneman and Tversky 1979), and in trials on
// driving it was money in a weekly, loss-framed budget that worked where feedback alone did not.

import { roundHalfEven } from '../rating/rounding.ts'
import type { Goal } from './attainability.ts'
import { isWeeklyBehaviour, type Week, type WeeklyBehaviour } from './weekly-history.ts'

const monthsPerYear = 12
const weeksPerYear = 52
const metresPerKm = 1000

export interface WeeklyBudget {
  /** There on Monday, minor units. */
  readonly budgetMinor: number
  /** Of it, what is left. */
  readonly leftMinor: number
  /** What was done this week, and how much of it the goal allows: events, kilometres or seconds. */
  readonly done: number
  readonly allowed: number
  /** Of which the last unit takes the last of the budget. */
  readonly spentAt: number
}

/** Undefined for a goal that is not counted by the week, or of which nothing has been seen yet. */
export function weeklyBudget(goal: Goal, history: readonly Week[], thisWeek: Week | undefined): WeeklyBudget | undefined {
  const { behaviour, figures, savingMinor } = goal
  if (!isWeeklyBehaviour(behaviour) || savingMinor <= 0) return undefined
  const ordinary = ordinaryWeek(behaviour, history)
  if (ordinary === undefined) return undefined
  const over = Math.max(ordinary, thisWeek?.over[behaviour] ?? 0)
  const allowed = amount(behaviour, figures.to, over)
  const spentAt = amount(behaviour, figures.from, over)
  const done = thisWeek?.done[behaviour] ?? 0
  const budgetMinor = roundHalfEven((savingMinor * monthsPerYear) / weeksPerYear)
  const drawn = spentAt > allowed ? Math.min(1, Math.max(0, (done - allowed) / (spentAt - allowed))) : done > allowed ? 1 : 0
  return { budgetMinor, leftMinor: roundHalfEven(budgetMinor * (1 - drawn)), done, allowed, spentAt }
}

/** Kilometres or seconds of an ordinary week: the mean of those that were driven, so that one trip on Monday is not the week. */
function ordinaryWeek(behaviour: WeeklyBehaviour, history: readonly Week[]): number | undefined {
  const weeks = history.map(({ over }) => over[behaviour]).filter((over) => over > 0)
  return weeks.length === 0 ? undefined : weeks.reduce((sum, over) => sum + over, 0) / weeks.length
}

/** What a rate in a nudge's unit comes to in a week. */
function amount(behaviour: WeeklyBehaviour, rate: number, over: number): number {
  if (behaviour === 'mileage') return (rate * 7) / 365
  return behaviour === 'braking' || behaviour === 'acceleration' || behaviour === 'cornering'
    ? (rate * over) / metresPerKm
    : rate * over
}
