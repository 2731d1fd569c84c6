// The life of an edition over the API, by two insurers: what is refused and how, what may be sent twice, tables in and out.

import { unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Edition, EditionCheck, EditionDetail, EditionDifference, TablePreview } from '../../dashboard/api/edition-shapes.ts'
import type { Problem } from '../../dashboard/api/shapes.ts'
import { type Person, type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
let activeId = ''

beforeAll(async () => {
  office = await runDashboard()
  const { body } = await get<{ readonly items: readonly Edition[] }>('insurer', 'editions?plan=motor')
  activeId = body.items[0]?.id ?? ''
})
afterAll(() => office.stop())

interface Answer<Body> {
  readonly status: number
  readonly body: Body
}

async function get<Body>(who: Person, path: string): Promise<Answer<Body>> {
  const response = await office.ask(who, `/api/v1/${path}`)
  return { status: response.status, body: await response.json() }
}

async function post<Body = Edition>(who: Person, path: string, sent: unknown): Promise<Answer<Body>> {
  const response = await office.ask(who, `/api/v1/${path}`, { method: 'POST', body: sent })
  return { status: response.status, body: await response.json() }
}

/** The name of the problem, and what it says of itself. */
async function refused(who: Person, path: string, sent: unknown): Promise<readonly [number, string, string | undefined]> {
  const { status, body } = await post<Problem>(who, path, sent)
  return [status, body.type.replace('urn:merit:problem:', ''), body.detail]
}

async function draft(): Promise<Edition> {
  const { status, body } = await post('insurer', 'editions', { from: activeId })
  expect(status).toBe(201)
  return body
}

const regions = (city: string) => ['level,factor', 'country,0.93', 'town,1', `city,${city}`].join('\n')

/** The draft with another factor for cities, whose test cases expect what comes of it. */
async function dearerCity(edition: Edition, factor: string): Promise<Edition> {
  const csv = regions(factor)
  const { body: preview } = await post<TablePreview>('insurer', `editions/${edition.id}/tables/factor-region/preview`, { csv })
  const sent = { csv, hash: preview.hash, takenHash: preview.takenHash }
  const { body: taken } = await post('insurer', `editions/${edition.id}/tables/factor-region/import`, sent)
  expect(taken.hash).toBe(preview.takenHash)
  expect(await post('insurer', `editions/${edition.id}/tables/factor-region/import`, sent)).toMatchObject({
    status: 200,
    body: { hash: taken.hash },
  })
  return (await post('insurer', `editions/${edition.id}/rate-test-cases`, { hash: taken.hash })).body
}

test('from draft to active: every step is told, may be sent twice, and takes another pair of eyes', async () => {
  const made = await draft()
  expect(made).toMatchObject({
    status: 'draft',
    authors: ['Ines Insurer'],
    actions: ['edit', 'discard', 'submit'],
    activeFromMs: null,
  })
  const edition = await dearerCity(made, '1.3')
  expect(edition.id).toBe(made.id)
  const path = `editions/${edition.id}`
  const { hash } = edition
  expect(await refused('insurer', `${path}/submit`, { hash: made.hash })).toEqual([409, 'stale', expect.stringContaining(hash)])
  for (let twice = 0; twice < 2; twice += 1)
    expect(await post('insurer', `${path}/submit`, { hash, comment: 'Cities' })).toMatchObject({
      status: 200,
      body: { status: 'submitted', submitter: 'Ines Insurer', actions: ['withdraw'] },
    })
  expect(await refused('insurer', `${path}/approve`, { hash })).toEqual([
    403,
    'four-eyes',
    expect.stringContaining('Ask a colleague'),
  ])
  expect(await refused('insurer', `${path}/document`, { hash, document: {} })).toEqual([
    409,
    'wrong-state',
    'It is submitted; this needs draft.',
  ])
  expect(await refused('approver', `${path}/schedule`, { hash })).toEqual([409, 'wrong-state', expect.any(String)])
  for (let twice = 0; twice < 2; twice += 1)
    expect(await post('approver', `${path}/approve`, { hash })).toMatchObject({
      status: 200,
      body: { status: 'approved', approver: 'Arno Approver' },
    })
  expect(await refused('insurer', `${path}/schedule`, { hash, activeFromMs: 1 })).toEqual([
    409,
    'wrong-time',
    expect.stringContaining('past'),
  ])
  expect(await post('insurer', `${path}/schedule`, { hash })).toMatchObject({ status: 200, body: { status: 'scheduled' } })
  await expect.poll(async () => (await get<Edition>('insurer', path)).body.status).toBe('active')
  const { body: detail } = await get<EditionDetail>('approver', path)
  expect(detail.events.map(({ action, doneBy }) => `${action} ${doneBy}`)).toEqual([
    'create Ines Insurer',
    'edit Ines Insurer',
    'edit Ines Insurer',
    'submit Ines Insurer',
    'approve Arno Approver',
    'schedule Ines Insurer',
    'activate null',
  ])
  expect((await get<Edition>('insurer', `editions/${activeId}`)).body).toMatchObject({
    status: 'superseded',
    activeUntilMs: detail.activeFromMs,
  })
  await office.pricing.settle()
  expect((await get<EditionDetail>('insurer', path)).body.policies).toBe(1)
  activeId = edition.id
})

test('a draft with a failing test case says which, and is not submitted', async () => {
  const edition = await draft()
  const csv = regions('1.5')
  const { body: preview } = await post<TablePreview>('insurer', `editions/${edition.id}/tables/factor-region/preview`, { csv })
  expect(preview.changes).toMatchObject([{ table: 'factor-region', level: 'city', column: 'factor', before: 1.3, after: 1.5 }])
  const { body: taken } = await post('insurer', `editions/${edition.id}/tables/factor-region/import`, {
    csv,
    hash: preview.hash,
    takenHash: preview.takenHash,
  })
  const { body: check } = await get<EditionCheck>('insurer', `editions/${edition.id}/check`)
  expect(check.testCases.filter(({ isGood }) => !isGood).length).toBeGreaterThan(0)
  expect(await refused('insurer', `editions/${edition.id}/submit`, { hash: taken.hash })).toEqual([
    422,
    'unfit',
    expect.any(String),
  ])
})

test('a table that does not fit is told cell by cell in the caller’s language, and taking it anyway is refused', async () => {
  const edition = await draft()
  const csv = regions('"1,5"')
  const path = `editions/${edition.id}/tables/factor-region`
  const { body: preview } = await post<TablePreview>('insurer', `${path}/preview`, { csv })
  expect(preview).toMatchObject({ hash: edition.hash, takenHash: null, changes: [] })
  expect(preview.problems).toEqual([
    {
      kind: 'wrong-decimal-mark',
      line: 4,
      column: 'factor',
      found: '1,5',
      mend: '1.5',
      text: '"1,5" has the wrong decimal mark; write 1.5.',
    },
  ])
  const sent = { csv, hash: edition.hash, takenHash: 'a'.repeat(64) }
  expect(await refused('insurer', `${path}/import`, sent)).toEqual([
    422,
    'unfit',
    expect.stringContaining('line 4, column factor'),
  ])
  expect(await refused('insurer', `${path}/import`, { ...sent, csv: regions('1.5') })).toEqual([409, 'stale', expect.anything()])
  expect(await refused('insurer', `editions/${edition.id}/tables/factor-moon/preview`, { csv })).toEqual([
    404,
    'not-found',
    expect.anything(),
  ])
})

test('tables go out as CSV, one or all; taking one in again is no difference', async () => {
  const path = `editions/${activeId}/tables`
  const one = await office.ask('insurer', `/api/v1/${path}/factor-region`)
  expect(one.headers.get('content-disposition')).toContain('factor-region.csv')
  const csv = await one.text()
  const zip = await office.ask('insurer', `/api/v1/${path}.zip`)
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  expect(new TextDecoder().decode(files['factor-region.csv'])).toBe(csv)
  const { body: preview } = await post<TablePreview>('insurer', `${path}/factor-region/preview`, { csv })
  expect([preview.takenHash, preview.changes]).toEqual([preview.hash, []])
})

test('an uploaded document becomes a draft of its plan, however large; one that is no edition is refused with its places', async () => {
  const { body: active } = await get<EditionDetail>('insurer', `editions/${activeId}`)
  const document = { ...Object(active.document), note: 'n'.repeat(300_000) }
  const made = await post('insurer', 'editions', { document })
  expect([made.status, made.body.status, made.body.planId]).toEqual([201, 'draft', 'motor'])
  expect(await refused('insurer', 'editions', { document })).toEqual([409, 'conflict', expect.stringContaining(made.body.id)])
  expect(await refused('insurer', 'editions', { document: { ...document, instalments: 0, factors: 'none' } })).toEqual([
    422,
    'unfit',
    expect.stringMatching(/\/factors.*\/instalments|\/instalments.*\/factors/),
  ])
  expect(await refused('insurer', 'editions', { document: { ...document, planId: 'moon' } })).toEqual([
    422,
    'unfit',
    expect.stringContaining('"moon"'),
  ])
  expect(await refused('insurer', 'editions', {})).toEqual([400, 'bad-request', expect.anything()])
  const difference = await get<EditionDifference>('insurer', `editions/${made.body.id}/difference?with=${activeId}`)
  expect(difference.body.changes.map(({ table, level }) => `${table} ${level}`)).toEqual(['document note'])
  for (let twice = 0; twice < 2; twice += 1)
    expect(await post('insurer', `editions/${made.body.id}/discard`, { hash: made.body.hash })).toMatchObject({ status: 200 })
  expect((await get('insurer', `editions/${made.body.id}`)).status).toBe(404)
})
