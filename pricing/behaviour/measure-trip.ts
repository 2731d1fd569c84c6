// The facts of one trip out of its measurement: what is kept of it for ever, and all that pricing and the dashboard ask of it.

import { storedScore } from '../score/score-course.ts'
import type { TripFacts } from '../trip-facts.ts'
import { type CarriedReason, wasNeverOn } from './carried.ts'
import { listedOf } from './event-ledger.ts'
import { type Progress, seenMsMax } from './progress.ts'
import { type EndedTrip, endTrip, isEmpty, type TripMeasurement } from './trip-measurement.ts'
import { type DistanceCheck, judgeQuality } from './trip-quality.ts'
import { addWay, noWay, seenSums, unseenSums, type WaySums } from './way-sums.ts'

/** Why a span is no trip, in the order they are checked. */
export type NoTrip = 'empty' | 'no-movement-known' | 'did-not-move' | 'too-short'

export type MeasuredSpan =
  | { readonly kind: 'trip'; readonly facts: TripFacts }
  | { readonly kind: 'no-trip'; readonly reason: NoTrip }

/**
 * @param endedAtMs its last active reading, or its last reading
 * @returns undefined when the span is too short to be a trip
 */
export function measureTrip(trip: TripMeasurement, endedAtMs: number): TripFacts | undefined {
  const measured = measureSpan(trip, endedAtMs)
  return measured.kind === 'trip' ? measured.facts : undefined
}

/** As `measureTrip`, naming why a span is none. */
export function measureSpan(trip: TripMeasurement, endedAtMs: number): MeasuredSpan {
  if (isEmpty(trip)) return { kind: 'no-trip', reason: 'empty' }
  const ended = endTrip(trip, endedAtMs > trip.activeAtMs)
  const { path } = ended.progress
  const moved = noWay()
  for (const way of [ended.progress.driven, ended.progress.carried]) addWay(moved, way)
  const movedM = metresOf(moved)
  const lastsMs = endedAtMs - path.firstMs
  const { durationMsMin, distanceMMin, movedMMin } = trip.thresholds.trip
  if (movedM < distanceMMin && !(lastsMs >= durationMsMin && movedM >= movedMMin))
    return { kind: 'no-trip', reason: whyNone(ended.progress, movedM) }
  return { kind: 'trip', facts: factsOf(trip, ended, moved, lastsMs) }
}

function whyNone({ path }: Progress, movedM: number): NoTrip {
  if (movedM >= 1) return 'too-short'
  if (!path.isMovementKnown) return 'no-movement-known'
  return path.rows === 1 ? 'too-short' : 'did-not-move'
}

function factsOf(
  { clock, thresholds }: TripMeasurement,
  { progress, ledger }: EndedTrip,
  moved: WaySums,
  lastsMs: number,
): TripFacts {
  const { path } = progress
  const seenMax = seenMsMax(progress, thresholds)
  const movedM = metresOf(moved)
  const rowsMs = path.lastMs - path.firstMs
  const completeness = rowsMs > 0 ? seenSums(moved, seenMax).ms / rowsMs : 1
  const quality = judgeQuality(
    progress.comparison,
    { lastsMs: rowsMs, lastMs: path.lastMs, distanceM: movedM, completeness, leaptMs: unseenSums(moved, seenMax).leaptMs },
    thresholds,
  )
  const isNeverOn = wasNeverOn(progress.stretch, thresholds)
  const driven = isNeverOn ? noWay() : progress.driven
  const seen = seenSums(driven, seenMax)
  const distanceM = Math.round(metresOf(driven))
  const carriedM = isNeverOn ? movedM : metresOf(progress.carried)
  const reason: CarriedReason | undefined = isNeverOn ? 'engine-off' : progress.carriedReason
  const nightM = Math.round(seen.nightM)
  const longitudinalFrom = progress.longitudinalRows * 2 >= path.rows ? 'accelerometer' : 'speed'
  const lateralFrom = progress.lateralRows * 2 >= path.rows ? 'accelerometer' : 'yaw-rate'
  const { events, observations } = listedOf(ledger, thresholds)
  const { counts } = ledger
  return {
    version: thresholds.version,
    timeZone: clock.timeZone,
    durationS: Math.round(lastsMs / 1000),
    distanceM,
    seenM: Math.round(seen.metres),
    nightM,
    nightShare: distanceM > 0 ? rounded(nightM / distanceM, 4) : 0,
    maxSpeedKph: rounded(driven.fastestKph, 2),
    completeness: rounded(completeness, 4),
    confidence: rounded(completeness * quality.agreement * quality.clockTrust * quality.valueTrust, 4),
    agreement: rounded(quality.agreement, 4),
    clockTrust: rounded(quality.clockTrust, 4),
    checks: { coordinates: shownCheck(quality.coordinates), odometer: shownCheck(quality.odometer) },
    doubts: [...quality.doubts],
    role: carriedM > 0 && metresOf(driven) < thresholds.trip.distanceMMin ? 'not-driven' : 'driven',
    carried: { metres: Math.round(carriedM), reason: reason ?? null },
    longitudinalFrom,
    lateralFrom,
    longitudinalM: Math.round(longitudinalFrom === 'accelerometer' ? seen.longitudinalM : seen.slopeM),
    lateralM: Math.round(lateralFrom === 'accelerometer' ? seen.lateralM : seen.yawM),
    counts: {
      brake: [...counts.brake],
      acceleration: [...counts.acceleration],
      'left-turn': [...counts['left-turn']],
      'right-turn': [...counts['right-turn']],
    },
    speeding: {
      count: ledger.speedings,
      metres: Math.round(ledger.speedingM),
      limitKnownM: Math.round(seen.limitKnownM),
    },
    score: storedScore(progress.profile),
    phone: {
      seconds: Math.round(driven.phoneHandledMs / 1000),
      knownS: Math.round(driven.phoneKnownMs / 1000),
      knownM: Math.round(driven.phoneKnownM),
    },
    events: [...events],
    observations: observations.map(({ evidence, ...observation }) => ({
      ...observation,
      evidence: {
        offsetMs: [...evidence.offsetMs],
        kph: [...evidence.kph],
        longitudinalMps2: [...evidence.longitudinalMps2],
        lateralMps2: [...evidence.lateralMps2],
      },
    })),
  }
}

/** All metres, seen or bridged. */
function metresOf(way: WaySums): number {
  let metres = way.short.metres + way.unseenM
  for (const sums of way.long.values()) metres += sums.metres
  return metres
}

function shownCheck(check: DistanceCheck | undefined): TripFacts['checks']['odometer'] {
  return check === undefined ? null : { metres: Math.round(check.metres), agreement: rounded(check.agreement, 4) }
}

function rounded(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return Math.round(value * scale) / scale
}
