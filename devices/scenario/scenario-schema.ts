// A scenario: who drives and lives how, for how long, what goes wrong, and the story behind it, as one JSON document. Its schema,
// from which the JSON Schema beside the shipped scenarios is written; parse-scenario.ts reads documents by it.

import Type from 'typebox'
import { faultNames } from '../faults/fault-list.ts'
import { switchesMax } from '../faults/fault-switch.ts'
import { driverNames } from '../simulator/drive.ts'
import { householdNames, leakSizes } from '../simulator/household.ts'
import { lifeNames } from '../simulator/life/life-names.ts'
import { mishapKinds } from '../simulator/truth.ts'
import { equipmentNames } from '../simulator/vehicle/equipment.ts'

/** What moves a vehicle, or whom its phone goes with, when its driver does not drive. */
export const carriers = ['ferry', 'tow-truck', 'passenger'] as const

/** A year is the longest that a premium looks back. */
export const daysMax = 366
/** Of one group; the machine may allow fewer. */
export const groupMax = 10_000
/** Groups of vehicles, or of homes. */
export const groupsMax = 50

const WordsSchema = Type.Object(
  { en: Type.String({ minLength: 1, maxLength: 2000 }), 'zh-CN': Type.String({ minLength: 1, maxLength: 2000 }) },
  { additionalProperties: false, description: 'English and Simplified Chinese' },
)
const Day = Type.Number({ minimum: 0, maximum: daysMax, description: 'days since the start, 0 is the first' })
const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'on the clock on the wall, such as 08:30' })
const Count = Type.Integer({ minimum: 1, maximum: groupMax, description: 'how many alike; each has a seed of its own' })
const PolicySchema = Type.Object(
  {
    classFacts: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'what the policy states, as `merit policy add --class-facts`' }),
    ),
  },
  { additionalProperties: false, description: 'insures each device of the group; without it they are only observed' },
)

const VehicleGroupSchema = Type.Object(
  {
    count: Count,
    driver: Type.Enum(driverNames, { description: 'how they drive' }),
    life: Type.Optional(
      Type.Enum(lifeNames, { description: 'when they drive and where to; without one a plain week of commuting' }),
    ),
    equipment: Type.Optional(Type.Enum(equipmentNames, { description: 'what measures; default: tracker' })),
    policy: Type.Optional(PolicySchema),
    /** Trips that the policyholder does not drive; told as disputes where no signal says so. */
    carried: Type.Optional(
      Type.Array(
        Type.Object(
          {
            by: Type.Enum(carriers),
            day: Type.Integer({ minimum: 0, maximum: daysMax }),
            at: TimeOfDay,
          },
          { additionalProperties: false },
        ),
        { maxItems: 100, description: 'trips that the policyholder does not drive' },
      ),
    ),
  },
  { additionalProperties: false },
)

const HomeGroupSchema = Type.Object(
  {
    count: Count,
    household: Type.Enum(householdNames, { description: 'how the home is looked after' }),
    policy: Type.Optional(PolicySchema),
    mishaps: Type.Optional(
      Type.Array(
        Type.Object(
          {
            kind: Type.Enum(mishapKinds),
            day: Type.Integer({ minimum: 0, maximum: daysMax }),
            at: TimeOfDay,
            minutes: Type.Integer({ minimum: 1, maximum: 10_080 }),
            size: Type.Optional(Type.Enum(leakSizes, { description: 'of a leak' })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 100, description: 'what happens for certain, besides what happens by chance' },
      ),
    ),
  },
  { additionalProperties: false },
)

export const FaultSwitchSchema = Type.Object(
  {
    fault: Type.Enum(faultNames),
    intensity: Type.Number({ description: "in the fault's own unit" }),
    share: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'of the devices that can have it; default 1' })),
    fromDay: Type.Optional(Day),
    untilDay: Type.Optional(Day),
  },
  { additionalProperties: false },
)

export const ScenarioSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    schema: Type.Literal('scenario/1'),
    name: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 40, description: 'as it is asked for' }),
    title: WordsSchema,
    story: WordsSchema,
    seed: Type.String({ pattern: '^[A-Za-z0-9._-]{1,40}$', description: 'the same seed gives the same readings' }),
    startDay: Type.String({ pattern: '^20[12]\\d-[01]\\d-[0-3]\\d$', description: 'the first day, on the calendar of the town' }),
    days: Type.Integer({ minimum: 1, maximum: daysMax }),
    vehicles: Type.Optional(Type.Array(VehicleGroupSchema, { maxItems: groupsMax })),
    homes: Type.Optional(Type.Array(HomeGroupSchema, { maxItems: groupsMax })),
    faults: Type.Optional(Type.Array(FaultSwitchSchema, { maxItems: switchesMax })),
  },
  { additionalProperties: false, title: 'Merit scenario' },
)

export type Scenario = Type.Static<typeof ScenarioSchema>
export type VehicleGroup = Type.Static<typeof VehicleGroupSchema>
export type HomeGroup = Type.Static<typeof HomeGroupSchema>
export type Carrier = (typeof carriers)[number]
