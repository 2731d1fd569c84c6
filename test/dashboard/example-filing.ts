// The shipped motor plan as an edition to be filed, a former one that differs from it in three rates, and the dislocation of a
// made-up book between them.

import { readFileSync } from 'node:fs'
import type { FilingOptions } from '../../dashboard/filing/filing-pack.ts'
import { makeReport } from '../../pricing/dislocation/make-report.ts'
import type { Outcome } from '../../pricing/dislocation/outcome.ts'
import type { DislocationReport, Mover } from '../../pricing/dislocation/report-form.ts'
import type { EditionDocument } from '../../pricing/edition/edition-document.ts'
import { type ParsedEdition, parseEdition } from '../../pricing/edition/parse-edition.ts'
import { withCasesRated } from '../../pricing/rating/failed-cases.ts'

type Checked = Extract<ParsedEdition, { kind: 'edition' }>

function checked(value: unknown): Checked {
  const parsed = parseEdition(value)
  if (parsed.kind !== 'edition') throw new Error(parsed.problems.join('; '))
  return parsed
}

export function shippedPlan(name: 'motor' | 'home'): Checked {
  return checked(JSON.parse(readFileSync(new URL(`../../pricing/plans/${name}.json`, import.meta.url), 'utf8')))
}

/** The first coverage costs 30.00 a year less, and the first behaviour's second point differs. */
export function formerOf({ edition }: Checked): Checked {
  const { hash: _, ...document } = edition
  const [firstRate, ...rates] = document.baseRates
  const [behaviour, ...behaviours] = document.behaviours
  if (firstRate === undefined || behaviour === undefined) throw new Error('A plan without rates or behaviours.')
  const curve = behaviour.curve.map(([x, factor], index): [number, number] => [x, index === 1 ? factor + 0.01 : factor])
  const former: EditionDocument = {
    ...document,
    baseRates: [{ ...firstRate, annualMinor: firstRate.annualMinor - 3000 }, ...rates],
    behaviours: [{ ...behaviour, curve }, ...behaviours],
  }
  return checked(withCasesRated(former))
}

const policies = 400

/** Changes spread around +2 %, a few of them far out; capped at a quarter. */
export function exampleDislocation(draft: Checked, champion: Checked): DislocationReport {
  const outcomes = Array.from({ length: policies }, (_, index): Outcome => {
    const spread = ((index * 37) % 101) / 100 - 0.5
    const change = 0.02 + 0.9 * spread ** 3
    const beforeMinor = 36_000 + 90 * index
    const uncappedMinor = Math.round(beforeMinor * (1 + change * (index % 40 === 0 ? 4 : 1)))
    const afterMinor = Math.min(Math.round(beforeMinor * 1.25), uncappedMinor)
    const region = ['country', 'town', 'city'][index % 3] ?? 'town'
    return {
      policyId: `policy-${1000 + index}`,
      onRecordMinor: beforeMinor,
      beforeMinor,
      beforeClassMinor: 40_000 + 90 * index,
      afterMinor,
      uncappedMinor,
      afterClassMinor: 41_000 + 90 * index,
      claimsMinor: beforeMinor * 0.65,
      levels: {
        'input:region': region,
        age: index % 2 === 0 ? '< 25' : '25 – 35',
        'night-share': index % 5 === 0 ? 'no-data' : '< 2 %',
      },
    }
  })
  const movers = outcomes
    .map(
      ({ policyId, onRecordMinor, beforeMinor, afterMinor, uncappedMinor }): Mover => ({
        policyId,
        onRecordMinor,
        beforeMinor,
        afterMinor,
        uncappedMinor,
        change: afterMinor / beforeMinor - 1,
        steps: [],
      }),
    )
    .toSorted((one, other) => other.change - one.change)
  const chunk = {
    outcomes,
    unrated: [],
    up: movers.slice(0, 10),
    down: movers.slice(-10),
    changedMeanwhile: 0,
    stated: 0,
    measuredAgain: { trips: 0, unaffected: 0, withoutReadings: 0 },
  }
  const { planId, product, currency } = draft.edition
  const head = { planId, product, currency, draftHash: draft.hash, championHash: champion.hash }
  return makeReport({ ...head, bookState: 'ab'.repeat(32), seed: 7, detection: {}, targetLossRatio: 0.65 }, [chunk])
}

export function exampleFiling(plan: 'motor' | 'home', locale: FilingOptions['locale']): FilingOptions {
  const draft = shippedPlan(plan)
  const former = formerOf(draft)
  return {
    edition: draft.edition,
    former: former.edition,
    document: draft.document,
    dislocation: exampleDislocation(draft, former),
    submittedAtMs: Date.parse('2026-03-02T09:30:00Z'),
    locale,
  }
}
