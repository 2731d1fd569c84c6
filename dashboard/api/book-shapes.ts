// The insurer's book on the wire: a line for each policy, what it can be filtered and sorted by, sums of a filter, the book at a
// glance, and saved views. The web app reads and writes the same filter in its address.

import Type from 'typebox'
import { attentions, bookOrders, qualityBands } from './book-bands.ts'

const Count = Type.Integer({ minimum: 0 })
const Minor = Type.Integer({ description: 'Of a month, minor units.' })
const OrNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])

/** No premium reaches it. */
const minorMax = 1_000_000_000
/** Ten-thousandths of the class price: a hundred times. */
const differenceMax = 1_000_000

const Amount = Type.Integer({ minimum: 0, maximum: minorMax })
const Difference = Type.Integer({
  minimum: -differenceMax,
  maximum: differenceMax,
  description: 'Ten-thousandths of the class price.',
})

/** A query; each that is given narrows the list. */
export const bookFilterFields = {
  q: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'Words, or their beginnings, of a policy’s id, its holder’s name and its devices’ ids.',
    }),
  ),
  product: Type.Optional(Type.Enum(['motor', 'home'] as const)),
  plan: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  /** Of the own price; both bounds are in it. */
  ownFrom: Type.Optional(Amount),
  ownTo: Type.Optional(Amount),
  /** The lower bound is in it, the upper one is not. */
  differenceFrom: Type.Optional(Difference),
  differenceTo: Type.Optional(Difference),
  quality: Type.Optional(Type.Enum(qualityBands)),
  attention: Type.Optional(Type.Enum(attentions)),
} as const

export const bookOrderFields = {
  sort: Type.Optional(Type.Enum(bookOrders)),
  order: Type.Optional(Type.Enum(['asc', 'desc'] as const)),
} as const

const BookFilterSchema = Type.Object(bookFilterFields, { additionalProperties: false })
export type BookFilter = Type.Static<typeof BookFilterSchema>

export const BookLineSchema = Type.Object({
  id: Type.String(),
  product: Type.Enum(['motor', 'home'] as const),
  planId: Type.String(),
  holder: Type.String(),
  /** Null until the first premium was computed. */
  premium: OrNull(
    Type.Object({
      premiumMinor: Minor,
      classPremiumMinor: Minor,
      currency: Type.String(),
      /** Of the class price, ten-thousandths. */
      difference: Type.Integer(),
    }),
  ),
  trips: Count,
  /** Days with readings, of a home. */
  days: Count,
  /** 0 to 1; null before there is data. */
  quality: OrNull(Type.Number({ minimum: 0, maximum: 1 })),
  isConnected: Type.Boolean(),
  heardAtMs: OrNull(Type.Integer()),
  openDisputes: Count,
  noticedAtMs: OrNull(Type.Integer()),
})

const SumSchema = Type.Object({ currency: Type.String(), policies: Count, ownMinor: Minor, classMinor: Minor })

export const BookSummarySchema = Type.Object({
  policies: Count,
  /** One for each currency: amounts of different currencies are never added. */
  sums: Type.Array(SumSchema),
})

export const BookOverviewSchema = Type.Object({
  ...BookSummarySchema.properties,
  /** Policies by how far they are from their class price: from the lower bound to below the upper one, null where there is none. */
  differences: Type.Array(Type.Object({ from: OrNull(Type.Integer()), to: OrNull(Type.Integer()), policies: Count })),
  plans: Type.Array(
    Type.Object({ ...SumSchema.properties, product: Type.Enum(['motor', 'home'] as const), planId: Type.String() }),
  ),
  quality: Type.Array(Type.Object({ band: Type.Enum(qualityBands), policies: Count })),
  attention: Type.Object({
    /** Disputes that wait for a decision, and since when the oldest. */
    disputes: Count,
    oldestDisputeAtMs: OrNull(Type.Integer()),
    disputedPolicies: Count,
    silent: Count,
    noData: Count,
    notices: Count,
    /** Editions that wait for a second person. */
    submittedEditions: Count,
  }),
  countedAtMs: Type.Integer(),
})

export const BookViewSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  query: Type.String(),
  isShared: Type.Boolean(),
  isOwn: Type.Boolean(),
  /** Of whom it is; null for one’s own. */
  sharedBy: OrNull(Type.String()),
  isDefault: Type.Boolean(),
})

export type BookLine = Type.Static<typeof BookLineSchema>
export type BookSummary = Type.Static<typeof BookSummarySchema>
export type BookOverview = Type.Static<typeof BookOverviewSchema>
export type BookView = Type.Static<typeof BookViewSchema>
