// What was noticed on a trip, with the evidence for it: every detection, a possible crash, a phone in the hand. Observations are for
// people to look at; what counts for the price is in the counts and sums of the facts.

import type { Course } from './course.ts'
import type { Detection, Manoeuvres } from './driving-events.ts'
import { at, type Path } from './path.ts'
import type { BehaviourThresholds } from './thresholds.ts'

export const observationKinds = [
  'brake',
  'acceleration',
  'left-turn',
  'right-turn',
  'lane-change-left',
  'lane-change-right',
  'possible-crash',
  'phone-use',
] as const
export type ObservationKind = (typeof observationKinds)[number]

/** Samples around the peak, columns of equal length; null where nothing was known. */
export interface Evidence {
  /** Milliseconds after the observation's start; negative before it. */
  readonly offsetMs: readonly number[]
  readonly kph: readonly (number | null)[]
  readonly longitudinalMps2: readonly (number | null)[]
  readonly lateralMps2: readonly (number | null)[]
}

export interface Observation {
  readonly kind: ObservationKind
  readonly startMs: number
  readonly endMs: number
  /** m/s²; of phone use the fastest speed meanwhile, km/h. */
  readonly peak: number
  /** 0 to 1. */
  readonly confidence: number
  readonly evidence: Evidence
}

/** The strongest of each trip, in order of start. */
export function observe(
  course: Course,
  rows: number,
  path: Path,
  manoeuvres: Manoeuvres,
  thresholds: BehaviourThresholds,
): readonly Observation[] {
  const seen: readonly (Omit<Detection, 'kind'> & { readonly kind: ObservationKind })[] = [
    ...manoeuvres.detections,
    ...findCrashes(course, rows, path, thresholds),
    ...findPhoneUse(course, rows, path, thresholds),
  ]
  // A crash or a phone in the hand is never left out for the sake of a brake.
  const isRare = (kind: ObservationKind): boolean => kind === 'possible-crash' || kind === 'phone-use'
  return seen
    .toSorted(
      (one, other) =>
        Number(isRare(other.kind)) - Number(isRare(one.kind)) || other.peak - one.peak || one.startMs - other.startMs,
    )
    .slice(0, thresholds.detect.observationsMax)
    .sort((one, other) => one.startMs - other.startMs)
    .map(({ peakAtMs, ...observation }) => ({
      ...observation,
      evidence: evidenceAround(peakAtMs, observation.startMs, course, rows, path, manoeuvres, thresholds),
    }))
}

type Found = Omit<Detection, 'kind'> & { readonly kind: ObservationKind }

/**
 * A shock that no driving makes, out of movement and into a standstill. A phone that falls gives the shock, a stop gives the
 * standstill; only both at once are said, and only as possible.
 */
function findCrashes(course: Course, rows: number, { speedKph }: Path, thresholds: BehaviourThresholds): readonly Found[] {
  const { crash } = thresholds.detect
  const { tMs } = course
  const found: Found[] = []
  for (let row = 0; row < rows; row += 1) {
    const shock = at(course.shockMps2, row)
    if (!(shock >= crash.shockMps2Min)) continue
    const before = found.at(-1)
    if (before !== undefined && at(tMs, row) - before.endMs <= crash.standsWithinMs) continue
    if (!(fastestBetween(tMs, speedKph, row, at(tMs, row) - crash.movedWithinMs, at(tMs, row)) >= crash.movedKphMin)) continue
    const stands = standsFrom(course, row, thresholds)
    if (stands === undefined) continue
    found.push({
      kind: 'possible-crash',
      startMs: at(tMs, row),
      endMs: stands.atMs,
      peak: Math.round(shock * 1000) / 1000,
      peakAtMs: at(tMs, row),
      confidence: Math.round(1000 * Math.min(0.9, 0.5 * (shock / crash.shockMps2Min) * stands.share)) / 1000,
    })
  }
  return found
}

/**
 * When a standstill begins soon after the shock, and how much of the time asked for it was seen to last. The trip itself ends at
 * the last movement, so the readings after it are asked too.
 */
function standsFrom(
  { tMs, speedKph }: Course,
  shockRow: number,
  { detect, trip }: BehaviourThresholds,
): { readonly atMs: number; readonly share: number } | undefined {
  const { standsWithinMs, standsMsMin } = detect.crash
  for (let row = shockRow; row < tMs.length && at(tMs, row) - at(tMs, shockRow) <= standsWithinMs; row += 1) {
    if (!(at(speedKph, row) < trip.movingKph)) continue
    let last = row
    while (last + 1 < tMs.length && at(tMs, last) - at(tMs, row) < standsMsMin && !(at(speedKph, last + 1) >= trip.movingKph))
      last += 1
    const lastsMs = at(tMs, last) - at(tMs, row)
    if (last + 1 < tMs.length && lastsMs < standsMsMin) return undefined
    return { atMs: at(tMs, row), share: 0.5 + 0.5 * Math.min(1, lastsMs / standsMsMin) }
  }
  return undefined
}

/** Stretches in which the vehicle moved and the device said that the phone was in the hand. */
function findPhoneUse(
  course: Course,
  rows: number,
  { speedKph }: Path,
  { detect, signal, trip }: BehaviourThresholds,
): readonly Found[] {
  const { tMs } = course
  const found: Found[] = []
  let first = -1
  let last = -1
  let toldRow = -1
  let fastestRow = -1
  const close = (): void => {
    if (first >= 0 && at(tMs, last) - at(tMs, first) >= detect.phoneUseMsMin)
      found.push({
        kind: 'phone-use',
        startMs: at(tMs, first),
        endMs: at(tMs, last),
        peak: Math.round(at(speedKph, fastestRow) * 1000) / 1000,
        peakAtMs: at(tMs, fastestRow),
        confidence: 0.8,
      })
    first = -1
  }
  for (let row = 0; row < rows; row += 1) {
    if (!Number.isNaN(at(course.phone, row))) toldRow = row
    const isHandled = toldRow >= 0 && at(course.phone, toldRow) === 1 && at(tMs, row) - at(tMs, toldRow) <= signal.phoneHoldMs
    if (!isHandled || !(at(speedKph, row) >= trip.movingKph)) {
      close()
      continue
    }
    if (first < 0) {
      first = row
      fastestRow = row
    }
    if (at(speedKph, row) > at(speedKph, fastestRow)) fastestRow = row
    last = row
  }
  close()
  return found
}

function evidenceAround(
  peakAtMs: number,
  startMs: number,
  course: Course,
  rows: number,
  path: Path,
  manoeuvres: Manoeuvres,
  { detect }: BehaviourThresholds,
): Evidence {
  const around: number[] = []
  let nextMs = peakAtMs - detect.evidenceMs
  const stepMs = (2 * detect.evidenceMs) / detect.evidenceSamplesMax
  for (
    let row = firstRowAt(course.tMs, rows, nextMs);
    row < rows && at(course.tMs, row) <= peakAtMs + detect.evidenceMs;
    row += 1
  ) {
    // The peak itself is always among them.
    if (at(course.tMs, row) < nextMs && at(course.tMs, row) !== peakAtMs) continue
    around.push(row)
    nextMs = at(course.tMs, row) + stepMs
  }
  const shown = (values: ArrayLike<number>) => (row: number) => {
    const value = at(values, row)
    return Number.isNaN(value) ? null : Math.round(value * 100) / 100
  }
  return {
    offsetMs: around.map((row) => at(course.tMs, row) - startMs),
    kph: around.map(shown(path.speedKph)),
    longitudinalMps2: around.map(shown(manoeuvres.longitudinalMps2)),
    lateralMps2: around.map(shown(manoeuvres.lateralMps2)),
  }
}

function firstRowAt(tMs: readonly number[], rows: number, fromMs: number): number {
  let low = 0
  let high = rows
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(tMs, middle) < fromMs) low = middle + 1
    else high = middle
  }
  return low
}

function fastestBetween(tMs: readonly number[], speedKph: Float64Array, row: number, fromMs: number, untilMs: number): number {
  let fastest = Number.NaN
  for (let back = row; back >= 0 && at(tMs, back) >= fromMs; back -= 1) {
    const kph = at(tMs, back) <= untilMs ? at(speedKph, back) : Number.NaN
    if (!Number.isNaN(kph) && !(fastest >= kph)) fastest = kph
  }
  return fastest
}
