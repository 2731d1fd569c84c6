// Hard brakes, accelerations and turns of a trip, counted at every rung of the ladder. From vehicle-axis acceleration where a
// device gives it, else from slopes of speed and from yaw rate; never from coordinates.

import type { Course } from './course.ts'
import { at, medianOf, type Path } from './path.ts'
import { type BehaviourThresholds, behaviourThresholds } from './thresholds.ts'

export const manoeuvres = ['brake', 'acceleration', 'left-turn', 'right-turn'] as const
export type Manoeuvre = (typeof manoeuvres)[number]

export interface DrivingEvent {
  readonly kind: Manoeuvre | 'speeding'
  readonly startMs: number
  readonly endMs: number
  /** Largest magnitude, m/s²; for speeding the km/h above the limit. */
  readonly peak: number
}

export interface Manoeuvres {
  /** In order of start. */
  readonly events: readonly DrivingEvent[]
  /** Events per rung of the ladder, lowest first. */
  readonly counts: Readonly<Record<Manoeuvre, readonly number[]>>
  readonly longitudinalFrom: 'accelerometer' | 'speed'
  readonly lateralFrom: 'accelerometer' | 'yaw-rate'
  /** The values the events were found in; NaN where not known. */
  readonly longitudinalMps2: Float64Array
  readonly lateralMps2: Float64Array
}

export function findManoeuvres(course: Course, rows: number, path: Path, thresholds = behaviourThresholds): Manoeuvres {
  const longitudinalFrom = countKnown(course.longitudinalMps2, rows) * 2 >= rows ? 'accelerometer' : 'speed'
  const lateralFrom = countKnown(course.lateralMps2, rows) * 2 >= rows ? 'accelerometer' : 'yaw-rate'
  const longitudinal =
    longitudinalFrom === 'accelerometer'
      ? Float64Array.from(course.longitudinalMps2.slice(0, rows))
      : slopesOf(course, rows, thresholds)
  const lateral =
    lateralFrom === 'accelerometer'
      ? withoutBias(Float64Array.from(course.lateralMps2.slice(0, rows)), thresholds)
      : lateralOfYaw(course, rows, path)
  const { longitudinalKphMin, lateralKphMin } = thresholds.event
  const find = (kind: Manoeuvre, values: Float64Array, sign: 1 | -1, kphMin: number): Found =>
    findEvents(kind, course.tMs, values, sign, path.speedKph, kphMin, thresholds)
  const found = {
    brake: find('brake', longitudinal, -1, longitudinalKphMin),
    acceleration: find('acceleration', longitudinal, 1, longitudinalKphMin),
    'left-turn': find('left-turn', lateral, 1, lateralKphMin),
    'right-turn': find('right-turn', lateral, -1, lateralKphMin),
  }
  return {
    events: manoeuvres.flatMap((kind) => found[kind].events).sort((one, other) => one.startMs - other.startMs),
    counts: {
      brake: found.brake.counts,
      acceleration: found.acceleration.counts,
      'left-turn': found['left-turn'].counts,
      'right-turn': found['right-turn'].counts,
    },
    longitudinalFrom,
    lateralFrom,
    longitudinalMps2: longitudinal,
    lateralMps2: lateral,
  }
}

interface Found {
  readonly events: readonly DrivingEvent[]
  readonly counts: readonly number[]
}

/**
 * Episodes in which `sign` × value is at or above the lowest rung. Each counts once at every rung it stayed at or above for
 * the minimum duration, so the counts never rise along the ladder.
 */
export function findEvents(
  kind: Manoeuvre,
  tMs: ArrayLike<number>,
  values: Float64Array,
  sign: 1 | -1,
  speedKph: Float64Array,
  kphMin: number,
  thresholds: BehaviourThresholds = behaviourThresholds,
): Found {
  const { ladderMps2, durationMsMin, debounceMs, sampleMsMax, slopeMsMax } = thresholds.event
  const lowest = ladderMps2[0] ?? Number.POSITIVE_INFINITY
  const counts = ladderMps2.map(() => 0)
  const events: DrivingEvent[] = []
  const runMs = new Float64Array(ladderMps2.length)
  const longestMs = new Float64Array(ladderMps2.length)
  let first = -1
  let last = -1
  let peak = 0

  function close(): void {
    if (first < 0) return
    if (at(longestMs, 0) >= durationMsMin && isFastEnough(speedKph, first, last, kphMin)) {
      ladderMps2.forEach((_, rung) => {
        if (at(longestMs, rung) >= durationMsMin) counts[rung] = at(counts, rung) + 1
      })
      events.push({ kind, startMs: at(tMs, first), endMs: at(tMs, last), peak: Math.round(peak * 1000) / 1000 })
    }
    first = -1
    peak = 0
    runMs.fill(0)
    longestMs.fill(0)
  }

  for (let row = 0; row < values.length; row += 1) {
    const magnitude = sign * at(values, row)
    // Next to each other at a slow rate is not a pause.
    const pauseMsMax = last === row - 1 ? slopeMsMax : debounceMs
    if (first >= 0 && at(tMs, row) - at(tMs, last) > pauseMsMax) close()
    // Runs that were broken start again; NaN breaks them too.
    for (let rung = 0; rung < ladderMps2.length; rung += 1) if (!(magnitude >= at(ladderMps2, rung))) runMs[rung] = 0
    if (!(magnitude >= lowest)) continue
    if (first < 0) first = row
    last = row
    peak = Math.max(peak, magnitude)
    const stepMs =
      row + 1 < values.length ? at(tMs, row + 1) - at(tMs, row) : row > 0 ? at(tMs, row) - at(tMs, row - 1) : sampleMsMax
    const lastsMs = Math.min(stepMs, sampleMsMax)
    for (let rung = 0; rung < ladderMps2.length && magnitude >= at(ladderMps2, rung); rung += 1) {
      runMs[rung] = at(runMs, rung) + lastsMs
      longestMs[rung] = Math.max(at(longestMs, rung), at(runMs, rung))
    }
  }
  close()
  return { events, counts }
}

/** By the fastest row of the event and its neighbours; without any speed the accelerometer is believed. */
function isFastEnough(speedKph: Float64Array, first: number, last: number, kphMin: number): boolean {
  let fastest = Number.NaN
  for (let row = first - 1; row <= last + 1; row += 1) {
    const kph = at(speedKph, row)
    if (!Number.isNaN(kph) && !(fastest >= kph)) fastest = kph
  }
  return Number.isNaN(fastest) || fastest >= kphMin
}

/** Slopes of the speeds really reported, over a baseline long enough that repeated or truncated values do not become events. */
function slopesOf(course: Course, rows: number, { event }: BehaviourThresholds): Float64Array {
  const slopes = new Float64Array(rows).fill(Number.NaN)
  let from = -1
  for (let row = 0; row < rows; row += 1) {
    if (Number.isNaN(at(course.speedKph, row))) continue
    if (from < 0) {
      from = row
      continue
    }
    const baselineMs = at(course.tMs, row) - at(course.tMs, from)
    if (baselineMs < event.slopeMsMin) continue
    if (baselineMs <= event.slopeMsMax) {
      const slope = (at(course.speedKph, row) - at(course.speedKph, from)) / 3.6 / (baselineMs / 1000)
      slopes.fill(slope, from + 1, row + 1)
    }
    from = row
  }
  return slopes
}

/** Lateral acceleration of a turning vehicle: speed × yaw rate; both positive to the left. */
function lateralOfYaw(course: Course, rows: number, path: Path): Float64Array {
  const lateral = new Float64Array(rows)
  for (let row = 0; row < rows; row += 1)
    lateral[row] = (at(path.speedKph, row) / 3.6) * ((at(course.yawDegPerS, row) * Math.PI) / 180)
  return lateral
}

/** A tilted mounting adds a constant; over a trip the median of the lateral axis is that constant. */
function withoutBias(values: Float64Array, { event }: BehaviourThresholds): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value))
  const bias = medianOf(known)
  if (known.length < event.biasSamplesMin || Math.abs(bias) > event.biasMps2Max) return values
  return values.map((value) => value - bias)
}

function countKnown(column: readonly number[], rows: number): number {
  let known = 0
  for (let row = 0; row < rows; row += 1) if (!Number.isNaN(at(column, row))) known += 1
  return known
}
