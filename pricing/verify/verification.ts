// What verifying a premium can find, and the comparisons that find it: worksheet against worksheet, facts against facts. Pure.

import { canonicalJson } from '../canonical-json.ts'
import type { Facts } from '../rating/facts.ts'
import type { Worksheet, WorksheetStep } from '../worksheet.ts'

/** What a vehicle's premium rests on, and a home's. */
export type Experience = 'trip' | 'day'

/** In the order they are looked for. */
export type Finding =
  /** The document says other than the book; only when a document was given. */
  | { readonly kind: 'document-differs'; readonly field: string; readonly document: string; readonly kept: string }
  | { readonly kind: 'edition-missing'; readonly editionHash: string }
  /** The stored edition is not the document of its hash. */
  | { readonly kind: 'edition-changed'; readonly editionHash: string; readonly problem: string }
  /** The kept facts are not those of their hash. */
  | { readonly kind: 'facts-hash-differs'; readonly kept: string; readonly actual: string }
  /** Of the kept worksheet, against the kept edition and the kept facts. */
  | ({ readonly kind: 'kept-step-differs' } & StepDifference)
  /** The amount on the row of the premium is not that of its worksheet. */
  | { readonly kind: 'amount-differs'; readonly keptMinor: number; readonly worksheetMinor: number }
  /** From the readings up, a figure that was measured comes out otherwise. */
  | ({ readonly kind: 'fact-differs' } & FactDifference)
  | ({ readonly kind: 'step-differs' } & StepDifference)
  /** The premium rests on it; the book no longer holds it, nor do the readings. */
  | { readonly kind: 'experience-gone'; readonly what: Experience; readonly deviceId: string; readonly at: string }
  /** The readings do not say what the book holds of this trip or day. */
  | {
      readonly kind: 'measured-otherwise'
      readonly what: Experience
      readonly deviceId: string
      readonly at: string
      /** The first figure of it that differs; `*` when the readings make no such trip or day at all. */
      readonly path: string
      /** The book wrote it again after the premium: late readings. */
      readonly isLater: boolean
    }
  /** No more readings: these trips or days were taken as the book holds them. */
  | { readonly kind: 'readings-deleted'; readonly what: Experience; readonly deviceId: string; readonly count: number }
  /** Came after the premium, so it rests on none of them. */
  | { readonly kind: 'came-later'; readonly what: Experience; readonly deviceId: string; readonly count: number }
  /** From before Merit kept what a premium rests on: all that had ended by then was taken. */
  | { readonly kind: 'basis-unknown' }

export interface StepDifference {
  readonly stepId: string
  readonly kept: string
  readonly recomputed: string
}

interface FactDifference {
  /** A pointer into the facts. */
  readonly path: string
  readonly kept: string
  readonly recomputed: string
}

export interface Verification {
  readonly premiumId: string
  readonly policyId: string
  readonly currency: string
  readonly keptMinor: number
  /** Undefined when it cannot be recomputed. */
  readonly recomputedMinor: number | undefined
  /** Equal: recomputed from the readings up, every step and the amount are those that are kept. */
  readonly verdict: 'equal' | 'different' | 'not-recomputable'
  readonly findings: readonly Finding[]
}

/** These may stand beside an equal premium: they say what it was recomputed from. */
const notes: ReadonlySet<Finding['kind']> = new Set(['readings-deleted', 'came-later', 'basis-unknown', 'measured-otherwise'])

export function verdictOf(findings: readonly Finding[], recomputedMinor: number | undefined): Verification['verdict'] {
  if (recomputedMinor === undefined) return 'not-recomputable'
  return findings.every(({ kind }) => notes.has(kind)) ? 'equal' : 'different'
}

/** Every step that is not the same in both, in the order of the kept worksheet and then of the other. */
function stepDifferences(kept: Worksheet, recomputed: Worksheet): readonly StepDifference[] {
  const others = new Map(recomputed.steps.map((step) => [step.id, step]))
  const known = new Set(kept.steps.map(({ id }) => id))
  const all = [...kept.steps, ...recomputed.steps.filter(({ id }) => !known.has(id))]
  return all.flatMap(({ id }) => {
    const step = kept.steps.find((candidate) => candidate.id === id)
    const other = others.get(id)
    if (step !== undefined && other !== undefined && canonicalJson(step) === canonicalJson(other)) return []
    return [{ stepId: id, kept: written(step), recomputed: written(other) }]
  })
}

/** The step that makes the difference: the first whose operand differs, else the first that differs at all. */
export function firstDifference(kept: Worksheet, recomputed: Worksheet): StepDifference | undefined {
  const differences = stepDifferences(kept, recomputed)
  const operandOf = (worksheet: Worksheet, id: string) => worksheet.steps.find((step) => step.id === id)?.operand
  return differences.find(({ stepId }) => operandOf(kept, stepId) !== operandOf(recomputed, stepId)) ?? differences[0]
}

function written(step: WorksheetStep | undefined): string {
  if (step === undefined) return 'none'
  return `${step.operation} ${step.operand} = ${step.amountMinor}`
}

/** Every figure that is not the same in both. */
export function factDifferences(kept: Facts, recomputed: Facts): readonly FactDifference[] {
  return valueDifferences('', kept, recomputed)
}

/** Of two JSON values, at most this many: more do not help to find the cause. */
const differencesMax = 20

export function valueDifferences(path: string, kept: unknown, recomputed: unknown): readonly FactDifference[] {
  if (isComposed(kept) && isComposed(recomputed)) {
    const keys = [...new Set([...Object.keys(kept), ...Object.keys(recomputed)])]
    const members = (value: object): Readonly<Record<string, unknown>> => ({ ...value })
    const [one, other] = [members(kept), members(recomputed)]
    return keys.flatMap((key) => valueDifferences(`${path}/${key}`, one[key], other[key])).slice(0, differencesMax)
  }
  return kept === recomputed ? [] : [{ path, kept: text(kept), recomputed: text(recomputed) }]
}

function isComposed(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function text(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}
