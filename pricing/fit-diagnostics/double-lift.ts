// Double lift: rows ordered by what one model asks over what the other asks, in groups of equal exposure. The model that follows
// what was observed from one end to the other is the one to believe where the two disagree.

import { type Group, groupsByExposure, orderBy, type RatedRows, sumGroups } from './rated-rows.ts'

export interface DoubleLift {
  readonly names: readonly [current: string, proposed: string]
  readonly groups: readonly (Group & {
    /** Rates over the rate of all rows: 1 is average. Each model is balanced to what was observed first. */
    readonly observedRelative: number
    readonly currentRelative: number
    readonly proposedRelative: number
    /** Proposed over current. */
    readonly ratio: number
  })[]
  /** Mean absolute distance from what was observed, by exposure. */
  readonly currentError: number
  readonly proposedError: number
}

/**
 * @param rows `expected` is the current model's
 * @param proposed what the proposed model foretold, in total for each row
 */
export function doubleLift(
  rows: RatedRows,
  proposed: ArrayLike<number>,
  names: readonly [current: string, proposed: string],
  groups = 10,
): DoubleLift {
  const { expected, exposure } = rows
  const ratios = Float64Array.from({ length: exposure.length }, (_, row) => (proposed[row] ?? 0) / (expected[row] ?? 1))
  const groupOf = groupsByExposure(orderBy(ratios), exposure, groups)
  const current = sumGroups(rows, groupOf, groups)
  const challenger = sumGroups({ ...rows, expected: proposed }, groupOf, groups)
  const sum = (of: (group: Group) => number, over: readonly Group[]): number => over.reduce((all, group) => all + of(group), 0)
  const total = sum(({ exposure: years }) => years, current)
  const observedRate = sum(({ observed }) => observed, current) / total
  const currentRate = sum(({ expected: claims }) => claims, current) / total
  const proposedRate = sum(({ expected: claims }) => claims, challenger) / total
  const filled = current.flatMap((group, at) => {
    if (group.exposure === 0) return []
    const currentRelative = group.expected / group.exposure / currentRate
    const proposedRelative = (challenger[at]?.expected ?? 0) / group.exposure / proposedRate
    const observedRelative = group.observed / group.exposure / observedRate
    return [{ ...group, observedRelative, currentRelative, proposedRelative, ratio: proposedRelative / currentRelative }]
  })
  const error = (of: (group: (typeof filled)[number]) => number): number =>
    filled.reduce((all, group) => all + group.exposure * Math.abs(of(group) - group.observedRelative), 0) / total
  return {
    names,
    groups: filled,
    currentError: error(({ currentRelative }) => currentRelative),
    proposedError: error(({ proposedRelative }) => proposedRelative),
  }
}
