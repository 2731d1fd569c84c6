// `merit dislocation` as a person calls it: a draft in a file, its table and its JSON, and what it says when it cannot.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readShippedPlan } from '../../pricing/install-editions.ts'
import { addPolicy } from '../../pricing/policies.ts'
import { withCasesRated } from '../../pricing/rating/failed-cases.ts'
import { openBook } from '../../store/book/open-book.ts'

const run = promisify(execFile)
const main = join(import.meta.dirname, '../../main.ts')
const folder = mkdtempSync(join(tmpdir(), 'merit-dislocation-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeAll(async () => {
  const book = await openBook(`sqlite:${join(folder, 'book.db')}`)
  for (const [id, driverAgeYears] of [
    ['young', 20],
    ['old', 70],
  ] as const) {
    await book.insertInto('devices').values({ id, kind: 'vehicle', label: '', created_at_ms: 0, revoked_at_ms: null }).execute()
    const added = await addPolicy(book, { id, product: 'motor', deviceIds: [id], classFacts: { driverAgeYears } }, Date.now())
    if (added.kind !== 'added') throw new Error(added.kind)
  }
  await book.destroy()
  const { hash: _, ...plan } = (await readShippedPlan('motor')).edition
  const dearer = plan.baseRates.map((rate) => ({ ...rate, annualMinor: rate.annualMinor * 2 }))
  const draft = withCasesRated({ ...plan, title: 'Twice the base', baseRates: dearer })
  writeFileSync(join(folder, 'draft.json'), JSON.stringify(draft))
  writeFileSync(join(folder, 'night.json'), JSON.stringify({ ...draft, detection: { night: { fromMinute: 1, toMinute: 2 } } }))
  writeFileSync(join(folder, 'moon.json'), JSON.stringify({ ...draft, detection: { moon: true } }))
  writeFileSync(join(folder, 'claims.csv'), 'policy,expectedClaimsMinor\nyoung,"3,5"\n')
})

async function merit(...args: readonly string[]): Promise<{ readonly out: string; readonly error: string }> {
  const env = { ...process.env, MERIT_DATA_DIR: folder, MERIT_LOCALE: 'en' }
  try {
    const { stdout } = await run(process.execPath, [main, 'merit', 'dislocation', ...args], { env })
    return { out: stdout, error: '' }
  } catch (error) {
    return { out: '', error: error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error) }
  }
}

test('a draft in a file gives a table and a page, and asked for again in JSON the same report', async () => {
  const page = join(folder, 'page.html')
  const { out, error } = await merit(join(folder, 'draft.json'), '--html', page)
  expect(error).toBe('')
  expect(out).toContain('2 policies rise by 10 % or more and need a notice')
  expect(readFileSync(page, 'utf8').match(/<svg |<table>/g)).toEqual(['<svg ', '<table>', '<table>', '<svg ', '<table>'])
  // The shipped plan lets a premium move by a quarter a term; without that limit it doubles.
  expect(out).toMatch(/draft, with its limits +€\S+ +mean change \+25\.0%/)
  expect(out).toMatch(/draft, without limits +€\S+ +mean change \+100\.0%/)
  const json: unknown = JSON.parse((await merit(join(folder, 'draft.json'), '--json')).out)
  expect(json).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), report: { policies: 2, seed: 1 } })
  expect(out).toContain(`report ${JSON.stringify(json).match(/"hash":"([0-9a-f]{16})/)?.[1]}`)
}, 30_000)

test('what a file detects otherwise is part of the report', async () => {
  const json: unknown = JSON.parse((await merit(join(folder, 'night.json'), '--json')).out)
  expect(json).toMatchObject({
    report: { detection: { night: { fromMinute: 1, toMinute: 2 } }, measuredAgain: { trips: 0, withoutReadings: 0 } },
  })
}, 30_000)

test.each([
  [['nothing'], /no edition "nothing" in the book, and no file/],
  [['draft.json', '--seed', '1.5'], /--seed is "1\.5"/],
  [['draft.json', '--night', '25:00-05:00'], /two times of day/],
  [['draft.json', '--claims', 'claims.csv'], /line 2: "3,5" is no amount/],
  [['moon.json'], /\/detection/],
  [['claims.csv'], /is no edition/],
] as const)(
  '%j is refused with what mends it',
  async (args, message) => {
    const { error } = await merit(...args.map((arg) => (/\.(json|csv)$/.test(arg) ? join(folder, arg) : arg)))
    expect(error.trim().split('\n')).toHaveLength(1)
    expect(error).toMatch(message)
  },
  30_000,
)
