// Trying out a document: problems at their places in two languages, test cases, the difference and an example, and nothing is kept.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Edition, EditionDetail } from '../../dashboard/api/edition-shapes.ts'
import type { EditionTrial } from '../../dashboard/api/edition-try-routes.ts'
import { editionProblemWords } from '../../dashboard/messages/edition-problem-words.ts'
import { type Json, jsonOf, put } from '../../dashboard/web/editions/plan/json-tree.ts'
import { noDriving } from '../../pricing/rating/facts.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
let draft: Edition
let document: Json
beforeAll(async () => {
  office = await runDashboard()
  const listed: { items?: Edition[] } | Edition[] = await (await office.ask('insurer', '/api/v1/editions?plan=motor')).json()
  const all = Array.isArray(listed) ? listed : (listed.items ?? [])
  draft = await (await office.ask('insurer', '/api/v1/editions', { method: 'POST', body: { from: all[0]?.id } })).json()
  const detail: EditionDetail = await (await office.ask('insurer', `/api/v1/editions/${draft.id}`)).json()
  document = jsonOf(detail.document)
})
afterAll(() => office.stop())

const facts = {
  product: 'motor',
  class: { driverAgeYears: 22, region: 'city', vehicleAgeYears: 1, kmPerYear: 12000, powerKw: 75 },
  driving: noDriving,
}

async function tried(changed: Json, more: object = {}): Promise<EditionTrial> {
  const body = { document: changed, ...more }
  const response = await office.ask('insurer', `/api/v1/editions/${draft.id}/try`, { method: 'POST', body })
  expect(response.status).toBe(200)
  const trial: EditionTrial = await response.json()
  return trial
}

test('an unchanged document has no problems, green cases, only its title as a difference, and both examples alike', async () => {
  const { isForm, problems, testCases, changes, example } = await tried(document, { facts })
  expect({ isForm, problems }).toEqual({ isForm: true, problems: [] })
  expect(testCases.every(({ isGood }) => isGood)).toBe(true)
  expect(changes.map(({ column, level }) => `${level} ${column}`)).toEqual(['title text'])
  expect(example.draft).toEqual(example.active)
  expect(example.draft?.premiumMinor).toBeGreaterThan(0)
})

test('a changed factor moves the example, fails the cases it meets, and is a cell of the difference', async () => {
  const { testCases, changes, example } = await tried(put(document, ['factors', 1, 'levels', 'city'], 1.3), { facts })
  expect(testCases.filter(({ isGood }) => !isGood).length).toBeGreaterThan(0)
  expect(changes.find(({ level }) => level === 'city')).toMatchObject({ before: 1.12, after: 1.3 })
  expect(example.draft?.premiumMinor ?? 0).toBeGreaterThan(example.active?.premiumMinor ?? 0)
})

test('what is wrong is said at its place, in the language asked for', async () => {
  const unsorted = put(document, ['behaviours', 0, 'curve', 1, 1], 0.5)
  const english = await tried(unsorted)
  expect(english.problems).toEqual([
    { path: '/behaviours/0/curve/1', text: expect.stringContaining('more must never cost less') },
  ])
  const chinese = await tried(unsorted, { locale: 'zh-CN' })
  expect(chinese.problems[0]?.text).toContain('更多绝不能更便宜')
})

test('a cell that is no number has no form, and the document is not kept', async () => {
  const { isForm, problems, example } = await tried(put(document, ['factors', 0, 'bands', 0, 'factor'], 'a lot'), { facts })
  expect(isForm).toBe(false)
  expect(problems).toEqual([{ path: '/factors/0/bands/0/factor', text: 'must be number' }])
  expect(example.draft).toBeNull()
  const detail: EditionDetail = await (await office.ask('insurer', `/api/v1/editions/${draft.id}`)).json()
  expect(detail.hash).toBe(draft.hash)
})

test.each([
  'must be number',
  'must be > 0',
  'must be <= 10',
  'must not have fewer than 1 characters',
  'is missing',
  'has a gap: nothing covers 70 and more; leave "below" out of the last band',
  'is not in order: below 20 after 21',
  'has more than the 4 decimals of /rounding/factorDecimals: write 1.2346',
  'has no case for "village" of region: add it, or take it out of /inputs/region/levels',
  'falls from 0.88 to 0.5: more must never cost less, so give it at least 0.88',
  'from 1.1 to 1.4 leaves out 1, the class price: let it in',
  'is called "city" as another before it: give it a name of its own',
])('“%s” has its Chinese', (text) => {
  expect(editionProblemWords('zh-CN', text)).toMatch(/[\u4e00-\u9fff]/)
  expect(editionProblemWords('en', text)).toBe(text)
})
