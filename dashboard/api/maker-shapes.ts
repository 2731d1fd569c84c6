// The shapes of what a device maker is answered: one device as it is now, its messages, its connections, its refusals.

import Type from 'typebox'
import { EdgeAddressSchema, RecentMessageSchema, ReplayOutcomeSchema } from '../../broker/desk-shapes.ts'

const OrNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const Instant = Type.Integer()

export const DeviceDetailSchema = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['vehicle', 'home'] as const),
  label: Type.String(),
  createdAtMs: Instant,
  /** `never` before its first message. */
  state: Type.Enum(['online', 'offline', 'never'] as const),
  stateSinceMs: OrNull(Instant),
  session: OrNull(Type.Integer()),
  firmware: OrNull(Type.String()),
  batteryPercent: OrNull(Type.Number()),
  revokedAtMs: OrNull(Instant),
  /** Until when a revocation, or a replaced secret, can be taken back. */
  revocationUndoUntilMs: OrNull(Instant),
  secretUndoUntilMs: OrNull(Instant),
  /** The run that simulates it; null for hardware. */
  simulatedBy: OrNull(Type.String()),
  isInsured: Type.Boolean(),
  readings: OrNull(Type.Integer()),
  /** The newest reading; null before the first, or while the telemetry store is away. */
  latest: OrNull(
    Type.Object({
      takenAtMs: Instant,
      values: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Boolean()])),
    }),
  ),
  /** Null while edge is away, or has not heard of it. */
  activity: OrNull(Type.Object({ lastMessageAtMs: Instant, messagesPerMinute: Type.Number(), readingsPerMinute: Type.Number() })),
  openRefusals: Type.Integer(),
})

export const DeviceActivitySchema = Type.Object({
  isEdgeThere: Type.Boolean(),
  devices: Type.Array(
    Type.Object({
      id: Type.String(),
      lastMessageAtMs: Instant,
      messagesPerMinute: Type.Number(),
      readingsPerMinute: Type.Number(),
    }),
  ),
})

export const MessagesSchema = Type.Object({ isEdgeThere: Type.Boolean(), messages: Type.Array(RecentMessageSchema) })

/** Events of `/api/v1/devices/{id}/live`: `messages` with what is new, `edge` when edge went or came back. */
export const DeviceLiveSchema = Type.Union([
  Type.Object({ messages: Type.Array(RecentMessageSchema) }),
  Type.Object({ isEdgeThere: Type.Boolean() }),
])

export const ConnectionSchema = Type.Object({
  id: Type.String(),
  outcome: Type.Enum(['open', 'ended', 'refused'] as const),
  startedAtMs: Instant,
  endedAtMs: OrNull(Instant),
  reason: OrNull(Type.String()),
  session: OrNull(Type.Integer()),
  hasWill: Type.Boolean(),
  address: Type.String(),
  transport: Type.Enum(['tcp', 'websocket'] as const),
})

export const settlements = ['open', 'dismissed', 'replayed'] as const

export const RefusalSchema = Type.Object({
  id: Type.String(),
  deviceId: Type.String(),
  receivedAtMs: Instant,
  code: Type.String(),
  path: Type.String(),
  message: Type.String(),
  payload: Type.String(),
  /** What was kept is not the whole. */
  isCut: Type.Boolean(),
  settled: Type.Enum(settlements),
  settledAtMs: OrNull(Instant),
})

export const ReplayAnswerSchema = Type.Object({ outcome: ReplayOutcomeSchema, refusal: RefusalSchema })

export const SecretReplacedSchema = Type.Object({
  id: Type.String(),
  /** Told this once. */
  secret: Type.String(),
  undoUntilMs: Instant,
  /** False when edge could not be asked: then it closes the connection within half a minute by itself. */
  isClosedAtOnce: Type.Boolean(),
})

export const ClosedSchema = Type.Object({ undoUntilMs: OrNull(Instant), isClosedAtOnce: Type.Boolean() })

/** Null while edge is away. */
export const EdgeSchema = Type.Object({ address: OrNull(EdgeAddressSchema) })

export type DeviceDetail = Type.Static<typeof DeviceDetailSchema>
export type DeviceActivities = Type.Static<typeof DeviceActivitySchema>
export type Messages = Type.Static<typeof MessagesSchema>
export type Connection = Type.Static<typeof ConnectionSchema>
export type QuarantinedRefusal = Type.Static<typeof RefusalSchema>
export type ReplayAnswer = Type.Static<typeof ReplayAnswerSchema>
export type SecretReplaced = Type.Static<typeof SecretReplacedSchema>
export type Closed = Type.Static<typeof ClosedSchema>
export type EdgeWhere = Type.Static<typeof EdgeSchema>
