// The week's budget as a line: whole while the goal is kept, then falling with what is done beyond it, to nothing. Pure.

export interface Budget {
  readonly budgetMinor: number
  readonly leftMinor: number
  readonly done: number
  readonly allowed: number
  readonly spentAt: number
}

export interface BudgetShape {
  /** Shares of the width and, from the top, of the height. */
  readonly line: readonly (readonly [x: number, y: number])[]
  readonly allowedAt: number
  readonly spentAt: number
  readonly now: readonly [x: number, y: number]
}

/** Room beyond where the budget is spent, so that more than that still has a place. */
const beyondShare = 0.12

export function budgetShape({ budgetMinor, leftMinor, done, allowed, spentAt }: Budget): BudgetShape {
  const spent = Math.max(spentAt, allowed, Number.MIN_VALUE)
  const width = Math.max(spent * (1 + beyondShare), done)
  const x = (amount: number): number => (width > 0 ? Math.min(1, Math.max(0, amount / width)) : 0)
  const y = (minor: number): number => (budgetMinor > 0 ? 1 - Math.min(1, Math.max(0, minor / budgetMinor)) : 1)
  return {
    line: [
      [0, 0],
      [x(allowed), 0],
      [x(spent), 1],
      [1, 1],
    ],
    allowedAt: x(allowed),
    spentAt: x(spent),
    now: [x(done), y(leftMinor)],
  }
}
