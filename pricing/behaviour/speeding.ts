// Speeding: faster than a limit that came with the readings, by more than the tolerance, for long enough. Where no limit is known nobody
// is too fast.

import type { Finding } from './event-ledger.ts'
import type { Row } from './row.ts'
import type { BehaviourThresholds } from './thresholds.ts'

/** The stretch above the limit that is being driven; mutable. `firstMs` is NaN when there is none. */
export interface Speeding {
  firstMs: number
  lastMs: number
  metres: number
  peakKph: number
}

export function noSpeeding(): Speeding {
  return { firstMs: Number.NaN, lastMs: Number.NaN, metres: 0, peakKph: 0 }
}

/** @returns what ended with this row */
export function stepSpeeding(
  speeding: Speeding,
  row: Row,
  isSeen: boolean,
  thresholds: BehaviourThresholds,
): Finding | undefined {
  const overKph = row.heldKph - row.heldLimitKph
  const isOver = overKph > thresholds.speeding.toleranceKph
  let ended: Finding | undefined
  if (!Number.isNaN(speeding.firstMs) && !(isOver && isSeen)) ended = endSpeeding(speeding, row.tMs, thresholds)
  if (!isOver) return ended
  if (Number.isNaN(speeding.firstMs)) {
    speeding.firstMs = row.tMs
    speeding.metres = 0
    speeding.peakKph = 0
  } else speeding.metres += row.stepM
  speeding.lastMs = row.tMs
  if (overKph > speeding.peakKph) speeding.peakKph = overKph
  return ended
}

/** At the end of the stretch or of the trip; undefined when it was too short. */
export function endSpeeding(speeding: Speeding, knownAtMs: number, thresholds: BehaviourThresholds): Finding | undefined {
  const { firstMs, lastMs, metres, peakKph } = speeding
  speeding.firstMs = Number.NaN
  if (!(lastMs - firstMs >= thresholds.speeding.durationMsMin)) return undefined
  const peak = Math.round(peakKph * 1000) / 1000
  return {
    startMs: firstMs,
    knownAtMs,
    event: { kind: 'speeding', startMs: firstMs, endMs: lastMs, peak },
    rungs: 0,
    metres,
    observation: undefined,
  }
}
