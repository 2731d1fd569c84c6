// One policy under both editions: what it pays, would pay and would pay without limits, and how the two worksheets differ.

import { classFactsFor } from '../class-facts.ts'
import type { Edition } from '../edition/edition-document.ts'
import { withTermBefore } from '../lifecycle/shadow.ts'
import { type CompiledEdition, compileEdition } from '../rating/compile.ts'
import type { Facts } from '../rating/facts.ts'
import { UnknownLevel } from '../rating/unknown-level.ts'
import type { DrivingQuality } from '../trip-sums.ts'
import type { WorksheetStep } from '../worksheet.ts'
import { changeOf, type Outcome } from './outcome.ts'
import type { Mover, StepDifference } from './report-form.ts'
import { levelsOf } from './segments.ts'

/** Both editions, ready to rate. */
export interface Contest {
  readonly champion: Edition
  readonly draft: Edition
  readonly targetLossRatio: number
  readonly rates: {
    readonly before: CompiledEdition
    readonly after: CompiledEdition
    readonly uncapped: CompiledEdition
  }
}

export function contestOf(champion: Edition, draft: Edition, targetLossRatio: number): Contest {
  const rates = {
    before: compileEdition(champion),
    after: compileEdition(draft),
    uncapped: compileEdition(withoutLimits(draft)),
  }
  return { champion, draft, targetLossRatio, rates }
}

/**
 * The same rates without what holds back their effect: no bounds of the premium and no limit on a term's change. Bounds of
 * the behaviour factors are part of the rates and stay.
 */
function withoutLimits(edition: Edition): Edition {
  const { maxChangePerTerm: _, ...guardRails } = edition.guardRails
  return { ...edition, guardRails, premiumBounds: {} }
}

/** What is known of a policy, whichever edition rates it. */
export interface ReplayedPolicy {
  readonly policyId: string
  /** As the policy states it. */
  readonly stated: object
  /** Without what it states. */
  readonly measured: Facts
  readonly quality: DrivingQuality | undefined
  /** What the draft would have measured. */
  readonly measuredByDraft: Facts
  /** Minor units a year; null for a policy without a premium. */
  readonly onRecordMinor: number | null
  /** What the term before the present one cost, minor units a year: the edition in force is limited against it. */
  readonly termBeforeMinor: number | null
  readonly expectedClaimsMinor: number | undefined
}
export type PricedPolicy =
  | { readonly kind: 'priced'; readonly outcome: Outcome; readonly differences: () => readonly StepDifference[] }
  | { readonly kind: 'unrated'; readonly policyId: string; readonly problem: string }

export function pricePolicy({ champion, draft, rates, targetLossRatio }: Contest, policy: ReplayedPolicy): PricedPolicy {
  const { policyId, stated, onRecordMinor } = policy
  const known = classFactsFor(champion, stated)
  if (known.kind === 'bad') return { kind: 'unrated', policyId, problem: known.problem }
  const knownByDraft = classFactsFor(draft, stated)
  if (knownByDraft.kind === 'bad') return { kind: 'unrated', policyId, problem: knownByDraft.problem }
  const factsBefore = withTermBefore({ ...policy.measured, ...known.facts }, champion, policy.termBeforeMinor)
  const factsAfter: Facts = { ...policy.measuredByDraft, ...knownByDraft.facts }
  try {
    const before = rates.before.price(factsBefore)
    const beforeMinor = before.premiumMinor * champion.instalments
    // For the draft the term before is the one that is charged at the moment.
    const previousTermAnnualMinor = onRecordMinor ?? beforeMinor
    const limited: Facts = { ...factsAfter, previousTermAnnualMinor }
    const after = rates.after.price(limited)
    const beforeClassMinor = before.classPremiumMinor * champion.instalments
    return {
      kind: 'priced',
      outcome: {
        policyId,
        onRecordMinor,
        beforeMinor,
        beforeClassMinor,
        afterMinor: after.premiumMinor * draft.instalments,
        afterClassMinor: after.classPremiumMinor * draft.instalments,
        uncappedMinor: rates.uncapped.price(factsAfter).premiumMinor * draft.instalments,
        claimsMinor: policy.expectedClaimsMinor ?? Math.round(beforeClassMinor * targetLossRatio),
        levels: levelsOf(champion, known.facts.class, factsBefore, policy.quality),
      },
      differences: () => differencesOf(rates.before.worksheet(factsBefore), rates.after.worksheet(limited)),
    }
  } catch (error) {
    if (error instanceof UnknownLevel) return { kind: 'unrated', policyId, problem: error.message }
    throw error
  }
}

export function moverOf(
  { policyId, onRecordMinor, beforeMinor, afterMinor, uncappedMinor }: Outcome,
  steps: readonly StepDifference[],
): Mover {
  const change = Math.round(changeOf(beforeMinor, afterMinor) * 1e6) / 1e6
  return { policyId, onRecordMinor, beforeMinor, afterMinor, uncappedMinor, change, steps: [...steps] }
}

/**
 * The steps that do something else, in the order of the draft's worksheet, those that it no longer has at the end. A bound
 * that holds nothing back in either worksheet does nothing, whatever amount it lets through.
 */
export function differencesOf(before: readonly WorksheetStep[], after: readonly WorksheetStep[]): readonly StepDifference[] {
  const effective = new Set([...effectiveIds(before), ...effectiveIds(after)])
  const byId = new Map(before.map((step) => [step.id, step]))
  const kept = new Set(after.map(({ id }) => id))
  const pairs = [
    ...after.map((step) => ({ id: step.id, before: byId.get(step.id), after: step })),
    ...before.filter(({ id }) => !kept.has(id)).map((step) => ({ id: step.id, before: step, after: undefined })),
  ]
  return pairs
    .filter((pair) => effective.has(pair.id))
    .filter((pair) => pair.before?.operand !== pair.after?.operand || pair.before?.operation !== pair.after?.operation)
    .map((pair) => ({
      id: pair.id,
      label: pair.after?.label ?? pair.before?.label ?? null,
      before: shown(pair.before),
      after: shown(pair.after),
    }))
}

function effectiveIds(steps: readonly WorksheetStep[]): readonly string[] {
  return steps.filter(({ amountMinor }, index) => amountMinor !== steps[index - 1]?.amountMinor).map(({ id }) => id)
}

function shown(step: WorksheetStep | undefined): StepDifference['before'] {
  if (step === undefined) return null
  const { operation, operand, amountMinor } = step
  return { operation, operand, amountMinor }
}
