// Hard brakes, accelerations, turns and swerves of a trip, counted at every rung of the ladder. What the signals are is decided
// in manoeuvre-signals.ts; here what rises above the ladder is told from what only looks like an event.

import { at } from './columns.ts'
import type { EventFilter } from './detection-thresholds.ts'
import { type Episode, type EpisodeRule, findEpisodes, rungsHeld } from './episodes.ts'
import { type ManoeuvreSignals, prepareSignals } from './manoeuvre-signals.ts'
import { findSurges } from './surges.ts'
import { findSwerves, turnedDeg } from './swerves.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'
import type { Window } from './window.ts'

export const manoeuvres = ['brake', 'acceleration', 'left-turn', 'right-turn'] as const
export type Manoeuvre = (typeof manoeuvres)[number]

export interface DrivingEvent {
  readonly kind: Manoeuvre | 'speeding'
  readonly startMs: number
  readonly endMs: number
  /** Largest magnitude, m/s²; for speeding the km/h above the limit. */
  readonly peak: number
}

/** An event with all that was seen of it. What is detected need not reach the rung at which it is priced. */
export interface Detection {
  readonly kind: Manoeuvre | 'lane-change-left' | 'lane-change-right'
  readonly startMs: number
  readonly endMs: number
  readonly peak: number
  readonly peakAtMs: number
  /** 0 to 1: how far above everyday driving, and whether a second sensor says the same. */
  readonly confidence: number
  /** How many rungs of the ladder count: none when another sensor contradicts it. */
  readonly rungs: number
}

export interface Manoeuvres {
  /** In order of start; swerves among them. */
  readonly detections: readonly Detection[]
  /** What they were found in. */
  readonly signals: ManoeuvreSignals
}

interface Candidate extends Episode {
  readonly kind: Manoeuvre
  /** Whether speed or yaw rate say the same; undefined where they say nothing. */
  readonly isConfirmed: boolean | undefined
}

/** @param window only its filled part */
export function findManoeuvres(window: Window, thresholds = behaviourThresholds): Manoeuvres {
  const signals = prepareSignals(window, thresholds)
  const swerves = uses(thresholds, 'swerve') ? findSwerves(signals, thresholds) : []
  const isSwerve = ({ first, last }: Candidate): boolean => swerves.some((swerve) => first <= swerve.last && last >= swerve.first)
  const turns = findTurns(signals, thresholds).filter((turn) => !isSwerve(turn))
  const detections: readonly Detection[] = [
    ...[...findLongitudinal(signals, thresholds), ...turns].map((candidate) =>
      detectionOf(candidate.kind, candidate, signals, candidate.isConfirmed, thresholds, rungsOf(candidate, thresholds)),
    ),
    ...swerves.map((swerve) => detectionOf(`lane-change-${swerve.side}`, swerve, signals, undefined, thresholds, 0)),
  ]
  return { detections: detections.toSorted((one, other) => one.startMs - other.startMs), signals }
}

/** A price asks for more than a detection: the lowest rung, and that speed or yaw rate do not say that nothing happened. */
function rungsOf(candidate: Candidate, thresholds: BehaviourThresholds): number {
  const isTurn = candidate.kind === 'left-turn' || candidate.kind === 'right-turn'
  if (candidate.isConfirmed === false && uses(thresholds, isTurn ? 'yaw' : 'speed')) return 0
  return rungsHeld(candidate, thresholds.event.durationMsMin)
}

function findLongitudinal(signals: ManoeuvreSignals, thresholds: BehaviourThresholds): readonly Candidate[] {
  const { detect, event } = thresholds
  const find = (kind: Manoeuvre, sign: 1 | -1): readonly Candidate[] =>
    findEpisodes(signals.tMs, signals.longitudinalMps2, sign, ladderRule(thresholds))
      .filter((episode) => isFastEnough(signals.speedKph, episode, event.longitudinalKphMin))
      .filter((episode) => isClear(episode, 'longitudinal', signals, thresholds) && !isCoupled(episode, signals, thresholds))
      .map((episode) => ({ ...episode, kind, isConfirmed: doesSpeedAgree(episode, sign, signals, thresholds) }))
  const surges = uses(thresholds, 'surge') ? surgesIn(signals, thresholds) : []
  const clear = [...find('brake', -1), ...find('acceleration', 1)]
  // A hard brake out of even driving falls as far: before one the pull must be plain.
  const apart = surges.filter(
    ({ first, last, mean }) =>
      !clear.some(
        (other) =>
          first <= other.last &&
          at(signals.tMs, last) + detect.surge.fallMs >= at(signals.tMs, other.first) &&
          (other.kind === 'acceleration' || mean < detect.surge.pullBeforeBrakeMps2Min),
      ),
  )
  const inOrder = [...clear, ...apart].sort((one, other) => one.first - other.first)
  if (!signals.isHighPassed || !uses(thresholds, 'rebound')) return inOrder
  const kept: Candidate[] = []
  for (const candidate of inOrder) {
    const cause = kept.findLast(({ kind }) => kind !== candidate.kind)
    const isRebound =
      cause !== undefined &&
      at(signals.tMs, candidate.first) - at(signals.tMs, cause.last) <= detect.reboundMs &&
      candidate.peak <= cause.peak * detect.reboundRatioMax
    if (!isRebound) kept.push(candidate)
  }
  return kept
}

/** Only on restored axes, whose peaks say little. They reach no rung. */
function surgesIn(signals: ManoeuvreSignals, thresholds: BehaviourThresholds): readonly Candidate[] {
  if (!signals.isRestored) return []
  return findSurges(signals.tMs, signals.longitudinalMps2, thresholds.detect)
    .filter(({ first, last }) => fastestYaw(signals, first, last) < thresholds.detect.couplingDegPerS)
    .map((episode) => ({ ...episode, kind: 'acceleration', isConfirmed: undefined }))
}

function findTurns(signals: ManoeuvreSignals, thresholds: BehaviourThresholds): readonly Candidate[] {
  if (!signals.isLateralKnown) return []
  const find = (kind: Manoeuvre, sign: 1 | -1): readonly Candidate[] =>
    findEpisodes(signals.tMs, signals.lateralMps2, sign, ladderRule(thresholds))
      .filter((episode) => isFastEnough(signals.speedKph, episode, thresholds.event.lateralKphMin))
      .filter((episode) => isClear(episode, 'lateral', signals, thresholds))
      .map((episode) => ({ ...episode, kind, isConfirmed: doesYawAgree(episode, sign, signals, thresholds) }))
      // What is put back swings after a turn; then nothing turns.
      .filter(({ isConfirmed }) => !(signals.isRestored && isConfirmed === false && uses(thresholds, 'yaw')))
  return [...find('left-turn', 1), ...find('right-turn', -1)]
}

function ladderRule({ event }: BehaviourThresholds): EpisodeRule {
  return {
    levels: event.ladderMps2,
    durationMsMin: event.durationMsMin,
    debounceMs: event.debounceMs,
    neighbourMsMax: event.slopeMsMax,
    sampleMsMax: event.sampleMsMax,
  }
}

/** By the fastest row of the event and its neighbours; without any speed the accelerometer is believed. */
function isFastEnough(speedKph: Float64Array, { first, last }: Episode, kphMin: number): boolean {
  let fastest = Number.NaN
  for (let row = first - 1; row <= last + 1; row += 1) {
    const kph = at(speedKph, row)
    if (!Number.isNaN(kph) && !(fastest >= kph)) fastest = kph
  }
  return Number.isNaN(fastest) || fastest >= kphMin
}

function isClear(
  { peak }: Episode,
  axis: 'longitudinal' | 'lateral',
  { isRestored }: ManoeuvreSignals,
  thresholds: BehaviourThresholds,
): boolean {
  return !isRestored || !uses(thresholds, 'clear') || peak >= thresholds.detect.clearMps2Min[axis]
}

/** By the fastest turning up to the peak: the way out of a turn still leans on the axis. */
function isCoupled({ first, peakRow }: Episode, signals: ManoeuvreSignals, thresholds: BehaviourThresholds): boolean {
  if (!signals.isRestored || !uses(thresholds, 'coupling')) return false
  return fastestYaw(signals, first, peakRow) >= thresholds.detect.couplingDegPerS
}

/** deg/s to either side; 0 where it is not known. */
function fastestYaw({ yawDegPerS }: ManoeuvreSignals, first: number, last: number): number {
  let fastest = 0
  for (let row = first; row <= last; row += 1) {
    const yaw = Math.abs(at(yawDegPerS, row))
    if (yaw > fastest) fastest = yaw
  }
  return fastest
}

/** Undefined where speed is not known around the event, is what the event was found in, or stands still: adapters repeat values. */
function doesSpeedAgree(
  { first, last, mean }: Episode,
  sign: 1 | -1,
  { tMs, speedKph, rows, stepMs, longitudinalFrom }: ManoeuvreSignals,
  { detect, event }: BehaviourThresholds,
): boolean | undefined {
  if (longitudinalFrom === 'speed') return undefined
  const fromMs = at(tMs, first) - detect.speedLagMs
  const untilMs = at(tMs, last) + detect.speedLagMs
  let from = first
  while (from > 0 && at(tMs, from - 1) >= fromMs) from -= 1
  // The largest change in the event's direction between any two speeds in order.
  let lowest = Number.NaN
  let highest = Number.NaN
  let changeKph = Number.NaN
  for (let row = from; row < rows && at(tMs, row) <= untilMs; row += 1) {
    const kph = sign * at(speedKph, row)
    if (Number.isNaN(kph)) continue
    if (!(lowest <= kph)) lowest = kph
    if (!(highest >= kph)) highest = kph
    if (!(changeKph >= kph - lowest)) changeKph = kph - lowest
  }
  if (Number.isNaN(changeKph) || lowest === highest) return undefined
  const lastsMs = at(tMs, last) - at(tMs, first) + Math.min(stepMs, event.sampleMsMax)
  return changeKph / 3.6 >= detect.shareMin * mean * (lastsMs / 1000)
}

/**
 * The heading must change by a share of what the lateral acceleration at that speed implies (a = v × yaw rate), or, where speed
 * is not known, by that of a turn. Undefined where the yaw rate is not known, or is what the event was found in.
 */
function doesYawAgree(
  { first, last, mean }: Episode,
  sign: 1 | -1,
  signals: ManoeuvreSignals,
  { detect, event }: BehaviourThresholds,
): boolean | undefined {
  if (signals.lateralFrom === 'yaw-rate' || Number.isNaN(at(signals.yawDegPerS, first))) return undefined
  const turned = sign * turnedDeg(signals, first - 1, last + 1)
  const metresPerS = at(signals.speedKph, first) / 3.6
  if (Number.isNaN(metresPerS)) return turned >= detect.turnDegMin
  const lastsS = (at(signals.tMs, last) - at(signals.tMs, first) + Math.min(signals.stepMs, event.sampleMsMax)) / 1000
  const impliedDeg = ((mean / Math.max(metresPerS, 1)) * lastsS * 180) / Math.PI
  return turned >= Math.min(detect.turnDegMin, detect.shareMin * impliedDeg)
}

function detectionOf(
  kind: Detection['kind'],
  { first, last, peak, peakRow }: Pick<Episode, 'first' | 'last' | 'peak' | 'peakRow'>,
  { tMs, isRestored }: ManoeuvreSignals,
  isConfirmed: boolean | undefined,
  { event, detect }: BehaviourThresholds,
  rungs: number,
): Detection {
  const everyday = isRestored ? detect.clearMps2Min.lateral : (event.ladderMps2[0] ?? 0)
  const confidence =
    0.5 + Math.max(-0.2, Math.min(0.3, peak / everyday - 1)) + (isConfirmed === undefined ? 0 : isConfirmed ? 0.2 : -0.3)
  return {
    kind,
    startMs: at(tMs, first),
    endMs: at(tMs, last),
    peak: rounded(peak),
    peakAtMs: at(tMs, peakRow),
    confidence: rounded(confidence),
    rungs,
  }
}

function uses({ detect }: BehaviourThresholds, filter: EventFilter): boolean {
  return detect.filters.includes(filter)
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
