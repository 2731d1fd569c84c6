// The telemetry store in SQLite: the contract, and what only a file can do wrong.

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { telemetryContract } from './telemetry-contract.ts'

const folder = await mkdtemp(join(tmpdir(), 'merit-sqlite-'))
let files = 0

async function freshUrl(): Promise<string> {
  files += 1
  return `sqlite:${join(folder, 'new', `telemetry-${files}.db`)}`
}

telemetryContract('SQLite', freshUrl)
