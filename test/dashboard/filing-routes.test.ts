// The filing pack out of a running product: of the edition in force, and of a draft that would replace it.

import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exampleDislocation, formerOf, shippedPlan } from './example-filing.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard()
})
afterAll(() => office.stop())

interface Manifest {
  readonly edition: { readonly hash: string }
  readonly former?: string
  readonly submittedAt: string
}

async function packOf(reference: string): Promise<{ readonly paths: readonly string[]; readonly manifest: Manifest }> {
  const response = await office.ask('insurer', `/api/v1/editions/${reference}/filing.zip?locale=zh-CN`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('application/zip')
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  return { paths: Object.keys(files), manifest: JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array())) }
}

test('a plan’s name gives the pack of its edition in force', async () => {
  const { paths, manifest } = await packOf('motor')
  expect(manifest.edition.hash).toBe(shippedPlan('motor').hash)
  expect(manifest.former).toBeUndefined()
  expect(paths).not.toContain('06-changes.csv')
})

test('a draft is filed with what it changes against the edition in force, and with its latest replay', async () => {
  const champion = shippedPlan('motor')
  const draft = formerOf(champion)
  const [knownAtMs, submittedAtMs] = [Date.parse('2026-03-01T08:00:00Z'), Date.parse('2026-03-02T09:30:00Z')]
  await office.book
    .insertInto('editions')
    .values({
      hash: draft.hash,
      plan_id: 'motor',
      product: 'motor',
      document: draft.document,
      id: 'motor-draft',
      known_at_ms: knownAtMs,
      active_from_ms: null,
      active_until_ms: null,
      approved_hash: null,
      based_on: champion.hash,
      status: 'submitted',
    })
    .execute()
  const unsubmitted = await packOf('motor-draft')
  expect(unsubmitted.manifest.submittedAt).toBe('2026-03-01T08:00:00.000Z')
  expect(unsubmitted.paths).not.toContain('03-dislocation.pdf')
  await office.book
    .insertInto('edition_events')
    .values({
      edition_id: 'motor-draft',
      number: 1,
      done_at_ms: submittedAtMs,
      done_by: null,
      done_by_name: null,
      action: 'submit',
      from_status: 'draft',
      to_status: 'submitted',
      hash: draft.hash,
      comment: '',
    })
    .execute()
  await office.book
    .insertInto('replays')
    .values({
      id: 'replay-1',
      plan_id: 'motor',
      draft_hash: draft.hash,
      champion_hash: champion.hash,
      request: '{}',
      status: 'done',
      policies: 400,
      policies_done: 400,
      created_at_ms: submittedAtMs,
      finished_at_ms: submittedAtMs,
      problem: null,
      report: JSON.stringify(exampleDislocation(draft, champion)),
      report_hash: 'a'.repeat(64),
    })
    .execute()
  const { paths, manifest } = await packOf(draft.hash.slice(0, 12))
  expect(manifest).toMatchObject({ former: champion.hash, submittedAt: '2026-03-02T09:30:00.000Z' })
  expect(paths).toEqual(expect.arrayContaining(['03-dislocation.pdf', '03-dislocation.csv', '06-changes.csv']))
})

test('a draft whose test cases do not hold is refused with what is wrong', async () => {
  const [first, ...cases] = shippedPlan('home').edition.testCases
  if (first === undefined) throw new Error('no test case')
  const { hash, ...document } = shippedPlan('home').edition
  const wrong = { ...document, testCases: [{ ...first, premiumMinor: first.premiumMinor + 1 }, ...cases] }
  await office.book
    .insertInto('editions')
    .values({
      hash: 'e'.repeat(64),
      plan_id: 'home',
      product: 'home',
      document: JSON.stringify(wrong),
      id: 'home-draft',
      known_at_ms: Date.parse('2026-03-01T08:00:00Z'),
      active_from_ms: null,
      active_until_ms: null,
      approved_hash: null,
      based_on: hash,
      status: 'draft',
    })
    .execute()
  const response = await office.ask('insurer', '/api/v1/editions/home-draft/filing.zip')
  expect(response.status).toBe(422)
  expect(await response.text()).toContain(`not ${first.premiumMinor + 1}`)
})

test('an edition that is not there has no pack', async () => {
  expect((await office.ask('insurer', '/api/v1/editions/none/filing.zip')).status).toBe(404)
})
