// Who is nudged and who is held out to measure by: decided by a hash, so that nobody chooses it, it needs no store to be the
// same again, and a policy stays where it is.

import { sha256 } from '../canonical-json.ts'

export type Arm = 'hold-out' | 'nudged'

export interface Experiment {
  readonly id: string
  /** Of the policies, 0 to 1. */
  readonly holdOutShare: number
}

/** A new identifier is a new experiment, and everybody is drawn anew. */
export const weeklyBudgetExperiment: Experiment = { id: 'weekly-budget/1', holdOutShare: 0.2 }

/** Leading digits of the hash that make the draw: 52 bits, exact in a double. */
const drawDigits = 13

export function assignArm({ id, holdOutShare }: Experiment, policyId: string): Arm {
  const draw = Number.parseInt(sha256(`${id}\n${policyId}`).slice(0, drawDigits), 16) / 16 ** drawDigits
  return draw < holdOutShare ? 'hold-out' : 'nudged'
}
