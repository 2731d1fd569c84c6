// Stretches of a signal at or above a level: where they start and end, their peak, and which rungs of the ladder they held.

import { at } from './columns.ts'

export interface Episode {
  /** Rows, both inclusive. */
  readonly first: number
  readonly last: number
  readonly peakRow: number
  /** Largest magnitude, and the mean of all magnitudes within, in the signal's unit. */
  readonly peak: number
  readonly mean: number
  /** Longest unbroken time at or above each level, lowest first. */
  readonly heldMs: readonly number[]
}

export interface EpisodeRule {
  /** Ascending; the lowest begins and ends an episode. */
  readonly levels: readonly number[]
  /** The lowest level must be held this long. */
  readonly durationMsMin: number
  /** What dips below the lowest level for no longer than this is one episode. */
  readonly debounceMs: number
  /** Neighbouring rows up to this far apart belong together. */
  readonly neighbourMsMax: number
  /** A sample stands for the time to the next one, at most this. */
  readonly sampleMsMax: number
}

/** Episodes in which `sign` × value is at or above the lowest level. */
export function findEpisodes(tMs: Float64Array, values: Float64Array, sign: 1 | -1, rule: EpisodeRule): readonly Episode[] {
  const { durationMsMin, debounceMs, neighbourMsMax, sampleMsMax } = rule
  const levels = Float64Array.from(rule.levels)
  const lowest = levels[0] ?? Number.POSITIVE_INFINITY
  const episodes: Episode[] = []
  const runMs = new Float64Array(levels.length)
  const longestMs = new Float64Array(levels.length)
  let first = -1
  let last = -1
  let peakRow = -1
  let peak = 0
  let sum = 0
  let count = 0

  function close(): void {
    if (first >= 0 && at(longestMs, 0) >= durationMsMin)
      episodes.push({ first, last, peakRow, peak, mean: sum / count, heldMs: Array.from(longestMs) })
    first = -1
    peak = 0
    sum = 0
    count = 0
    runMs.fill(0)
    longestMs.fill(0)
  }

  for (let row = 0; row < values.length; row += 1) {
    const magnitude = sign * at(values, row)
    if (first >= 0) {
      // Next to each other at a slow rate is not a pause.
      const pauseMsMax = last === row - 1 ? neighbourMsMax : debounceMs
      if (at(tMs, row) - at(tMs, last) > pauseMsMax) close()
      // Runs that were broken start again; NaN breaks them too.
      for (let level = 0; level < levels.length; level += 1) if (!(magnitude >= at(levels, level))) runMs[level] = 0
    }
    if (!(magnitude >= lowest)) continue
    if (first < 0) first = row
    last = row
    sum += magnitude
    count += 1
    if (magnitude > peak) {
      peak = magnitude
      peakRow = row
    }
    const stepMs =
      row + 1 < values.length ? at(tMs, row + 1) - at(tMs, row) : row > 0 ? at(tMs, row) - at(tMs, row - 1) : sampleMsMax
    const lastsMs = Math.min(stepMs, sampleMsMax)
    for (let level = 0; level < levels.length && magnitude >= at(levels, level); level += 1) {
      runMs[level] = at(runMs, level) + lastsMs
      longestMs[level] = Math.max(at(longestMs, level), at(runMs, level))
    }
  }
  close()
  return episodes
}

/** How many rungs, from the lowest, were held long enough. */
export function rungsHeld({ heldMs }: Episode, durationMsMin: number): number {
  const missed = heldMs.findIndex((ms) => ms < durationMsMin)
  return missed < 0 ? heldMs.length : missed
}
