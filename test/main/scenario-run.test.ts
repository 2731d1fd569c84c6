// Scenarios run as a person runs them, in a process of their own: what they print, what they refuse, and what a run that is killed
// leaves behind.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ScenarioReportSchema } from '../../dashboard/runs/scenario-report.ts'
import { root } from '../source-tree.ts'

const reports = Compile(ScenarioReportSchema)
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'merit-test-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function start(...args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended>; out(): string } {
  // Its own folder for temporary files: what is left there is what it left.
  const environment = { ...process.env, MERIT_DATA_DIR: join(folder, 'data'), MERIT_LOCALE: 'en', TMPDIR: temporary() }
  const child = spawn(process.execPath, ['main.ts', 'simulate', ...args], { cwd: root, env: environment })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, err })))
  return { child, ended, out: () => out + err }
}

function temporary(): string {
  return folder
}

const leftOver = () => readdirSync(folder).filter((name) => name.startsWith('merit-scenario-'))
const reportOf = (name: string): unknown => JSON.parse(readFileSync(join(folder, 'data', 'simulate', `${name}.json`), 'utf8'))

async function until(condition: () => boolean, limitMs = 8000): Promise<void> {
  const deadlineMs = Date.now() + limitMs
  while (!condition()) {
    if (Date.now() > deadlineMs) throw new Error('it did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a scenario without faults prints one JSON object, in which everything is equal, and leaves only its report', async () => {
  const { code, out, err } = await start('--scenario', 'winter-freeze', '--json').ended
  expect(err).toBe('')
  const report: unknown = JSON.parse(out)
  if (!reports.Check(report)) throw new Error(`not a report: ${out}`)
  const { published, acknowledged, stored, quarantined, missing, twice, premiumMinor, unfaultedPremiumMinor } = report
  expect(code).toBe(0)
  expect({ acknowledged, stored, quarantined, missing, twice }).toEqual({
    acknowledged: published,
    stored: published,
    quarantined: 0,
    missing: 0,
    twice: 0,
  })
  expect(premiumMinor).toBe(unfaultedPremiumMinor)
  expect(reportOf('winter-freeze')).toEqual(report)
  expect(leftOver()).toEqual([])
})

test.each([
  [['--scenario', 'night-shift'], /There is no scenario "night-shift".*night-shift-nurse/],
  [
    ['--scenario', 'winter-freeze', '--faults', 'backfill=0.1,duplicate=0.1'],
    /--faults, part 2 \("duplicate=0.1"\): .*use one of duplicates/,
  ],
  [['--scenario', './none.json'], /There is no file/],
  [['--scenario', 'winter-freeze', '--quick', '1'], /--quick/],
])('%j is refused with the place and how to mend it', async (args, message) => {
  const { code, err } = await start(...args).ended
  expect(code).toBe(1)
  expect(err).toMatch(message)
  expect(leftOver()).toEqual([])
})

test('a file with a wrong field is refused by the pointer to it', async () => {
  const file = join(folder, 'mine.json')
  writeFileSync(file, JSON.stringify({ schema: 'scenario/1', name: 'mine', vehicles: [{ count: 1, driver: 'calm', speed: 3 }] }))
  const { code, err } = await start('--scenario', file).ended
  expect(code).toBe(1)
  expect(err).toContain(`${file}#/vehicles/0/speed: there is no such field`)
})

test('whoever starts it over a channel hears how it goes and what came of it, and it ends when the channel does', async () => {
  const environment = { ...process.env, MERIT_DATA_DIR: join(folder, 'data'), TMPDIR: folder }
  const spawned = (name: string) =>
    spawn(process.execPath, ['main.ts', 'simulate', '--scenario', name, '--json'], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
  const news: unknown[] = []
  const child = spawned('burst-pipe-on-holiday')
  child.on('message', (message) => news.push(message))
  await new Promise((resolve) => child.once('exit', resolve))
  const scenario = 'burst-pipe-on-holiday'
  expect(news).toContainEqual(
    expect.objectContaining({ kind: 'progress', scenario, progress: expect.objectContaining({ phase: 'checking' }) }),
  )
  expect(news.at(-1)).toMatchObject({ kind: 'report', scenario, report: { ended: 'completely', published: 20_160, missing: 0 } })

  const left = spawned('all-faults')
  const ended = new Promise((resolve) => left.once('exit', resolve))
  await until(() => leftOver().length > 0)
  left.disconnect()
  expect(await ended).toBe(1)
  await until(() => leftOver().length === 0)
  expect(reportOf('all-faults')).toMatchObject({ ended: 'early' })
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a run that hears %s ends early, says so, and takes everything with it but its report',
  async (signal) => {
    const run = start('--scenario', 'all-faults', '--json', '--report', join(folder, 'report.json'))
    await until(() => leftOver().length > 0)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    run.child.kill(signal)
    const { code, out } = await run.ended
    const report: unknown = JSON.parse(out)
    if (!reports.Check(report)) throw new Error(`not a report: ${out}`)
    expect(report).toMatchObject({ ended: 'early', missing: 0, twice: 0 })
    expect(code).toBe(1)
    expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toEqual(report)
    await until(() => leftOver().length === 0)
  },
)

test('a run that is killed outright leaves a report that says it ended early, and nothing else', async () => {
  const run = start('--scenario', 'all-faults')
  await until(() => leftOver().length > 0)
  await new Promise((resolve) => setTimeout(resolve, 500))
  run.child.kill('SIGKILL')
  await run.ended
  await until(() => leftOver().length === 0)
  expect(reportOf('all-faults')).toMatchObject({ scenario: 'all-faults', ended: 'early' })
})
