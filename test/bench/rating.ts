// `bench rating`: how many worksheets of the shipped motor plan one core rates in a second, with the trace and without it, and what
// a straightforward interpreter of the same edition does in the same run. Every way is checked to come to the same cents first. With
// --quick for a shorter time.

import { readShippedPlan } from '../../pricing/install-editions.ts'
import { compileEdition } from '../../pricing/rating/compile.ts'
import type { Facts } from '../../pricing/rating/facts.ts'
import { motorPolicy } from '../pricing/editions-one/policies.ts'
import { interpretEdition } from '../pricing/interpret-edition.ts'

/** Enough that the figures of the policies, not one policy's, decide which branches are taken. */
const policyCount = 4096
/** The fastest of so many runs: what else the machine does only ever slows one down. */
const runs = 5
const runMs = 1000
const quickRunMs = 150

export interface RatingFigures {
  readonly plan: string
  readonly editionHash: string
  readonly policies: number
  /** Steps of a worksheet. */
  readonly steps: number
  /** With its trace: every step with its operand, running amount and figures. */
  readonly worksheetsPerS: number
  /** Without the trace: the premium and the class price. */
  readonly pricesPerS: number
  /** The interpreter, which always writes the steps. */
  readonly interpreterPerS: number
  readonly worksheetsToInterpreter: number
  readonly pricesToInterpreter: number
}

export async function runRating(args: readonly string[]): Promise<void> {
  const figures = await measureRating(args.includes('--quick') ? quickRunMs : runMs)
  console.log(args.includes('--json') ? JSON.stringify(figures) : table(figures))
}

export async function measureRating(lastsMs: number): Promise<RatingFigures> {
  const { edition } = await readShippedPlan('motor')
  const compiled = compileEdition(edition)
  const policies = Array.from({ length: policyCount }, (_, seed) => policyOf(seed))
  for (const facts of policies) {
    const expected = interpretEdition(edition, facts)
    const steps = compiled.worksheet(facts)
    if (JSON.stringify(steps) !== JSON.stringify(expected)) throw new Error('The interpreter comes to another worksheet.')
    if (compiled.price(facts).premiumMinor !== expected.at(-1)?.amountMinor) throw new Error('The price is not the worksheet’s.')
  }
  const [prices, worksheets, interpreted] = fastestPerS(
    [
      (facts) => compiled.price(facts).premiumMinor,
      (facts) => compiled.worksheet(facts).at(-1)?.amountMinor ?? 0,
      (facts) => interpretEdition(edition, facts).at(-1)?.amountMinor ?? 0,
    ],
    policies,
    lastsMs,
  )
  const [pricesPerS, worksheetsPerS, interpreterPerS] = [prices ?? 0, worksheets ?? 0, interpreted ?? 0]
  return {
    plan: edition.title,
    editionHash: edition.hash,
    policies: policyCount,
    steps: compiled.worksheet(policyOf(1)).length,
    worksheetsPerS: Math.round(worksheetsPerS),
    pricesPerS: Math.round(pricesPerS),
    interpreterPerS: Math.round(interpreterPerS),
    worksheetsToInterpreter: round(worksheetsPerS / interpreterPerS),
    pricesToInterpreter: round(pricesPerS / interpreterPerS),
  }
}

/** With engines of all sizes and up to twelve years of claims. */
function policyOf(seed: number): Facts {
  const facts = motorPolicy(seed)
  const claimsByYear = Array.from({ length: seed % 13 }, (_, year) => ((seed + year * 7) % 11 === 0 ? 1 : 0))
  return { ...facts, class: { ...facts.class, powerKw: 40 + (seed % 160) }, claimsByYear }
}

/** The ways take turns, so that all of them have the same machine. */
function fastestPerS(
  ways: readonly ((facts: Facts) => number)[],
  policies: readonly Facts[],
  lastsMs: number,
): readonly number[] {
  const fastest = ways.map(() => 0)
  for (let run = 0; run <= runs; run += 1) {
    for (const [index, way] of ways.entries()) {
      const perS = ratePerS(way, policies, lastsMs / (run === 0 ? 2 : 1))
      // The first run warms up.
      if (run > 0) fastest[index] = Math.max(fastest[index] ?? 0, perS)
    }
  }
  return fastest
}

function ratePerS(way: (facts: Facts) => number, policies: readonly Facts[], lastsMs: number): number {
  const startMs = performance.now()
  let rated = 0
  let sum = 0
  let elapsedMs = 0
  while (elapsedMs < lastsMs) {
    for (const facts of policies) sum += way(facts)
    rated += policies.length
    elapsedMs = performance.now() - startMs
  }
  if (!(sum > 0)) throw new Error('Nothing was rated.')
  return (rated * 1000) / elapsedMs
}

function round(ratio: number): number {
  return Math.round(ratio * 10) / 10
}

function table(figures: RatingFigures): string {
  const perS = (value: number) => `${value.toLocaleString('en-US').padStart(12)} a second`
  return [
    `${figures.plan}, ${figures.steps} steps, ${figures.policies} policies, one core`,
    `  without the trace (pricesPerS)    ${perS(figures.pricesPerS)}   ${figures.pricesToInterpreter} × the interpreter`,
    `  with the trace (worksheetsPerS)   ${perS(figures.worksheetsPerS)}   ${figures.worksheetsToInterpreter} × the interpreter`,
    `  interpreter (interpreterPerS)     ${perS(figures.interpreterPerS)}`,
  ].join('\n')
}
