// From what became of every policy to the report: sorted first, so that the same book gives the same bytes however the work
// was divided.

import { isRaised, meanOf, ratioOf, rounded, sumOf, viewOf } from './distribution.ts'
import { fairnessOf } from './fairness.ts'
import { type ChunkResult, changeOf, type Outcome } from './outcome.ts'
import type { DislocationReport, Mover, SegmentLevel } from './report-form.ts'
import { orderOfLevels } from './segments.ts'

/** Shown each way. */
export const worstMax = 20
const reasonsMax = 50

export type ReportHead = Pick<
  DislocationReport,
  'planId' | 'product' | 'currency' | 'draftHash' | 'championHash' | 'bookState' | 'seed' | 'detection'
> & { readonly targetLossRatio: number }

/** @param chunks in any order */
export function makeReport({ targetLossRatio, ...head }: ReportHead, chunks: readonly ChunkResult[]): DislocationReport {
  const outcomes = chunks.flatMap((chunk) => chunk.outcomes).sort((one, other) => (one.policyId < other.policyId ? -1 : 1))
  const unrated = chunks.flatMap((chunk) => chunk.unrated).sort((one, other) => (one.policyId < other.policyId ? -1 : 1))
  const beforeMinor = sumOf(outcomes, (outcome) => outcome.beforeMinor)
  const claimsMinor = sumOf(outcomes, (outcome) => outcome.claimsMinor)
  const stated = sumOf(chunks, (chunk) => chunk.stated)
  const measured = (of: 'trips' | 'unaffected' | 'withoutReadings') => sumOf(chunks, ({ measuredAgain }) => measuredAgain[of])
  return {
    schema: 'dislocation/1',
    ...head,
    policies: outcomes.length,
    unrated: { policies: unrated.length, reasons: unrated.slice(0, reasonsMax) },
    changedMeanwhile: sumOf(chunks, (chunk) => chunk.changedMeanwhile),
    measuredAgain:
      Object.keys(head.detection).length === 0
        ? null
        : { trips: measured('trips'), unaffected: measured('unaffected'), withoutReadings: measured('withoutReadings') },
    onRecordMinor: sumOf(outcomes, (outcome) => outcome.onRecordMinor ?? 0),
    beforeMinor,
    lossRatioBefore: ratioOf(claimsMinor, beforeMinor),
    claims: {
      from: stated === 0 ? 'class-price' : stated === outcomes.length ? 'stated' : 'both',
      targetLossRatio,
      stated,
    },
    capped: viewOf(outcomes, (outcome) => outcome.afterMinor),
    uncapped: viewOf(outcomes, (outcome) => outcome.uncappedMinor),
    segments: segmentsOf(outcomes, head.seed),
    worst: {
      up: worstOf(
        chunks.flatMap((chunk) => chunk.up),
        1,
      ),
      down: worstOf(
        chunks.flatMap((chunk) => chunk.down),
        -1,
      ),
    },
  }
}

/** The strongest changes in one direction; of equal ones the first by id. @param direction 1 for up, -1 for down */
export function worstOf<Change extends Pick<Mover, 'change' | 'policyId'>>(
  movers: readonly Change[],
  direction: 1 | -1,
): Change[] {
  return movers
    .filter(({ change }) => change * direction > 0)
    .sort((one, other) => direction * (other.change - one.change) || (one.policyId < other.policyId ? -1 : 1))
    .slice(0, worstMax)
}

function segmentsOf(outcomes: readonly Outcome[], seed: number): DislocationReport['segments'] {
  const ids = [...new Set(outcomes.flatMap(({ levels }) => Object.keys(levels)))].sort()
  const segments = ids.map((id) => {
    const levels = Map.groupBy(
      outcomes.filter((outcome) => outcome.levels[id] !== undefined),
      (outcome) => outcome.levels[id] ?? '',
    )
    return { id, levels: [...levels].sort(([one], [other]) => orderOfLevels(id, one, other)) }
  })
  const places = new Map(
    segments.flatMap(({ id, levels }) => levels.map(([level]) => `${id}=${level}`)).map((place, index) => [place, index]),
  )
  const placesOf = outcomes.map(({ levels }) =>
    Object.entries(levels).flatMap(([id, level]) => places.get(`${id}=${level}`) ?? []),
  )
  const fairness = fairnessOf(outcomes, placesOf, places.size, seed)
  return segments.map(({ id, levels }) => ({
    id,
    levels: levels.flatMap(([level, those]): SegmentLevel[] => {
      const found = fairness[places.get(`${id}=${level}`) ?? -1]
      return found === undefined ? [] : [levelOf(level, those, found)]
    }),
  }))
}

function levelOf(level: string, outcomes: readonly Outcome[], fairness: SegmentLevel['fairness']): SegmentLevel {
  const beforeMinor = sumOf(outcomes, (outcome) => outcome.beforeMinor)
  const afterMinor = sumOf(outcomes, (outcome) => outcome.afterMinor)
  const claimsMinor = sumOf(outcomes, (outcome) => outcome.claimsMinor)
  return {
    level,
    policies: outcomes.length,
    beforeMinor,
    afterMinor,
    uncappedMinor: sumOf(outcomes, (outcome) => outcome.uncappedMinor),
    meanChange: rounded(meanOf(outcomes.map((outcome) => changeOf(outcome.beforeMinor, outcome.afterMinor)))),
    meanUncappedChange: rounded(meanOf(outcomes.map((outcome) => changeOf(outcome.beforeMinor, outcome.uncappedMinor)))),
    lossRatioBefore: ratioOf(claimsMinor, beforeMinor),
    lossRatioAfter: ratioOf(claimsMinor, afterMinor),
    notices: outcomes.filter((outcome) => isRaised(outcome.beforeMinor, outcome.afterMinor)).length,
    fairness,
  }
}
