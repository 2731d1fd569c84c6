// The scenarios that come with Merit: one JSON file each, beside the schema they follow.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseScenario } from './parse-scenario.ts'
import { type Scenario, ScenarioSchema } from './scenario-schema.ts'
import { problemLine } from './schema-problem.ts'

const folder = fileURLToPath(new URL('./shipped/', import.meta.url))
export const schemaFile = `${folder}scenario.schema.json`

/** A shipped scenario does not follow its schema: a mistake of ours. */
export class ScenarioBroken extends Error {
  readonly code = 'scenario-broken'
}

export function shippedScenarioNames(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
}

/** Undefined for a name that none has. @throws ScenarioBroken */
export function shippedScenario(name: string): Scenario | undefined {
  if (!shippedScenarioNames().includes(name)) return undefined
  const read = parseScenario(readFileSync(`${folder}${name}.json`, 'utf8'))
  if (read.kind === 'bad') throw new ScenarioBroken(`The shipped scenario ${name}: ${read.problems.map(problemLine).join(' ')}`)
  return read.scenario
}

export function shippedScenarios(): readonly Scenario[] {
  return shippedScenarioNames().flatMap((name) => shippedScenario(name) ?? [])
}

/** JSON Schema of a scenario, for editors and other programs. */
export function scenarioJsonSchema(): string {
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...ScenarioSchema }, null, 2)}\n`
}
