// Rating, compiled: an edition's look-ups are made once, and facts give the premium without a trace or the worksheet's steps
// with it. Both come from the same figures, worked out once per facts; trace.ts only writes them down.

import type { Edition, EditionDocument } from '../edition/edition-document.ts'
import type { WorksheetStep } from '../worksheet.ts'
import { bonusMalusCoefficient } from './bonus-malus.ts'
import { factorFor, interpolateIn, numberOf } from './compiled-tables.ts'
import type { Facts } from './facts.ts'
import { drivingOf, exposureOf, livingOf, partOf, wholeOf } from './measures.ts'
import { declaredKmInput } from './mileage-input.ts'
import { type CompiledBehaviour, type Program, programOf } from './program.ts'
import { credibility, roundAtScale, roundToMultiple } from './rounding.ts'
import { traceSteps } from './trace.ts'
import { type Figures, figuresFor } from './trace-figures.ts'

const daysPerYear = 365
/** A span shorter than a day is annualised as a day. */
const observedDaysMin = 1

export interface Price {
  /** Of one instalment, as on the worksheet. */
  readonly premiumMinor: number
  /** The same steps with every behaviour factor at 1, the declared mileage and no term before. */
  readonly classPremiumMinor: number
}

export interface CompiledEdition {
  /** @throws UnknownLevel; and an Error when the facts are for another product */
  readonly price: (facts: Facts) => Price
  /** Every step in order, the last one the premium. @throws as `price` does */
  readonly worksheet: (facts: Facts) => WorksheetStep[]
  /** Both, worked out once. @throws as `price` does */
  readonly rate: (facts: Facts) => Price & { readonly steps: WorksheetStep[] }
}

export function compileEdition(edition: Edition | EditionDocument): CompiledEdition {
  const program = programOf(edition)
  // Written anew for every facts: rating is synchronous, and nothing of it is read afterwards.
  const figures = figuresFor(program)
  return {
    price: (facts) => {
      rateInto(figures, program, facts)
      return { premiumMinor: figures.premiumMinor, classPremiumMinor: figures.classPremiumMinor }
    },
    worksheet: (facts) => {
      rateInto(figures, program, facts)
      return traceSteps(program, figures)
    },
    rate: (facts) => {
      rateInto(figures, program, facts)
      const { premiumMinor, classPremiumMinor } = figures
      return { premiumMinor, classPremiumMinor, steps: traceSteps(program, figures) }
    },
  }
}

function rateInto(figures: Figures, program: Program, facts: Facts): void {
  const { edition, roundedTo } = program
  if (facts.product !== edition.product)
    throw new Error(`Edition ${edition.planId} is for ${edition.product}, the facts are for ${facts.product}.`)
  let amountMinor = program.baseMinor
  for (let index = 0; index < program.factors.length; index += 1) {
    const factor = program.factors[index]
    if (factor === undefined) continue
    const relativity = factorFor(factor, facts.class, program.factorScale, figures, index)
    figures.factors[index] = relativity
    amountMinor *= relativity
  }
  if (program.bonusMalus !== undefined) {
    figures.claimsByYear = facts.claimsByYear ?? noClaims
    figures.coefficient = bonusMalusCoefficient(program.bonusMalus, figures.claimsByYear)
    amountMinor *= figures.coefficient
  }
  amountMinor = rounded(amountMinor, roundedTo.class)
  let classMinor = amountMinor
  if (program.exposure !== undefined) {
    rateMileage(figures, program, program.exposure, facts)
    classMinor *= figures.declaredFactor
    amountMinor *= figures.mileageFactor
  }
  classMinor = rounded(rounded(classMinor, roundedTo.exposure), roundedTo.behaviour)
  amountMinor = rounded(amountMinor, roundedTo.exposure)
  if (program.behaviours.length > 0) {
    rateBehaviours(figures, program, facts)
    amountMinor *= figures.kept
  }
  amountMinor = bounded(rounded(amountMinor, roundedTo.behaviour), program.minAnnualMinor, program.maxAnnualMinor)
  classMinor = bounded(classMinor, program.minAnnualMinor, program.maxAnnualMinor)
  figures.previousTermMinor = program.maxChange === undefined ? undefined : facts.previousTermAnnualMinor
  if (program.maxChange !== undefined && figures.previousTermMinor !== undefined)
    amountMinor = bounded(
      amountMinor,
      figures.previousTermMinor * (1 - program.maxChange),
      figures.previousTermMinor * (1 + program.maxChange),
    )
  figures.premiumMinor = rounded(amountMinor / edition.instalments, roundedTo.instalment)
  figures.classPremiumMinor = rounded(classMinor / edition.instalments, roundedTo.instalment)
}

const noClaims: readonly number[] = []

function rounded(amountMinor: number, toMinor: number): number {
  return toMinor === 0 ? amountMinor : roundToMultiple(amountMinor, toMinor)
}

function bounded(value: number, min: number, max: number): number {
  return value < min ? min : value > max ? max : value
}

/** Rated distance a year: the observed span annualised, blended with the declared one by the days it was observed. */
function rateMileage(figures: Figures, program: Program, exposure: NonNullable<Program['exposure']>, facts: Facts): void {
  const { distanceKm, observedDays } = drivingOf(facts)
  const declaredKm = numberOf('mileage', declaredKmInput, facts.class)
  const z = roundAtScale(distanceKm > 0 ? credibility(observedDays, exposure.k) : 0, program.factorScale)
  const annualKm = (distanceKm * daysPerYear) / (observedDays < observedDaysMin ? observedDaysMin : observedDays)
  const km = roundAtScale(z * (annualKm < exposure.farthestKm ? annualKm : exposure.farthestKm) + (1 - z) * declaredKm, 1)
  figures.mileageCredibility = z
  figures.distanceKm = distanceKm
  figures.observedDays = observedDays
  figures.declaredKm = declaredKm
  figures.km = km
  figures.mileageFactor = roundAtScale(interpolateIn(exposure.curve, km), program.factorScale)
  figures.declaredFactor = roundAtScale(interpolateIn(exposure.curve, roundAtScale(declaredKm, 1)), program.factorScale)
}

/**
 * Factor = Z × own + (1 − Z) × 1, where own is the curve at the observed rate and Z = exposure ÷ (exposure + K). Without
 * exposure it is exactly 1, the class price. The product of all is held within the plan's bounds.
 */
function rateBehaviours(figures: Figures, program: Program, facts: Facts): void {
  const { factorScale, edition } = program
  let combined = 1
  for (let index = 0; index < program.behaviours.length; index += 1) {
    const behaviour = program.behaviours[index]
    if (behaviour === undefined) continue
    const { name, scale } = behaviour.measure
    const exposure = exposureOf(name, facts)
    const whole = wholeOf(name, facts)
    const observed = whole > 0 ? (partOf(name, facts, behaviour.rung) * scale) / whole : 0
    const z = roundAtScale(credibility(exposure, behaviour.k), factorScale)
    const own =
      exposure > 0 ? roundAtScale(interpolateIn(behaviour.curve, observed) * ownScale(behaviour, facts), factorScale) : 1
    const free = roundAtScale(z * own + (1 - z), factorScale)
    const factor = bounded(free, behaviour.min, behaviour.max)
    figures.observed[index] = observed
    figures.exposure[index] = exposure
    figures.credibility[index] = z
    figures.own[index] = own
    figures.free[index] = free
    figures.behaviourFactors[index] = factor
    combined *= factor
  }
  figures.valveTests = livingOf(facts).valveTests
  figures.combined = roundAtScale(combined, factorScale)
  figures.kept = bounded(figures.combined, edition.behaviourBounds.min, edition.behaviourBounds.max)
}

function ownScale(behaviour: CompiledBehaviour, facts: Facts): number {
  return behaviour.isTested && livingOf(facts).valveTests === 0 ? behaviour.untestedFactor : 1
}
