// Lists in pages: every item comes once whatever is added meanwhile, and a cursor is parsed like any other input.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerDevice } from '../../broker/registry.ts'
import { routes } from '../../dashboard/api/routes.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard()
  for (let number = 10; number < 33; number += 1)
    await registerDevice(office.book, { id: `fleet-${number}`, kind: 'vehicle', label: `Van ${number}` }, number)
  for (let number = 0; number < 12; number += 1)
    await office.book
      .insertInto('quarantine')
      .values({
        id: `0-${number}`,
        device_id: 'car-a',
        // Four at a time arrived in the same millisecond.
        received_at_ms: 1000 + Math.floor(number / 4),
        code: 'not-json',
        path: '',
        message: 'no JSON',
        payload: '{',
      })
      .execute()
})
afterAll(() => office.stop())

interface ReadPage {
  readonly items: readonly { readonly id: string }[]
  readonly next: string | null
}

async function pageAt(path: string): Promise<ReadPage> {
  const response = await office.ask('maker', path)
  expect(response.status).toBe(200)
  return response.json()
}

async function idsOf(path: string, limit: number, between: () => Promise<unknown> = async () => undefined): Promise<string[]> {
  const ids: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const page = await pageAt(`${path}?limit=${limit}${next === '' ? '' : `&cursor=${next}`}`)
    expect(page.items.length).toBeLessThanOrEqual(limit)
    ids.push(...page.items.map(({ id }) => id))
    next = page.next
    await between()
  }
  return ids
}

test.each([1, 2, 5, 24, 25, 200])('pages of %i items hold every device once, in order', async (limit) => {
  const ids = await idsOf('/api/v1/devices', limit)
  expect(ids).toHaveLength(25)
  expect(ids).toEqual([...new Set(ids)].sort())
})

test('rows of the same instant are neither repeated nor left out', async () => {
  const whole = await idsOf('/api/v1/devices/car-a/quarantine', 200)
  expect(whole).toHaveLength(12)
  for (const limit of [1, 3, 5]) expect(await idsOf('/api/v1/devices/car-a/quarantine', limit)).toEqual(whole)
})

test('what is added while somebody turns the pages moves nothing', async () => {
  let added = 0
  const ids = await idsOf('/api/v1/devices', 5, () => {
    added += 1
    return registerDevice(office.book, { id: `a-${added}`, kind: 'home', label: 'Early in the order' }, added)
  })
  expect(ids.filter((id) => id.startsWith('fleet-'))).toHaveLength(23)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a cursor of another list, a cut one and one that somebody wrote are refused by name', async () => {
  const { next } = await pageAt('/api/v1/devices?limit=1')
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const wrong = [
    ['devices/car-a/quarantine', next ?? ''],
    ['devices', (next ?? '').slice(0, -3)],
    ['devices', 'x'],
    ['devices', forged({ in: 'devices', after: [5] })],
    ['devices', forged({ in: 'devices', after: ["' OR 1=1 --"], role: 'insurer' })],
    ['devices', forged({ in: 'devices', after: [{ $gt: '' }] })],
    ['devices', forged(null)],
    ['devices', `${'A'.repeat(801)}`],
    ['devices', '../../etc'],
  ] as const
  for (const [list, cursor] of wrong) {
    const response = await office.ask('maker', `/api/v1/${list}?cursor=${encodeURIComponent(cursor)}`)
    expect(`${cursor.slice(0, 30)} ${response.status}`).toBe(`${cursor.slice(0, 30)} 400`)
    const problem: { detail: string } = await response.json()
    expect(problem.detail).toMatch(/^query\/cursor: /)
  }
  for (const limit of ['0', '201', '-1', '1.5', 'all'])
    expect((await office.ask('maker', `/api/v1/devices?limit=${limit}`)).status).toBe(400)
})

test('a key that would be SQL is only a place in the order', async () => {
  const cursor = Buffer.from(JSON.stringify({ in: 'devices', after: ["fleet-32' OR '1'='1"] })).toString('base64url')
  expect((await pageAt(`/api/v1/devices?cursor=${cursor}`)).items.map(({ id }) => id)).toEqual(['hub-b'])
})

test('every list of the API has pages: an answer that is a bare list is a list without an end', () => {
  const bare = routes.filter(({ response }) => 'type' in response && response.type === 'array').map(({ path }) => path)
  expect(bare.sort()).toEqual([
    // Of one person: their own devices and browsers.
    '/api/v1/account/sessions',
    // They lapse within days.
    '/api/v1/invitations',
    '/api/v1/people/holders',
    // Twelve months a year, whatever was driven.
    '/api/v1/policies/:id/data-quality',
  ])
})
