// How households live in their homes and look after them: sets of figures, by name, and the mishaps that can befall them. Figures are
// invented so that the households differ; none is measured. A day of such a life is planned in home/plan-day.ts.

import type { MishapKind } from './truth.ts'

export interface HouseholdManner {
  readonly people: number
  /** That nobody is here today: a second home. */
  readonly emptyDayChance: number
  /** A week or so away in about every half year. */
  readonly takesHolidays: boolean
  readonly leaksPerYear: number
  /** Until somebody, or an automatic valve, stops the water. */
  readonly leakMinutes: number
  /** Of the leaks, those that burst. */
  readonly burstShare: number
  /** After which a smart valve closes a burst; without one somebody has to come. */
  readonly smartValveMinutes: number | undefined
  /** In a winter with its cold snaps. */
  readonly freezesPerYear: number
  readonly smokesPerYear: number
  readonly carbonMonoxidesPerYear: number
  readonly burglariesPerYear: number
  /** Leaving the door unlocked behind oneself, or standing open, per outing. */
  readonly forgetsLockChance: number
  readonly forgetsDoorChance: number
  readonly humidityPercent: number
  /** Laundry dried indoors, a bathroom that is not aired. */
  readonly dampDaysPerYear: number
  readonly testsValve: boolean
}

export const householdManners = {
  tended: {
    people: 2,
    emptyDayChance: 0,
    takesHolidays: false,
    leaksPerYear: 0.2,
    leakMinutes: 4,
    burstShare: 0.2,
    smartValveMinutes: 2,
    freezesPerYear: 0,
    smokesPerYear: 0.05,
    carbonMonoxidesPerYear: 0,
    burglariesPerYear: 0.01,
    forgetsLockChance: 0,
    forgetsDoorChance: 0,
    humidityPercent: 47,
    dampDaysPerYear: 0,
    testsValve: true,
  },
  average: {
    people: 2,
    emptyDayChance: 0,
    takesHolidays: true,
    leaksPerYear: 0.6,
    leakMinutes: 45,
    burstShare: 0.3,
    smartValveMinutes: undefined,
    freezesPerYear: 0.3,
    smokesPerYear: 0.15,
    carbonMonoxidesPerYear: 0.05,
    burglariesPerYear: 0.03,
    forgetsLockChance: 0.04,
    forgetsDoorChance: 0.01,
    humidityPercent: 54,
    dampDaysPerYear: 4,
    testsValve: true,
  },
  neglected: {
    people: 1,
    emptyDayChance: 0,
    takesHolidays: false,
    leaksPerYear: 3,
    leakMinutes: 240,
    burstShare: 0.3,
    smartValveMinutes: undefined,
    freezesPerYear: 4,
    smokesPerYear: 0.6,
    carbonMonoxidesPerYear: 0.3,
    burglariesPerYear: 0.1,
    forgetsLockChance: 0.25,
    forgetsDoorChance: 0.05,
    humidityPercent: 65,
    dampDaysPerYear: 30,
    testsValve: false,
  },
  /** Children: much water, much laundry, doors that nobody closed. */
  family: {
    people: 4,
    emptyDayChance: 0,
    takesHolidays: true,
    leaksPerYear: 0.9,
    leakMinutes: 20,
    burstShare: 0.2,
    smartValveMinutes: 3,
    freezesPerYear: 0.1,
    smokesPerYear: 0.4,
    carbonMonoxidesPerYear: 0.05,
    burglariesPerYear: 0.02,
    forgetsLockChance: 0.08,
    forgetsDoorChance: 0.06,
    humidityPercent: 56,
    dampDaysPerYear: 20,
    testsValve: true,
  },
  /** Empty most days: what goes wrong goes on until somebody comes. */
  'second-home': {
    people: 2,
    emptyDayChance: 0.8,
    takesHolidays: true,
    leaksPerYear: 1,
    leakMinutes: 400,
    burstShare: 0.5,
    smartValveMinutes: undefined,
    freezesPerYear: 1.5,
    smokesPerYear: 0.05,
    carbonMonoxidesPerYear: 0.1,
    burglariesPerYear: 0.3,
    forgetsLockChance: 0.03,
    forgetsDoorChance: 0.01,
    humidityPercent: 60,
    dampDaysPerYear: 6,
    testsValve: false,
  },
} as const satisfies Readonly<Record<string, HouseholdManner>>

export type HouseholdStyle = keyof typeof householdManners
export const householdNames = [
  'tended',
  'average',
  'neglected',
  'family',
  'second-home',
] as const satisfies readonly HouseholdStyle[]

/** `drip`: little, seen by its sensor. `burst`: a broken pipe. `hidden`: a cistern that runs on where no sensor is. */
export const leakSizes = ['drip', 'usual', 'burst', 'hidden'] as const
export type LeakSize = (typeof leakSizes)[number]

/** Something that is to happen for certain: a tester's scenario. For an open door and a burglar the household has gone out before. */
export interface Mishap {
  readonly kind: MishapKind
  readonly atMs: number
  readonly minutes: number
  /** Of a leak; default: `usual`. */
  readonly size?: LeakSize
}
