// A worksheet recomputed from nothing but what is printed on it, step by step.

import { roundHalfEven } from '../../pricing/rating/rounding.ts'
import type { WorksheetStep } from '../../pricing/worksheet.ts'

/** Anyone with the printed worksheet can do this. */
export function recomputeWorksheet(steps: readonly WorksheetStep[]): number {
  let amount = 0
  let beforeBehaviour = 0
  for (const { id, operation, operand } of steps) {
    const isBehaviour = id.startsWith('behaviour:') || id.startsWith('credit:')
    if (operation === 'start') amount = operand
    if (operation === 'add') amount += operand
    if (operation === 'multiply') amount *= operand
    if (operation === 'clamp') amount = id === 'clamp' ? beforeBehaviour * operand : operand
    if (operation === 'divide') amount /= operand
    if (operation === 'round') amount = roundHalfEven(amount / operand) * operand
    if (!isBehaviour) beforeBehaviour = amount
  }
  return amount
}
