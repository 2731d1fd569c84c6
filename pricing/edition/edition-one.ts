// The first form of an edition, which books still hold: its schema, its checks, and the same plan in today's form. The upgraded
// document rates to the same cents and the same worksheets; its address stays that of the document it came from.

import Type from 'typebox'
import { type ClassValues, HomeFactsSchema, MotorFactsSchema } from '../rating/facts.ts'
import { rungIndex } from '../rating/measures.ts'
import type { Behaviour, ClassFactor, EditionDocument, Input } from './edition-document.ts'

const Factor = Type.Number({ exclusiveMinimum: 0, maximum: 10 })
const CurveSchema = Type.Array(Type.Tuple([Type.Number({ minimum: 0 }), Factor]), { minItems: 2 })
const strict = { additionalProperties: false } as const
const BandsSchema = Type.Array(
  Type.Object({ level: Type.String(), below: Type.Optional(Type.Number()), factor: Factor }, strict),
  { minItems: 1 },
)
const LevelsSchema = Type.Record(Type.String(), Factor)
const MeasuredSchema = Type.Object({ k: Type.Number({ exclusiveMinimum: 0 }), curve: CurveSchema }, strict)
const HardEventSchema = Type.Object({ rungMps2: Type.Number(), ...MeasuredSchema.properties }, strict)

const head = {
  schema: Type.Literal('edition/1'),
  planId: Type.String({ minLength: 1 }),
  title: Type.String(),
  note: Type.String(),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  baseRateMinor: Type.Integer({ minimum: 1 }),
  clamp: Type.Object({ min: Factor, max: Factor }, strict),
  instalments: Type.Integer({ minimum: 1, maximum: 12 }),
  factorDecimals: Type.Integer({ minimum: 2, maximum: 8 }),
}
const expected = { name: Type.String(), premiumMinor: Type.Integer(), classPremiumMinor: Type.Integer() }

export const MotorEditionOneSchema = Type.Object(
  {
    ...head,
    product: Type.Literal('motor'),
    classFactors: Type.Object({ driverAge: BandsSchema, region: LevelsSchema, vehicleAge: BandsSchema }, strict),
    mileage: MeasuredSchema,
    behaviours: Type.Object(
      {
        braking: HardEventSchema,
        acceleration: HardEventSchema,
        cornering: HardEventSchema,
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

export const HomeEditionOneSchema = Type.Object(
  {
    ...head,
    product: Type.Literal('home'),
    classFactors: Type.Object({ building: LevelsSchema, sumInsured: BandsSchema, region: LevelsSchema }, strict),
    credits: Type.Object(
      {
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

type MotorEditionOne = Type.Static<typeof MotorEditionOneSchema>
type HomeEditionOne = Type.Static<typeof HomeEditionOneSchema>

/** Of a policy that states nothing. */
const defaultMotor: ClassValues = { driverAgeYears: 38, region: 'town', vehicleAgeYears: 6, kmPerYear: 12_000 }
const defaultHome: ClassValues = { building: 'terraced', region: 'town', sumInsured: 250_000 }
/** What the first form allowed of the inputs that it did not write down. */
const numberRanges: Readonly<Record<string, readonly [min: number, max: number]>> = {
  driverAgeYears: [16, 120],
  vehicleAgeYears: [0, 100],
  kmPerYear: [0, 500_000],
  sumInsured: [0, 100_000_000],
}

export function upgradeEditionOne(one: MotorEditionOne | HomeEditionOne): EditionDocument {
  return one.product === 'motor' ? upgradeMotor(one) : upgradeHome(one)
}

function upgradeMotor(one: MotorEditionOne): EditionDocument {
  const { driverAge, region, vehicleAge } = one.classFactors
  const names = ['braking', 'acceleration', 'cornering', 'night', 'speeding', 'phone'] as const
  return {
    ...shared(one),
    inputs: inputsOf(defaultMotor, { region }),
    factors: [
      { id: 'driver-age', kind: 'bands', input: 'driverAgeYears', bands: driverAge },
      { id: 'region', kind: 'levels', input: 'region', levels: region },
      { id: 'vehicle-age', kind: 'bands', input: 'vehicleAgeYears', bands: vehicleAge },
    ],
    exposure: one.mileage,
    behaviours: names.map((name): Behaviour => ({ id: name, measure: name, ...one.behaviours[name] })),
    testCases: one.testCases,
  }
}

function upgradeHome(one: HomeEditionOne): EditionDocument {
  const { building, sumInsured, region } = one.classFactors
  const names = ['water', 'freeze', 'fire', 'intrusion', 'humidity'] as const
  const factors: ClassFactor[] = [
    { id: 'building', kind: 'levels', input: 'building', levels: building },
    { id: 'sum-insured', kind: 'bands', input: 'sumInsured', bands: sumInsured },
    { id: 'region', kind: 'levels', input: 'region', levels: region },
  ]
  return {
    ...shared(one),
    inputs: inputsOf(defaultHome, { building, region }),
    factors,
    behaviours: names.map((name): Behaviour => ({ id: name, measure: name, ...one.credits[name] })),
    testCases: one.testCases,
  }
}

function shared(one: MotorEditionOne | HomeEditionOne) {
  const { planId, product, title, note, currency, baseRateMinor, clamp, instalments, factorDecimals } = one
  return {
    schema: 'edition/2',
    planId,
    product,
    title,
    note,
    currency,
    baseRates: [{ coverage: product, annualMinor: baseRateMinor }],
    behaviourBounds: clamp,
    premiumBounds: {},
    rounding: { factorDecimals, steps: [{ after: 'instalment', toMinor: 1 }] },
    instalments,
    guardRails: { discountOnly: false, noMidTermRerate: false, notForNonRenewal: false },
  } satisfies Partial<EditionDocument>
}

/** @param tables those of the inputs that have levels */
function inputsOf(
  defaults: ClassValues,
  tables: Readonly<Record<string, Readonly<Record<string, number>>>>,
): Record<string, Input> {
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]): [string, Input] => {
      const levels = Object.keys(tables[name] ?? {})
      if (typeof value === 'string')
        return [name, { kind: 'level', levels, default: levels.includes(value) ? value : (levels[0] ?? value) }]
      const [min, max] = numberRanges[name] ?? [0, Number.MAX_SAFE_INTEGER]
      return [name, { kind: 'number', min, max, default: value }]
    }),
  )
}

/** What the first form had to hold beside its schema; later rules do not apply to documents from before them. */
export function editionOneProblems(one: MotorEditionOne | HomeEditionOne): readonly string[] {
  const { clamp, classFactors } = one
  const measured = Object.entries(one.product === 'motor' ? { ...one.behaviours } : { ...one.credits })
  const curves = one.product === 'motor' ? [['mileage', one.mileage] as const, ...measured] : measured
  return [
    ...Object.entries(classFactors).flatMap(([name, table]) =>
      Array.isArray(table) ? bandProblems(`/classFactors/${name}`, table) : levelProblems(`/classFactors/${name}`, table),
    ),
    ...curves.flatMap(([name, { curve }]) => curveProblems(`/${name}/curve`, curve)),
    ...measured.flatMap(([name, entry]) =>
      'rungMps2' in entry && typeof entry.rungMps2 === 'number' && rungIndex(entry.rungMps2) < 0
        ? [`/behaviours/${name}/rungMps2: ${entry.rungMps2} m/s² is no rung of the ladder`]
        : [],
    ),
    ...(clamp.min <= 1 && clamp.max >= 1 ? [] : [`/clamp from ${clamp.min} to ${clamp.max} leaves out 1, the class price`]),
  ]
}

function bandProblems(path: string, bands: readonly { readonly below?: number }[]): readonly string[] {
  let from = 0
  return bands.flatMap(({ below }, index) => {
    const isLast = index === bands.length - 1
    const isOrdered = isLast ? below === undefined : below !== undefined && below > from
    from = below ?? from
    return isOrdered ? [] : [`${path}/${index} leaves a gap: bands go up, and only the last has no "below"`]
  })
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
