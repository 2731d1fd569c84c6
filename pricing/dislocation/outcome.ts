// What a replay keeps of one policy, and of one chunk of policies: the row behind every figure of the report and every line of
// the export. Amounts are minor units a year.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { BadFacts } from '../stored-facts.ts'
import { MoverSchema } from './report-form.ts'

const Amount = Type.Integer()

export const OutcomeSchema = Type.Object({
  policyId: Type.String(),
  /** What is charged at the moment; null for a policy without a premium. */
  onRecordMinor: Type.Union([Amount, Type.Null()]),
  /** The edition in force on the same facts, and what it charges the class. */
  beforeMinor: Amount,
  beforeClassMinor: Amount,
  /** The draft with its limits, without them, and what it charges the class. */
  afterMinor: Amount,
  uncappedMinor: Amount,
  afterClassMinor: Amount,
  claimsMinor: Type.Number(),
  /** The level of each segment that the policy belongs to. */
  levels: Type.Record(Type.String(), Type.String()),
})
export type Outcome = Type.Static<typeof OutcomeSchema>

export const MeasuredAgainSchema = Type.Object({
  trips: Type.Integer(),
  unaffected: Type.Integer(),
  withoutReadings: Type.Integer(),
})
export type MeasuredAgain = Type.Static<typeof MeasuredAgainSchema>

export const ChunkResultSchema = Type.Object({
  outcomes: Type.Array(OutcomeSchema),
  /** Policies that one of the two editions cannot rate, and why. */
  unrated: Type.Array(Type.Object({ policyId: Type.String(), problem: Type.String() })),
  /** The worst movers of the chunk, the worst first. */
  up: Type.Array(MoverSchema),
  down: Type.Array(MoverSchema),
  /** Policies whose premium is not the one they had when the replay began. */
  changedMeanwhile: Type.Integer(),
  stated: Type.Integer(),
  measuredAgain: MeasuredAgainSchema,
})
export type ChunkResult = Type.Static<typeof ChunkResultSchema>

const validator = Compile(ChunkResultSchema)

/** @throws BadFacts for what no replay of this version wrote */
export function parseChunkResult(text: string): ChunkResult {
  const value: unknown = JSON.parse(text)
  if (validator.Check(value)) return value
  throw new BadFacts('A stored part of a replay does not have the form of one.')
}

/** As a fraction: 0.1 is ten percent more. */
export function changeOf(beforeMinor: number, afterMinor: number): number {
  return beforeMinor === 0 ? 0 : (afterMinor - beforeMinor) / beforeMinor
}
