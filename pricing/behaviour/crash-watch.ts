// Possible crashes: a shock that no driving makes, out of movement and into a standstill. A phone that falls gives the shock, a stop
// gives the standstill; only both at once are said, and only as possible.

import type { Row } from './row.ts'
import type { BehaviourThresholds } from './thresholds.ts'

/** Watched at once; a sensor that is broken shocks for ever. */
const watchedMax = 16
/** Kept of a trip. */
const foundMax = 40

interface Shock {
  readonly atMs: number
  readonly mps2: number
  /** NaN until it stands. */
  standsFromMs: number
  lastMs: number
}

export interface CrashFound {
  readonly startMs: number
  /** When the standstill began. */
  readonly endMs: number
  readonly peak: number
  readonly confidence: number
}

/** Mutable. A trip ends at its last movement, so the watch goes on after it. */
export interface CrashWatch {
  fastAtMs: number
  shocks: Shock[]
  readonly found: CrashFound[]
}

export function noCrash(): CrashWatch {
  return { fastAtMs: Number.NaN, shocks: [], found: [] }
}

export function copyOfWatch({ fastAtMs, shocks, found }: CrashWatch): CrashWatch {
  return { fastAtMs, shocks: shocks.map((shock) => ({ ...shock })), found: [...found] }
}

export function stepCrashWatch(watch: CrashWatch, row: Row, thresholds: BehaviourThresholds): void {
  const { crash } = thresholds.detect
  const { tMs, heldKph, shockMps2 } = row
  if (heldKph >= crash.movedKphMin) watch.fastAtMs = tMs
  const isShock = shockMps2 >= crash.shockMps2Min
  if (isShock && tMs - watch.fastAtMs <= crash.movedWithinMs && watch.shocks.length < watchedMax)
    watch.shocks.push({ atMs: tMs, mps2: shockMps2, standsFromMs: Number.NaN, lastMs: tMs })
  if (watch.shocks.length > 0) watch.shocks = watch.shocks.filter((shock) => isOpen(watch, shock, row, thresholds))
}

/** The trip's crashes for all that is known now, those of standstills that have only begun among them. */
export function crashesOf(watch: CrashWatch, thresholds: BehaviourThresholds): readonly CrashFound[] {
  const all = copyOfWatch(watch)
  for (const shock of all.shocks) if (!Number.isNaN(shock.standsFromMs)) confirm(all, shock, thresholds)
  return all.found
}

function isOpen(watch: CrashWatch, shock: Shock, { tMs, heldKph }: Row, thresholds: BehaviourThresholds): boolean {
  const { standsWithinMs, standsMsMin } = thresholds.detect.crash
  if (Number.isNaN(shock.standsFromMs)) {
    if (tMs - shock.atMs > standsWithinMs) return false
    if (!(heldKph < thresholds.trip.movingKph)) return true
    shock.standsFromMs = tMs
  } else if (heldKph >= thresholds.trip.movingKph) return false
  shock.lastMs = tMs
  if (tMs - shock.standsFromMs < standsMsMin) return true
  confirm(watch, shock, thresholds)
  return false
}

function confirm({ found }: CrashWatch, { atMs, mps2, standsFromMs, lastMs }: Shock, { detect }: BehaviourThresholds): void {
  const { shockMps2Min, standsWithinMs, standsMsMin } = detect.crash
  const before = found.at(-1)
  if ((before !== undefined && atMs - before.endMs <= standsWithinMs) || found.length >= foundMax) return
  const share = 0.5 + 0.5 * Math.min(1, (lastMs - standsFromMs) / standsMsMin)
  found.push({
    startMs: atMs,
    endMs: standsFromMs,
    peak: Math.round(mps2 * 1000) / 1000,
    confidence: Math.round(1000 * Math.min(0.9, 0.5 * (mps2 / shockMps2Min) * share)) / 1000,
  })
}
