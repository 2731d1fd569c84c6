// One recording through the functions pricing calls: its trips, their distance, what was detected in them, and its score.

import { appendReading, emptyCourse, rowsUntil } from '../../../pricing/behaviour/course.ts'
import { findManoeuvres } from '../../../pricing/behaviour/driving-events.ts'
import { localClock } from '../../../pricing/behaviour/local-clock.ts'
import { measurePath } from '../../../pricing/behaviour/path.ts'
import { type BehaviourThresholds, behaviourThresholds } from '../../../pricing/behaviour/thresholds.ts'
import { type TripScore, tripScore } from '../../../pricing/score/trip-score.ts'
import { tripsIn } from '../../pricing/drives.ts'
import type { FoundEvent } from './match-labels.ts'
import type { LoadedRecording } from './recording-set.ts'

export interface Stretch {
  readonly startS: number
  readonly endS: number
  readonly distanceKm: number
  readonly confidence: number
}

export interface MeasuredRecording {
  readonly trips: readonly Stretch[]
  readonly score: TripScore
  /** Detections with these thresholds, seconds from the recording's start. */
  readonly detect: (thresholds?: BehaviourThresholds) => readonly FoundEvent[]
}

export function measureRecording(recording: LoadedRecording): MeasuredRecording {
  const { readings, startMs, timeZone } = recording
  const trips = tripsIn(readings, localClock(timeZone))
  const secondsOf = (tMs: number): number => (tMs - startMs) / 1000
  // A recording without speed or position is no trip; events are looked for in all of it.
  const spans = trips.length > 0 ? trips : [{ startedAtMs: startMs, endedAtMs: startMs + recording.seconds * 1000 }]
  const courses = spans.map(({ startedAtMs, endedAtMs }) => {
    const course = emptyCourse()
    for (const reading of readings)
      if (reading.takenAtMs >= startedAtMs && reading.takenAtMs <= endedAtMs) appendReading(course, reading)
    return { course, rows: rowsUntil(course, endedAtMs) }
  })
  return {
    trips: trips.map(({ startedAtMs, endedAtMs, facts }) => ({
      startS: secondsOf(startedAtMs),
      endS: secondsOf(endedAtMs),
      distanceKm: facts.distanceM / 1000,
      confidence: facts.confidence,
    })),
    score: tripScore(readings, timeZone),
    detect: (thresholds = behaviourThresholds) =>
      courses.flatMap(({ course, rows }) =>
        findManoeuvres(course, rows, measurePath(course, rows, thresholds), thresholds).detections.map((detection) => ({
          class: detection.kind,
          startS: secondsOf(detection.startMs),
          endS: secondsOf(detection.endMs),
        })),
      ),
  }
}
