// The facts of one trip from its course: what is kept of it for ever, and all that pricing and the dashboard ask of it.

import { scoreCourse } from '../score/score-course.ts'
import type { TripFacts } from '../trip-facts.ts'
import { findCarried, leaveOutCarried } from './carried.ts'
import type { Course } from './course.ts'
import { rowsUntil } from './course.ts'
import { type DrivingEvent, findManoeuvres } from './driving-events.ts'
import type { LocalClock } from './local-clock.ts'
import { isNight } from './night.ts'
import { observe } from './observations.ts'
import { at, measurePath, type Path } from './path.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'
import { type DistanceCheck, judgeQuality } from './trip-quality.ts'

/** Why a span is no trip, in the order they are checked. */
export type NoTrip = 'empty' | 'no-movement-known' | 'did-not-move' | 'too-short'

export type MeasuredSpan =
  | { readonly kind: 'trip'; readonly facts: TripFacts }
  | { readonly kind: 'no-trip'; readonly reason: NoTrip }

/**
 * @param course the readings from the trip's start on; those after `endedAtMs` do not belong to it
 * @returns undefined when the span is too short to be a trip
 */
export function measureTrip(
  course: Course,
  endedAtMs: number,
  clock: LocalClock,
  thresholds: BehaviourThresholds = behaviourThresholds,
): TripFacts | undefined {
  const measured = measureSpan(course, endedAtMs, clock, thresholds)
  return measured.kind === 'trip' ? measured.facts : undefined
}

/** As `measureTrip`, naming why a span is none. */
export function measureSpan(
  course: Course,
  endedAtMs: number,
  clock: LocalClock,
  thresholds: BehaviourThresholds = behaviourThresholds,
): MeasuredSpan {
  const rows = rowsUntil(course, endedAtMs)
  if (rows === 0) return { kind: 'no-trip', reason: 'empty' }
  const { durationMsMin, distanceMMin, movedMMin } = thresholds.trip
  const lastsMs = endedAtMs - at(course.tMs, 0)
  const moved = measurePath(course, rows, thresholds)
  if (moved.distanceM < distanceMMin && !(lastsMs >= durationMsMin && moved.distanceM >= movedMMin))
    return { kind: 'no-trip', reason: whyNone(course, rows, moved) }
  const carried = findCarried(course, rows, moved.speedKph, thresholds)
  const { path, carriedM } = leaveOutCarried(moved, carried)
  const quality = judgeQuality(course, rows, moved, thresholds)

  const manoeuvres = findManoeuvres(course, rows, path, thresholds)
  const speeding = measureSpeeding(course, rows, path, thresholds)
  const phone = measurePhone(course, rows, path, thresholds)
  const nightM = sumSeen(path, (row) => isNight(clock.minuteOfDay(at(course.tMs, row)), thresholds))
  const distanceM = Math.round(path.distanceM)
  const facts: TripFacts = {
    version: thresholds.version,
    timeZone: clock.timeZone,
    durationS: Math.round(lastsMs / 1000),
    distanceM,
    seenM: Math.round(path.seenM),
    nightM: Math.round(nightM),
    nightShare: distanceM > 0 ? rounded(Math.round(nightM) / distanceM, 4) : 0,
    maxSpeedKph: fastestKph(path.speedKph),
    completeness: rounded(path.completeness, 4),
    confidence: rounded(path.completeness * quality.agreement * quality.clockTrust * quality.valueTrust, 4),
    agreement: rounded(quality.agreement, 4),
    clockTrust: rounded(quality.clockTrust, 4),
    checks: { coordinates: shownCheck(quality.coordinates), odometer: shownCheck(quality.odometer) },
    doubts: [...quality.doubts],
    role: carriedM > 0 && path.distanceM < distanceMMin ? 'not-driven' : 'driven',
    carried: { metres: Math.round(carriedM), reason: carried.reason ?? null },
    longitudinalFrom: manoeuvres.longitudinalFrom,
    lateralFrom: manoeuvres.lateralFrom,
    longitudinalM: Math.round(sumSeen(path, (row) => !Number.isNaN(at(manoeuvres.longitudinalMps2, row)))),
    lateralM: Math.round(sumSeen(path, (row) => !Number.isNaN(at(manoeuvres.lateralMps2, row)))),
    counts: {
      brake: [...manoeuvres.counts.brake],
      acceleration: [...manoeuvres.counts.acceleration],
      'left-turn': [...manoeuvres.counts['left-turn']],
      'right-turn': [...manoeuvres.counts['right-turn']],
    },
    speeding: {
      count: speeding.events.length,
      metres: Math.round(speeding.metres),
      limitKnownM: Math.round(speeding.limitKnownM),
    },
    score: scoreCourse(course, endedAtMs, clock),
    phone,
    events: [...manoeuvres.events, ...speeding.events]
      .sort((one, other) => one.startMs - other.startMs)
      .slice(0, thresholds.event.listedMax),
    observations: observe(course, rows, path, manoeuvres, thresholds).map(({ evidence, ...observation }) => ({
      ...observation,
      evidence: {
        offsetMs: [...evidence.offsetMs],
        kph: [...evidence.kph],
        longitudinalMps2: [...evidence.longitudinalMps2],
        lateralMps2: [...evidence.lateralMps2],
      },
    })),
  }
  return { kind: 'trip', facts }
}

function whyNone(course: Course, rows: number, { distanceM, speedKph }: Path): NoTrip {
  if (distanceM >= 1) return 'too-short'
  for (let row = 0; row < rows; row += 1)
    if (!Number.isNaN(at(speedKph, row)) || !Number.isNaN(at(course.latitude, row)))
      return rows === 1 ? 'too-short' : 'did-not-move'
  return 'no-movement-known'
}

function shownCheck(check: DistanceCheck | undefined): TripFacts['checks']['odometer'] {
  return check === undefined ? null : { metres: Math.round(check.metres), agreement: rounded(check.agreement, 4) }
}

interface Speeding {
  readonly events: readonly DrivingEvent[]
  readonly metres: number
  readonly limitKnownM: number
}

/** Only against a limit that came with the readings; where none is known nobody is too fast. */
function measureSpeeding(course: Course, rows: number, path: Path, thresholds: BehaviourThresholds): Speeding {
  const { toleranceKph, durationMsMin } = thresholds.speeding
  const events: DrivingEvent[] = []
  let metres = 0
  let episodeM = 0
  let first = -1
  let peak = 0
  const close = (last: number): void => {
    if (first >= 0 && at(course.tMs, last) - at(course.tMs, first) >= durationMsMin) {
      events.push({ kind: 'speeding', startMs: at(course.tMs, first), endMs: at(course.tMs, last), peak: rounded(peak, 3) })
      metres += episodeM
    }
    first = -1
    episodeM = 0
    peak = 0
  }
  for (let row = 0; row < rows; row += 1) {
    const overKph = at(path.speedKph, row) - at(course.limitKph, row)
    if (first >= 0 && (!(overKph > toleranceKph) || at(path.isSeen, row) === 0)) close(row - 1)
    if (!(overKph > toleranceKph)) continue
    if (first < 0) first = row
    else episodeM += at(path.stepM, row)
    peak = Math.max(peak, overKph)
  }
  close(rows - 1)
  return { events, metres, limitKnownM: sumSeen(path, (row) => !Number.isNaN(at(course.limitKph, row))) }
}

/** Seconds of handling while the vehicle moved, and the seconds and metres in which it would have been noticed. */
function measurePhone(course: Course, rows: number, path: Path, thresholds: BehaviourThresholds): TripFacts['phone'] {
  const { phoneHoldMs, stepMsMax } = thresholds.signal
  let toldRow = -1
  let handledMs = 0
  let knownMs = 0
  let knownM = 0
  for (let row = 0; row < rows; row += 1) {
    const stepMs = row === 0 ? 0 : at(course.tMs, row) - at(course.tMs, row - 1)
    const isTold = toldRow >= 0 && at(course.tMs, row) - at(course.tMs, toldRow) <= phoneHoldMs && stepMs <= stepMsMax
    if (isTold && at(path.speedKph, row - 1) >= thresholds.trip.movingKph) {
      knownMs += stepMs
      knownM += at(path.stepM, row)
      if (at(course.phone, toldRow) === 1) handledMs += stepMs
    }
    if (!Number.isNaN(at(course.phone, row))) toldRow = row
  }
  return { seconds: Math.round(handledMs / 1000), knownS: Math.round(knownMs / 1000), knownM: Math.round(knownM) }
}

function fastestKph(speedKph: Float64Array): number {
  let fastest = 0
  for (const kph of speedKph) if (kph > fastest) fastest = kph
  return rounded(fastest, 2)
}

function sumSteps(path: Path, counts: (row: number) => boolean): number {
  let metres = 0
  for (let row = 0; row < path.stepM.length; row += 1) if (at(path.stepM, row) > 0 && counts(row)) metres += at(path.stepM, row)
  return metres
}

function sumSeen(path: Path, counts: (row: number) => boolean): number {
  return sumSteps(path, (row) => at(path.isSeen, row) === 1 && counts(row))
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}
