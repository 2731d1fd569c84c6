// `npm run readme`: writes the table of settings into the README.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withSettingsTable } from './readme-settings.ts'

const file = fileURLToPath(new URL('../README.md', import.meta.url))
writeFileSync(file, withSettingsTable(readFileSync(file, 'utf8')))
