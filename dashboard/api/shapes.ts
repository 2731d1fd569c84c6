// The shapes the API answers with: the OpenAPI document, the handlers and the web app are all held to these.

import Type from 'typebox'
import { HomeDayFactsSchema } from '../../pricing/home-day-facts.ts'
import { WorksheetSchema } from '../../pricing/worksheet.ts'
import { disputeStatuses } from './dispute-shapes.ts'
import { HeatSchema, ShownScoreSchema } from './score-shapes.ts'
import { ObservationSchema, TripQualitySchema } from './trip-quality-shapes.ts'

const roles = ['insurer', 'policyholder', 'maker', 'tester'] as const

export const SessionSchema = Type.Object({
  user: Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    role: Type.Enum(roles),
    locale: Type.String(),
  }),
})

/** Offered on the sign-in page of a demo that listens on loopback only. */
export const DemoAccountsSchema = Type.Object({
  accounts: Type.Array(
    Type.Object({
      role: Type.Enum(roles),
      name: Type.String(),
      email: Type.String(),
      password: Type.String(),
      insurer: Type.Optional(Type.String({ description: 'Of another insurer of this demo; absent for the first.' })),
    }),
  ),
})

export const DeviceHealthSchema = Type.Object({
  id: Type.String(),
  kind: Type.Enum(['vehicle', 'home'] as const),
  label: Type.String(),
  /** `never` before its first message. */
  state: Type.Enum(['online', 'offline', 'never'] as const),
  lastReadingAtMs: Type.Union([Type.Integer(), Type.Null()]),
  batteryPercent: Type.Union([Type.Number(), Type.Null()]),
  firmware: Type.Union([Type.String(), Type.Null()]),
  quarantined: Type.Integer(),
})

export const PolicySchema = Type.Object({
  id: Type.String(),
  product: Type.Enum(['motor', 'home'] as const),
  planId: Type.String(),
  timeZone: Type.String(),
  policyholder: Type.Object({ id: Type.String(), name: Type.String() }),
  /** Null until the first premium was computed. */
  premium: Type.Union([
    Type.Object({
      premiumMinor: Type.Integer(),
      classPremiumMinor: Type.Integer(),
      currency: Type.String(),
      computedAtMs: Type.Integer(),
    }),
    Type.Null(),
  ]),
  devices: Type.Array(Type.String()),
  trips: Type.Integer(),
})

/** A premium with its worksheet; what `merit premium POLICY --json` prints too. */
export const PremiumSchema = Type.Object({ ...WorksheetSchema.properties, id: Type.String(), computedAtMs: Type.Integer() })

/** What a policy paid from an instant on. */
export const PaidPremiumSchema = Type.Object({ id: Type.String(), premiumMinor: Type.Integer(), computedAtMs: Type.Integer() })

const DrivingEventSchema = Type.Object({
  kind: Type.Enum(['brake', 'acceleration', 'left-turn', 'right-turn', 'speeding'] as const),
  startMs: Type.Integer(),
  endMs: Type.Integer(),
  /** Largest magnitude, m/s²; for speeding the km/h above the limit. */
  peak: Type.Number(),
})

export const TripSchema = Type.Object({
  id: Type.String(),
  deviceId: Type.String(),
  startedAtMs: Type.Integer(),
  endedAtMs: Type.Integer(),
  status: Type.Enum(['open', 'ended'] as const),
  /**
   * What becomes of it for the price: `taken-out` by a correction that was accepted, `not-driven` when the vehicle was carried,
   * `contradictory` when its figures do not fit together. Only `counts` counts.
   */
  standing: Type.Enum(['open', 'counts', 'taken-out', 'not-driven', 'contradictory'] as const),
  distanceM: Type.Number(),
  durationS: Type.Number(),
  maxSpeedKph: Type.Number(),
  /** Share of the distance driven at night by the policy's clock, 0 to 1. */
  nightShare: Type.Number(),
  /** How much of the trip's time is covered by readings, 0 to 1. */
  completeness: Type.Number(),
  /** At the thresholds of the policy's edition. */
  counts: Type.Object({
    brake: Type.Integer(),
    acceleration: Type.Integer(),
    cornering: Type.Integer(),
    speeding: Type.Integer(),
  }),
  /** Absent until the trip has been measured by a version that scores. */
  score: Type.Optional(ShownScoreSchema),
  /** Who drove, as the holder says it; null while nothing was said. Absent in live events. */
  said: Type.Optional(Type.Union([Type.Enum(['driver', 'passenger', 'not-my-car'] as const), Type.Null()])),
})

/** One trip with its course: columns of equal length, null where a reading had no value. */
export const TripDetailSchema = Type.Object({
  ...TripSchema.properties,
  timeZone: Type.String(),
  events: Type.Array(DrivingEventSchema),
  quality: TripQualitySchema,
  /** What was noticed, with the samples around it, whether it counts or not; the strongest of the trip. */
  observations: Type.Array(ObservationSchema),
  heat: Type.Optional(HeatSchema),
  course: Type.Object({
    tMs: Type.Array(Type.Integer()),
    speedKph: Type.Array(Type.Union([Type.Number(), Type.Null()])),
    limitKph: Type.Array(Type.Union([Type.Number(), Type.Null()])),
    latitude: Type.Array(Type.Union([Type.Number(), Type.Null()])),
    longitude: Type.Array(Type.Union([Type.Number(), Type.Null()])),
  }),
})

export const TripPageSchema = Type.Object({
  trips: Type.Array(TripSchema),
  /** Hand it in as `before` for the next page; null at the end. */
  nextBefore: Type.Union([Type.Integer(), Type.Null()]),
})

export const HomeDaySchema = Type.Object({
  deviceId: Type.String(),
  day: Type.String(),
  /** Verified live: the installation reported in enough hours of the day. */
  live: Type.Boolean(),
  leakMinutes: Type.Number(),
  freezeMinutes: Type.Number(),
  smokeMinutes: Type.Number(),
  carbonMonoxideMinutes: Type.Number(),
  openUnattendedMinutes: Type.Number(),
  dampMinutes: Type.Number(),
  litres: Type.Number(),
  /** The valve was closed and seen to stop the flow. */
  valveTested: Type.Boolean(),
  /** These as the day's facts tell them; the spans' times are to be shown by this clock. */
  timeZone: HomeDayFactsSchema.properties.timeZone,
  completeness: HomeDayFactsSchema.properties.completeness,
  perils: HomeDayFactsSchema.properties.perils,
  reactionMinutes: HomeDayFactsSchema.properties.reactionMinutes,
  spans: HomeDayFactsSchema.properties.spans,
})

/** From what to what, and in which unit. */
export const NudgeFiguresSchema = Type.Object({ from: Type.Number(), to: Type.Number(), unit: Type.String() })

export const NudgeSchema = Type.Object({
  id: Type.String(),
  policyId: Type.String(),
  /** The behaviour that changes, such as `braking`, `night`, `mileage`, `speeding`, `live-days`, `valve-test`. */
  behaviour: Type.String(),
  savingMinor: Type.Integer(),
  currency: Type.String(),
  figures: NudgeFiguresSchema,
})

export const DeviceCreatedSchema = Type.Object({ id: Type.String(), secret: Type.String() })

export const QuarantineEntrySchema = Type.Object({
  id: Type.String(),
  deviceId: Type.String(),
  receivedAtMs: Type.Integer(),
  code: Type.String(),
  path: Type.String(),
  message: Type.String(),
  payload: Type.String(),
})

/** Live counts for testers and for the table that `npm start` prints. */
export const StatusSchema = Type.Object({
  messages: Type.Integer(),
  readings: Type.Integer(),
  quarantined: Type.Integer(),
  devices: Type.Integer(),
  devicesOnline: Type.Integer(),
  trips: Type.Integer(),
  policies: Type.Integer(),
  premiums: Type.Integer(),
})

/** Of one process. The reasons are for whoever runs Merit; an empty list means all is well. */
export const HealthSchema = Type.Object({
  status: Type.Enum(['ok', 'degraded', 'starting'] as const),
  pid: Type.Integer(),
  reasons: Type.Array(Type.String()),
  /** Of the office: everything stored before this is priced; null before the first pass. */
  pricedAtMs: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
})

/** RFC 9457. `id` is what to quote when asking for help. */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  id: Type.String(),
})

/** Server-sent events of `/api/v1/live`; the event's name is `kind`. */
export const LiveEventSchema = Type.Union([
  Type.Object({
    kind: Type.Literal('trip'),
    policyId: Type.String(),
    trip: TripSchema,
    /** The newest reading, while the trip is open. */
    at: Type.Union([
      Type.Object({
        tMs: Type.Integer(),
        speedKph: Type.Union([Type.Number(), Type.Null()]),
        latitude: Type.Union([Type.Number(), Type.Null()]),
        longitude: Type.Union([Type.Number(), Type.Null()]),
      }),
      Type.Null(),
    ]),
  }),
  Type.Object({ kind: Type.Literal('premium'), policyId: Type.String(), premiumMinor: Type.Integer(), currency: Type.String() }),
  Type.Object({
    kind: Type.Literal('dispute'),
    policyId: Type.String(),
    disputeId: Type.String(),
    tripId: Type.String(),
    status: Type.Enum(disputeStatuses),
  }),
  /** Something new about the policy's goal. */
  Type.Object({ kind: Type.Literal('nudge'), policyId: Type.String() }),
  Type.Object({ kind: Type.Literal('home-day'), policyId: Type.String(), day: HomeDaySchema }),
])

export type Session = Type.Static<typeof SessionSchema>
export type DemoAccounts = Type.Static<typeof DemoAccountsSchema>
export type DeviceHealth = Type.Static<typeof DeviceHealthSchema>
export type Policy = Type.Static<typeof PolicySchema>
export type Premium = Type.Static<typeof PremiumSchema>
export type PaidPremium = Type.Static<typeof PaidPremiumSchema>
export type Trip = Type.Static<typeof TripSchema>
export type TripDetail = Type.Static<typeof TripDetailSchema>
export type TripPage = Type.Static<typeof TripPageSchema>
export type HomeDay = Type.Static<typeof HomeDaySchema>
export type Nudge = Type.Static<typeof NudgeSchema>
export type DeviceCreated = Type.Static<typeof DeviceCreatedSchema>
export type QuarantineEntry = Type.Static<typeof QuarantineEntrySchema>
export type Status = Type.Static<typeof StatusSchema>
export type Health = Type.Static<typeof HealthSchema>
export type Problem = Type.Static<typeof ProblemSchema>
export type LiveEvent = Type.Static<typeof LiveEventSchema>
