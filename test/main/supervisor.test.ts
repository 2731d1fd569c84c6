// `npm start` as somebody who kills things: a process that dies is started again, and nothing outlives its supervisor.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { findRunning } from '../../main/running.ts'
import { type RunningMerit, removeFolder, startMerit, temporaryFolder } from '../running-merit.ts'

const dataDir = temporaryFolder()
let merit: RunningMerit

beforeAll(async () => {
  merit = await startMerit({ demo: false, dataDir })
})

afterAll(async () => {
  await merit.stop()
  removeFolder(dataDir)
})

async function pidAt(url: string): Promise<number | undefined> {
  try {
    const health: unknown = await (await fetch(`${url}/healthz`)).json()
    return typeof health === 'object' && health !== null && 'pid' in health && typeof health.pid === 'number'
      ? health.pid
      : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test.each(['edge', 'office'] as const)('%s is started again after kill -9', async (name) => {
  const url = name === 'edge' ? merit.edgeUrl : merit.dashboardUrl
  const before = await pidAt(url)
  expect(before).toBeDefined()
  process.kill(before ?? 0, 'SIGKILL')
  await expect.poll(() => pidAt(url), { timeout: 10_000 }).not.toBe(before)
  await expect.poll(() => pidAt(url), { timeout: 10_000 }).toBeDefined()
  await expect.poll(() => merit.output()).toContain(`${name} ended (SIGKILL); starting it again.`)
})

test('a second Merit on the same data folder is refused in one line', async () => {
  await expect(startMerit({ demo: false, dataDir })).rejects.toThrow(/already running on this data folder/)
})

test('where it listens is on record for the command line', () => {
  expect(findRunning(dataDir)).toMatchObject({ mqttPort: merit.mqttPort })
})

test('when the supervisor is killed, what it started stops too', async () => {
  const supervisor = findRunning(dataDir)?.pid
  const children = [await pidAt(merit.edgeUrl), await pidAt(merit.dashboardUrl)]
  process.kill(supervisor ?? 0, 'SIGKILL')
  for (const child of children) await expect.poll(() => isAlive(child ?? 0), { timeout: 10_000 }).toBe(false)
  expect(findRunning(dataDir)).toBeUndefined()
})
