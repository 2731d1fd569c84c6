// What is stored of a home's day (`home_days.facts`): the schema and its one parser.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { homePerils } from './behaviour/home-liveness.ts'
import { spanEnds, spanKinds } from './behaviour/home-spans.ts'
import { orUndefined, parseStoredFacts } from './stored-facts.ts'

const Minutes = Type.Number({ minimum: 0 })
const Share = Type.Number({ minimum: 0, maximum: 1 })
const OrNull = Type.Union([Type.Number(), Type.Null()])

export const homeSensors = ['fire', 'freeze', 'humidity', 'motion', 'opening', 'water'] as const

/** One occurrence with its evidence; see HomeSpan for units. */
export const HomeSpanSchema = Type.Object({
  kind: Type.Enum(spanKinds),
  startMs: Type.Integer(),
  alarmMs: Type.Integer(),
  endMs: Type.Integer(),
  minutes: Minutes,
  ended: Type.Enum(spanEnds),
  reactionMinutes: Type.Union([Minutes, Type.Null()]),
  figure: OrNull,
  limit: OrNull,
  confidence: Share,
})

export const LivenessSchema = Type.Object({
  live: Type.Boolean(),
  hoursReported: Type.Integer({ minimum: 0 }),
  completeness: Share,
  stuck: Type.Boolean(),
})

/** Together with the row's device and day this is the dashboard's HomeDay. Minutes carry one decimal. */
export const HomeDayFactsSchema = Type.Object({
  version: Type.String(),
  timeZone: Type.String(),
  /** Reported in at least 20 of 24 hours; 23- and 25-hour days in proportion. */
  live: Type.Boolean(),
  hoursReported: Type.Integer({ minimum: 0 }),
  /** Share of the day between readings no more than 70 minutes apart. Only what was seen counts for or against anyone. */
  completeness: Share,
  /** Null for a day measured before each peril's own sensors were watched. */
  perils: Type.Union([
    Type.Object({
      water: LivenessSchema,
      freeze: LivenessSchema,
      fire: LivenessSchema,
      intrusion: LivenessSchema,
      humidity: LivenessSchema,
    }),
    Type.Null(),
  ]),
  /** A wet leak sensor, or water that has been running for longer, or more of it, than is usual in this home. */
  leakMinutes: Minutes,
  freezeMinutes: Minutes,
  /** It would have been freezing within three hours. A warning, held against nobody. */
  freezeTrendMinutes: Minutes,
  smokeMinutes: Minutes,
  carbonMonoxideMinutes: Minutes,
  openUnattendedMinutes: Minutes,
  dampMinutes: Minutes,
  /** Mould could grow on a cold wall, for six hours or more. An estimate, held against nobody. */
  mouldMinutes: Minutes,
  /** Much power drawn for half an hour or more with nobody at home. A hint, held against nobody. */
  powerUnattendedMinutes: Minutes,
  occupiedMinutes: Minutes,
  awayMinutes: Minutes,
  litres: Type.Number({ minimum: 0 }),
  valveTested: Type.Boolean(),
  /** The slowest of the day's leaks that were stopped, from the alarm on; null without one. */
  reactionMinutes: Type.Union([Minutes, Type.Null()]),
  spans: Type.Array(HomeSpanSchema),
  /** What the days after this one learn from it; null where the flow was not measured. */
  usual: Type.Object({
    longestRunMinutes: Type.Union([Minutes, Type.Null()]),
    largestRunLitres: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
    signals: Type.Array(Type.String()),
  }),
  /** Kinds of sensors that said something that day: only these can earn or lose anything. */
  sensors: Type.Array(Type.Enum(homeSensors)),
})

export type HomeDayFacts = Type.Static<typeof HomeDayFactsSchema>
export type HomePerilName = (typeof homePerils)[number]

const validator = Compile(HomeDayFactsSchema)

/** What a field that came later says of a day measured before it: not known, and so nothing for or against anyone. */
const notMeasured = {
  completeness: 0,
  perils: null,
  freezeTrendMinutes: 0,
  mouldMinutes: 0,
  powerUnattendedMinutes: 0,
  occupiedMinutes: 0,
  awayMinutes: 0,
  reactionMinutes: null,
  spans: [],
  usual: { longestRunMinutes: null, largestRunLitres: null, signals: [] },
} as const satisfies Partial<HomeDayFacts> & Record<string, unknown>

/** @throws BadFacts naming the first field that does not fit */
export function parseHomeDayFacts(text: string): HomeDayFacts {
  return parseStoredFacts('day', text, validator, notMeasured)
}

/** Undefined for what `parseHomeDayFacts` refuses. */
export function readHomeDayFacts(text: string): HomeDayFacts | undefined {
  return orUndefined(() => parseHomeDayFacts(text))
}
