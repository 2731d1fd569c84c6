// The running dashboard: bad input, headers, contents, statements, health, metrics and the web app.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDashboard } from '../../dashboard/start-dashboard.ts'
import { findService, howToGet } from '../services.ts'
import { pdfText } from './pdf-text.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

const pdftotext = findService('pdftotext')
const webAppFolder = join(mkdtempSync(join(tmpdir(), 'merit-web-')), 'dist')
let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard({ webAppFolder })
})
afterAll(() => office.stop())

async function problemOf(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  return response.json()
}

function postDevice(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const own = { ...office.cookieOf('maker'), 'content-type': 'application/json', ...headers }
  return fetch(`${office.url}/api/v1/devices`, { method: 'POST', body, headers: own })
}

test('a refusal is a problem document with an id of its own, and says where the input is wrong', async () => {
  const problem = await problemOf(await postDevice('{"id":"car 9","kind":"vehicle"}'))
  expect(problem).toMatchObject({ type: 'urn:merit:problem:bad-request', status: 400 })
  expect(problem['detail']).toMatch(/^body\/id: /)
  const other = await problemOf(await postDevice('{"id":"car 9","kind":"vehicle"}'))
  expect(other['id']).not.toBe(problem['id'])
})

test('bodies that are too large, too deep, cut off or not JSON are refused and the server goes on', async () => {
  const table: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
    [`{"id":"${'x'.repeat(70_000)}"}`, {}, 413],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, {}, 400],
    [`{"id":"d","kind":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`, {}, 400],
    ['{"id":', {}, 400],
    ['"text"', {}, 400],
    ['[]', {}, 400],
    ['id=d&kind=home', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['{"id":"d","kind":"home"}', { 'content-type': 'text/plain' }, 415],
    ['{}', { 'content-encoding': 'compress' }, 415],
  ]
  for (const [body, headers, status] of table) {
    const response = await postDevice(body, headers)
    expect(`${body.slice(0, 20)} ${response.status}`).toBe(`${body.slice(0, 20)} ${status}`)
    await problemOf(response)
  }
  expect((await fetch(`${office.url}/healthz`)).status).toBe(200)
})

test('numbers in a query are whole, within bounds and given once', async () => {
  for (const query of ['limit=0', 'limit=201', 'limit=1.5', 'limit=', 'limit=x', 'limit=5&limit=6', 'before=1e9', 'other=1'])
    expect(`${query} ${(await office.ask('anna', `/api/v1/policies/motor-a/trips?${query}`)).status}`).toBe(`${query} 400`)
  expect((await office.ask('anna', '/api/v1/policies/motor-a/trips?limit=1&before=1')).status).toBe(200)
  expect((await office.ask('anna', '/api/v1/policies/motor-a/statement.pdf?locale=fr')).status).toBe(400)
  expect((await office.ask('anna', '/api/v1/policies/%E0%A4%A')).status).toBe(400)
})

test('the wrong method is told the right one', async () => {
  const response = await office.ask('insurer', '/api/v1/devices', { method: 'DELETE' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, POST')
  await problemOf(response)
})

test('on loopback another name for this server leads nowhere', async () => {
  const status = await new Promise((resolve, reject) => {
    const asked = request(`${office.url}/api/v1/demo-accounts`, { headers: { host: 'evil.example' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.once('error', reject)
    asked.end()
  })
  expect(status).toBe(421)
})

test('every answer carries the security headers, and answers of the API are not kept', async () => {
  const response = await office.ask('anna', '/api/v1/policies')
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';manifest-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'",
  )
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-powered-by')).toBeNull()
})

test('what a trip was is told with its course, its events and its counts', async () => {
  const page: { trips: readonly { id: string; status: string; counts: unknown }[]; nextBefore: unknown } = await (
    await office.ask('anna', '/api/v1/policies/motor-a/trips')
  ).json()
  expect(page.trips).toHaveLength(1)
  expect(page.nextBefore).toBeNull()
  const [trip] = page.trips
  expect(trip).toMatchObject({ status: 'ended', counts: { brake: 1, acceleration: 0, cornering: 0, speeding: 0 } })
  const detail: { course: Record<string, readonly unknown[]>; events: readonly { kind: string }[]; timeZone: string } = await (
    await office.ask('anna', `/api/v1/trips/${trip?.id}`)
  ).json()
  expect(detail.timeZone).toBe('Europe/Amsterdam')
  expect(detail.events.map((event) => event.kind)).toContain('brake')
  const lengths = Object.values(detail.course).map((column) => column.length)
  expect(new Set(lengths).size).toBe(1)
  expect(lengths[0]).toBeGreaterThan(500)
})

test('the premium that is answered is the one in the book, with a worksheet that ends in it', async () => {
  const premium: { premiumMinor: number; steps: readonly { amountMinor: number }[]; editionHash: string } = await (
    await office.ask('anna', '/api/v1/policies/motor-a/premium')
  ).json()
  expect(premium.steps.at(-1)?.amountMinor).toBe(premium.premiumMinor)
  expect(premium.editionHash).toMatch(/^[0-9a-f]{64}$/)
  const { items: history }: { items: readonly { premiumMinor: number }[] } = await (
    await office.ask('anna', '/api/v1/policies/motor-a/premiums')
  ).json()
  expect(history.length).toBe(2)
  expect(history.at(0)?.premiumMinor).toBe(premium.premiumMinor)
})

test.skipIf(pdftotext === undefined)(
  `the statement that is downloaded carries the amount and both hashes in either language (needs pdftotext: ${howToGet('pdftotext')})`,
  async () => {
    const premium: { premiumMinor: number; editionHash: string; factsHash: string } = await (
      await office.ask('anna', '/api/v1/policies/motor-a/premium')
    ).json()
    for (const [locale, title] of [
      ['en', 'Premium statement'],
      ['zh-CN', '保费账单'],
    ] as const) {
      const response = await office.ask('anna', `/api/v1/policies/motor-a/statement.pdf?locale=${locale}`)
      expect(response.headers.get('content-disposition')).toBe('inline; filename="merit-motor-a.pdf"')
      const text = pdfText(new Uint8Array(await response.arrayBuffer()))
      const amount = (premium.premiumMinor / 100).toFixed(2)
      for (const part of [title, amount, premium.editionHash, premium.factsHash]) expect(text).toContain(part)
    }
  },
)

test('devices tell their state, and a new one its secret once', async () => {
  const created = await office.ask('maker', '/api/v1/devices', {
    method: 'POST',
    body: { id: 'hub-9', kind: 'home', label: 'Hub 9' },
  })
  const { secret }: { secret: string } = await created.json()
  expect(secret.length).toBeGreaterThanOrEqual(32)
  const again = await office.ask('maker', '/api/v1/devices', { method: 'POST', body: { id: 'hub-9', kind: 'home' } })
  expect(again.status).toBe(409)
  const text = await (await office.ask('maker', '/api/v1/devices')).text()
  expect(text).not.toContain(secret)
  const { items: devices }: { items: readonly Record<string, unknown>[] } = JSON.parse(text)
  expect(devices.find((device) => device['id'] === 'hub-9')).toMatchObject({
    state: 'never',
    lastReadingAtMs: null,
    label: 'Hub 9',
  })
  expect(devices.find((device) => device['id'] === 'hub-b')).toMatchObject({ batteryPercent: 88 })
})

test('health and metrics say how the process is', async () => {
  const health: Record<string, unknown> = await (await fetch(`${office.url}/healthz`)).json()
  expect(health).toEqual({ status: 'ok', pid: process.pid, reasons: [], pricedAtMs: expect.any(Number) })
  const metrics = await (await fetch(`${office.url}/metrics`)).text()
  expect(metrics).toMatch(/merit_http_requests_total\{method="get",route="\/healthz",status="200"\} \d/)
  for (const name of [
    'merit_http_request_seconds_bucket',
    'merit_http_refusals_total{problem="unknown-host"}',
    'merit_pricing_lag_seconds',
    'merit_premiums_computed_total',
    'merit_event_loop_delay_p99_seconds',
  ])
    expect(metrics).toContain(name)
  const status: Record<string, number> = await (await office.ask('tester', '/api/v1/status')).json()
  expect(status).toMatchObject({ readings: 900, trips: 1, policies: 2, messages: 0 })
})

test('without a built web app the page says how to build it; once built it is served, and cached by name', async () => {
  const missing = await fetch(`${office.url}/`)
  expect(missing.status).toBe(503)
  expect(await missing.text()).toContain('npm run build')

  mkdirSync(join(webAppFolder, 'assets'), { recursive: true })
  writeFileSync(join(webAppFolder, 'assets/app-1a2b.js'), `console.log(1)\n${'//'.repeat(2000)}`)
  writeFileSync(join(webAppFolder, 'index.html'), '<!doctype html><title>Merit</title>')
  for (const path of ['/', '/policies/motor-a', '/index.html']) {
    const page = await fetch(`${office.url}${path}`)
    expect(page.status).toBe(200)
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect(await page.text()).toContain('<title>Merit</title>')
  }
  const script = await fetch(`${office.url}/assets/app-1a2b.js`, { headers: { 'accept-encoding': 'gzip' } })
  expect(script.headers.get('cache-control')).toContain('immutable')
  expect(script.headers.get('content-encoding')).toBe('gzip')
  expect(await script.text()).toContain('console.log(1)')
  const same = await fetch(`${office.url}/assets/app-1a2b.js`, { headers: { 'if-none-match': script.headers.get('etag') ?? '' } })
  expect(same.status).toBe(304)
  for (const path of ['/assets/none.js', '/..%2f..%2fpackage.json', '/assets/%2e%2e/%2e%2e/package.json'])
    expect((await fetch(`${office.url}${path}`)).status).toBe(404)
})

test('a port that is taken is named with the setting that changes it', async () => {
  const port = Number(new URL(office.url).port)
  const { book, telemetry, pricing, replays } = office
  const start = startDashboard({
    book,
    telemetry,
    pricing,
    replays,
    log: (await import('pino')).default({ level: 'silent' }),
    host: '127.0.0.1',
    port,
    publicUrl: '',
    secret: 'a secret of the tests, long enough for anyone',
    demo: false,
    demoAccounts: [],
    health: () => pricing.health(),
  })
  await expect(start).rejects.toMatchObject({ code: 'cannot-listen', message: expect.stringContaining('MERIT_HTTP_PORT') })
})
