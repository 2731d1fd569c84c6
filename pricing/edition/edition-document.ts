// The edition of a rate plan as a document: every number a premium is made with, and its own test cases. This file holds its
// form (the schema, from which the types come); parse-edition.ts holds what else must be true of it.

import Type from 'typebox'
import { HomeFactsSchema, MotorFactsSchema } from '../rating/facts.ts'

const strict = { additionalProperties: false } as const

/** Names of factors, behaviours and coverages become part of a worksheet's step ids. */
const IdSchema = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' })
/** Names of inputs are keys of a policy's class facts. */
const inputName = '^[A-Za-z][A-Za-z0-9]{0,39}$'
const InputNameSchema = Type.String({ pattern: inputName })
const LevelNameSchema = Type.String({ minLength: 1, maxLength: 60 })

export const factorMax = 10
const FactorSchema = Type.Number({ exclusiveMinimum: 0, maximum: factorMax })
const CredibilityKSchema = Type.Number({ exclusiveMinimum: 0, maximum: 1e9 })
/** A year's amount in minor units: a billion of them leaves every product below 2^53. */
const AmountMinorSchema = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })

/** What the plan calls something of its own; Merit's own names are in its message files. */
const WordsSchema = Type.Object({ en: Type.String({ minLength: 1 }), 'zh-CN': Type.String({ minLength: 1 }) }, strict)
const label = Type.Optional(WordsSchema)

/** Points [x, factor], x ascending: straight between them, level before the first and after the last. */
export const CurveSchema = Type.Array(Type.Tuple([Type.Number(), FactorSchema]), { minItems: 2, maxItems: 1000 })

export const NumberInputSchema = Type.Object(
  {
    kind: Type.Literal('number'),
    min: Type.Number(),
    max: Type.Number(),
    default: Type.Number(),
    unit: Type.Optional(Type.String({ minLength: 1 })),
    label,
  },
  strict,
)
export const LevelInputSchema = Type.Object(
  {
    kind: Type.Literal('level'),
    levels: Type.Array(LevelNameSchema, { minItems: 1, maxItems: 1000 }),
    default: LevelNameSchema,
    label,
  },
  strict,
)
const InputSchema = Type.Union([NumberInputSchema, LevelInputSchema])

const BaseRateSchema = Type.Object({ coverage: IdSchema, annualMinor: AmountMinorSchema, label }, strict)

/** Whom the factor is for: who has one of these levels. For everybody else it is 1, and no step of their worksheet. */
const where = Type.Optional(
  Type.Object({ input: InputNameSchema, levels: Type.Array(LevelNameSchema, { minItems: 1, maxItems: 1000 }) }, strict),
)

export const LevelsFactorSchema = Type.Object(
  {
    id: IdSchema,
    kind: Type.Literal('levels'),
    input: InputNameSchema,
    levels: Type.Record(Type.String(), FactorSchema),
    label,
    where,
  },
  strict,
)
/** From the band before up to `below`; the last has no end. */
export const BandSchema = Type.Object(
  { level: LevelNameSchema, below: Type.Optional(Type.Number()), factor: FactorSchema },
  strict,
)
export const BandsFactorSchema = Type.Object(
  {
    id: IdSchema,
    kind: Type.Literal('bands'),
    input: InputNameSchema,
    bands: Type.Array(BandSchema, { minItems: 1, maxItems: 1000 }),
    label,
    where,
  },
  strict,
)
export const CurveFactorSchema = Type.Object(
  { id: IdSchema, kind: Type.Literal('curve'), input: InputNameSchema, curve: CurveSchema, label, where },
  strict,
)
/** Of a number input the bands, of a level input its levels. */
const AxisSchema = Type.Array(Type.Object({ level: LevelNameSchema, below: Type.Optional(Type.Number()) }, strict), {
  minItems: 1,
  maxItems: 1000,
})
export const PairFactorSchema = Type.Object(
  {
    id: IdSchema,
    kind: Type.Literal('pair'),
    inputs: Type.Tuple([InputNameSchema, InputNameSchema]),
    rows: AxisSchema,
    columns: AxisSchema,
    /** A row of factors for each of `rows`, in it one for each of `columns`. */
    factors: Type.Array(Type.Array(FactorSchema)),
    label,
    where,
  },
  strict,
)
export const ClassFactorSchema = Type.Union([LevelsFactorSchema, BandsFactorSchema, CurveFactorSchema, PairFactorSchema])

/**
 * The French form: from `start`, every year without a claim multiplies by `perClaimFreeYear` and every at-fault claim by
 * `perAtFaultClaim`, cut (not rounded) to `decimals` after each, never below `floor` or above `cap`. Code des assurances,
 * annex to article A121-1.
 */
const BonusMalusSchema = Type.Object(
  {
    start: FactorSchema,
    perClaimFreeYear: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
    perAtFaultClaim: Type.Number({ minimum: 1, maximum: factorMax }),
    decimals: Type.Integer({ minimum: 0, maximum: 3 }),
    floor: FactorSchema,
    cap: FactorSchema,
  },
  strict,
)

/** Over kilometres a year; the observed distance counts half after `k` observed days. */
const ExposureSchema = Type.Object({ k: CredibilityKSchema, curve: CurveSchema }, strict)

const BehaviourSchema = Type.Object(
  {
    id: IdSchema,
    /** What is measured: a name of rating/measure-table.ts. */
    measure: Type.String({ minLength: 1 }),
    /** The rung of the ladder at which events count, for the measures that count events. */
    rungMps2: Type.Optional(Type.Number()),
    /** Exposure, in kilometres or live days, at which the own experience counts half. */
    k: CredibilityKSchema,
    curve: CurveSchema,
    /** Bounds of this factor alone. */
    min: Type.Optional(FactorSchema),
    max: Type.Optional(FactorSchema),
    /** Water only: multiplies the own experience until the shut-off valve has been seen to work. */
    untestedFactor: Type.Optional(FactorSchema),
  },
  strict,
)

const BoundsSchema = Type.Object({ min: FactorSchema, max: FactorSchema }, strict)
const PremiumBoundsSchema = Type.Object(
  { minAnnualMinor: Type.Optional(AmountMinorSchema), maxAnnualMinor: Type.Optional(AmountMinorSchema) },
  strict,
)

const roundedAfter = ['class', 'exposure', 'behaviour', 'instalment'] as const
const RoundingSchema = Type.Object(
  {
    /** Factors and credibilities are rounded half to even to this many decimals, so that the printed worksheet is exact. */
    factorDecimals: Type.Integer({ minimum: 2, maximum: 8 }),
    /** Where the amount itself is rounded, half to even, to a multiple of `toMinor`. */
    steps: Type.Array(
      Type.Object({ after: Type.Enum(roundedAfter), toMinor: Type.Integer({ minimum: 1, maximum: 100_000 }) }, strict),
      { minItems: 1, maxItems: roundedAfter.length },
    ),
  },
  strict,
)

const GuardRailsSchema = Type.Object(
  {
    /** Behaviour may only lower the premium. */
    discountOnly: Type.Boolean(),
    /** The premium of a running term stands. */
    noMidTermRerate: Type.Boolean(),
    /** Behaviour is no reason to end a policy. */
    notForNonRenewal: Type.Boolean(),
    /** How far a term's premium may be from that of the term before, as a share of it. */
    maxChangePerTerm: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 10 })),
  },
  strict,
)

const TestCaseSchema = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    facts: Type.Union([MotorFactsSchema, HomeFactsSchema]),
    premiumMinor: Type.Integer(),
    classPremiumMinor: Type.Integer(),
  },
  strict,
)

export const EditionSchema = Type.Object(
  {
    schema: Type.Literal('edition/2'),
    planId: Type.String({ minLength: 1 }),
    product: Type.Enum(['motor', 'home'] as const),
    title: Type.String({ minLength: 1 }),
    note: Type.String(),
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    // Its names are checked beside the form: a pattern here would let others through unchecked.
    inputs: Type.Record(Type.String(), InputSchema),
    baseRates: Type.Array(BaseRateSchema, { minItems: 1, maxItems: 50 }),
    /** In the worksheet's order. */
    factors: Type.Array(ClassFactorSchema, { maxItems: 100 }),
    bonusMalus: Type.Optional(BonusMalusSchema),
    exposure: Type.Optional(ExposureSchema),
    /** In the worksheet's order. */
    behaviours: Type.Array(BehaviourSchema, { maxItems: 50 }),
    /** Of the product of all behaviours. */
    behaviourBounds: BoundsSchema,
    premiumBounds: PremiumBoundsSchema,
    rounding: RoundingSchema,
    instalments: Type.Integer({ minimum: 1, maximum: 12 }),
    guardRails: GuardRailsSchema,
    testCases: Type.Array(TestCaseSchema, { minItems: 1, maxItems: 1000 }),
  },
  strict,
)

export type EditionDocument = Type.Static<typeof EditionSchema>
/** A checked document with the address it has in the book: the hash of the document it was parsed from. */
export type Edition = EditionDocument & { readonly hash: string }
export type Input = Type.Static<typeof InputSchema>
export type ClassFactor = Type.Static<typeof ClassFactorSchema>
export type PairFactor = Type.Static<typeof PairFactorSchema>
export type Band = Type.Static<typeof BandSchema>
export type Axis = Type.Static<typeof AxisSchema>
export type BonusMalus = Type.Static<typeof BonusMalusSchema>
export type Exposure = Type.Static<typeof ExposureSchema>
export type Behaviour = Type.Static<typeof BehaviourSchema>
export type TestCase = Type.Static<typeof TestCaseSchema>
export type Words = Type.Static<typeof WordsSchema>
