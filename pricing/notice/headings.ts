// Under which heading a notice explains what moved a premium. The headings are the primary factors that Washington asks for
// (WAC 284-30A-070), those that a plan of Merit can have, and in their order; the words are in the message files.

import type { Worksheet, WorksheetStep } from '../worksheet.ts'

export const noticeHeadings = [
  'garaging-location',
  'driving-record',
  'miles-driven',
  /** A composite rating variable: the steps below it explain it. */
  'driving-behaviour',
  'driver',
  'vehicle',
  'property',
  'home-protection',
  'other-factors',
  'premium-capping',
  'rate-change',
  'rounding',
] as const
export type NoticeHeading = (typeof noticeHeadings)[number]

/** The first that fits; class factors are named by the plan, so these are the names insurers give them. */
const headingsBySteps: readonly (readonly [pattern: RegExp, heading: NoticeHeading])[] = [
  [/^rounding$/, 'rounding'],
  [/^(clamp|premium-bounds|term-change|discount-only)$/, 'premium-capping'],
  [/^(base-rate|instalment)/, 'rate-change'],
  [/^(bonus-malus|class:.*(claim|record|bonus).*)$/, 'driving-record'],
  [/^(mileage|class:.*(mileage|distance).*)$/, 'miles-driven'],
  [/^behaviour:/, 'driving-behaviour'],
  [/^credit:/, 'home-protection'],
  [/^class:.*(building|insured|property|construction|roof).*$/, 'property'],
  [/^class:.*(region|area|density|garag|territory|postcode|zone).*$/, 'garaging-location'],
  [/^class:.*(driver|licen[cs]e|age-of-holder).*$/, 'driver'],
  [/^class:.*(vehicle|car|power|fuel|gas|brand|engine).*$/, 'vehicle'],
]

/** Figures that come from the plan and not from the policy. */
const planFigures: ReadonlySet<string> = new Set([
  'ownFactor',
  'unboundedFactor',
  'credibility',
  'combined',
  'min',
  'max',
  'minMinor',
  'maxMinor',
  'rungMps2',
])

/** What moved a step: the policy's own figures, the plan's numbers, or both. */
export type Cause = 'policy' | 'plan' | 'both'

export function causeOf(stepId: string, before: Worksheet, after: Worksheet): Cause {
  const [from, to] = [findStep(before, stepId), findStep(after, stepId)]
  const isSamePlan = before.editionHash === after.editionHash
  if (isSamePlan) return 'policy'
  if (from === undefined || to === undefined) return 'plan'
  return isSameMeasure(from, to) ? 'plan' : 'both'
}

export function headingOf(stepId: string, cause: Cause): NoticeHeading {
  const known = headingsBySteps.find(([pattern]) => pattern.test(stepId))?.[1] ?? 'other-factors'
  const isLimit = known === 'premium-capping' || known === 'rounding'
  return cause === 'plan' && !isLimit ? 'rate-change' : known
}

export function findStep({ steps }: Worksheet, id: string): WorksheetStep | undefined {
  return steps.find((step) => step.id === id)
}

function isSameMeasure(from: WorksheetStep, to: WorksheetStep): boolean {
  const names = [...new Set([...Object.keys(from.figures), ...Object.keys(to.figures)])].filter((name) => !planFigures.has(name))
  return names.every((name) => from.figures[name] === to.figures[name])
}
