// What the ingest bench and its load process say to each other.

import Type from 'typebox'

export const WorkSchema = Type.Object({
  port: Type.Integer(),
  devices: Type.Array(Type.Object({ id: Type.String(), secret: Type.String() })),
  readingsPerMessage: Type.Integer({ minimum: 1 }),
  /** Messages of a connection that wait for their PUBACK. */
  inFlightMax: Type.Integer({ minimum: 1 }),
  /** The first reading's time, epoch milliseconds. */
  sinceMs: Type.Integer(),
})
export type Work = Type.Static<typeof WorkSchema>

export const CommandSchema = Type.Union([
  /** Messages a second of all connections; null for as many as are acknowledged. */
  Type.Object({ kind: Type.Literal('run'), forMs: Type.Number(), messagesPerS: Type.Union([Type.Number(), Type.Null()]) }),
  Type.Object({ kind: Type.Literal('end') }),
])
export type Command = Type.Static<typeof CommandSchema>

export const RanSchema = Type.Object({
  kind: Type.Literal('ran'),
  lastedMs: Type.Number(),
  sent: Type.Integer(),
  /** In the end, and while the run lasted. */
  acknowledged: Type.Integer(),
  acknowledgedInTime: Type.Integer(),
  p50Ms: Type.Number(),
  p99Ms: Type.Number(),
  problems: Type.Array(Type.String()),
})
export type Ran = Type.Static<typeof RanSchema>
