// The bonus-malus coefficient, year by year from the at-fault claims. The rule that lifts a malus after two years without a
// claim and the half claim for a shared fault are not in it.

import type { BonusMalus } from '../edition/edition-document.ts'
import { scaleOf, truncateAtScale } from './rounding.ts'

/** Every coefficient a rule can reach is a whole number of its last decimal: what follows each, after a year or a claim. */
export interface BonusMalusScale {
  readonly scale: number
  readonly start: number
  readonly afterClaimFreeYear: Int32Array
  readonly afterClaim: Int32Array
}

/**
 * A year without a claim multiplies by `perClaimFreeYear`, every claim of another year by `perAtFaultClaim`; each product is
 * cut to the decimals and held between floor and cap.
 */
export function compileBonusMalus(rule: BonusMalus): BonusMalusScale {
  const scale = scaleOf(rule.decimals)
  const [start, floor, cap] = [rule.start, rule.floor, rule.cap].map((coefficient) => Math.round(coefficient * scale))
  const places = Int32Array.from({ length: (cap ?? 0) + 1 }, (_, place) => place)
  const after = (place: number, factor: number): number => Math.round(truncateAtScale((place / scale) * factor, scale) * scale)
  return {
    scale,
    start: start ?? scale,
    afterClaimFreeYear: places.map((place) => Math.max(floor ?? 0, after(place, rule.perClaimFreeYear))),
    afterClaim: places.map((place) => Math.min(cap ?? place, after(place, rule.perAtFaultClaim))),
  }
}

/** @param claimsByYear oldest first */
export function bonusMalusCoefficient(rule: BonusMalusScale, claimsByYear: readonly number[]): number {
  let place = rule.start
  for (let year = 0; year < claimsByYear.length; year += 1) {
    const claims = claimsByYear[year] ?? 0
    if (claims === 0) place = rule.afterClaimFreeYear[place] ?? place
    else for (let claim = 0; claim < claims; claim += 1) place = rule.afterClaim[place] ?? place
  }
  return place / rule.scale
}
