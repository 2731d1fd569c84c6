// What is stored of a home's day (`home_days.facts`): the schema and its one parser.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { BadFacts } from './trip-facts.ts'

const Minutes = Type.Number({ minimum: 0 })

export const homeSensors = ['fire', 'freeze', 'humidity', 'motion', 'opening', 'water'] as const

/** Together with the row's device and day this is the dashboard's HomeDay. Minutes carry one decimal. */
export const HomeDayFactsSchema = Type.Object({
  version: Type.String(),
  timeZone: Type.String(),
  /** Reported in at least 20 of 24 hours; 23- and 25-hour days in proportion. */
  live: Type.Boolean(),
  hoursReported: Type.Integer({ minimum: 0 }),
  /** A wet leak sensor, or water that has been flowing for more than two hours without a stop. */
  leakMinutes: Minutes,
  freezeMinutes: Minutes,
  smokeMinutes: Minutes,
  carbonMonoxideMinutes: Minutes,
  openUnattendedMinutes: Minutes,
  dampMinutes: Minutes,
  litres: Type.Number({ minimum: 0 }),
  valveTested: Type.Boolean(),
  /** Kinds of sensors that said something that day: only these can earn or lose anything. */
  sensors: Type.Array(Type.Enum(homeSensors)),
})

export type HomeDayFacts = Type.Static<typeof HomeDayFactsSchema>

const validator = Compile(HomeDayFactsSchema)

/** @throws BadFacts naming the first field that does not fit */
export function parseHomeDayFacts(text: string): HomeDayFacts {
  const value: unknown = JSON.parse(text)
  if (validator.Check(value)) return value
  const [first] = validator.Errors(value)
  throw new BadFacts(`The facts of a stored day do not fit: ${first?.instancePath ?? ''} ${first?.message ?? ''}`)
}
