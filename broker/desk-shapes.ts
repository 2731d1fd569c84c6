// What edge's desk tells the office over HTTP on this machine, and what office may ask of it: recent messages, activity, where
// devices connect to, and what became of a refusal that was judged again. One set of shapes for both processes.

import Type from 'typebox'
import { clockVerdicts, RejectionSchema, refusalCodes } from '../devices/contract/receipt.ts'
import { upChannels } from '../devices/contract/topics.ts'

/** One message as it arrived, beside what the device was told about it. */
export const RecentMessageSchema = Type.Object({
  /** Rises with every message edge takes in. */
  number: Type.Integer({ minimum: 1 }),
  receivedAtMs: Type.Integer(),
  channel: Type.Enum(upChannels),
  topic: Type.String(),
  bytes: Type.Integer({ minimum: 0 }),
  /** The payload as text, up to `payloadBytesKept` bytes of it. */
  payload: Type.String(),
  isCut: Type.Boolean(),
  /** Null for a message that is not answered, such as a state that was understood. */
  receipt: Type.Union([
    Type.Object({
      seq: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
      accepted: Type.Integer({ minimum: 0 }),
      duplicate: Type.Integer({ minimum: 0 }),
      /** The first `rejectionsKept` of them. */
      rejected: Type.Array(RejectionSchema),
      rejectedCount: Type.Integer({ minimum: 0 }),
      clock: Type.Object({ verdict: Type.Enum(clockVerdicts), skewMs: Type.Union([Type.Integer(), Type.Null()]) }),
      receivedAt: Type.Integer(),
    }),
    Type.Null(),
  ]),
})

export const RecentMessagesSchema = Type.Object({ messages: Type.Array(RecentMessageSchema) })

export const ActivitySchema = Type.Object({
  devices: Type.Array(
    Type.Object({
      id: Type.String(),
      lastMessageAtMs: Type.Integer(),
      /** Over the last whole minute. */
      messagesPerMinute: Type.Number({ minimum: 0 }),
      readingsPerMinute: Type.Number({ minimum: 0 }),
    }),
  ),
})

/** Where devices connect to. */
export const EdgeAddressSchema = Type.Object({ host: Type.String(), mqttPort: Type.Integer(), mqttWsPort: Type.Integer() })

/** What became of a refusal that was judged again by the contract as it is now, by the arrival's own clock. */
export const ReplayOutcomeSchema = Type.Union([
  Type.Object({ kind: Type.Literal('replayed'), accepted: Type.Integer(), rejected: Type.Integer() }),
  Type.Object({
    kind: Type.Literal('still-refused'),
    code: Type.Enum(refusalCodes),
    path: Type.String(),
    message: Type.String(),
  }),
  /** What was kept of it is not the whole. */
  Type.Object({ kind: Type.Literal('cut') }),
  Type.Object({ kind: Type.Literal('done-before') }),
  /** Its person has paused collecting: nothing is taken in now, whenever it came. */
  Type.Object({ kind: Type.Literal('paused') }),
  Type.Object({ kind: Type.Literal('unknown') }),
])

export const DisconnectedSchema = Type.Object({ wasConnected: Type.Boolean() })

export type RecentMessage = Type.Static<typeof RecentMessageSchema>
export type Activity = Type.Static<typeof ActivitySchema>['devices'][number]
export type EdgeAddress = Type.Static<typeof EdgeAddressSchema>
export type ReplayOutcome = Type.Static<typeof ReplayOutcomeSchema>
