// Advice on its way down to a device: a week's budget of a goal that its person chose, in figures that the device words itself.

import Type from 'typebox'

export const NudgeMessageSchema = Type.Object({
  schema: Type.Literal('nudge/1'),
  id: Type.String(),
  /** `week-starts` when the budget is there, `week-so-far` once something was drawn from it. */
  kind: Type.Enum(['week-starts', 'week-so-far'] as const),
  /** The Monday, YYYY-MM-DD by the policy's clock. */
  week: Type.String(),
  behaviour: Type.String(),
  currency: Type.String(),
  budgetMinor: Type.Integer(),
  leftMinor: Type.Integer(),
  /** What was done this week and how much the goal allows: events, kilometres or seconds. */
  done: Type.Number(),
  allowed: Type.Number(),
})

export type NudgeMessage = Type.Static<typeof NudgeMessageSchema>
