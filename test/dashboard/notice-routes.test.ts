// Notices through the running product: given once when the premium moves by 10 %, seen by the holder and the insurer only.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { noticeChange } from '../../pricing/notice/keep-notices.ts'
import { reprice } from '../../pricing/reprice.ts'
import { type RunningDashboard, runDashboard } from './running-dashboard.ts'

let office: RunningDashboard
beforeAll(async () => {
  office = await runDashboard()
})
afterAll(() => office.stop())

interface Notice {
  readonly number: number
  readonly oldMinor: number
  readonly newMinor: number
  readonly groups: readonly {
    readonly heading: string
    readonly changeMinor: number
    readonly reasons: readonly { readonly sentence: string }[]
  }[]
}

async function noticesFor(who: 'anna' | 'insurer', language = 'en'): Promise<readonly Notice[]> {
  const response = await office.ask(who, `/api/v1/policies/motor-a/notices?locale=${language}`)
  expect(response.status).toBe(200)
  const { items }: { readonly items: readonly Notice[] } = await response.json()
  return items
}

async function moveTo(region: string, driverAgeYears: number): Promise<void> {
  const row = await office.book.selectFrom('policies').select('class_facts').where('id', '=', 'motor-a').executeTakeFirstOrThrow()
  const known: Record<string, unknown> = { ...JSON.parse(row.class_facts), region, driverAgeYears }
  await office.book
    .updateTable('policies')
    .set({ class_facts: JSON.stringify(known) })
    .where('id', '=', 'motor-a')
    .execute()
  await reprice(office.book, 'motor-a', Date.now())
}

test('small changes add up to a notice, which is given once and compares with what was last told', async () => {
  const given = (await noticesFor('anna')).length
  await moveTo('town', 38)
  await moveTo('country', 38)
  const small = await noticesFor('anna')
  await moveTo('country', 22)
  const notices = await noticesFor('anna')
  expect([small.length, notices.length]).toEqual([given, given + 1])
  expect(await noticeChange(office.book, 'motor-a', Date.now())).toEqual({ kind: 'no-change' })
  const [latest] = notices
  if (latest === undefined) throw new Error('no notice')
  expect(latest.groups.reduce((sum, { changeMinor }) => sum + changeMinor, 0)).toBe(latest.newMinor - latest.oldMinor)
  // From town to country the price fell by less than 10 % and nothing was said: it is in this one.
  const sentences = latest.groups.flatMap(({ reasons }) => reasons.map(({ sentence }) => sentence))
  expect(sentences).toContain('You are now in the group “21 to 24”; before, “30 to 59”.')
  expect(sentences).toContain('You are now in the group “country”; before, “town”.')
  await moveTo('country', 38)
  expect(await noticesFor('anna')).toHaveLength(given + 2)
})

test('a notice is read in either language, as data and as a PDF, by the holder and the insurer', async () => {
  const chinese = await noticesFor('insurer', 'zh-CN')
  expect(chinese[0]?.groups.map(({ reasons }) => reasons[0]?.sentence).join()).toContain('您现在属于')
  for (const who of ['anna', 'insurer'] as const) {
    const pdf = await office.ask(who, `/api/v1/policies/motor-a/notice.pdf?number=${chinese[0]?.number}&locale=zh-CN`)
    expect(pdf.headers.get('content-type')).toContain('application/pdf')
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  }
})

test('another’s notices and a notice that was never given are not found', async () => {
  expect((await office.ask('bert', '/api/v1/policies/motor-a/notices')).status).toBe(404)
  expect((await office.ask('bert', '/api/v1/policies/motor-a/notice.pdf')).status).toBe(404)
  expect((await office.ask('anna', '/api/v1/policies/motor-a/notice.pdf?number=999')).status).toBe(404)
  expect((await office.ask('maker', '/api/v1/policies/motor-a/notices')).status).toBe(403)
})
