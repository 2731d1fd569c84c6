// Decides where on the time line a replayed recording goes, so that replaying it again gives the same readings and nothing
// counts twice. Pure: the caller remembers the placements and knows what time it is.

import { plausibleSinceMs } from '../contract/telemetry.ts'

/** Trips of one device closer than this could run into one another. */
export const marginMs = 15 * 60_000
/** A recording with an unknown start ends this long before now. */
export const beforeNowMs = 60_000
/** Habits follow the week: moved by whole weeks, a Monday morning stays one (but for an hour of daylight saving). */
export const weekMs = 7 * 86_400_000

/** As stored: one line of what was replayed as which device. */
export interface Placement {
  readonly device: string
  readonly sha256: string
  readonly startMs: number
  readonly durationMs: number
}

/** `original`: as recorded. `recent`: as late as fits before now. A number: that instant, epoch milliseconds. */
export type StartChoice = 'original' | 'recent' | number

export interface PlaceRequest {
  readonly device: string
  /** SHA-256 of the recording's content. */
  readonly sha256: string
  /** When it was recorded, if known, epoch milliseconds. */
  readonly recordedAtMs: number | undefined
  readonly durationMs: number
  readonly start: StartChoice
  readonly nowMs: number
}

/** In the order they are checked. `remembered` wins over whatever start was asked for. */
export type PlaceOutcome =
  | { readonly kind: 'remembered'; readonly startMs: number; readonly placements: readonly Placement[] }
  | { readonly kind: 'start-unknown' }
  | { readonly kind: 'in-future'; readonly endMs: number }
  | { readonly kind: 'before-2015'; readonly startMs: number }
  | { readonly kind: 'overlaps'; readonly other: Placement }
  | { readonly kind: 'placed'; readonly startMs: number; readonly placements: readonly Placement[] }

/** @param remembered all placements so far, of any device; a `placed` outcome carries them with the new one at the end */
export function placeRecording(request: PlaceRequest, remembered: readonly Placement[]): PlaceOutcome {
  const same = remembered.find((placement) => placement.device === request.device && placement.sha256 === request.sha256)
  if (same !== undefined) return { kind: 'remembered', startMs: same.startMs, placements: remembered }
  const ofDevice = remembered.filter((placement) => placement.device === request.device)
  const startMs = request.start === 'recent' ? findRecent(request, ofDevice) : request.start
  const chosenMs = startMs === 'original' ? request.recordedAtMs : startMs
  if (chosenMs === undefined) return { kind: 'start-unknown' }
  const endMs = chosenMs + request.durationMs
  if (endMs > request.nowMs) return { kind: 'in-future', endMs }
  if (chosenMs < plausibleSinceMs) return { kind: 'before-2015', startMs: chosenMs }
  const other = firstOverlap(chosenMs, request.durationMs, ofDevice)
  if (other !== undefined) return { kind: 'overlaps', other }
  const placement = { device: request.device, sha256: request.sha256, startMs: chosenMs, durationMs: request.durationMs }
  return { kind: 'placed', startMs: chosenMs, placements: [...remembered, placement] }
}

/** The latest free start; each step moves earlier, past at least one placement, so it ends. */
function findRecent(request: PlaceRequest, ofDevice: readonly Placement[]): number {
  const { recordedAtMs, durationMs, nowMs } = request
  let startMs =
    recordedAtMs === undefined ? wholeSecond(nowMs - beforeNowMs - durationMs) : weekAtMost(recordedAtMs, nowMs - durationMs - 1)
  for (;;) {
    const other = firstOverlap(startMs, durationMs, ofDevice)
    if (other === undefined) return startMs
    const latestMs = other.startMs - marginMs - durationMs
    startMs = recordedAtMs === undefined ? wholeSecond(latestMs) : weekAtMost(recordedAtMs, latestMs)
  }
}

/** The latest instant not after the limit that lies whole weeks from the recorded one. */
function weekAtMost(recordedAtMs: number, limitMs: number): number {
  return recordedAtMs + Math.floor((limitMs - recordedAtMs) / weekMs) * weekMs
}

function wholeSecond(atMs: number): number {
  return Math.floor(atMs / 1000) * 1000
}

/** The earliest placement that comes closer than the margin; exactly the margin apart is far enough. */
function firstOverlap(startMs: number, durationMs: number, placements: readonly Placement[]): Placement | undefined {
  return placements
    .filter((other) => startMs < other.startMs + other.durationMs + marginMs && other.startMs < startMs + durationMs + marginMs)
    .reduce<Placement | undefined>(
      (first, other) => (first === undefined || other.startMs < first.startMs ? other : first),
      undefined,
    )
}
