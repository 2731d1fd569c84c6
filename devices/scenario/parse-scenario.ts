// From a document to a scenario, or to everything that is wrong with it: the place as a JSON pointer, what is wrong there, and how
// to mend it.

import { Compile } from 'typebox/compile'
import { faultNames } from '../faults/fault-list.ts'
import { nearest, problemOf } from '../faults/fault-switch.ts'
import { type Scenario, ScenarioSchema } from './scenario-schema.ts'
import { type ScenarioProblem, schemaProblem, valueAt } from './schema-problem.ts'

export type ScenarioRead =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'bad'; readonly problems: readonly ScenarioProblem[] }

const validator = Compile(ScenarioSchema)
/** More than anybody mends at once. */
const problemsMax = 20
const plausibleSince = '2015-01-02'

export function parseScenario(text: string): ScenarioRead {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it is not JSON'
    return {
      kind: 'bad',
      problems: [{ pointer: '', problem: `the document is not JSON: ${why}`, mend: 'check quotes and commas there' }],
    }
  }
  return readScenario(document)
}

export function readScenario(document: unknown): ScenarioRead {
  if (!validator.Check(document)) return { kind: 'bad', problems: schemaProblems(document) }
  const problems = meaningProblems(document)
  return problems.length > 0 ? { kind: 'bad', problems } : { kind: 'scenario', scenario: document }
}

function schemaProblems(document: unknown): readonly ScenarioProblem[] {
  const problems = new Map<string, ScenarioProblem>()
  for (const error of validator.Errors(document)) {
    const found = schemaProblem(error, document)
    if (found === undefined) continue
    if (!problems.has(found.pointer)) problems.set(found.pointer, withNearestFault(found, document))
    if (problems.size >= problemsMax) break
  }
  return [...problems.values()]
}

/** A misspelt fault is told the ones that look like it instead of all of them. */
function withNearestFault(found: ScenarioProblem, document: unknown): ScenarioProblem {
  if (!/^\/faults\/\d+\/fault$/.test(found.pointer)) return found
  const name = valueAt(document, found.pointer)
  if (typeof name !== 'string') return { ...found, mend: `use one of ${faultNames.join(', ')}` }
  return { pointer: found.pointer, problem: `there is no fault "${name}"`, mend: `use one of ${nearest(name)}` }
}

/** What a schema cannot say. */
function meaningProblems(scenario: Scenario): readonly ScenarioProblem[] {
  const { startDay, days, vehicles = [], homes = [], faults = [] } = scenario
  const problems: ScenarioProblem[] = []
  const startMs = Date.parse(`${startDay}T00:00:00Z`)
  if (Number.isNaN(startMs) || new Date(startMs).toISOString().slice(0, 10) !== startDay)
    problems.push({ pointer: '/startDay', problem: `${startDay} is not on the calendar`, mend: 'write a day such as 2025-03-03' })
  else if (startDay < plausibleSince)
    problems.push({ pointer: '/startDay', problem: 'times before 2015 are refused', mend: `start on ${plausibleSince} or later` })
  if (vehicles.length + homes.length === 0)
    problems.push({ pointer: '', problem: 'there is no device in it', mend: 'add a group to "vehicles" or "homes"' })
  for (const [index, fault] of faults.entries()) {
    const bad = problemOf(fault)
    if (bad !== undefined) problems.push({ pointer: `/faults/${index}/${bad.field}`, problem: bad.problem, mend: bad.mend })
    else if ((fault.fromDay ?? 0) >= days)
      problems.push({
        pointer: `/faults/${index}/fromDay`,
        problem: `the scenario is over after ${days} days`,
        mend: `write a day below ${days}`,
      })
  }
  const late = (pointer: string, day: number) =>
    problems.push({ pointer, problem: `day ${day} is after the end`, mend: `write a day from 0 to ${days - 1}` })
  for (const [group, { carried = [] }] of vehicles.entries())
    for (const [index, { day }] of carried.entries()) if (day >= days) late(`/vehicles/${group}/carried/${index}/day`, day)
  for (const [group, { mishaps = [] }] of homes.entries())
    for (const [index, { day }] of mishaps.entries()) if (day >= days) late(`/homes/${group}/mishaps/${index}/day`, day)
  return problems
}
