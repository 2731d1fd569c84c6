// What is stored of a trip (`trips.facts`): the schema, its one parser, and reading counts off the ladder.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { carriedReasons } from './behaviour/carried.ts'
import { observationKinds } from './behaviour/observations.ts'
import { behaviourThresholds } from './behaviour/thresholds.ts'
import { doubts } from './behaviour/trip-quality.ts'
import { StoredScoreSchema } from './score/score-course.ts'
import { orUndefined, parseStoredFacts } from './stored-facts.ts'

const Metres = Type.Integer({ minimum: 0 })
const Share = Type.Number({ minimum: 0, maximum: 1 })
const SamplesSchema = Type.Array(Type.Union([Type.Null(), Type.Number()]))
const CountsSchema = Type.Array(Type.Integer({ minimum: 0 }), {
  minItems: behaviourThresholds.event.ladderMps2.length,
  maxItems: behaviourThresholds.event.ladderMps2.length,
})

const CheckSchema = Type.Union([Type.Null(), Type.Object({ metres: Metres, agreement: Share })])

/** Whole metres and seconds, so that sums over trips are exact in any order. */
export const TripFactsSchema = Type.Object({
  /** Of the thresholds it was measured with. */
  version: Type.String(),
  timeZone: Type.String(),
  durationS: Type.Integer({ minimum: 0 }),
  distanceM: Metres,
  /** Of the distance, what was driven with readings; the rest was bridged across gaps. */
  seenM: Metres,
  nightM: Metres,
  nightShare: Share,
  maxSpeedKph: Type.Number({ minimum: 0 }),
  completeness: Share,
  /** Completeness times what follows, and less for values that stood still. */
  confidence: Share,
  /** The least of the checks: how far the distance can be trusted where it was seen. */
  agreement: Share,
  /** Share of the time in which the clock ran as the vehicle moved. */
  clockTrust: Share,
  /** Distance by other signals over what both saw; null where there is nothing to compare. */
  checks: Type.Object({ coordinates: CheckSchema, odometer: CheckSchema }),
  /** By name, whatever is doubtful. */
  doubts: Type.Array(Type.Enum(doubts)),
  /** As the signals tell it; `not-driven` never rates. */
  role: Type.Enum(['driven', 'not-driven'] as const),
  /** Metres moved without being driven, which are not part of the distance, and how that shows. */
  carried: Type.Object({ metres: Metres, reason: Type.Union([Type.Null(), Type.Enum(carriedReasons)]) }),
  longitudinalFrom: Type.Enum(['accelerometer', 'speed'] as const),
  lateralFrom: Type.Enum(['accelerometer', 'yaw-rate'] as const),
  /** Metres in which a hard brake or acceleration, or a hard turn, would have been noticed. */
  longitudinalM: Metres,
  lateralM: Metres,
  /** Events per rung of the ladder, lowest first. */
  counts: Type.Object({
    brake: CountsSchema,
    acceleration: CountsSchema,
    'left-turn': CountsSchema,
    'right-turn': CountsSchema,
  }),
  speeding: Type.Object({ count: Type.Integer({ minimum: 0 }), metres: Metres, limitKnownM: Metres }),
  /** Absent on trips measured before there were scores, until they are measured again. */
  score: Type.Optional(StoredScoreSchema),
  phone: Type.Object({ seconds: Type.Integer({ minimum: 0 }), knownS: Type.Integer({ minimum: 0 }), knownM: Metres }),
  /** In order of start; the first 1,000. Counts are complete. */
  events: Type.Array(
    Type.Object({
      kind: Type.Enum(['brake', 'acceleration', 'left-turn', 'right-turn', 'speeding'] as const),
      startMs: Type.Integer(),
      endMs: Type.Integer(),
      peak: Type.Number(),
    }),
  ),
  /** What was noticed, with the samples around it, whether it counts or not. Absent on trips of earlier versions. */
  observations: Type.Optional(
    Type.Array(
      Type.Object({
        kind: Type.Enum(observationKinds),
        startMs: Type.Integer(),
        endMs: Type.Integer(),
        peak: Type.Number(),
        confidence: Share,
        evidence: Type.Object({
          offsetMs: Type.Array(Type.Integer()),
          kph: SamplesSchema,
          longitudinalMps2: SamplesSchema,
          lateralMps2: SamplesSchema,
        }),
      }),
    ),
  ),
})

export type TripFacts = Type.Static<typeof TripFactsSchema>

export interface EndedTrip {
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly facts: TripFacts
}

const validator = Compile(TripFactsSchema)

/**
 * What a field that came later says of a trip measured before it: not known, and so nothing for or against anyone. Every field
 * added to the schema has its value here. Pricing measures such trips again; those whose readings are gone keep these values.
 */
const notMeasured: Readonly<Record<string, unknown>> = {
  agreement: 1,
  clockTrust: 1,
  checks: { coordinates: null, odometer: null },
  doubts: ['earlier-version'],
  role: 'driven',
  carried: { metres: 0, reason: null },
}

/** @throws BadFacts naming the first field that does not fit */
export function parseTripFacts(text: string): TripFacts {
  return parseStoredFacts('trip', text, validator, notMeasured)
}

/** Undefined for what `parseTripFacts` refuses. */
export function readTripFacts(text: string): TripFacts | undefined {
  return orUndefined(() => parseTripFacts(text))
}

/** Whether a trip counts for the premium: it was driven, and its figures do not contradict each other. */
export function isRateable({ role, agreement }: TripFacts): boolean {
  return role === 'driven' && agreement >= behaviourThresholds.quality.ratedAgreementMin
}

/** Rungs, m/s², at which events count. */
export interface Rungs {
  readonly braking: number
  readonly acceleration: number
  readonly cornering: number
}

/** Where no edition says otherwise. */
export const defaultRungs: Rungs = { braking: 3.1, acceleration: 3.1, cornering: 4.0 }

export interface TripCounts {
  readonly brake: number
  readonly acceleration: number
  readonly cornering: number
  readonly speeding: number
}

/** A trip's events at the given rungs of the ladder; left and right turns together are cornering. */
export function countsAt(facts: TripFacts, rungs: Rungs = defaultRungs): TripCounts {
  return {
    brake: atRung(facts.counts.brake, rungs.braking),
    acceleration: atRung(facts.counts.acceleration, rungs.acceleration),
    cornering: atRung(facts.counts['left-turn'], rungs.cornering) + atRung(facts.counts['right-turn'], rungs.cornering),
    speeding: facts.speeding.count,
  }
}

/** The count at a rung of the ladder; 0 for a threshold that is none. */
export function atRung(counts: readonly number[], rungMps2: number): number {
  return counts[behaviourThresholds.event.ladderMps2.indexOf(rungMps2)] ?? 0
}
