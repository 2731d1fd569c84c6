// What is asked of a replay, as the book keeps it: both editions as documents, what is detected otherwise, the seed, and what
// claims are expected to cost.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { BadFacts } from '../stored-facts.ts'
import { DetectionSchema } from './detection.ts'

/** Of the premium, where nobody says otherwise. */
export const targetLossRatioDefault = 0.65

export const ReplayRequestSchema = Type.Object({
  draft: Type.Unknown(),
  champion: Type.Unknown(),
  planId: Type.String(),
  bookState: Type.String(),
  detection: DetectionSchema,
  seed: Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 }),
  targetLossRatio: Type.Number({ exclusiveMinimum: 0, maximum: 10 }),
  /** Minor units a year by policy. */
  expectedClaims: Type.Record(Type.String(), Type.Number({ minimum: 0 })),
})
export type ReplayRequest = Type.Static<typeof ReplayRequestSchema>

const validator = Compile(ReplayRequestSchema)

/** @throws BadFacts for what no replay of this version wrote */
export function parseReplayRequest(text: string): ReplayRequest {
  const value: unknown = JSON.parse(text)
  if (validator.Check(value)) return value
  throw new BadFacts('A stored replay does not have the form of one.')
}
