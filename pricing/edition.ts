// An edition of a rate plan: one document, addressed by the hash of its content, that holds every number a premium is made
// with, and its own test cases. Parsing checks all that rating relies on.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { behaviourThresholds } from './behaviour/thresholds.ts'
import { canonicalJson, sha256 } from './canonical-json.ts'
import { HomeFactsSchema, MotorFactsSchema } from './rating/facts.ts'

const Factor = Type.Number({ exclusiveMinimum: 0, maximum: 10 })
const CurveSchema = Type.Array(Type.Tuple([Type.Number({ minimum: 0 }), Factor]), { minItems: 2 })
/** From the band before (or zero) up to `below`; the last has no end. */
const BandsSchema = Type.Array(
  Type.Object({ level: Type.String(), below: Type.Optional(Type.Number()), factor: Factor }, { additionalProperties: false }),
  { minItems: 1 },
)
const LevelsSchema = Type.Record(Type.String(), Factor)
const strict = { additionalProperties: false } as const

/** `k` is the exposure (kilometres or live days) at which the own experience counts half. */
const HardEventSchema = Type.Object(
  { rungMps2: Type.Number(), k: Type.Number({ exclusiveMinimum: 0 }), curve: CurveSchema },
  strict,
)
const MeasuredSchema = Type.Object({ k: Type.Number({ exclusiveMinimum: 0 }), curve: CurveSchema }, strict)

const head = {
  schema: Type.Literal('edition/1'),
  planId: Type.String({ minLength: 1 }),
  title: Type.String(),
  note: Type.String(),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  /** A year's premium before any factor, minor units. */
  baseRateMinor: Type.Integer({ minimum: 1 }),
  /** Bounds of the product of all behaviour factors or credits. */
  clamp: Type.Object({ min: Factor, max: Factor }, strict),
  instalments: Type.Integer({ minimum: 1, maximum: 12 }),
  /** Factors and credibilities are rounded half to even to this many decimals, so that the printed worksheet is exact. */
  factorDecimals: Type.Integer({ minimum: 2, maximum: 8 }),
}
const expected = { name: Type.String(), premiumMinor: Type.Integer(), classPremiumMinor: Type.Integer() }

export const MotorEditionSchema = Type.Object(
  {
    ...head,
    product: Type.Literal('motor'),
    classFactors: Type.Object({ driverAge: BandsSchema, region: LevelsSchema, vehicleAge: BandsSchema }, strict),
    /** Over kilometres a year; `k` in observed days. */
    mileage: MeasuredSchema,
    behaviours: Type.Object(
      {
        /** Over events per 1,000 km at the rung. */
        braking: HardEventSchema,
        acceleration: HardEventSchema,
        cornering: HardEventSchema,
        /** Over shares: of the distance at night, of the distance with a known limit, of the time in motion. */
        night: MeasuredSchema,
        speeding: MeasuredSchema,
        phone: MeasuredSchema,
      },
      strict,
    ),
    testCases: Type.Array(Type.Object({ ...expected, facts: MotorFactsSchema }, strict), { minItems: 1 }),
  },
  strict,
)

export const HomeEditionSchema = Type.Object(
  {
    ...head,
    product: Type.Literal('home'),
    classFactors: Type.Object({ building: LevelsSchema, sumInsured: BandsSchema, region: LevelsSchema }, strict),
    /** Over minutes of the peril per live day; `k` in live days. */
    credits: Type.Object(
      {
        /** `untestedFactor` applies to the own experience until the shut-off valve has been seen to work. */
        water: Type.Object({ ...MeasuredSchema.properties, untestedFactor: Factor }, strict),
        freeze: MeasuredSchema,
        fire: MeasuredSchema,
        intrusion: MeasuredSchema,
        humidity: MeasuredSchema,
      },
      strict,
    ),
    testCases: Type.Array(Type.Object({ ...expected, facts: HomeFactsSchema }, strict), { minItems: 1 }),
  },
  strict,
)

export type MotorEditionDocument = Type.Static<typeof MotorEditionSchema>
export type HomeEditionDocument = Type.Static<typeof HomeEditionSchema>

/** A checked document with its address. */
export type MotorEdition = MotorEditionDocument & { readonly hash: string }
export type HomeEdition = HomeEditionDocument & { readonly hash: string }
export type Edition = MotorEdition | HomeEdition

export type ParsedEdition =
  | { readonly kind: 'edition'; readonly edition: Edition; readonly hash: string; readonly document: string }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

const motorValidator = Compile(MotorEditionSchema)
const homeValidator = Compile(HomeEditionSchema)

/** @param value the document, as parsed JSON; `document` of the outcome is its canonical form */
export function parseEdition(value: unknown): ParsedEdition {
  const product = typeof value === 'object' && value !== null && 'product' in value ? value.product : undefined
  if (product !== 'motor' && product !== 'home') return { kind: 'invalid', problems: ['/product must be motor or home'] }
  if (product === 'motor') {
    if (motorValidator.Check(value)) return address(value, motorProblems(value))
    return { kind: 'invalid', problems: motorValidator.Errors(value).map(problemOf) }
  }
  if (homeValidator.Check(value)) return address(value, homeProblems(value))
  return { kind: 'invalid', problems: homeValidator.Errors(value).map(problemOf) }
}

function address(checked: MotorEditionDocument | HomeEditionDocument, problems: readonly string[]): ParsedEdition {
  if (problems.length > 0) return { kind: 'invalid', problems }
  const document = canonicalJson(checked)
  const hash = sha256(document)
  return { kind: 'edition', edition: { ...checked, hash }, hash, document }
}

function problemOf(error: { readonly instancePath: string; readonly message: string }): string {
  return `${error.instancePath} ${error.message}`.trim()
}

/** The edition that a row of the book holds. @throws BadEdition when it does not parse */
export function parseStoredEdition(document: string): Edition {
  const parsed = parseEdition(JSON.parse(document))
  if (parsed.kind === 'edition') return parsed.edition
  throw new BadEdition(`A stored edition does not parse: ${parsed.problems.join('; ')}`)
}

/** An edition that pricing was told to use cannot be used; the message says where it is wrong. */
export class BadEdition extends Error {
  readonly code = 'bad-edition'
}

function motorProblems(edition: MotorEditionDocument): readonly string[] {
  const { classFactors, behaviours, mileage } = edition
  return [
    ...bandProblems('/classFactors/driverAge', classFactors.driverAge),
    ...bandProblems('/classFactors/vehicleAge', classFactors.vehicleAge),
    ...levelProblems('/classFactors/region', classFactors.region),
    ...curveProblems('/mileage/curve', mileage.curve),
    ...Object.entries(behaviours).flatMap(([name, { curve }]) => curveProblems(`/behaviours/${name}/curve`, curve)),
    ...[behaviours.braking, behaviours.acceleration, behaviours.cornering].flatMap(({ rungMps2 }) =>
      behaviourThresholds.event.ladderMps2.includes(rungMps2)
        ? []
        : [`${rungMps2} m/s² is not a rung of the ladder ${behaviourThresholds.event.ladderMps2.join(', ')}`],
    ),
    ...clampProblems(edition.clamp),
  ]
}

function homeProblems(edition: HomeEditionDocument): readonly string[] {
  const { classFactors, credits } = edition
  return [
    ...levelProblems('/classFactors/building', classFactors.building),
    ...bandProblems('/classFactors/sumInsured', classFactors.sumInsured),
    ...levelProblems('/classFactors/region', classFactors.region),
    ...Object.entries(credits).flatMap(([name, { curve }]) => curveProblems(`/credits/${name}/curve`, curve)),
    ...clampProblems(edition.clamp),
  ]
}

function bandProblems(path: string, bands: readonly { readonly below?: number }[]): readonly string[] {
  const problems: string[] = []
  let from = 0
  bands.forEach(({ below }, index) => {
    const isLast = index === bands.length - 1
    if (isLast && below !== undefined) problems.push(`${path} has a gap: nothing covers ${below} and more`)
    if (!isLast && below === undefined) problems.push(`${path}/${index} needs "below": only the last band is open`)
    if (below !== undefined && below <= from) problems.push(`${path}/${index} is not in order: below ${below} after ${from}`)
    from = below ?? from
  })
  return problems
}

function levelProblems(path: string, levels: Readonly<Record<string, number>>): readonly string[] {
  return Object.keys(levels).length === 0 ? [`${path} has no levels`] : []
}

function curveProblems(path: string, curve: readonly (readonly [number, number])[]): readonly string[] {
  return curve.flatMap(([x], index) => {
    const before = curve[index - 1]
    return before !== undefined && x <= before[0] ? [`${path}/${index} is not sorted: ${x} after ${before[0]}`] : []
  })
}

function clampProblems({ min, max }: { readonly min: number; readonly max: number }): readonly string[] {
  return min <= 1 && max >= 1 ? [] : [`/clamp from ${min} to ${max} leaves out 1, the class price`]
}
