// A replay over the API: started once however often it is asked for, followed to its end, exported, and nobody else waits for it.

import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReplaySchema } from '../../dashboard/api/replay-shapes.ts'
import { readShippedPlan } from '../../pricing/install-editions.ts'
import { withCasesRated } from '../../pricing/rating/failed-cases.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

const policies = 600
const replayForm = Compile(ReplaySchema)

let office: RunningDashboard
let draft: unknown
beforeAll(async () => {
  office = await runDashboard()
  const { hash: _, ...plan } = (await readShippedPlan('motor')).edition
  draft = withCasesRated({ ...plan, title: 'A tenth more', baseRates: plan.baseRates.map(dearer) })
  const like = await office.book.selectFrom('policies').selectAll().where('id', '=', 'motor-a').executeTakeFirstOrThrow()
  await office.book.transaction().execute(async (transaction) => {
    for (let index = 0; index < policies; index += 1)
      await transaction
        .insertInto('policies')
        .values({ ...like, id: `motor-b-${String(index).padStart(5, '0')}`, current_premium_id: null })
        .execute()
  })
  // Pricing finds the new policies; until it has priced them all, the book is another one every second.
  await office.pricing.settle()
})
afterAll(() => office.stop())

function dearer<Rate extends { readonly annualMinor: number }>(rate: Rate): Rate {
  return { ...rate, annualMinor: Math.round(rate.annualMinor * 1.1) }
}

async function replayAt(path: string, body?: unknown) {
  const response = await office.ask('insurer', path, body === undefined ? {} : { method: 'POST', body })
  const value: unknown = await response.json()
  if (!replayForm.Check(value)) throw new Error(`${response.status} ${JSON.stringify(value)}`)
  return value
}

test('while it runs everybody else is answered, and its progress is told to the end', async () => {
  const startedAt = performance.now()
  const replay = await replayAt('/api/v1/replays', { document: draft, seed: 3 })
  expect(replay).toMatchObject({ status: 'running', policies: policies + 1 })
  const live = await office.ask('insurer', `/api/v1/replays/${replay.id}/live`)
  let isRunning = true
  const followed = live.text().finally(() => {
    isRunning = false
  })
  const waitsMs: number[] = []
  while (isRunning) {
    const askedAt = performance.now()
    expect((await fetch(`${office.url}/healthz`)).ok).toBe(true)
    waitsMs.push(performance.now() - askedAt)
  }
  const lastedMs = performance.now() - startedAt
  expect(waitsMs.length).toBeGreaterThan(20)
  expect(Math.max(...waitsMs)).toBeLessThan(lastedMs / 2)
  const told = (await followed).split('\n').filter((line) => line.startsWith('data:'))
  const done = told.map((line) => JSON.parse(line.slice(5)).policiesDone)
  expect(done.length).toBeGreaterThan(2)
  expect(done).toEqual(done.toSorted((one, other) => one - other))
  expect(done.at(-1)).toBe(policies + 1)
})

test('asked for again it is the same replay; its table has a line for every policy', async () => {
  const again = await replayAt('/api/v1/replays', { document: draft, seed: 3 })
  expect(again).toMatchObject({ status: 'done', policiesDone: policies + 1 })
  expect(again.reportHash).toMatch(/^[0-9a-f]{64}$/)
  const response = await office.ask('insurer', `/api/v1/replays/${again.id}/policies.csv`)
  expect(response.headers.get('content-disposition')).toContain(`replay-${again.id}.csv`)
  const [header, first, ...rest] = (await response.text()).trim().split('\n')
  expect(header).toMatch(/^policy,onRecordMinor,beforeMinor,afterMinor,uncappedMinor,change,.*,age,/)
  expect(first).toMatch(/^motor-a,/)
  expect(rest.length).toBe(policies)
})

test.each([
  ['neither edition nor document', {}, 400, /exactly one/],
  ['both', { edition: 'x', document: {} }, 400, /exactly one/],
  ['an edition nobody knows', { edition: 'nothing' }, 404, undefined],
  ['a document that is no edition', { document: { schema: 'edition/2' } }, 400, /body\/document/],
  ['claims without their columns', { edition: 'x', expectedClaims: 'a,b\n1,2' }, 400, /line 1/],
  ['claims with a decimal comma', { edition: 'x', expectedClaims: 'policy,expectedClaimsMinor\nmotor-a,"3,5"' }, 400, /line 2/],
  ['an unknown detection', { edition: 'x', detection: { moon: 1 } }, 400, /detection/],
] as const)('%s is refused with the place', async (_, body, status, detail) => {
  const response = await office.ask('insurer', '/api/v1/replays', { method: 'POST', body })
  expect(response.status).toBe(status)
  const problem: Record<string, unknown> = await response.json()
  if (detail !== undefined) expect(problem['detail']).toMatch(detail)
})
