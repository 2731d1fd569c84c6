// What a draft may detect otherwise than the trips in the book were measured: which figures of a trip that touches, and when
// the stored facts already say that it touches none.

import Type from 'typebox'
import type { LocalClock } from '../behaviour/local-clock.ts'
import { isNight } from '../behaviour/night.ts'
import { type BehaviourThresholds, behaviourThresholds } from '../behaviour/thresholds.ts'
import type { EndedTrip } from '../trip-facts.ts'

const Minute = Type.Integer({ minimum: 0, maximum: 1440 })

/** Another rung of the ladder is no override: counts are kept at every rung. */
export const DetectionSchema = Type.Object(
  {
    /** Minutes of the local day, from (inclusive) to (exclusive), over midnight. */
    night: Type.Optional(Type.Object({ fromMinute: Minute, toMinute: Minute }, { additionalProperties: false })),
    speedingToleranceKph: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
    /** Slower manoeuvres are parking. */
    longitudinalKphMin: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
    lateralKphMin: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
  },
  { additionalProperties: false },
)
export type Detection = Type.Static<typeof DetectionSchema>

const minuteMs = 60_000

/** What differs from how the book was measured; an empty one means that stored facts answer everything. */
export function overrides(detection: Detection, base: BehaviourThresholds = behaviourThresholds): Detection {
  const { night, speedingToleranceKph, longitudinalKphMin, lateralKphMin } = detection
  const isOtherNight =
    night !== undefined && (night.fromMinute !== base.night.fromMinute || night.toMinute !== base.night.toMinute)
  return {
    ...(isOtherNight ? { night } : {}),
    ...(speedingToleranceKph === undefined || speedingToleranceKph === base.speeding.toleranceKph
      ? {}
      : { speedingToleranceKph }),
    ...(longitudinalKphMin === undefined || longitudinalKphMin === base.event.longitudinalKphMin ? {} : { longitudinalKphMin }),
    ...(lateralKphMin === undefined || lateralKphMin === base.event.lateralKphMin ? {} : { lateralKphMin }),
  }
}

export function thresholdsWith(
  { night, speedingToleranceKph, longitudinalKphMin, lateralKphMin }: Detection,
  base: BehaviourThresholds = behaviourThresholds,
): BehaviourThresholds {
  return {
    ...base,
    night: night ?? base.night,
    speeding: { ...base.speeding, toleranceKph: speedingToleranceKph ?? base.speeding.toleranceKph },
    event: {
      ...base.event,
      longitudinalKphMin: longitudinalKphMin ?? base.event.longitudinalKphMin,
      lateralKphMin: lateralKphMin ?? base.event.lateralKphMin,
    },
  }
}

/**
 * Whether the trip would be measured as it is stored: what is detected otherwise cannot have happened on it.
 * @param clock the policy's
 */
export function isUnaffected(
  changed: Detection,
  { startedAtMs, endedAtMs, facts }: EndedTrip,
  clock: LocalClock,
  base: BehaviourThresholds = behaviourThresholds,
): boolean {
  if (facts.timeZone !== clock.timeZone) return false
  if (changed.longitudinalKphMin !== undefined && facts.longitudinalM > 0) return false
  if (changed.lateralKphMin !== undefined && facts.lateralM > 0) return false
  if (changed.speedingToleranceKph !== undefined && facts.speeding.limitKnownM > 0) return false
  if (changed.night === undefined) return true
  const other = thresholdsWith(changed, base)
  // Every minute that the trip touches is on the same side of both nights.
  for (let tMs = startedAtMs; tMs < endedAtMs + minuteMs; tMs += minuteMs) {
    const minute = clock.minuteOfDay(Math.min(tMs, endedAtMs))
    if (isNight(minute, other) !== isNight(minute, base)) return false
  }
  return true
}
