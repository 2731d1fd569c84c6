// What is written down of what people do: changes, what four eyes refused, and who looked at whose policy.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { actionOf } from '../../dashboard/api/audit-trail.ts'
import { routes } from '../../dashboard/api/routes.ts'
import { verifyAudit } from '../../dashboard/audit/verify-audit.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard

beforeAll(async () => {
  office = await runDashboard()
})
afterAll(() => office.stop())

interface Event {
  readonly number: number
  readonly action: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly actor: { readonly name: string; readonly role: string }
}

async function events(query = ''): Promise<readonly Event[]> {
  const { items }: { readonly items: readonly Event[] } = await (await office.ask('insurer', `/api/v1/audit${query}`)).json()
  return items
}

async function views(): Promise<readonly { readonly name: string; readonly role: string }[]> {
  const answer = await office.ask('anna', '/api/v1/policies/motor-a/access-log')
  const { items }: { readonly items: readonly { readonly name: string; readonly role: string }[] } = await answer.json()
  return items
}

let before = 0
beforeEach(async () => {
  before = (await events())[0]?.number ?? 0
})

async function since(): Promise<readonly Event[]> {
  return (await events()).filter(({ number }) => number > before)
}

test('a holder sees who looked at their policy, once an hour for the same person, and not themselves', async () => {
  expect(await views()).toEqual([])
  await office.ask('anna', '/api/v1/policies/motor-a')
  expect(await views()).toEqual([])
  for (const path of ['', '/premium', '/trips']) await office.ask('insurer', `/api/v1/policies/motor-a${path}`)
  const [view, ...others] = await views()
  expect(others).toEqual([])
  expect(view?.role).toBe('insurer')
  expect(await since()).toMatchObject([{ action: 'viewed', subjectKind: 'policy', subjectId: 'motor-a' }])
})

test('a change that was made is written down with who made it, a refused one is not', async () => {
  expect((await office.ask('maker', '/api/v1/devices', { method: 'POST', body: { id: 'audited', kind: 'home' } })).status).toBe(
    201,
  )
  expect((await office.ask('maker', '/api/v1/devices', { method: 'POST', body: { id: 'audited', kind: 'home' } })).status).toBe(
    409,
  )
  expect((await office.ask('anna', '/api/v1/devices', { method: 'POST', body: { id: 'hers', kind: 'home' } })).status).toBe(403)
  expect(await since()).toMatchObject([
    { action: 'devices.add', subjectKind: 'device', subjectId: 'audited', actor: { role: 'maker' } },
  ])
})

test('it is read in pages, by action, actor, subject and time', async () => {
  const all = await events()
  expect(all.length).toBeGreaterThanOrEqual(2)
  expect((await events('?action=devices.add')).map(({ subjectId }) => subjectId)).toEqual(['audited'])
  expect((await events('?subject=motor-a')).every(({ subjectId }) => subjectId === 'motor-a')).toBe(true)
  expect(await events('?toMs=1')).toEqual([])
  const first: { readonly items: readonly Event[]; readonly next: string | null } = await (
    await office.ask('insurer', '/api/v1/audit?limit=1')
  ).json()
  const second = await events(`?limit=1&cursor=${first.next}`)
  expect([...first.items, ...second].map(({ number }) => number)).toEqual(all.slice(0, 2).map(({ number }) => number))
})

test('rows neither change nor go, and their chain holds', async () => {
  await expect(office.book.updateTable('audit_events').set({ actor_name: 'nobody' }).execute()).rejects.toThrow()
  await expect(office.book.deleteFrom('audit_events').execute()).rejects.toThrow()
  expect((await verifyAudit(office.book, 'merit')).kind).toBe('fits')
})

test('every route that changes something has a name of its own in the audit', () => {
  const names = routes.filter(({ method }) => method !== 'get').map((route) => `${actionOf(route)}`)
  const twice = names.filter((name, at) => names.indexOf(name) !== at)
  expect(twice).toEqual([])
})
