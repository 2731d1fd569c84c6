// Writes down what rating worked out: the worksheet's steps in their order, each with the figures behind it. It repeats no
// decision; only the running amount is carried along, with the same operations in the same order.

import type { Words } from '../edition/edition-document.ts'
import type { WorksheetStep } from '../worksheet.ts'
import { type CompiledFactor, notMeant } from './compiled-tables.ts'
import type { CompiledBehaviour, Program } from './program.ts'
import { roundAtScale, roundToMultiple } from './rounding.ts'
import type { Figures } from './trace-figures.ts'

type StepFigures = WorksheetStep['figures']

/** Decimals of what is shown beside a factor: rates have four, exposures one. */
const rateScale = 10_000
const exposureScale = 10

export function traceSteps(program: Program, figures: Figures): WorksheetStep[] {
  const { edition, roundedTo, behaviours } = program
  const steps: WorksheetStep[] = []
  let amountMinor = 0
  const add = (
    id: string,
    operation: WorksheetStep['operation'],
    operand: number,
    after: number,
    of: StepFigures,
    label?: Words,
  ): void => {
    amountMinor = after
    steps.push(
      label === undefined
        ? { id, operation, operand, amountMinor, figures: of }
        : { id, operation, operand, amountMinor, figures: of, label },
    )
  }
  const round = (id: string, toMinor: number): void => {
    if (toMinor > 0) add(id, 'round', toMinor, roundToMultiple(amountMinor, toMinor), {})
  }

  program.baseRates.forEach(({ stepId, coverage, annualMinor, label }, index) => {
    const of = program.baseRates.length > 1 ? { coverage } : {}
    add(stepId, index === 0 ? 'start' : 'add', annualMinor, amountMinor + annualMinor, of, label)
  })
  program.factors.forEach((factor, index) => {
    if (factor.where !== undefined && figures.places[index] === notMeant) return
    const operand = figures.factors[index] ?? 1
    add(factor.id, 'multiply', operand, amountMinor * operand, placeOf(factor, figures, index), factor.label)
  })
  if (edition.bonusMalus !== undefined)
    add('bonus-malus', 'multiply', figures.coefficient, amountMinor * figures.coefficient, claimFigures(figures.claimsByYear))
  round('round:class', roundedTo.class)
  if (program.exposure !== undefined)
    add('mileage', 'multiply', figures.mileageFactor, amountMinor * figures.mileageFactor, mileageFigures(figures))
  round('round:exposure', roundedTo.exposure)

  if (behaviours.length > 0) {
    const beforeMinor = amountMinor
    behaviours.forEach((behaviour, index) => {
      const operand = figures.behaviourFactors[index] ?? 1
      add(behaviour.stepId, 'multiply', operand, amountMinor * operand, behaviourFigures(behaviour, figures, index))
    })
    const { min, max } = edition.behaviourBounds
    add('clamp', 'clamp', figures.kept, beforeMinor * figures.kept, { combined: figures.combined, min, max })
  }
  round('round:behaviour', roundedTo.behaviour)

  const { minAnnualMinor, maxAnnualMinor } = edition.premiumBounds
  if (minAnnualMinor !== undefined || maxAnnualMinor !== undefined) {
    const kept = Math.min(program.maxAnnualMinor, Math.max(program.minAnnualMinor, amountMinor))
    add('premium-bounds', 'clamp', kept, kept, {
      unboundedMinor: amountMinor,
      ...(minAnnualMinor === undefined ? {} : { minMinor: minAnnualMinor }),
      ...(maxAnnualMinor === undefined ? {} : { maxMinor: maxAnnualMinor }),
    })
  }
  const { previousTermMinor } = figures
  if (program.maxChange !== undefined && previousTermMinor !== undefined) {
    const minMinor = previousTermMinor * (1 - program.maxChange)
    const maxMinor = previousTermMinor * (1 + program.maxChange)
    const kept = Math.min(maxMinor, Math.max(minMinor, amountMinor))
    add('term-change', 'clamp', kept, kept, {
      unboundedMinor: amountMinor,
      minMinor,
      maxMinor,
      previousTermMinor,
    })
  }
  add('instalment', 'divide', edition.instalments, amountMinor / edition.instalments, {})
  round('round', roundedTo.instalment)
  return steps
}

function placeOf(factor: CompiledFactor, figures: Figures, index: number): StepFigures {
  const place = figures.places[index] ?? 0
  switch (factor.kind) {
    case 'table':
      return { level: factor.axis.levels[place] ?? '' }
    case 'curve':
      return { input: factor.input, value: figures.values[index] ?? 0 }
    case 'pair': {
      const width = factor.columns.levels.length
      return {
        row: factor.rows.levels[(place / width) | 0] ?? '',
        column: factor.columns.levels[place % width] ?? '',
      }
    }
  }
}

function claimFigures(claimsByYear: readonly number[]): StepFigures {
  let claims = 0
  let claimFreeYears = 0
  for (const ofYear of claimsByYear) {
    claims += ofYear
    claimFreeYears = ofYear === 0 ? claimFreeYears + 1 : 0
  }
  return { years: claimsByYear.length, claims, claimFreeYears }
}

function mileageFigures(figures: Figures): StepFigures {
  return {
    kmPerYear: figures.km,
    declaredKmPerYear: figures.declaredKm,
    observedKm: roundAtScale(figures.distanceKm, exposureScale),
    observedDays: roundAtScale(figures.observedDays, exposureScale),
    credibility: figures.mileageCredibility,
  }
}

function behaviourFigures(behaviour: CompiledBehaviour, figures: Figures, index: number): StepFigures {
  const exposure = roundAtScale(figures.exposure[index] ?? 0, exposureScale)
  const measured: StepFigures = {
    observed: roundAtScale(figures.observed[index] ?? 0, rateScale),
    unit: behaviour.measure.unit,
    credibility: figures.credibility[index] ?? 0,
    ownFactor: figures.own[index] ?? 1,
  }
  if (behaviour.measure.product === 'motor') measured['exposureKm'] = exposure
  else measured['liveDays'] = exposure
  if (behaviour.rungMps2 !== undefined) measured['rungMps2'] = behaviour.rungMps2
  if (behaviour.isTested) measured['valveTests'] = figures.valveTests
  const free = figures.free[index] ?? 1
  if (free !== figures.behaviourFactors[index]) measured['unboundedFactor'] = free
  return measured
}
