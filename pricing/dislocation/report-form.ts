// The form of a dislocation report: what becomes of a book's premiums when a draft edition takes the place of the edition in
// force. All amounts are minor units a year; changes, shares and ratios are fractions, rounded to six decimals.

import Type from 'typebox'
import { DetectionSchema } from './detection.ts'

const Amount = Type.Integer()
const Count = Type.Integer({ minimum: 0 })
const OrNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const Interval = Type.Object({ low: Type.Number(), high: Type.Number() })

export const BandSchema = Type.Object({
  /** Changes above this, or at it and below zero; null for no bound. Both zero: unchanged. */
  from: OrNull(Type.Number()),
  to: OrNull(Type.Number()),
  policies: Count,
  beforeMinor: Amount,
  afterMinor: Amount,
})

export const ViewSchema = Type.Object({
  afterMinor: Amount,
  /** Multiplying every base rate by this leaves the book's premium what it was. */
  offBalance: Type.Number(),
  meanChange: Type.Number(),
  percentiles: Type.Array(Type.Object({ percent: Type.Number(), change: Type.Number() })),
  bands: Type.Array(BandSchema),
  /** Bars of 5 %, the outermost open. */
  histogram: Type.Array(Type.Object({ from: OrNull(Type.Number()), to: OrNull(Type.Number()), policies: Count })),
  /** Of expected claims in premium. */
  lossRatio: OrNull(Type.Number()),
  /** Policies whose premium rises by the share from which on a notice is due. */
  notices: Count,
})

export const LevelSchema = Type.Object({
  level: Type.String(),
  policies: Count,
  beforeMinor: Amount,
  afterMinor: Amount,
  uncappedMinor: Amount,
  meanChange: Type.Number(),
  meanUncappedChange: Type.Number(),
  lossRatioBefore: OrNull(Type.Number()),
  lossRatioAfter: OrNull(Type.Number()),
  notices: Count,
  fairness: Type.Object({
    /** Mean of premium over class price: what behaviour makes of it. */
    meanRelativity: Type.Number(),
    /** To the mean of everybody else; null without anybody else. */
    ratio: OrNull(Type.Number()),
    ratioInterval: OrNull(Interval),
    /** The same ratio under the edition in force. */
    ratioBefore: OrNull(Type.Number()),
    /** Share that pays less than the class price. */
    discounted: Type.Number(),
    /** To that share of everybody else; below 0.8 is looked at under the four-fifths rule. Null when nobody else is. */
    impactRatio: OrNull(Type.Number()),
    impactInterval: OrNull(Interval),
    /** Too few to conclude anything. */
    isSmall: Type.Boolean(),
  }),
})

const StepSchema = Type.Object({ operation: Type.String(), operand: Type.Number(), amountMinor: Type.Number() })
export const StepDifferenceSchema = Type.Object({
  id: Type.String(),
  label: OrNull(Type.Object({ en: Type.String(), 'zh-CN': Type.String() })),
  /** Null where the worksheet has no such step. */
  before: OrNull(StepSchema),
  after: OrNull(StepSchema),
})

export const MoverSchema = Type.Object({
  policyId: Type.String(),
  onRecordMinor: OrNull(Amount),
  beforeMinor: Amount,
  afterMinor: Amount,
  uncappedMinor: Amount,
  change: Type.Number(),
  /** Only the steps that differ. */
  steps: Type.Array(StepDifferenceSchema),
})

export const DislocationReportSchema = Type.Object({
  schema: Type.Literal('dislocation/1'),
  planId: Type.String(),
  product: Type.Enum(['motor', 'home'] as const),
  currency: Type.String(),
  draftHash: Type.String(),
  championHash: Type.String(),
  /** A hash of every policy's premium when the replay began: of what is stated and measured of them. */
  bookState: Type.String(),
  seed: Type.Integer(),
  /** What the draft detects otherwise. */
  detection: DetectionSchema,
  policies: Count,
  /** Policies that one of the two editions cannot rate; the first fifty. They are in no figure. */
  unrated: Type.Object({
    policies: Count,
    reasons: Type.Array(Type.Object({ policyId: Type.String(), problem: Type.String() })),
  }),
  /** Policies that were priced anew between the replay's start and their turn. */
  changedMeanwhile: Count,
  /** Null when stored trip facts answered everything. */
  measuredAgain: OrNull(
    Type.Object({
      /** Measured again from their readings. */
      trips: Count,
      /** Not measured again: what is stored says that nothing can differ. */
      unaffected: Count,
      /** Whose readings are no longer there: they count as they were measured. */
      withoutReadings: Count,
    }),
  ),
  /** Of the policies that have one. */
  onRecordMinor: Amount,
  /** The edition in force on the same facts. */
  beforeMinor: Amount,
  lossRatioBefore: OrNull(Type.Number()),
  claims: Type.Object({
    /** `class-price`: what the edition in force charges the class, times the target loss ratio. */
    from: Type.Enum(['stated', 'class-price', 'both'] as const),
    targetLossRatio: Type.Number(),
    /** Policies whose expected claims were stated. */
    stated: Count,
  }),
  /** With guard rails, the limit on a term's change and premium bounds. */
  capped: ViewSchema,
  uncapped: ViewSchema,
  segments: Type.Array(Type.Object({ id: Type.String(), levels: Type.Array(LevelSchema) })),
  worst: Type.Object({ up: Type.Array(MoverSchema), down: Type.Array(MoverSchema) }),
})

export type DislocationReport = Type.Static<typeof DislocationReportSchema>
export type View = Type.Static<typeof ViewSchema>
export type SegmentLevel = Type.Static<typeof LevelSchema>
export type Mover = Type.Static<typeof MoverSchema>
export type StepDifference = Type.Static<typeof StepDifferenceSchema>
