// API keys: what opens with one, what never does, and when it ends.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { isForEveryone, keyLimits } from '../../dashboard/api/judge-key.ts'
import { routes } from '../../dashboard/api/routes.ts'
import {
  holderOfKey,
  makeApiKey,
  presentedKey,
  restoreApiKey,
  revokeApiKey,
  revokeUndoMs,
} from '../../dashboard/sign-in/api-keys.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

let dashboard: RunningDashboard
beforeAll(async () => {
  dashboard = await runDashboard()
})
afterAll(() => dashboard.stop())

interface Made {
  readonly id: string
  readonly key: string
}

async function make(who: 'insurer' | 'maker', role: 'insurer' | 'maker', canWrite: boolean): Promise<Made> {
  const response = await dashboard.ask(who, '/api/v1/keys', { method: 'POST', body: { name: 'Partner', role, canWrite } })
  expect(response.status).toBe(201)
  const made: { id?: unknown; key?: unknown } = await response
    .json()
    .then((value: unknown) => (typeof value === 'object' && value !== null ? value : {}))
  return { id: String(made.id), key: String(made.key) }
}

function withKey(key: string, path: string, request: RequestInit = {}): Promise<Response> {
  return fetch(`${dashboard.url}${path}`, {
    ...request,
    headers: { Authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  })
}

async function problemOf(response: Response): Promise<string> {
  const text = await response.text()
  return `${response.status} ${/urn:merit:problem:([a-z-]+)/.exec(text)?.[1] ?? text}`
}

test('a key reads what its role reads, of its own insurer, and the book keeps only its hash', async () => {
  const { key } = await make('insurer', 'insurer', false)
  expect(key).toMatch(/^merit_[A-Za-z0-9_-]{43}$/)
  expect((await withKey(key, '/api/v1/policies')).status).toBe(200)
  expect((await withKey(key, '/api/v1/policies/motor-a/premium')).status).toBe(200)
  expect(await problemOf(await withKey(key, '/api/v1/runs'))).toBe('403 not-allowed')
  const rows = await dashboard.book.selectFrom('api_keys').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(key)
  expect(rows.some(({ used_at_ms: used }) => used !== null)).toBe(true)
})

test('a key that may only read changes nothing, and one that may write does what its role may', async () => {
  const device = (id: string) => ({ method: 'POST', body: JSON.stringify({ id, kind: 'vehicle' }) })
  const reading = await make('maker', 'maker', false)
  expect(await problemOf(await withKey(reading.key, '/api/v1/devices', device('partner-1')))).toBe('403 not-allowed')
  const writing = await make('maker', 'maker', true)
  expect((await withKey(writing.key, '/api/v1/devices', device('partner-1'))).status).toBe(201)
  const audit = await dashboard.book.selectFrom('audit_events').selectAll().where('subject_id', '=', 'partner-1').execute()
  expect(audit).toMatchObject([{ action: 'devices.add', actor_name: 'Partner (API key)', actor_role: 'maker' }])
})

test('what is a person’s own, or asks for a proof, never opens with a key', async () => {
  const { key } = await make('insurer', 'insurer', true)
  const barred = routes.filter((route) => isForEveryone(route) || route.stepUp)
  expect(barred.length).toBeGreaterThan(15)
  for (const { method, path } of barred) {
    const response = await withKey(key, path.replaceAll(/:[a-z]+/gi, 'x'), {
      method: method.toUpperCase(),
      ...(method === 'get' ? {} : { body: '{}' }),
    })
    expect(await problemOf(response), `${method} ${path}`).toBe('403 not-allowed')
  }
})

test('a maker’s key is a maker’s', async () => {
  const body = { name: 'Too much', role: 'insurer', canWrite: true }
  expect(await problemOf(await dashboard.ask('maker', '/api/v1/keys', { method: 'POST', body }))).toBe('403 not-allowed')
})

test('a header that holds no key is nobody, whatever cookies came along', async () => {
  for (const authorization of ['Bearer nonsense', 'Basic YTpi', `Bearer merit_${'A'.repeat(43)}`, 'Bearer']) {
    const response = await dashboard.ask('insurer', '/api/v1/policies', { headers: { Authorization: authorization } })
    expect(await problemOf(response), authorization).toBe('401 not-signed-in')
  }
  expect(presentedKey(new Headers())).toBeUndefined()
})

test('a revoked key opens nothing from that moment, and within ten minutes it can be taken back', async () => {
  const { id, key } = await make('maker', 'maker', false)
  expect((await withKey(key, '/api/v1/devices')).status).toBe(200)
  expect((await dashboard.ask('maker', `/api/v1/keys/${id}/revoke`, { method: 'POST', body: {} })).status).toBe(200)
  expect(await problemOf(await withKey(key, '/api/v1/devices'))).toBe('401 not-signed-in')
  expect(await problemOf(await dashboard.ask('maker', `/api/v1/keys/${id}/revoke`, { method: 'POST', body: {} }))).toBe(
    '404 not-found',
  )
  expect((await dashboard.ask('maker', `/api/v1/keys/${id}/restore`, { method: 'POST', body: {} })).status).toBe(200)
  expect((await withKey(key, '/api/v1/devices')).status).toBe(200)

  const viewer = await accountOf('maker')
  expect(await revokeApiKey(dashboard.book, viewer, id, 1_000_000)).toBe(true)
  expect(await restoreApiKey(dashboard.book, viewer, id, 1_000_000 + revokeUndoMs)).toBe(false)
  expect(await restoreApiKey(dashboard.book, viewer, id, 1_000_000 + revokeUndoMs - 1)).toBe(true)
})

test('keys are seen by who made them and by their insurer, and by nobody else', async () => {
  const { id } = await make('maker', 'maker', false)
  const list = async (who: 'maker' | 'insurer') => (await dashboard.ask(who, '/api/v1/keys')).text()
  expect(await list('maker')).toContain(id)
  expect(await list('insurer')).toContain(id)
  const ofInsurer = await make('insurer', 'insurer', false)
  expect(await list('maker')).not.toContain(ofInsurer.id)
  expect(await problemOf(await dashboard.ask('maker', `/api/v1/keys/${ofInsurer.id}/revoke`, { method: 'POST', body: {} }))).toBe(
    '404 not-found',
  )
})

test('a key ends with its day, and with its account', async () => {
  const { book } = dashboard
  const maker = await accountOf('maker')
  const nowMs = 1_800_000_000_000
  const made = await makeApiKey(book, maker, { name: 'Short', role: 'maker', canWrite: false, expiresAtMs: nowMs + 1000 }, nowMs)
  if (made.kind !== 'made') throw new Error(made.kind)
  expect(await holderOfKey(book, made.key, nowMs + 999)).toMatchObject({ userId: maker.id })
  expect(await holderOfKey(book, made.key, nowMs + 1000)).toBeUndefined()

  const approver = await accountOf('approver')
  const kept = await makeApiKey(book, approver, { name: 'Kept', role: 'insurer', canWrite: false }, Date.now())
  if (kept.kind !== 'made') throw new Error(kept.kind)
  expect((await withKey(kept.key, '/api/v1/policies')).status).toBe(200)
  expect((await dashboard.ask('insurer', `/api/v1/people/${approver.id}/close`, { method: 'POST', body: {} })).status).toBe(200)
  expect(await problemOf(await withKey(kept.key, '/api/v1/policies'))).toBe('401 not-signed-in')
})

test('a key that asks without end is told to wait, and when to come back', async () => {
  const { key } = await make('maker', 'maker', false)
  let refused: Response | undefined
  for (let asked = 0; asked <= keyLimits.perWindowMax && refused === undefined; asked += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => withKey(key, '/api/v1/devices?limit=1')))
    refused = answers.find(({ status }) => status === 429)
  }
  expect(Number(refused?.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(refused === undefined ? '' : await problemOf(refused)).toBe('429 too-many-requests')
})

async function accountOf(who: 'maker' | 'approver') {
  const row = await dashboard.book
    .selectFrom('user')
    .select(['id', 'insurer_id', 'role'])
    .where('email', '=', `${who}@merit.example`)
    .executeTakeFirstOrThrow()
  return { id: row.id, insurerId: row.insurer_id, role: row.role }
}
