// Rating: an edition and facts in, the worksheet out. The same two give the same cents on any machine, for ever.

import { contentHash } from '../canonical-json.ts'
import type { Edition, HomeEdition, MotorEdition } from '../edition.ts'
import type { Worksheet, WorksheetStep } from '../worksheet.ts'
import { type Facts, type HomeFacts, type MotorFacts, noDriving, noLiving } from './facts.ts'
import { homeSteps } from './home-steps.ts'
import { motorSteps } from './motor-steps.ts'

/** @throws UnknownLevel; and an Error when edition and facts are for different products */
export function rate(edition: Edition, policyId: string, facts: Facts): Worksheet {
  const steps = stepsOf(edition, facts)
  return {
    policyId,
    product: edition.product,
    planId: edition.planId,
    editionHash: edition.hash,
    factsHash: contentHash(facts),
    currency: edition.currency,
    period: 'month',
    premiumMinor: premiumOf(steps),
    classPremiumMinor: premiumOf(stepsOf(edition, withoutExperience(facts))),
    steps: [...steps],
  }
}

/** The premium alone, minor units a month: for counterfactuals, which need no worksheet. */
export function ratePremium(edition: Edition, facts: Facts): number {
  return premiumOf(stepsOf(edition, facts))
}

function stepsOf(edition: Edition, facts: Facts): readonly WorksheetStep[] {
  if (isMotor(edition) && facts.product === 'motor') return motorSteps(edition, facts)
  if (!isMotor(edition) && facts.product === 'home') return homeSteps(edition, facts)
  throw new Error(`Edition ${edition.planId} is for ${edition.product}, the facts are for ${facts.product}.`)
}

function isMotor(edition: Edition): edition is MotorEdition {
  return edition.product === 'motor'
}

/** The same policy on the first day: what the class pays. */
export function withoutExperience(facts: Facts): MotorFacts | HomeFacts {
  return facts.product === 'motor' ? { ...facts, driving: noDriving } : { ...facts, living: noLiving }
}

function premiumOf(steps: readonly WorksheetStep[]): number {
  return steps.at(-1)?.amountMinor ?? 0
}

/** A test case of the edition that does not come out as it says. */
export interface FailedCase {
  readonly name: string
  readonly premiumMinor: number
  readonly classPremiumMinor: number
}

/** The edition's own test cases that fail, with what they came to; none when the edition is good. */
export function failedCases(edition: MotorEdition | HomeEdition): readonly FailedCase[] {
  return edition.testCases.flatMap(({ name, facts, premiumMinor, classPremiumMinor }) => {
    const worksheet = rate(edition, name, facts)
    const isGood = worksheet.premiumMinor === premiumMinor && worksheet.classPremiumMinor === classPremiumMinor
    return isGood ? [] : [{ name, premiumMinor: worksheet.premiumMinor, classPremiumMinor: worksheet.classPremiumMinor }]
  })
}
