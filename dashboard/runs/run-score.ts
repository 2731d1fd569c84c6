// Holds what the simulator did against what pricing made of the readings. Pure. A manoeuvre near its threshold may fall either
// way, with a sensor's noise and one look a second, and is held against nobody.

import type { Manoeuvre, MishapTruth, TripTruth, Truth } from '../../devices/simulator/truth.ts'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import type { HomeDayFacts } from '../../pricing/home-day-facts.ts'
import { defaultRungs, type TripFacts } from '../../pricing/trip-facts.ts'
import type { RunScore, Scored } from './run-shapes.ts'

/** Share of a threshold by which a true size may miss it without counting as expected. */
const marginShare = 0.15
/** One reading a second: a manoeuvre may be seen this much earlier or later. */
const apartMsMax = 2500
/** A leak is known by the reading of its minute. */
const mishapApartMsMax = 3 * 60_000
/** Of what was expected and of what was scored, this much has to fit for the two to agree. */
const agreeingShareMin = 0.9
/** Fewer are too few to say anything. */
const expectedMin = 3

export interface ScoredTrip {
  readonly device: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly facts: TripFacts
}

export interface ScoredDay {
  readonly device: string
  readonly facts: Pick<HomeDayFacts, 'spans'>
}

export interface ScoreInput {
  readonly truths: readonly Truth[]
  readonly trips: readonly ScoredTrip[]
  readonly days: readonly ScoredDay[]
  /** What was published and has had time to be measured ends here. */
  readonly untilMs: number
}

interface Stretch {
  readonly device: string
  readonly startMs: number
  readonly endMs: number
}

export function scoreRun({ truths, trips, days, untilMs }: ScoreInput): RunScore {
  const driven = truths.filter((truth): truth is TripTruth => truth.kind === 'trip' && truth.endedAtMs <= untilMs)
  const mishaps = truths.filter((truth): truth is MishapTruth => truth.kind !== 'trip' && truth.startMs <= untilMs)
  const ended = trips.filter((trip) => trip.endedAtMs <= untilMs)
  const expectedTrips = driven.map((trip) => stretchOf(trip))
  const scoredTrips = ended.map((trip) => stretchOf(trip))
  const rows = [
    compare('trips', expectedTrips, expectedTrips, scoredTrips, scoredTrips, 0),
    ...(['brake', 'acceleration', 'cornering', 'speeding'] as const).map((kind) => manoeuvreRow(kind, driven, ended)),
    mishapRow('leak', ['leak-sensor', 'leak-flow'], mishaps, days),
    mishapRow('freeze', ['freeze'], mishaps, days),
  ]
  const distance = {
    expectedM: driven.reduce((sum, trip) => sum + trip.distanceM, 0),
    scoredM: ended.reduce((sum, trip) => sum + trip.facts.distanceM, 0),
  }
  return { untilMs, rows, distance, verdict: verdictOf(rows) }
}

function stretchOf({ device, startedAtMs, endedAtMs }: Pick<ScoredTrip, 'device' | 'startedAtMs' | 'endedAtMs'>): Stretch {
  return { device, startMs: startedAtMs, endMs: endedAtMs }
}

type ManoeuvreRow = 'brake' | 'acceleration' | 'cornering' | 'speeding'

const thresholdOf: Readonly<Record<ManoeuvreRow, number>> = {
  brake: defaultRungs.braking,
  acceleration: defaultRungs.acceleration,
  cornering: defaultRungs.cornering,
  speeding: behaviourThresholds.speeding.toleranceKph,
}

function rowOf(kind: Manoeuvre['kind']): ManoeuvreRow {
  return kind === 'left-turn' || kind === 'right-turn' ? 'cornering' : kind
}

function manoeuvreRow(row: ManoeuvreRow, driven: readonly TripTruth[], trips: readonly ScoredTrip[]): Scored {
  const truly = driven.flatMap(({ device, manoeuvres }) =>
    manoeuvres.filter(({ kind }) => rowOf(kind) === row).map((manoeuvre) => ({ ...manoeuvre, device })),
  )
  const least = thresholdOf[row]
  const isLong = ({ startMs, endMs }: Stretch) =>
    row !== 'speeding' || endMs - startMs >= behaviourThresholds.speeding.durationMsMin + apartMsMax
  const expected = truly.filter((entry) => entry.peak >= least * (1 + marginShare) && isLong(entry))
  const possible = truly.filter(({ peak }) => peak >= least * (1 - marginShare))
  const scored = trips.flatMap(({ device, facts }) =>
    facts.events.filter(({ kind, peak }) => rowOf(kind) === row && peak >= least).map((event) => ({ ...event, device })),
  )
  return compare(row, expected, possible, scored, scored, apartMsMax)
}

function mishapRow(
  kind: 'leak' | 'freeze',
  spans: readonly string[],
  mishaps: readonly MishapTruth[],
  days: readonly ScoredDay[],
): Scored {
  const expected = mishaps.filter((mishap) => mishap.kind === kind)
  const scored = days.flatMap(({ device, facts }) =>
    facts.spans.filter((span) => spans.includes(span.kind)).map(({ startMs, endMs }) => ({ device, startMs, endMs })),
  )
  return compare(kind, expected, expected, scored, scored, mishapApartMsMax)
}

/** @param possible what a scored one may rightly come from; @param heard what an expected one may be found in */
function compare(
  kind: Scored['kind'],
  expected: readonly Stretch[],
  possible: readonly Stretch[],
  scored: readonly Stretch[],
  heard: readonly Stretch[],
  apartMs: number,
): Scored {
  const meets = (of: readonly Stretch[], one: Stretch) =>
    of.some(
      (other) => other.device === one.device && other.startMs <= one.endMs + apartMs && other.endMs >= one.startMs - apartMs,
    )
  const found = expected.filter((one) => meets(heard, one)).length
  const right = scored.filter((one) => meets(possible, one)).length
  return {
    kind,
    expected: expected.length,
    found,
    scored: scored.length,
    right,
    recall: expected.length === 0 ? null : found / expected.length,
    precision: scored.length === 0 ? null : right / scored.length,
  }
}

function verdictOf(rows: readonly Scored[]): RunScore['verdict'] {
  const told = rows.filter(({ expected, scored }) => Math.max(expected, scored) > 0)
  if (told.reduce((sum, { expected }) => sum + expected, 0) < expectedMin) return 'early'
  const fits = told.every(({ recall, precision }) => (recall ?? 1) >= agreeingShareMin && (precision ?? 1) >= agreeingShareMin)
  return fits ? 'agrees' : 'differs'
}
