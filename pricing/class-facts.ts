// What is known of a policy before anything is measured: a value for every input of the edition, and the claims of the years
// before where the plan has a bonus-malus. What a policy does not state is the edition's default.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { EditionDocument, Input } from './edition/edition-document.ts'
import type { ClassValues } from './rating/facts.ts'

export const defaultTimeZone = 'Europe/Amsterdam'

/** Beside the edition's inputs a policy may state its at-fault claims of each year, oldest first. */
const claimsKey = 'claimsByYear'
const claimsForm = Compile(Type.Array(Type.Integer({ minimum: 0, maximum: 100 }), { maxItems: 100 }))

export interface ClassFacts {
  readonly class: ClassValues
  readonly claimsByYear?: number[]
}

type StatedClassFacts =
  | { readonly kind: 'facts'; readonly facts: ClassFacts }
  | { readonly kind: 'bad'; readonly problem: string }

type RatedBy = Pick<EditionDocument, 'inputs' | 'bonusMalus'>

/**
 * @param given what somebody states of a policy: any part of the edition's inputs
 * @returns what is stated and the defaults; or the first thing wrong, with what is allowed in its place
 */
export function statedClassFacts(edition: RatedBy, given: unknown): StatedClassFacts {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { kind: 'bad', problem: 'Class facts are an object.' }
  const known = Object.keys(edition.inputs)
  const unknown = Object.keys(given).find((name) => name !== claimsKey && !known.includes(name))
  if (unknown !== undefined)
    return { kind: 'bad', problem: `"${unknown}" is no input of this plan; it reads ${known.join(', ') || 'none'}` }
  return classFactsFor(edition, given)
}

/**
 * The class facts that an edition reads out of those a policy states. Others are left out: the policy may have stated them
 * for another edition of its plan.
 */
export function classFactsFor(edition: RatedBy, stated: object): StatedClassFacts {
  const given: Readonly<Record<string, unknown>> = { ...stated }
  const values: Record<string, number | string> = {}
  for (const [name, input] of Object.entries(edition.inputs)) {
    const value = given[name] ?? input.default
    if ((typeof value !== 'number' && typeof value !== 'string') || !isWithin(input, value))
      return { kind: 'bad', problem: `${name} is ${JSON.stringify(value)}, not ${allowedIn(input)}` }
    values[name] = value
  }
  const claims = given[claimsKey]
  if (claims !== undefined && !claimsForm.Check(claims))
    return { kind: 'bad', problem: `${claimsKey} is the number of at-fault claims of each year, oldest first, such as [0, 1, 0]` }
  const isRated = claims !== undefined && edition.bonusMalus !== undefined
  return { kind: 'facts', facts: isRated ? { class: values, claimsByYear: claims } : { class: values } }
}

export function isWithin(input: Input, value: number | string): boolean {
  if (input.kind === 'level') return typeof value === 'string' && input.levels.includes(value)
  return typeof value === 'number' && value >= input.min && value <= input.max
}

export function allowedIn(input: Input): string {
  if (input.kind === 'level') return `one of ${input.levels.join(', ')}`
  return `a number from ${input.min} to ${input.max}${input.unit === undefined ? '' : ` ${input.unit}`}`
}
