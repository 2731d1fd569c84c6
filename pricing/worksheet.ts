// The worksheet: every step from the base rate to the premium, in order, so that anyone can recompute it to the cent.

import Type from 'typebox'

export const WorksheetStepSchema = Type.Object({
  /** Stable name of the step, such as `base-rate`, `class:driver-age`, `mileage`, `behaviour:braking`, `round`. */
  id: Type.String(),
  operation: Type.Enum(['start', 'add', 'multiply', 'divide', 'clamp', 'round'] as const),
  /**
   * The number the operation applies: a base rate in minor units, a factor, a divisor, the multiple a `round` rounds to, half
   * to even. Step `clamp` keeps this factor in place of the product of all behaviours before it; `premium-bounds` and
   * `term-change` keep this amount, minor units.
   */
  operand: Type.Number(),
  /** The running amount after this step, minor units, unrounded until a `round` step. */
  amountMinor: Type.Number(),
  /** The figures behind the operand, by name: level, observed rate, credibility, own relativity. */
  figures: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()])),
  /** The plan's own words for a step that Merit has none for. */
  label: Type.Optional(Type.Object({ en: Type.String(), 'zh-CN': Type.String() })),
})

export const WorksheetSchema = Type.Object({
  policyId: Type.String(),
  product: Type.Enum(['motor', 'home'] as const),
  planId: Type.String(),
  editionHash: Type.String(),
  factsHash: Type.String(),
  currency: Type.String(),
  /** What one premium covers. */
  period: Type.Literal('month'),
  premiumMinor: Type.Integer(),
  /** What the class pays: the same steps with every behaviour factor at 1 and the declared mileage. */
  classPremiumMinor: Type.Integer(),
  steps: Type.Array(WorksheetStepSchema),
})

export type WorksheetStep = Type.Static<typeof WorksheetStepSchema>
export type Worksheet = Type.Static<typeof WorksheetSchema>
