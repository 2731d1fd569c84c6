// The worksheet being written: each function adds one step and carries the running amount on.

import type { WorksheetStep } from '../worksheet.ts'
import { type Curve, credibility, interpolate, roundHalfEven } from './rounding.ts'
import { UnknownLevel } from './unknown-level.ts'

type Figures = WorksheetStep['figures']

export interface Sheet {
  readonly steps: WorksheetStep[]
  readonly factorDecimals: number
  amountMinor: number
}

export function startSheet(baseRateMinor: number, factorDecimals: number): Sheet {
  const step: WorksheetStep = {
    id: 'base-rate',
    operation: 'start',
    operand: baseRateMinor,
    amountMinor: baseRateMinor,
    figures: {},
  }
  return { steps: [step], factorDecimals, amountMinor: baseRateMinor }
}

export function multiply(sheet: Sheet, id: string, factor: number, figures: Figures): void {
  sheet.amountMinor *= factor
  sheet.steps.push({ id, operation: 'multiply', operand: factor, amountMinor: sheet.amountMinor, figures })
}

/** Half to even, so that the printed factor is the factor. */
export function roundFactor(sheet: Sheet, value: number): number {
  return roundHalfEven(value, sheet.factorDecimals)
}

interface Band {
  readonly level: string
  readonly below?: number
  readonly factor: number
}

export function multiplyBand(sheet: Sheet, id: string, bands: readonly Band[], value: number): void {
  const band = bands.find(({ below }) => below === undefined || value < below)
  if (band === undefined) throw new UnknownLevel(`${id}: no band for ${value}.`)
  multiply(sheet, id, band.factor, { level: band.level })
}

export function multiplyLevel(sheet: Sheet, id: string, levels: Readonly<Record<string, number>>, level: string): void {
  const factor = Object.hasOwn(levels, level) ? levels[level] : undefined
  if (factor === undefined) throw new UnknownLevel(`${id}: no level "${level}"; there are ${Object.keys(levels).join(', ')}.`)
  multiply(sheet, id, factor, { level })
}

/** What was measured, over how much, in the unit that the step's words use. */
export interface Measured {
  readonly observed: number
  readonly unit: string
  readonly exposure: number
  readonly exposureName: 'exposureKm' | 'liveDays'
  readonly ownScale?: number
}

/**
 * Factor = Z × own + (1 − Z) × 1, where own is the curve at the observed rate and Z = exposure ÷ (exposure + K). Without
 * exposure it is exactly 1, the class price.
 * @returns the factor
 */
export function multiplyMeasured(
  sheet: Sheet,
  id: string,
  measured: Measured,
  { k, curve }: { readonly k: number; readonly curve: Curve },
  more: Figures = {},
): number {
  const { observed, unit, exposure, exposureName, ownScale = 1 } = measured
  const z = roundFactor(sheet, credibility(exposure, k))
  const own = exposure > 0 ? roundFactor(sheet, interpolate(curve, observed) * ownScale) : 1
  const factor = roundFactor(sheet, z * own + (1 - z))
  multiply(sheet, id, factor, {
    observed: roundHalfEven(observed, 4),
    unit,
    credibility: z,
    ownFactor: own,
    [exposureName]: roundHalfEven(exposure, 1),
    ...more,
  })
  return factor
}

/** Holds the product of the factors within the plan's bounds: amount = amount before them × the factor kept. */
export function clampFactors(
  sheet: Sheet,
  beforeMinor: number,
  factors: readonly number[],
  { min, max }: { readonly min: number; readonly max: number },
): void {
  const combined = roundFactor(
    sheet,
    factors.reduce((product, factor) => product * factor, 1),
  )
  const kept = Math.min(max, Math.max(min, combined))
  sheet.amountMinor = beforeMinor * kept
  sheet.steps.push({
    id: 'clamp',
    operation: 'clamp',
    operand: kept,
    amountMinor: sheet.amountMinor,
    figures: { combined, min, max },
  })
}

export function finishSheet(sheet: Sheet, instalments: number): readonly WorksheetStep[] {
  sheet.amountMinor /= instalments
  sheet.steps.push({ id: 'instalment', operation: 'divide', operand: instalments, amountMinor: sheet.amountMinor, figures: {} })
  sheet.amountMinor = roundHalfEven(sheet.amountMinor)
  sheet.steps.push({ id: 'round', operation: 'round', operand: 1, amountMinor: sheet.amountMinor, figures: {} })
  return sheet.steps
}
