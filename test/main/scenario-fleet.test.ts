// Fleets from the command line against a running Merit: faster than real time, with faults and a recorded drive among them; and what
// a fleet is refused for.

import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningMerit, removeFolder, startMerit } from '../running-merit.ts'
import { root } from '../source-tree.ts'

let merit: RunningMerit

beforeAll(async () => {
  merit = await startMerit({ demo: false })
}, 60_000)

afterAll(async () => {
  await merit.stop()
  removeFolder(merit.dataDir)
})

function simulate(
  args: readonly string[],
  stopWhen: (said: string) => boolean,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const environment = { ...process.env, MERIT_DATA_DIR: merit.dataDir, MERIT_LOCALE: 'en' }
  const child = spawn(process.execPath, ['main.ts', 'simulate', ...args], { cwd: root, env: environment })
  let said = ''
  let isStopped = false
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      // A second Ctrl-C would end it at once.
      if (!isStopped && stopWhen(said)) isStopped = child.kill('SIGINT')
    })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })))
}

test('a fleet catches up with two days at once, with faults and a recorded drive, and all of it arrives', {
  timeout: 60_000,
}, async () => {
  const options = ['--vehicles', '3', '--homes', '2', '--seed', '7', '--days', '2', '--speed', '86400']
  const faults = ['--faults', 'duplicates=0.5,backfill=0.2', '--recording', 'test/data/drives/nds-15.csv']
  const { code, said } = await simulate([...options, ...faults], (text) => /online 6\/6 · published [\d,]{5,}/.test(text))
  expect(code).toBe(0)
  const [, published, acknowledged, refused] = /online 6 · published (\d+) · acknowledged (\d+) · refused (\d+)/.exec(said) ?? []
  expect(Number(published)).toBeGreaterThan(1000)
  expect(acknowledged).toBe(published)
  expect(refused).toBe('0')
  expect(said).toMatch(
    /publishing · online 6\/6 · published [\d,]+ · acknowledged [\d,]+ · [\d,]+\/s · \d{4}-\d\d-\d\d \d\d:\d\d · \d+ MB/,
  )
  const devices = JSON.stringify(await merit.meritJson('device', 'list'))
  for (const id of ['sim-vehicle-0003', 'sim-home-0002', 'sim-recording-01']) expect(devices).toContain(id)
})

test.each([
  [['--vehicles', '30000'], /--vehicles.*30000.*20000/],
  [['--vehicles', '15000', '--homes', '15000'], /--vehicles.*15000.*5000/],
  [['--speed', '0.5'], /--speed/],
  [['--faults', 'backfill=0.1,two-phones=1'], /--faults: two-phones is a second device of one policy/],
  [['--faults', 'gps-zeros=0.1'], /part 1 .*gps-zero/],
  [['--recording', 'none.csv'], /none\.csv/],
  [['--vehicles', '0', '--homes', '0'], /--homes 1 or more/],
  [['--fault', 'backfill=0.1'], /--fault/],
])('%j is refused with what is expected instead', async (args, message) => {
  const { code, said } = await simulate(args, () => false)
  expect(code).toBe(1)
  expect(said).toMatch(message)
})
