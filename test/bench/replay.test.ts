// The replay bench on a book of a few policies: that it runs on the tables as they are, and what it holds of its own figures.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const root = new URL('../..', import.meta.url).pathname

test('a replay gives the same bytes on one thread and two, and the premiums of the straightforward way', async () => {
  const { stdout } = await run(process.execPath, ['test/bench/run.ts', 'replay', '--policies', '1', '--json'], { cwd: root })
  const figures: {
    readonly policies: number
    readonly trips: number
    readonly sameBytes: boolean
    readonly straightforward: { readonly samePremiums: boolean }
  } = JSON.parse(stdout)
  expect(figures.policies).toBeGreaterThan(0)
  expect(figures.trips).toBe(figures.policies * 600)
  expect(figures.sameBytes).toBe(true)
  expect(figures.straightforward.samePremiums).toBe(true)
}, 60_000)
