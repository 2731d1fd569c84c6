// Writes the JSON Schema that lies beside the shipped scenarios: `node main/write-scenario-schema.ts`, held by
// test/devices/scenario.test.ts.

import { writeFileSync } from 'node:fs'
import { scenarioJsonSchema, schemaFile } from '../devices/scenario/shipped-scenarios.ts'

writeFileSync(schemaFile, scenarioJsonSchema())
