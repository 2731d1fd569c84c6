// The older rule, limited fluctuation: how many claims it takes until the own experience alone is believed, and how much of it is
// believed before. Longley-Cook (1962); Klugman, Panjer and Willmot (2012), chapter 16.

import { normalWithin } from '../fit/special-functions.ts'

export interface FullCredibilityRule {
  /** With this probability … */
  readonly probability: number
  /** … the observed total is within this share of its mean. */
  readonly within: number
  /** Standard deviation of a claim's amount over its mean; 0 where only claims are counted. */
  readonly amountVariation: number
}

/** The rule most often filed: 1,082 claims. */
export const customaryRule: FullCredibilityRule = { probability: 0.9, within: 0.05, amountVariation: 0 }

/** Claims that stand by themselves, not rounded. */
export function claimsForFullCredibility({ probability, within, amountVariation }: FullCredibilityRule): number {
  return (normalWithin(probability) / within) ** 2 * (1 + amountVariation ** 2)
}

/** The square-root rule: 1 from full credibility on. */
export function limitedFluctuation(claims: number, claimsForFull: number): number {
  return Math.min(1, Math.sqrt(claims / claimsForFull))
}
