// What a stretch of a trip sums up to: time and metres, and metres in which this or that was known. Steps so long that only a slow
// tracker's whole trip says whether they were gaps are kept apart, by their length, until it is measured.

import type { Row } from './row.ts'

export interface Sums {
  steps: number
  ms: number
  metres: number
  nightM: number
  limitKnownM: number
  /** With a value of the sensor. */
  longitudinalM: number
  lateralM: number
  /** With a yaw rate. */
  yawM: number
  /** Between speeds close enough in time for a slope. */
  slopeM: number
  /** In which the clock leapt. */
  leaptMs: number
}

/** Mutable. */
export interface WaySums {
  readonly short: Sums
  /** By length in whole seconds, rounded up. */
  readonly long: Map<number, Sums>
  /** Metres of which only coordinates tell, afterwards. */
  unseenM: number
  fastestKph: number
  phoneHandledMs: number
  phoneKnownMs: number
  phoneKnownM: number
}

/** Longer ones are never seen time, and are kept together. */
const longestS = 600

function noSums(): Sums {
  return { steps: 0, ms: 0, metres: 0, nightM: 0, limitKnownM: 0, longitudinalM: 0, lateralM: 0, yawM: 0, slopeM: 0, leaptMs: 0 }
}

export function noWay(): WaySums {
  return {
    short: noSums(),
    long: new Map(),
    unseenM: 0,
    fastestKph: 0,
    phoneHandledMs: 0,
    phoneKnownMs: 0,
    phoneKnownM: 0,
  }
}

/** The sums that a step of this length goes to. */
export function sumsFor(way: WaySums, stepMs: number, shortMsMax: number): Sums {
  if (stepMs <= shortMsMax) return way.short
  const second = Math.min(Math.ceil(stepMs / 1000), longestS)
  const known = way.long.get(second)
  if (known !== undefined) return known
  const sums = noSums()
  way.long.set(second, sums)
  return sums
}

/** Adds a row's step, whose metres and held values are filled in. */
export function addStep(way: WaySums, row: Row, shortMsMax: number): void {
  if (row.heldKph > way.fastestKph) way.fastestKph = row.heldKph
  const { stepMs, stepM } = row
  if (Number.isNaN(stepMs)) return
  const sums = stepMs <= shortMsMax ? way.short : sumsFor(way, stepMs, shortMsMax)
  sums.steps += 1
  sums.ms += stepMs
  if (stepM === 0) return
  sums.metres += stepM
  if (row.isNight) sums.nightM += stepM
  if (!Number.isNaN(row.heldLimitKph)) sums.limitKnownM += stepM
  if (!Number.isNaN(row.longitudinalMps2)) sums.longitudinalM += stepM
  if (!Number.isNaN(row.lateralMps2)) sums.lateralM += stepM
  sums.slopeM += row.slopeM
  if (!Number.isNaN(row.yawDegPerS) && !Number.isNaN(row.heldKph)) sums.yawM += stepM
}

export function addWay(way: WaySums, other: WaySums): void {
  addSums(way.short, other.short)
  for (const [second, sums] of other.long) addSums(sumsFor(way, second * 1000, 0), sums)
  way.unseenM += other.unseenM
  way.fastestKph = Math.max(way.fastestKph, other.fastestKph)
  way.phoneHandledMs += other.phoneHandledMs
  way.phoneKnownMs += other.phoneKnownMs
  way.phoneKnownM += other.phoneKnownM
}

export function clearWay(way: WaySums): void {
  copyWay(noWay(), way)
}

export function copyWay(from: WaySums, into: WaySums): void {
  Object.assign(into.short, from.short)
  if (into.long.size > 0) into.long.clear()
  if (from.long.size > 0) for (const [second, sums] of from.long) into.long.set(second, { ...sums })
  into.unseenM = from.unseenM
  into.fastestKph = from.fastestKph
  into.phoneHandledMs = from.phoneHandledMs
  into.phoneKnownMs = from.phoneKnownMs
  into.phoneKnownM = from.phoneKnownM
}

/** The median step in milliseconds, to the second; 0 when it is a short one. */
export function usualStepMs(ways: readonly WaySums[]): number {
  const counts = new Map<number, number>()
  let steps = 0
  let before = 0
  for (const { short, long } of ways) {
    before += short.steps
    for (const [second, sums] of long) {
      counts.set(second, (counts.get(second) ?? 0) + sums.steps)
      steps += sums.steps
    }
  }
  steps += before
  for (const second of [...counts.keys()].sort((one, other) => one - other)) {
    const middle = Math.floor((steps - 1) / 2)
    if (middle < before) return 0
    before += counts.get(second) ?? 0
    if (middle < before) return second * 1000
  }
  return 0
}

/** The sums of all steps up to a length. */
export function seenSums(way: WaySums, seenMsMax: number): Sums {
  const seen = { ...way.short }
  for (const [second, sums] of way.long) if (second * 1000 <= seenMsMax) addSums(seen, sums)
  return seen
}

/** The sums of all steps longer than that. */
export function unseenSums(way: WaySums, seenMsMax: number): Sums {
  const unseen = noSums()
  for (const [second, sums] of way.long) if (second * 1000 > seenMsMax) addSums(unseen, sums)
  return unseen
}

function addSums(sums: Sums, other: Sums): void {
  sums.steps += other.steps
  sums.ms += other.ms
  sums.metres += other.metres
  sums.nightM += other.nightM
  sums.limitKnownM += other.limitKnownM
  sums.longitudinalM += other.longitudinalM
  sums.lateralM += other.lateralM
  sums.yawM += other.yawM
  sums.slopeM += other.slopeM
  sums.leaptMs += other.leaptMs
}
