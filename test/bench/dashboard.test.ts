// The dashboard bench on a book of a few policies: that it still runs on the tables and pages as they are, and that its first
// screen asks what the page asks.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { findService, howToGet } from '../services.ts'
import { openOffice } from '../web/office-in-browser.ts'
import { firstScreen } from './dashboard/screen-calls.ts'

const run = promisify(execFile)
const root = new URL('../..', import.meta.url).pathname
const executablePath = findService('chromium')

interface Measured {
  readonly name: string
  readonly count: number
  readonly p50Ms: number
  readonly p95Ms: number
}

test('the calls of the first screen and of the book are measured under half of the load', async () => {
  const args = ['test/bench/run.ts', 'dashboard', '--policies', '150', '--trips', '3000', '--seconds', '1', '--json']
  const { stdout } = await run(process.execPath, args, { cwd: root })
  const figures: {
    readonly policies: number
    readonly trips: number
    readonly capacityPerS: number
    readonly loadPerS: number
    readonly firstScreenAlone: readonly Measured[]
    readonly firstScreenTogether: readonly Measured[]
    readonly book: readonly Measured[]
    readonly office: { readonly residentMb: number }
  } = JSON.parse(stdout)
  expect([figures.policies, figures.trips]).toEqual([150, 3000])
  expect(figures.capacityPerS).toBeGreaterThan(100)
  expect(figures.loadPerS).toBeGreaterThan(0)
  expect(figures.loadPerS).toBeLessThan(figures.capacityPerS)
  expect(figures.firstScreenAlone).toHaveLength(firstScreen('p', 't').flat().length)
  expect(figures.firstScreenTogether).toHaveLength(figures.firstScreenAlone.length + 1)
  for (const { p50Ms, p95Ms } of [...figures.firstScreenAlone, ...figures.firstScreenTogether, ...figures.book]) {
    expect(p50Ms).toBeGreaterThan(0)
    expect(p95Ms).toBeGreaterThanOrEqual(p50Ms)
  }
  expect(figures.office.residentMb).toBeGreaterThan(10)
}, 60_000)

test.skipIf(executablePath === undefined)(
  `the bench asks what the first screen asks (${howToGet('chromium')})`,
  async () => {
    const { office, openAs, close } = await openOffice(executablePath ?? '')
    try {
      const { page } = await openAs('anna', 'en', '/verify')
      const asked: string[] = []
      page.on('request', (request) => {
        const { pathname, search } = new URL(request.url())
        if (pathname.startsWith('/api/') && pathname !== '/api/v1/live') asked.push(pathname + search)
      })
      await page.goto(office.url)
      await page.waitForLoadState('load')
      await page.getByRole('heading', { level: 2 }).nth(3).waitFor()
      await page.waitForTimeout(500)
      const { id } = await office.book.selectFrom('trips').select('id').executeTakeFirstOrThrow()
      const expected = firstScreen('motor-a', id)
        .flat()
        .map(({ path }) => path)
      expect([...new Set(asked)].toSorted()).toEqual(expected.toSorted())
    } finally {
      await close()
    }
  },
  30_000,
)
