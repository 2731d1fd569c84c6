// A start that cannot work says in one line what is wrong and how to mend it, and ends with 1: never a stack trace.

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import { removeFolder, temporaryFolder } from '../running-merit.ts'
import { root } from '../source-tree.ts'

const folder = temporaryFolder()
let busy: Server
let busyPort: string

beforeAll(async () => {
  busy = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => busy.once('listening', resolve))
  const address = busy.address()
  busyPort = String(typeof address === 'object' && address !== null ? address.port : 0)
})

afterAll(() => {
  busy.close()
  removeFolder(folder)
})

interface Ended {
  readonly status: number | null
  readonly stderr: string
}

function run(args: readonly string[], environment: Readonly<Record<string, string>>): Ended {
  const { status, stderr } = spawnSync(process.execPath, ['main.ts', ...args], {
    cwd: root,
    env: { ...process.env, MERIT_DATA_DIR: join(folder, 'data'), MERIT_DEMO: '0', ...environment },
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { status, stderr }
}

function expectOneLine(ended: Ended, pattern: RegExp): void {
  expect(ended.stderr).toMatch(pattern)
  expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  expect(ended.stderr).not.toMatch(/^\s+at /m)
  expect(ended.status).toBe(1)
}

test('a variable with a wrong value', () => {
  expectOneLine(run(['start'], { MERIT_MQTT_PORT: 'mqtt' }), /^Merit: MERIT_MQTT_PORT is "mqtt"; expected a port number/)
})

test.each(['MERIT_HTTP_PORT', 'MERIT_MQTT_PORT', 'MERIT_MQTT_WS_PORT', 'MERIT_EDGE_HTTP_PORT'])(
  'a busy port that was set: %s',
  (name) => {
    expectOneLine(run(['start'], { [name]: busyPort }), new RegExp(`^Merit: Port ${busyPort} is taken.*set ${name}`))
  },
)

test('a busy port of edge alone', () => {
  expectOneLine(run(['edge'], { MERIT_MQTT_PORT: busyPort, MERIT_LOG: 'silent' }), /^Merit: .*MERIT_MQTT_PORT/)
})

test('a data folder that is a file', () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  expectOneLine(run(['start'], { MERIT_DATA_DIR: file }), /^Merit: The data folder .*a-file cannot be used .*MERIT_DATA_DIR/)
})

test('a data folder where no folder can be', () => {
  expectOneLine(
    run(['start'], { MERIT_DATA_DIR: '/proc/merit/data' }),
    /^Merit: The data folder \/proc\/merit\/data cannot be used/,
  )
})

test('a book that is not a database', () => {
  const data = join(folder, 'broken-book')
  mkdirSync(data)
  writeFileSync(join(data, 'book.db'), 'this is not a database, but it is long enough to be looked at as one'.repeat(100))
  expectOneLine(run(['merit', 'policy', 'list'], { MERIT_DATA_DIR: data }), /^Merit: .*book\.db/)
})

test('an address that this machine does not have', () => {
  expectOneLine(run(['start'], { MERIT_HOST: '203.0.113.7' }), /^Merit: MERIT_HOST is "203\.0\.113\.7"/)
})

test('a command that does not exist', () => {
  expectOneLine(run(['merit', 'polish'], {}), /^Merit: There is no command "polish"; "merit help"/)
})

test.each([
  [['merit', 'device', 'add'], /ID is missing/],
  [['merit', 'device', 'add', 'x', '--kind', 'boat'], /--kind is "boat"; expected vehicle \| home/],
  [['merit', 'device', 'add', '#', '--kind', 'home'], /cannot be a device id/],
  [['merit', 'device', 'add', 'x', '--kin', 'home'], /--kin/],
  [['merit', 'policy', 'add', '--product', 'motor', '--device', 'nobody'], /no device "nobody"/],
  [['merit', 'premium', 'nobody'], /no policy "nobody"/],
  [['merit', 'trips', 'nobody'], /no device "nobody"/],
  [['merit', 'readings', 'nobody', '--from', 'yesterday'], /--from is "yesterday"/],
  [['merit', 'replay', 'nowhere.csv', '--device', 'nobody'], /nowhere\.csv: there is no such file/],
  [['merit', 'account', 'add', 'x', '--role', 'king'], /--role is "king"/],
] as const)('a command called wrongly: %j', (args, pattern) => {
  expectOneLine(run(args, {}), pattern)
})

test('a corrupt recording is refused with its line and column', () => {
  const file = join(folder, 'corrupt.csv')
  writeFileSync(file, 't_s,Speed\n0,10\n1,fast\n')
  run(['merit', 'device', 'add', 'car', '--kind', 'vehicle'], {})
  expectOneLine(run(['merit', 'replay', file, '--device', 'car'], {}), /^Merit: corrupt\.csv, line 3, column "Speed"/)
})

test('a replay without a running Merit says so', () => {
  const file = 'test/data/drives/nds-12.csv'
  run(['merit', 'device', 'add', 'parked', '--kind', 'vehicle'], {})
  const ended = run(['merit', 'replay', file, '--device', 'parked'], { MERIT_MQTT_PORT: '1' })
  expectOneLine(ended, /^Merit: Nothing answers MQTT at 127\.0\.0\.1:1\..*npm start/)
})

test('a reader that has seen enough is no failure', async () => {
  const dataDir = join(folder, 'many-readings')
  const environment = { ...process.env, MERIT_DATA_DIR: dataDir }
  run(['merit', 'device', 'add', 'car', '--kind', 'vehicle'], { MERIT_DATA_DIR: dataDir })
  const telemetry = await openTelemetryStore(`sqlite:${join(dataDir, 'telemetry.db')}`)
  // More than a pipe holds.
  const seconds = Array.from({ length: 20_000 }, (_, second) => second)
  await telemetry.append(
    seconds.map((second) => ({
      kind: 'vehicle',
      device: 'car',
      takenAtMs: 1_767_225_600_000 + second * 1000,
      values: { Speed: 50 },
    })),
  )
  await telemetry.close()
  const pipe = `"${process.execPath}" main.ts merit readings car | head -1`
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', pipe], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  })
  expect({ status, stderr, lines: stdout.trim().split('\n').length }).toEqual({ status: 0, stderr: '', lines: 1 })
})
