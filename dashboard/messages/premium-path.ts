// The worksheet as a person reads it: per month, first how the class price comes about, then how each measured thing moves it
// to the own price. Only arithmetic; the words are in worksheet.ts.

import type { Worksheet, WorksheetStep } from '../../pricing/worksheet.ts'

/** Without an instalment step the worksheet's amounts are of a year. */
export const monthsPerYear = 12

export interface PathStep {
  readonly step: WorksheetStep
  /** Minor units a month, before and after this step; carries fractions until the last. */
  readonly fromMinor: number
  readonly toMinor: number
  readonly changeMinor: number
}

export interface PremiumPath {
  readonly classMinor: number
  readonly ownMinor: number
  /** From the base rate to the class price: what is known without measuring. */
  readonly classSteps: readonly PathStep[]
  /** From the class price to the own price: mileage, behaviour, credits, and a limit or a rounding that moved it. */
  readonly ownSteps: readonly PathStep[]
}

export type StepGroup =
  | 'base'
  | 'class'
  | 'bonus-malus'
  | 'mileage'
  | 'behaviour'
  | 'credit'
  | 'clamp'
  | 'bounds'
  | 'instalment'
  | 'round'
  | 'other'

export function stepGroup(id: string): StepGroup {
  const [head = '', ...rest] = id.split(':')
  if (head === 'base-rate') return 'base'
  if (head === 'round') return 'round'
  if (rest.length > 0) return head === 'class' || head === 'behaviour' || head === 'credit' ? head : 'other'
  if (head === 'premium-bounds' || head === 'term-change') return 'bounds'
  return head === 'bonus-malus' || head === 'mileage' || head === 'clamp' || head === 'instalment' ? head : 'other'
}

/** Measured, not known beforehand. */
export function isPersonal(step: WorksheetStep): boolean {
  const group = stepGroup(step.id)
  return group === 'mileage' || group === 'behaviour' || group === 'credit'
}

/** Whether a limit cut anything off: its figures name what there was before, its operand is what was kept. */
export function isHeld(step: WorksheetStep): boolean {
  const before = step.figures['combined'] ?? step.figures['unboundedMinor']
  return typeof before === 'number' && before !== step.operand
}

/** A change of less than half a minor unit is none. */
export function isMoved(change: PathStep): boolean {
  return Math.abs(change.changeMinor) >= 0.5
}

/**
 * The class price is the worksheet's own figure (declared mileage, every measured factor at 1), so the mileage step starts
 * there: its bar is what the measured distance changes, not what the declared one costs.
 */
export function premiumPath(worksheet: Pick<Worksheet, 'steps' | 'premiumMinor' | 'classPremiumMinor'>): PremiumPath {
  const instalment = worksheet.steps.findIndex((step) => stepGroup(step.id) === 'instalment')
  const divisor = instalment < 0 ? monthsPerYear : (worksheet.steps[instalment]?.operand ?? monthsPerYear)
  const firstPersonal = worksheet.steps.findIndex(isPersonal)
  const classSteps: PathStep[] = []
  const ownSteps: PathStep[] = []
  let classFromMinor = 0
  let ownFromMinor = worksheet.classPremiumMinor
  worksheet.steps.forEach((step, index) => {
    const group = stepGroup(step.id)
    if (group === 'instalment') return
    const isMonthly = instalment >= 0 && index > instalment
    const toMinor = isMonthly ? step.amountMinor : step.amountMinor / divisor
    if (firstPersonal < 0 || index < firstPersonal) {
      if (group === 'base' || group === 'class' || group === 'bonus-malus') {
        classSteps.push({ step, fromMinor: classFromMinor, toMinor, changeMinor: toMinor - classFromMinor })
        classFromMinor = toMinor
      }
      return
    }
    // What a clamp that held nothing changes is the rounding of its combined factor; the last step carries it.
    if ((group === 'clamp' || group === 'bounds') && !isHeld(step)) return
    const change = { step, fromMinor: ownFromMinor, toMinor, changeMinor: toMinor - ownFromMinor }
    if (isPersonal(step) || isMoved(change)) ownSteps.push(change)
    ownFromMinor = toMinor
  })
  return { classMinor: worksheet.classPremiumMinor, ownMinor: worksheet.premiumMinor, classSteps, ownSteps }
}

export interface Sureness {
  /** Mean credibility of what was measured, 0 to 1. */
  readonly share: number
  /** Kilometres or verified days that it rests on. */
  readonly exposure: number
  readonly unit: 'km' | 'days'
  /** At this exposure the own experience counts half: Z = n / (n + K) solved for K; undefined while nothing was measured. */
  readonly halfAt: number | undefined
}

/** How much the own experience counts by now, over all measured steps but mileage, which has its own measure. */
export function sureness(worksheet: Pick<Worksheet, 'steps' | 'product'>): Sureness {
  const unit = worksheet.product === 'motor' ? 'km' : 'days'
  const measured = worksheet.steps.flatMap(({ id, figures }) => {
    const exposure = figures[unit === 'km' ? 'exposureKm' : 'liveDays']
    const share = figures['credibility']
    const isRated = stepGroup(id) === 'behaviour' || stepGroup(id) === 'credit'
    return isRated && typeof exposure === 'number' && typeof share === 'number' ? [{ exposure, share }] : []
  })
  const exposure = Math.max(0, ...measured.map((entry) => entry.exposure))
  const counted = measured.filter((entry) => entry.share > 0)
  const share = counted.length === 0 ? 0 : counted.reduce((sum, entry) => sum + entry.share, 0) / counted.length
  const halfAt = share > 0 && share < 1 && exposure > 0 ? (exposure * (1 - share)) / share : undefined
  return { share, exposure, unit, halfAt }
}

/** Two significant digits, for "about". */
export function roundRoughly(value: number): number {
  if (value <= 0) return 0
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.round(value / step) * step
}
