// The shapes of editions: where each is in its life, its document with what is wrong with it, how two differ, tables as CSV,
// and what the edition in a plan's shadow would change.

import Type from 'typebox'

export const editionStatuses = ['draft', 'submitted', 'approved', 'scheduled', 'active', 'superseded', 'withdrawn'] as const
const editionActions = [
  'install',
  'create',
  'edit',
  'submit',
  'approve',
  'schedule',
  'activate',
  'supersede',
  'withdraw',
  'discard',
  'shadow',
  'unshadow',
] as const

const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

export const EditionSchema = Type.Object({
  /** Stays while a draft's document changes; the hash is of the document as it is. */
  id: Type.String(),
  hash: Type.String(),
  planId: Type.String(),
  product: Type.Enum(['motor', 'home'] as const),
  title: Type.String(),
  status: Type.Enum(editionStatuses),
  /** When the book learnt the document as it is. */
  knownAtMs: Type.Integer(),
  /** The window in which it is in force; null until it is scheduled, and while there is no end. */
  activeFromMs: orNull(Type.Integer()),
  activeUntilMs: orNull(Type.Integer()),
  /** Hash of the edition it was made from. */
  basedOn: orNull(Type.String()),
  authors: Type.Array(Type.String()),
  submitter: orNull(Type.String()),
  approver: orNull(Type.String()),
  /** It is priced beside the active one of its plan. */
  isShadow: Type.Boolean(),
  guardRails: Type.Object({
    discountOnly: Type.Boolean(),
    /** It counts for policies of before from their renewal, and their running term stands. */
    noMidTermRerate: Type.Boolean(),
    notForNonRenewal: Type.Boolean(),
    maxChangePerTerm: orNull(Type.Number()),
  }),
  /** What the caller may do with it now. */
  actions: Type.Array(Type.Enum(['edit', 'discard', 'submit', 'approve', 'schedule', 'withdraw'] as const)),
})

const PriceSchema = Type.Object({ premiumMinor: Type.Integer(), classPremiumMinor: Type.Integer() })

export const EditionCheckSchema = Type.Object({
  hash: Type.String(),
  /** Each at its place in the document, with what mends it. */
  problems: Type.Array(Type.String()),
  testCases: Type.Array(
    Type.Object({
      name: Type.String(),
      isGood: Type.Boolean(),
      expected: PriceSchema,
      /** Null where it cannot be rated. */
      came: orNull(PriceSchema),
    }),
  ),
})

export const EditionDetailSchema = Type.Object({
  ...EditionSchema.properties,
  document: Type.Unknown(),
  /** Names of its tables. */
  tables: Type.Array(Type.String()),
  /** Policies whose current premium rests on it. */
  policies: Type.Integer(),
  events: Type.Array(
    Type.Object({
      doneAtMs: Type.Integer(),
      /** Null when Merit did it by itself. */
      doneBy: orNull(Type.String()),
      action: Type.Enum(editionActions),
      fromStatus: orNull(Type.Enum(editionStatuses)),
      toStatus: orNull(Type.Enum(editionStatuses)),
      hash: Type.String(),
      comment: Type.String(),
    }),
  ),
})

const CellSchema = orNull(Type.Union([Type.String(), Type.Number()]))
export const CellChangeSchema = Type.Object({
  table: Type.String(),
  /** What names the row. */
  level: Type.String(),
  column: Type.String(),
  before: CellSchema,
  after: CellSchema,
  /** 0.05 is five per cent more; null for what is no number on both sides. */
  change: orNull(Type.Number()),
})

export const EditionDifferenceSchema = Type.Object({
  before: Type.Object({ id: Type.String(), hash: Type.String(), title: Type.String() }),
  after: Type.Object({ id: Type.String(), hash: Type.String(), title: Type.String() }),
  changes: Type.Array(CellChangeSchema),
})

export const TablePreviewSchema = Type.Object({
  /** Of the draft that was looked at, and of what it would become; null where it cannot be taken. */
  hash: Type.String(),
  takenHash: orNull(Type.String()),
  problems: Type.Array(
    Type.Object({
      kind: Type.String(),
      /** 1 is the line of the column names; 0 is the edition as a whole. */
      line: Type.Integer(),
      column: Type.String(),
      found: Type.String(),
      mend: Type.String(),
      /** The same in the caller's language. */
      text: Type.String(),
    }),
  ),
  changes: Type.Array(CellChangeSchema),
})

export const ShadowReportSchema = Type.Object({
  planId: Type.String(),
  editionHash: Type.String(),
  currency: orNull(Type.String()),
  policies: Type.Integer(),
  priced: Type.Integer(),
  problems: Type.Array(Type.Object({ policyId: Type.String(), problem: Type.String() })),
  /** Sums over the priced policies, a month. */
  chargedMinor: Type.Integer(),
  shadowMinor: Type.Integer(),
  lower: Type.Integer(),
  equal: Type.Integer(),
  higher: Type.Integer(),
  largest: Type.Array(Type.Object({ policyId: Type.String(), chargedMinor: Type.Integer(), shadowMinor: Type.Integer() })),
})

export const PolicyTermSchema = Type.Object({
  /** 1 for the first; twelve months each, by the policy's own clock. */
  number: Type.Integer(),
  fromMs: Type.Integer(),
  untilMs: Type.Integer(),
  /** A year's premium at the end of the term before; null in the first. */
  previousAnnualMinor: orNull(Type.Integer()),
  /** The edition that counts for the policy, and from when it does. */
  editionHash: orNull(Type.String()),
  effectiveFromMs: orNull(Type.Integer()),
  /** Nothing moves the premium before the term ends. */
  isSettled: Type.Boolean(),
  /** In force already, and counting for this policy from its renewal. */
  nextEditionHash: orNull(Type.String()),
})

export type Edition = Type.Static<typeof EditionSchema>
export type EditionDetail = Type.Static<typeof EditionDetailSchema>
export type EditionCheck = Type.Static<typeof EditionCheckSchema>
export type EditionDifference = Type.Static<typeof EditionDifferenceSchema>
export type TablePreview = Type.Static<typeof TablePreviewSchema>
