// The bonus-malus coefficient, year by year from the at-fault claims. The rule that lifts a malus after two years without a
// claim and the half claim for a shared fault are not in it.

import type { BonusMalus } from '../edition/edition-document.ts'
import { scaleOf, truncateAtScale } from './rounding.ts'

/**
 * A year without a claim multiplies by `perClaimFreeYear`, every claim of another year by `perAtFaultClaim`; each product is
 * cut to the decimals and held between floor and cap.
 * @param claimsByYear oldest first
 */
export function bonusMalusCoefficient(rule: BonusMalus, claimsByYear: readonly number[]): number {
  const scale = scaleOf(rule.decimals)
  let coefficient = rule.start
  for (const claims of claimsByYear) {
    if (claims === 0) coefficient = Math.max(rule.floor, truncateAtScale(coefficient * rule.perClaimFreeYear, scale))
    for (let claim = 0; claim < claims; claim += 1)
      coefficient = Math.min(rule.cap, truncateAtScale(coefficient * rule.perAtFaultClaim, scale))
  }
  return coefficient
}
