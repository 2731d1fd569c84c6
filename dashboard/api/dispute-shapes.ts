// The shapes of disputes: what the holder says of a trip, and what the insurer decides on.

import Type from 'typebox'

export const disputeKinds = ['passenger', 'not-my-car', 'avoided-harm', 'wrong-event'] as const
export const disputeStatuses = ['open', 'accepted', 'rejected', 'withdrawn'] as const

const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

const EventSchema = Type.Object({ kind: Type.String(), startMs: Type.Integer(), endMs: Type.Integer() })

export const DisputeSchema = Type.Object({
  id: Type.String(),
  policyId: Type.String(),
  policyholder: Type.String(),
  timeZone: Type.String(),
  kind: Type.Enum(disputeKinds),
  /** The trip as it was disputed. */
  tripId: Type.String(),
  tripStartedAtMs: Type.Integer(),
  tripEndedAtMs: Type.Integer(),
  /** As it was disputed; null when the whole trip is. */
  event: orNull(EventSchema),
  note: Type.String(),
  status: Type.Enum(disputeStatuses),
  createdAtMs: Type.Integer(),
  /** Of the last decision; the name is told to insurers only. */
  decidedAtMs: orNull(Type.Integer()),
  decidedBy: orNull(Type.String()),
  reason: orNull(Type.String()),
  /**
   * How it finds what it is about among the trips as they are measured now: `moved` when late readings changed the trip's
   * start or the event's, `gone` when there is no such trip or event any more and it has no effect.
   */
  match: Type.Enum(['same', 'moved', 'gone'] as const),
  /** Ids of the trips that it is about now, and the events in them; no events when it is about the whole of them. */
  trips: Type.Array(Type.String()),
  events: Type.Array(EventSchema),
})

export const DisputeDetailSchema = Type.Object({
  ...DisputeSchema.properties,
  /** What the premium comes to either way, a month; null where nothing is rated. */
  /** Everything that was decided or taken back, in order; the name is null for the holder and for an account that is gone. */
  steps: Type.Array(
    Type.Object({
      status: Type.Enum(['accepted', 'rejected', 'withdrawn'] as const),
      reason: orNull(Type.String()),
      by: orNull(Type.String()),
      atMs: Type.Integer(),
    }),
  ),
  stakes: orNull(Type.Object({ currency: Type.String(), acceptedMinor: Type.Integer(), rejectedMinor: Type.Integer() })),
})

export type Dispute = Type.Static<typeof DisputeSchema>
export type DisputeDetail = Type.Static<typeof DisputeDetailSchema>
