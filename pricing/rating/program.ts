// An edition as a program for rating: all its tables and names looked up, nothing rated yet.

import type { Edition, EditionDocument, Words } from '../edition/edition-document.ts'
import { type BonusMalusScale, compileBonusMalus } from './bonus-malus.ts'
import { type CompiledCurve, type CompiledFactor, compileCurve, compileFactor } from './compiled-tables.ts'
import type { Measure } from './measure-table.ts'
import { measureOf, rungIndex } from './measures.ts'
import { scaleOf } from './rounding.ts'

export interface CompiledBehaviour {
  readonly stepId: string
  readonly measure: Measure
  /** -1 for what counts no events. */
  readonly rung: number
  readonly rungMps2: number | undefined
  readonly k: number
  readonly curve: CompiledCurve
  readonly min: number
  readonly max: number
  /** Of the own experience until the valve has been seen to work; 1 where no valve is asked for. */
  readonly untestedFactor: number
  readonly isTested: boolean
}

/** Multiples that the amount is rounded to after a part of the worksheet; 0 where it is not. */
interface RoundedTo {
  readonly class: number
  readonly exposure: number
  readonly behaviour: number
  readonly instalment: number
}

export interface Program {
  readonly edition: Edition | EditionDocument
  readonly baseRates: readonly {
    readonly stepId: string
    readonly coverage: string
    readonly annualMinor: number
    readonly label: Words | undefined
  }[]
  readonly baseMinor: number
  readonly factors: readonly CompiledFactor[]
  readonly factorScale: number
  readonly bonusMalus: BonusMalusScale | undefined
  readonly exposure: { readonly k: number; readonly curve: CompiledCurve; readonly farthestKm: number } | undefined
  readonly behaviours: readonly CompiledBehaviour[]
  readonly roundedTo: RoundedTo
  readonly minAnnualMinor: number
  readonly maxAnnualMinor: number
  readonly maxChange: number | undefined
}

/** @throws an Error for a measure that does not exist: the document was not checked */
export function programOf(edition: Edition | EditionDocument): Program {
  const { baseRates, exposure, premiumBounds, rounding } = edition
  const isNumberInput = (input: string): boolean => edition.inputs[input]?.kind === 'number'
  const roundedTo = (after: keyof RoundedTo): number => rounding.steps.find((step) => step.after === after)?.toMinor ?? 0
  return {
    edition,
    baseRates: baseRates.map(({ coverage, annualMinor, label }, index) => ({
      stepId: index === 0 ? 'base-rate' : `base-rate:${coverage}`,
      coverage,
      annualMinor,
      label,
    })),
    baseMinor: baseRates.reduce((sum, { annualMinor }) => sum + annualMinor, 0),
    factors: edition.factors.map((factor) => compileFactor(factor, isNumberInput)),
    factorScale: scaleOf(rounding.factorDecimals),
    bonusMalus: edition.bonusMalus && compileBonusMalus(edition.bonusMalus),
    exposure: exposure && {
      k: exposure.k,
      curve: compileCurve(exposure.curve),
      farthestKm: exposure.curve.at(-1)?.[0] ?? Number.POSITIVE_INFINITY,
    },
    behaviours: edition.behaviours.map((behaviour) => compileBehaviour(edition, behaviour)),
    roundedTo: {
      class: roundedTo('class'),
      exposure: roundedTo('exposure'),
      behaviour: roundedTo('behaviour'),
      instalment: roundedTo('instalment'),
    },
    minAnnualMinor: premiumBounds.minAnnualMinor ?? 0,
    maxAnnualMinor: premiumBounds.maxAnnualMinor ?? Number.POSITIVE_INFINITY,
    maxChange: edition.guardRails.maxChangePerTerm,
  }
}

function compileBehaviour(
  edition: EditionDocument,
  { id, measure: name, rungMps2, k, curve, min, max, untestedFactor }: EditionDocument['behaviours'][number],
): CompiledBehaviour {
  const measure = measureOf(name)
  if (measure === undefined) throw new Error(`There is no measure ${name}.`)
  return {
    stepId: `${edition.product === 'motor' ? 'behaviour' : 'credit'}:${id}`,
    measure,
    rung: rungMps2 === undefined ? -1 : rungIndex(rungMps2),
    rungMps2,
    k,
    curve: compileCurve(curve),
    min: min ?? 0,
    max: max ?? Number.POSITIVE_INFINITY,
    untestedFactor: untestedFactor ?? 1,
    isTested: untestedFactor !== undefined,
  }
}
