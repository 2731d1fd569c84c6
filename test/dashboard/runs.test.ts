// A simulated fleet run through the API, with a real edge, a real office and the fleet's own process.

import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RunSchema, RunScoreSchema } from '../../dashboard/runs/run-shapes.ts'
import { until } from '../ingest/edge-rig.ts'
import { type MeritHere, startMeritHere } from '../web/merit-here.ts'

const runShape = Compile(RunSchema)
const scoreShape = Compile(RunScoreSchema)
let merit: MeritHere
beforeAll(async () => {
  merit = await startMeritHere()
})
afterAll(() => merit.stop())

const options = { vehicles: 2, homes: 1, seed: '7', speed: 86_400, historyDays: 2, mishaps: true }
const read = async (id: string) => runShape.Parse(await (await merit.ask('tester', `/api/v1/runs/${id}`)).json())
const scored = async (id: string) => scoreShape.Parse(await (await merit.ask('tester', `/api/v1/runs/${id}/score`)).json())
const order = async (id: string, what: string) => (await merit.ask('tester', `/api/v1/runs/${id}/${what}`, {})).status
const readings = async (id: string) => (await read(id)).progress?.published ?? 0

test('a fleet publishes, rests while it is paused, and what was scored of its past is what it did', async () => {
  const started = runShape.Parse(await (await merit.ask('tester', '/api/v1/runs', options)).json())
  const { id } = started
  await until('readings are acknowledged', async () => ((await read(id)).progress?.acknowledged ?? 0) > 1000)
  expect(await order(id, 'pause')).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, 2200))
  const resting = await readings(id)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect([(await read(id)).status, await readings(id)]).toEqual(['paused', resting])
  expect(await order(id, 'pause')).toBe(409)
  expect(await order(id, 'resume')).toBe(200)
  await until('it has caught up', async () => {
    const { progress } = await read(id)
    return progress !== null && Date.now() - progress.reachedMs < 5000
  })
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(await order(id, 'stop')).toBe(200)
  await until('it has stopped', async () => (await read(id)).status === 'stopped')
  const { progress, reason } = await read(id)
  expect(reason).toBeNull()
  expect(progress).toMatchObject({ rejected: 0, dropped: 0, devices: 3 })
  expect(progress?.picture.homes).toHaveLength(1)
  await until('the past was scored', async () => {
    const row = (await scored(id)).rows.find(({ kind }) => kind === 'trips')
    return row !== undefined && row.expected > 3 && row.found === row.expected
  })
  const { rows, distance } = await scored(id)
  expect(rows.find(({ kind }) => kind === 'leak')).toMatchObject({ recall: 1 })
  expect(rows.find(({ kind }) => kind === 'trips')).toMatchObject({ recall: 1, precision: 1 })
  expect(Math.abs(distance.scoredM / distance.expectedM - 1)).toBeLessThan(0.03)
  const secrets = await merit.place.withBook((book) =>
    book.selectFrom('device_credentials').select('id').where('purpose', '=', 'local').execute(),
  )
  expect(secrets).toEqual([])

  expect(await order(id, 'remove')).toBe(200)
  expect(await order(id, 'keep')).toBe(200)
  expect((await read(id)).status).toBe('stopped')
}, 60_000)

const scenarioRun = { vehicles: 0, homes: 0, seed: '7', speed: 1, historyDays: 0, mishaps: false } as const

test('a scenario with a fault switched on rests while it is paused, and its report says that nothing is lost', async () => {
  const wanted = { ...scenarioRun, scenario: 'night-shift-nurse', faults: [{ fault: 'duplicates', intensity: 0.2 }] }
  const { id } = runShape.Parse(await (await merit.ask('tester', '/api/v1/runs', wanted)).json())
  await until('it publishes', async () => ((await read(id)).progress?.published ?? 0) > 0)
  if ((await order(id, 'pause')) === 200) {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const resting = (await read(id)).progress?.published
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect((await read(id)).progress?.published).toBe(resting)
    expect(await order(id, 'resume')).toBe(200)
  }
  for (let waited = 0; (await read(id)).endedAtMs === null && waited < 80; waited += 1)
    await new Promise((resolve) => setTimeout(resolve, 500))
  const { status, reason, report, progress } = await read(id)
  expect({ status, reason }).toEqual({ status: 'stopped', reason: 'finished' })
  expect(report).toMatchObject({
    scenario: 'night-shift-nurse',
    seed: '7',
    ended: 'completely',
    missing: 0,
    twice: 0,
    unexpected: 0,
  })
  expect(report?.duplicates).toBeGreaterThan(0)
  expect(report?.premiumMinor).toBe(report?.unfaultedPremiumMinor)
  expect(progress?.picture.vehicles.length).toBeGreaterThan(0)
}, 90_000)

test('a scenario that is not there and a fault beyond its bounds are refused with the place', async () => {
  const detailOf = async (body: unknown) => (await merit.ask('tester', '/api/v1/runs', body)).text()
  expect(await detailOf({ ...scenarioRun, scenario: 'no-such-thing' })).toContain('body/scenario')
  const beyond = { ...scenarioRun, scenario: 'young-driver', faults: [{ fault: 'duplicates', intensity: 7 }] }
  expect(await detailOf(beyond)).toContain('body/faults/0/intensity')
  expect(await detailOf({ ...scenarioRun, scenario: 'young-driver', faults: [{ fault: 'gremlins', intensity: 1 }] })).toContain(
    'body/faults/0',
  )
})

test('nobody but a tester, and no more than a handful', async () => {
  expect((await merit.ask('maker', '/api/v1/runs', options)).status).toBe(403)
  expect((await merit.ask('tester', '/api/v1/runs', { ...options, vehicles: 0, homes: 0 })).status).toBe(400)
  expect((await merit.ask('tester', '/api/v1/runs', { ...options, vehicles: 9999 })).status).toBe(400)
})
