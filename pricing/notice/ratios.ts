// A worksheet as a product: what it starts from, and by which ratio each step moves the amount.

import type { Worksheet, WorksheetStep } from '../worksheet.ts'

/** Stands for every rounding step, and for the rounding inside a limit. */
export const roundingId = 'rounding'

const summed: ReadonlySet<string> = new Set(['start', 'add'])

export interface Ratios {
  /** Amounts of a year that are summed first, by step, minor units. */
  readonly base: ReadonlyMap<string, number>
  /** What each later step multiplies the amount by. */
  readonly steps: ReadonlyMap<string, number>
}

/** @returns ratios whose product with the sum of the base is the premium, up to the last bits of a float */
export function ratiosOf({ steps }: Worksheet): Ratios {
  const base = new Map<string, number>()
  const ratios = new Map<string, number>()
  const times = (id: string, ratio: number) => ratios.set(id, (ratios.get(id) ?? 1) * ratio)
  let beforeMinor = 0
  for (const step of steps) {
    const { id, operation, operand, amountMinor } = step
    if (ratios.size === 0 && summed.has(operation)) base.set(id, (base.get(id) ?? 0) + operand)
    else if (operation === 'multiply') times(id, operand)
    else if (operation === 'divide') times(id, 1 / operand)
    else if (operation === 'round') times(roundingId, ratio(beforeMinor, amountMinor))
    else if (operation === 'clamp') {
      const whole = ratio(beforeMinor, amountMinor)
      const limit = limitRatio(step, whole)
      times(id, limit)
      times(roundingId, whole / limit)
    } else times(id, ratio(beforeMinor, amountMinor))
    beforeMinor = amountMinor
  }
  return { base, steps: ratios }
}

/** The bounds of all behaviours together take the product as it is rounded: within them only that rounding is left. */
function limitRatio({ operand, figures }: WorksheetStep, whole: number): number {
  const combined = figures['combined']
  return typeof combined === 'number' && combined > 0 ? operand / combined : whole
}

function ratio(beforeMinor: number, afterMinor: number): number {
  return beforeMinor === 0 ? 1 : afterMinor / beforeMinor
}
