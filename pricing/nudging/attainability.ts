// How likely a person is to reach a goal, judged by nothing but their own weeks: whoever did it in most weeks can do it again.

import { isWeeklyBehaviour, rateOf, type Week } from './weekly-history.ts'

/** Older habits say little about the next week. */
export const weeksJudgedMax = 12

export interface Goal {
  readonly behaviour: string
  /** A month, minor units. */
  readonly savingMinor: number
  readonly figures: { readonly from: number; readonly to: number; readonly unit: string }
}

/**
 * Laplace's rule of succession: (weeks at or below the goal + 1) ÷ (weeks seen + 2), so that one good week is no certainty and no
 * week at all is a half.
 * @param weeks in order
 */
export function attainability({ behaviour, figures }: Goal, weeks: readonly Week[]): number {
  if (!isWeeklyBehaviour(behaviour)) return 1 / 2
  const rates = weeks
    .slice(-weeksJudgedMax)
    .map((week) => rateOf(week, behaviour))
    .filter((rate) => rate !== undefined)
  const reached = rates.filter((rate) => rate <= figures.to).length
  return (reached + 1) / (rates.length + 2)
}

/** By saving × attainability, the best first; equal ones by name, so that the order is always the same. */
export function rankByWorth<Each extends Goal>(
  goals: readonly Each[],
  weeks: readonly Week[],
): readonly (Each & { readonly attainability: number })[] {
  return goals
    .map((goal) => ({ ...goal, attainability: Math.round(attainability(goal, weeks) * 10_000) / 10_000 }))
    .sort((one, other) => worth(other) - worth(one) || (one.behaviour < other.behaviour ? -1 : 1))
}

function worth({ savingMinor, attainability: likely }: Goal & { readonly attainability: number }): number {
  return savingMinor * likely
}
