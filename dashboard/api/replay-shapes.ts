// The shapes of replays on the wire.

import Type from 'typebox'
import { DetectionSchema } from '../../pricing/dislocation/detection.ts'
import { fields } from './route.ts'

const Count = Type.Integer({ minimum: 0 })
const OrNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

export const ReplaySchema = Type.Object({
  id: Type.String(),
  planId: Type.String(),
  draftHash: Type.String(),
  championHash: Type.String(),
  status: Type.Enum(['running', 'cancelled', 'failed', 'done'] as const),
  policies: Count,
  policiesDone: Count,
  createdAtMs: Type.Integer(),
  finishedAtMs: OrNull(Type.Integer()),
  problem: OrNull(Type.String()),
  /** SHA-256 of the report's canonical form. */
  reportHash: OrNull(Type.String()),
})

export const NewReplaySchema = fields({
  /** The hash of an edition in the book; or a document that is in none, as `document`. */
  edition: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  document: Type.Optional(Type.Unknown()),
  detection: Type.Optional(DetectionSchema),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 })),
  targetLossRatio: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 10 })),
  /** CSV with the columns `policy` and `expectedClaimsMinor` (minor units a year). */
  expectedClaims: Type.Optional(Type.String()),
})

/** Server-sent events of a replay: `progress`, until it is no longer running. */
export const ReplayEventSchema = ReplaySchema
