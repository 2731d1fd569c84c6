// What is known of a policy before anything is measured: the inputs of the class factors and the declared exposure. The only
// place that says what is assumed when a policy is made without them.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Product } from '../store/book/schema.ts'

export const MotorClassSchema = Type.Object(
  {
    driverAgeYears: Type.Integer({ minimum: 16, maximum: 120 }),
    /** A level of the plan's region table. */
    region: Type.String({ minLength: 1 }),
    vehicleAgeYears: Type.Integer({ minimum: 0, maximum: 100 }),
    kmPerYear: Type.Number({ minimum: 0, maximum: 500_000 }),
  },
  { additionalProperties: false },
)

export const HomeClassSchema = Type.Object(
  {
    /** Levels of the plan's building and region tables. */
    building: Type.String({ minLength: 1 }),
    region: Type.String({ minLength: 1 }),
    /** Whole units of the plan's currency. */
    sumInsured: Type.Number({ minimum: 0, maximum: 100_000_000 }),
  },
  { additionalProperties: false },
)

export type MotorClass = Type.Static<typeof MotorClassSchema>
export type HomeClass = Type.Static<typeof HomeClassSchema>

export const defaultTimeZone = 'Europe/Amsterdam'
export const defaultMotorClass: MotorClass = { driverAgeYears: 38, region: 'town', vehicleAgeYears: 6, kmPerYear: 12_000 }
export const defaultHomeClass: HomeClass = { building: 'terraced', region: 'town', sumInsured: 250_000 }

export type ClassFacts =
  | { readonly product: 'motor'; readonly class: MotorClass }
  | { readonly product: 'home'; readonly class: HomeClass }

export type ParsedClassFacts =
  | { readonly kind: 'facts'; readonly facts: ClassFacts }
  | { readonly kind: 'bad'; readonly problem: string }

const validators = { motor: Compile(MotorClassSchema), home: Compile(HomeClassSchema) }

/** @param given any part of the product's class facts; the rest is the default above */
export function parseClassFacts(product: Product, given: unknown): ParsedClassFacts {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { kind: 'bad', problem: 'Class facts are an object.' }
  if (product === 'motor') {
    const value: unknown = { ...defaultMotorClass, ...given }
    if (validators.motor.Check(value)) return { kind: 'facts', facts: { product, class: value } }
    return { kind: 'bad', problem: problemOf(validators.motor.Errors(value)) }
  }
  const value: unknown = { ...defaultHomeClass, ...given }
  if (validators.home.Check(value)) return { kind: 'facts', facts: { product, class: value } }
  return { kind: 'bad', problem: problemOf(validators.home.Errors(value)) }
}

function problemOf(errors: readonly { readonly instancePath: string; readonly message: string }[]): string {
  const [first] = errors
  return `${first?.instancePath ?? ''} ${first?.message ?? 'does not fit'}`.trim()
}
