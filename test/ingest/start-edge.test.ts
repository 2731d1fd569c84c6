// Bad starts: one line that says what is wrong and how to mend it, and an exit code; never a stack trace.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type EdgePlace, makeEdgePlace, startEdgeHere } from './edge-rig.ts'

const mainFile = fileURLToPath(new URL('../../main.ts', import.meta.url))
const places: EdgePlace[] = []

afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

async function newPlace(): Promise<EdgePlace> {
  const place = await makeEdgePlace()
  places.push(place)
  return place
}

async function badStart(environment: Readonly<Record<string, string>>): Promise<{ code: unknown; lines: string[] }> {
  const child = spawn(process.execPath, [mainFile, 'edge'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString()
  })
  const forced = setTimeout(() => child.kill('SIGKILL'), 8000)
  const [code] = await once(child, 'close')
  clearTimeout(forced)
  return { code, lines: log.trim().split('\n') }
}

test.each([
  ['mqttPort', 'MERIT_MQTT_PORT'],
  ['mqttWsPort', 'MERIT_MQTT_WS_PORT'],
  ['edgeHttpPort', 'MERIT_EDGE_HTTP_PORT'],
] as const)('a busy port names its variable: %s', async (name, variable) => {
  const place = await newPlace()
  const other = createServer().listen(place.configuration[name], '127.0.0.1')
  await once(other, 'listening')
  const { code, lines } = await badStart(place.environment)
  other.close()
  expect(code).toBe(1)
  expect(lines).toEqual([expect.stringContaining(variable)])
})

test("the dashboard's port may be busy: it is the other process's", async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const place = await makeEdgePlace({ MERIT_HTTP_PORT: String(typeof address === 'object' ? address?.port : 0) })
  places.push(place)
  const edge = await startEdgeHere(place)
  expect(edge.health().status).toBe('ok')
  await edge.close()
  other.close()
})

test('a data folder that is a file, and one where no folder can be made', async () => {
  const place = await newPlace()
  const file = join(place.configuration.dataDir, 'file')
  writeFileSync(file, '')
  for (const folder of [file, '/proc/nowhere']) {
    const { code, lines } = await badStart({ ...place.environment, MERIT_DATA_DIR: folder })
    expect(code).toBe(1)
    expect(lines).toEqual([expect.stringContaining('MERIT_DATA_DIR')])
  }
})

test('a telemetry store that is no database is refused, not overwritten', async () => {
  const place = await newPlace()
  writeFileSync(join(place.configuration.dataDir, 'telemetry.db'), 'x'.repeat(10_000))
  const { code, lines } = await badStart(place.environment)
  expect(code).toBe(1)
  expect(lines).toEqual([expect.stringContaining('corrupt')])
})

test('an edge that stops leaves its folder to the next one, with an empty journal', async () => {
  const place = await newPlace()
  for (let start = 0; start < 2; start += 1) {
    const edge = await startEdgeHere(place)
    await edge.close()
    expect(readdirSync(join(place.configuration.dataDir, 'journal'))).toEqual([])
  }
})
