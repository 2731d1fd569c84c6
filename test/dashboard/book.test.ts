// The insurer's book over the API: found, filtered, sorted, paged, summed up, exported, and its saved views.

import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BookLine, BookOverview, BookSummary, BookView } from '../../dashboard/api/book-shapes.ts'
import type { Page } from '../../dashboard/api/page.ts'
import { type Ask, type Person, type RunningDashboard, runDashboard } from './running-dashboard.ts'

const policies = 300
let office: RunningDashboard

/** Of every policy what it is by its number: prices, names, trips and troubles that a test can say by heart. */
beforeAll(async () => {
  office = await runDashboard()
  const { book } = office
  // These policies keep the premiums they are given.
  await office.pricing.close()
  const edition = await book.selectFrom('editions').select('hash').where('plan_id', '=', 'motor').executeTakeFirstOrThrow()
  await book.transaction().execute(async (changes) => {
    for (let index = 0; index < policies; index += 1) {
      const id = `bulk-${String(index).padStart(4, '0')}`
      const name =
        index === 7 ? '欧阳小明' : index === 8 ? '=cmd|calc!A1' : `Holder ${String.fromCharCode(65 + (index % 26))}${index}`
      await changes
        .insertInto('policyholders')
        .values({ id: `h-${id}`, name, user_id: null, created_at_ms: 0 })
        .execute()
      const base = { id, product: 'motor', policyholder_id: `h-${id}`, plan_id: 'motor', time_zone: 'UTC' } as const
      await changes
        .insertInto('policies')
        .values({ ...base, class_facts: '{}', created_at_ms: 0, current_premium_id: null })
        .execute()
      await changes
        .insertInto('devices')
        .values({ id: `unit-${index}`, kind: 'vehicle', label: '', created_at_ms: 0, revoked_at_ms: null, simulated_by: null })
        .execute()
      await changes
        .insertInto('policy_devices')
        .values({ policy_id: id, device_id: `unit-${index}` })
        .execute()
      if (index % 10 === 9) continue
      const money = { premium_minor: 4_000 + (index % 40) * 50, class_premium_minor: 5_000, currency: 'EUR' }
      const premium = { id: `m-${id}`, policy_id: id, edition_hash: edition.hash, facts_hash: 'f', worksheet: '{}', facts: '{}' }
      await changes
        .insertInto('premiums')
        .values({ ...premium, ...money, computed_at_ms: 0 })
        .execute()
      await changes.updateTable('policies').set({ current_premium_id: premium.id }).where('id', '=', id).execute()
    }
  })
})
afterAll(() => office.stop())

async function ask<Answer>(path: string, who: Person = 'insurer', how: Ask = {}): Promise<Answer> {
  const response = await office.ask(who, `/api/v1/${path}`, how)
  expect(response.ok, `${path} ${response.status}`).toBe(true)
  const answer: Answer = await response.json()
  return answer
}

async function idsOf(query: string): Promise<readonly string[]> {
  const { items } = await ask<Page<BookLine>>(`book?${query.includes('limit=') ? query : `limit=200&${query}`}`)
  return items.map(({ id }) => id)
}

/** Page by page to the end. */
async function everyLine(query: string, limit: number): Promise<readonly BookLine[]> {
  const lines: BookLine[] = []
  let cursor = ''
  for (;;) {
    const page: Page<BookLine> = await ask(`book?limit=${limit}&${query}${cursor}`)
    lines.push(...page.items)
    if (page.next === null) return lines
    cursor = `&cursor=${page.next}`
  }
}

test.each([
  ['a policy by the beginning of its number', 'bulk-0012', ['bulk-0012']],
  ['a holder by two beginnings', 'hold h33', ['bulk-0033']],
  ['a holder by the given name in Chinese', '小明', ['bulk-0007']],
  ['a device', 'unit-44', ['bulk-0044']],
  ['nothing by words of two policies', 'unit-44 bulk-0012', []],
  ['nothing by marks alone', '"*', []],
  ['a word with syntax of the search in it', 'h33" OR "h34', []],
])('finds %s', async (_, q, expected) => {
  expect(await idsOf(`q=${encodeURIComponent(q)}`)).toEqual(expected)
})

test.each(['policy', 'holder', 'class', 'own', 'difference', 'trips', 'quality', 'heard'])(
  'by %s every policy comes once, whatever the pages, forwards and backwards',
  async (sort) => {
    const forwards = await everyLine(`sort=${sort}&order=asc`, 37)
    const backwards = await everyLine(`sort=${sort}&order=desc`, 200)
    expect(new Set(forwards.map(({ id }) => id)).size).toBe(policies + 2)
    expect(backwards.map(({ id }) => id)).toEqual(forwards.map(({ id }) => id).toReversed())
    expect(await idsOf(`sort=${sort}&order=asc&at=150&limit=50`)).toEqual(forwards.slice(150, 200).map(({ id }) => id))
  },
)

test('filters narrow down together, and their sums are those of the lines', async () => {
  const query = 'q=bulk&product=motor&ownFrom=4500&ownTo=5500&differenceFrom=-500&differenceTo=500'
  const lines = await everyLine(query, 100)
  expect(lines.length).toBeGreaterThan(20)
  for (const { premium } of lines) {
    expect(premium?.premiumMinor).toBeGreaterThanOrEqual(4_750)
    expect(premium?.premiumMinor).toBeLessThan(5_250)
  }
  const ownMinor = lines.reduce((sum, { premium }) => sum + (premium?.premiumMinor ?? 0), 0)
  expect(await ask<BookSummary>(`book/summary?${query}`)).toEqual({
    policies: lines.length,
    sums: [{ currency: 'EUR', policies: lines.length, ownMinor, classMinor: 5_000 * lines.length }],
  })
})

test('what needs somebody is found by what it needs', async () => {
  const [trip] = await office.book.selectFrom('trips').select('id').where('device_id', '=', 'car-a').execute()
  await ask(`trips/${trip?.id}/disputes`, 'anna', { method: 'POST', body: { kind: 'passenger' } })
  expect(await idsOf('attention=dispute')).toEqual(['motor-a'])
  // Both of these drove and lived in January, long ago.
  expect(await idsOf('attention=silent')).toEqual(['home-b', 'motor-a'])
  expect(await idsOf('attention=no-data&sort=own&order=desc&limit=3')).toHaveLength(3)
  expect((await ask<BookSummary>('book/summary?attention=no-data')).policies).toBe(policies)
  expect(await idsOf('quality=none&limit=2')).toHaveLength(2)
  expect((await idsOf('quality=good')).includes('motor-a')).toBe(true)
})

test('the glance counts every policy once, and every count leads to as many lines', async () => {
  const overview = await ask<BookOverview>('book/overview')
  const priced = overview.differences.reduce((sum, { policies: some }) => sum + some, 0)
  expect([overview.policies, priced]).toEqual([policies + 2, policies + 2 - policies / 10])
  expect(overview.quality.reduce((sum, { policies: some }) => sum + some, 0)).toBe(policies + 2)
  for (const { from, to, policies: some } of overview.differences) {
    const query = `${from === null ? '' : `&differenceFrom=${from}`}${to === null ? '' : `&differenceTo=${to}`}`
    expect((await ask<BookSummary>(`book/summary?${query.slice(1)}`)).policies, query).toBe(some)
  }
  for (const { band, policies: some } of overview.quality)
    expect((await ask<BookSummary>(`book/summary?quality=${band}`)).policies, band).toBe(some)
})

test('the CSV holds every line of the filter, and what looks like a formula is text', async () => {
  const response = await office.ask('insurer', '/api/v1/book/lines.csv?q=bulk&sort=own&order=desc&locale=en')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="merit-book.csv"')
  const text = await response.text()
  const rows: Record<string, string>[] = parse(text, { columns: true, bom: true })
  expect(rows).toHaveLength(policies)
  expect(rows.find((row) => row['Policy'] === 'bulk-0008')?.['Holder']).toBe("'=cmd|calc!A1")
  expect(rows.find((row) => row['Policy'] === 'bulk-0000')).toMatchObject({
    'Own price a month': '40.00',
    'Class price a month': '50.00',
    'Difference to class price (%)': '-20.00',
  })
  const chinese = await (await office.ask('insurer', '/api/v1/book/lines.csv?q=bulk-0007&locale=zh-CN')).bytes()
  const words = new TextDecoder('utf-8', { ignoreBOM: true }).decode(chinese)
  expect(words).toContain('欧阳小明')
  expect(words.startsWith('\uFEFF保单,投保人')).toBe(true)
})

test('a view is one’s own until it is shared, opens first when chosen, and comes back after it was deleted', async () => {
  const names = async (who: Person) => (await ask<Page<BookView>>('book/views', who)).items.map(({ name }) => name)
  const content = { name: 'Dear ones', query: 'sort=own&order=desc', isShared: false }
  const { id } = await ask<BookView>('book/views', 'insurer', { method: 'POST', body: content })
  expect([await names('insurer'), await names('approver')]).toEqual([['Dear ones'], []])

  await ask(`book/views/${id}`, 'insurer', { method: 'PUT', body: { ...content, isShared: true } })
  const [seen] = (await ask<Page<BookView>>('book/views', 'approver')).items
  expect(seen).toMatchObject({ name: 'Dear ones', isOwn: false, sharedBy: 'Ines Insurer', isDefault: false })
  for (const [method, path] of [
    ['PUT', ''],
    ['DELETE', ''],
    ['POST', '/restore'],
  ] as const) {
    const foreign = await office.ask('approver', `/api/v1/book/views/${id}${path}`, {
      method,
      body: method === 'PUT' ? content : {},
    })
    expect(`${method} ${foreign.status}`).toBe(`${method} 404`)
  }

  await ask('book/default-view', 'approver', { method: 'PUT', body: { id } })
  expect((await ask<Page<BookView>>('book/views', 'approver')).items).toMatchObject([{ isDefault: true }])
  expect((await ask<Page<BookView>>('book/views')).items).toMatchObject([{ isDefault: false }])

  await ask(`book/views/${id}`, 'insurer', { method: 'DELETE', body: {} })
  expect([await names('insurer'), await names('approver')]).toEqual([[], []])
  await ask(`book/views/${id}/restore`, 'insurer', { method: 'POST', body: {} })
  expect([await names('insurer'), await names('approver')]).toEqual([['Dear ones'], ['Dear ones']])
})

test.each(['sort=price', 'at=-1', 'limit=0', 'product=boat', 'ownFrom=a', 'colour=red', 'cursor=AAAA'])(
  '?%s is refused',
  async (query) => {
    expect((await office.ask('insurer', `/api/v1/book?${query}`)).status).toBe(400)
  },
)

test('a cursor of one order is none of another', async () => {
  const { next } = await ask<Page<BookLine>>('book?limit=1&sort=own')
  expect((await office.ask('insurer', `/api/v1/book?limit=1&sort=trips&cursor=${next}`)).status).toBe(400)
})

test('an insurer sees nothing of another’s book', async () => {
  await office.book.insertInto('insurers').values({ id: 'other', name: 'Other', created_at_ms: 0 }).execute()
  await office.book
    .insertInto('policyholders')
    .values({ id: 'h-other', name: 'Foreign Holder', user_id: null, created_at_ms: 0, insurer_id: 'other' })
    .execute()
  const policy = {
    id: 'foreign-1',
    product: 'motor',
    policyholder_id: 'h-other',
    plan_id: 'other-plan',
    time_zone: 'UTC',
  } as const
  await office.book
    .insertInto('policies')
    .values({ ...policy, class_facts: '{}', created_at_ms: 0, current_premium_id: null, insurer_id: 'other' })
    .execute()
  expect(await idsOf('q=foreign')).toEqual([])
  expect((await ask<BookSummary>('book/summary')).policies).toBe(policies + 2)
})
