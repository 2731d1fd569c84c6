// What the API says of one trip beyond its figures, and of the trips and days behind a bar of the premium's picture.

import Type from 'typebox'
import { saidRoles } from '../../pricing/trip-role.ts'
import { HomeDaySchema, TripDetailSchema, TripSchema } from './shapes.ts'

const IdOrNull = Type.Union([Type.String(), Type.Null()])

export const TripCostSchema = Type.Object({
  currency: Type.String(),
  withMinor: Type.Integer(),
  withoutMinor: Type.Integer(),
  /** By the worksheet's step; they sum to the difference. */
  parts: Type.Array(Type.Object({ id: Type.String(), changeMinor: Type.Integer() })),
})

export const RoleSchema = Type.Union([Type.Enum(saidRoles), Type.Null()])

export const TripRoleSchema = Type.Object({
  role: RoleSchema,
  /** The dispute that the insurer decides, where somebody else drove. */
  disputeId: IdOrNull,
})

export const NeighboursSchema = Type.Object({ previousId: IdOrNull, nextId: IdOrNull })

export const CourseSchema = TripDetailSchema.properties.course

/** Lines that the vehicle drove before, near a trip. */
export const RoadsSchema = Type.Object({
  lines: Type.Array(Type.Object({ latitude: Type.Array(Type.Number()), longitude: Type.Array(Type.Number()) })),
  trips: Type.Integer(),
})

export const BehindBarSchema = Type.Object({
  step: Type.String(),
  currency: Type.String(),
  /** The bar itself, minor units a month. */
  changeMinor: Type.Number(),
  /** How many there are in all. */
  count: Type.Integer(),
  /** The one that moved the bar most first; `movedMinor` is how much shorter or longer the bar would be without it. */
  items: Type.Array(
    Type.Union([
      Type.Object({ kind: Type.Literal('trip'), movedMinor: Type.Number(), trip: TripSchema }),
      Type.Object({ kind: Type.Literal('day'), movedMinor: Type.Number(), day: HomeDaySchema }),
    ]),
  ),
  next: Type.Union([Type.String(), Type.Null()]),
})

export type TripCost = Type.Static<typeof TripCostSchema>
export type TripRole = Type.Static<typeof TripRoleSchema>
export type Neighbours = Type.Static<typeof NeighboursSchema>
export type Roads = Type.Static<typeof RoadsSchema>
export type Course = Type.Static<typeof CourseSchema>
export type BehindBar = Type.Static<typeof BehindBarSchema>
