// The facts a premium rests on: class and experience, as schemas. They and an edition give the premium; nothing else does.

import Type from 'typebox'
import { behaviourThresholds } from '../behaviour/thresholds.ts'

const Amount = Type.Number({ minimum: 0 })

/** What the policy states for the edition's inputs, by their names. */
const ClassValuesSchema = Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()]))

const ratedSchemas = {
  class: ClassValuesSchema,
  /** At-fault claims of each year, oldest first, for plans with a bonus-malus. */
  claimsByYear: Type.Optional(Type.Array(Type.Integer({ minimum: 0, maximum: 100 }), { maxItems: 100 })),
  /** What the term before cost, minor units a year, for plans that limit the change; absent in the first term. */
  previousTermAnnualMinor: Type.Optional(Type.Integer({ minimum: 1 })),
} as const
const LadderSchema = Type.Array(Amount, {
  minItems: behaviourThresholds.event.ladderMps2.length,
  maxItems: behaviourThresholds.event.ladderMps2.length,
})

const DrivingSchema = Type.Object(
  {
    trips: Type.Integer({ minimum: 0 }),
    /** From the first trip's start to the last trip's end, in days of 24 hours. */
    observedDays: Amount,
    distanceKm: Amount,
    /** Kilometres in which the behaviour would have been noticed. */
    longitudinalKm: Amount,
    lateralKm: Amount,
    limitKnownKm: Amount,
    phoneKnownKm: Amount,
    /** Events per rung of the ladder, lowest first. */
    brakes: LadderSchema,
    accelerations: LadderSchema,
    turns: LadderSchema,
    nightKm: Amount,
    speedingKm: Amount,
    phoneS: Amount,
    phoneKnownS: Amount,
  },
  { additionalProperties: false },
)

const PerilSchema = Type.Object(
  {
    /** Verified live days with a sensor for the peril. */
    days: Type.Integer({ minimum: 0 }),
    minutes: Amount,
  },
  { additionalProperties: false },
)

const LivingSchema = Type.Object(
  {
    /** Days that have passed since the installation's first, and those of them verified live. */
    days: Type.Integer({ minimum: 0 }),
    liveDays: Type.Integer({ minimum: 0 }),
    water: PerilSchema,
    freeze: PerilSchema,
    fire: PerilSchema,
    intrusion: PerilSchema,
    humidity: PerilSchema,
    valveTests: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
)

export const MotorFactsSchema = Type.Object(
  { product: Type.Literal('motor'), ...ratedSchemas, driving: DrivingSchema },
  { additionalProperties: false },
)
export const HomeFactsSchema = Type.Object(
  { product: Type.Literal('home'), ...ratedSchemas, living: LivingSchema },
  { additionalProperties: false },
)

export type ClassValues = Type.Static<typeof ClassValuesSchema>
export type Driving = Type.Static<typeof DrivingSchema>
export type Living = Type.Static<typeof LivingSchema>
export type MotorFacts = Type.Static<typeof MotorFactsSchema>
export type HomeFacts = Type.Static<typeof HomeFactsSchema>
export type Facts = MotorFacts | HomeFacts

export const perils = ['water', 'freeze', 'fire', 'intrusion', 'humidity'] as const
export type Peril = (typeof perils)[number]

const noEvents = behaviourThresholds.event.ladderMps2.map(() => 0)

/** Of a driver of whom nothing has been measured. */
export const noDriving: Driving = {
  trips: 0,
  observedDays: 0,
  distanceKm: 0,
  longitudinalKm: 0,
  lateralKm: 0,
  limitKnownKm: 0,
  phoneKnownKm: 0,
  brakes: noEvents,
  accelerations: noEvents,
  turns: noEvents,
  nightKm: 0,
  speedingKm: 0,
  phoneS: 0,
  phoneKnownS: 0,
}

const noPeril = { days: 0, minutes: 0 }

export const noLiving: Living = {
  days: 0,
  liveDays: 0,
  water: noPeril,
  freeze: noPeril,
  fire: noPeril,
  intrusion: noPeril,
  humidity: noPeril,
  valveTests: 0,
}
