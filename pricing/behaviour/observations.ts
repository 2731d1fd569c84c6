// What was noticed on a trip, with the evidence for it: every detection, a possible crash, a phone in the hand. Observations are for
// people to look at; what counts for the price is in the counts and sums of the facts.

import { at } from './columns.ts'
import type { ManoeuvreSignals } from './manoeuvre-signals.ts'
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

/** The rare ones first, then the strongest: a crash or a phone in the hand is never left out for the sake of a brake. */
export function byWeight(one: Omit<Observation, 'evidence'>, other: Omit<Observation, 'evidence'>): number {
  return Number(isRare(other.kind)) - Number(isRare(one.kind)) || other.peak - one.peak || one.startMs - other.startMs
}

function isRare(kind: ObservationKind): boolean {
  return kind === 'possible-crash' || kind === 'phone-use'
}

/** @param startMs what the samples' times are told from */
export function evidenceAround(
  peakAtMs: number,
  startMs: number,
  { tMs, rows, speedKph, longitudinalMps2, lateralMps2 }: ManoeuvreSignals,
  { detect }: BehaviourThresholds,
): Evidence {
  const around: number[] = []
  let nextMs = peakAtMs - detect.evidenceMs
  const stepMs = (2 * detect.evidenceMs) / detect.evidenceSamplesMax
  for (let row = firstRowAt(tMs, rows, nextMs); row < rows && at(tMs, row) <= peakAtMs + detect.evidenceMs; row += 1) {
    // The peak itself is always among them.
    if (at(tMs, row) < nextMs && at(tMs, row) !== peakAtMs) continue
    around.push(row)
    nextMs = at(tMs, row) + stepMs
  }
  const shown = (values: Float64Array) => (row: number) => {
    const value = at(values, row)
    return Number.isNaN(value) ? null : Math.round(value * 100) / 100
  }
  return {
    offsetMs: around.map((row) => at(tMs, row) - startMs),
    kph: around.map(shown(speedKph)),
    longitudinalMps2: around.map(shown(longitudinalMps2)),
    lateralMps2: around.map(shown(lateralMps2)),
  }
}

function firstRowAt(tMs: Float64Array, rows: number, fromMs: number): number {
  let low = 0
  let high = rows
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(tMs, middle) < fromMs) low = middle + 1
    else high = middle
  }
  return low
}
