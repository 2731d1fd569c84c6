// A policyholder reads what they were told, marks it and takes that back: on a narrow screen, in both languages.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { driveAtMs } from '../dashboard/running-dashboard.ts'
import { findService } from '../services.ts'
import { violations } from './axe-violations.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const chromium = findService('chromium')
let browser: OfficeInBrowser

beforeAll(async () => {
  if (chromium === undefined) return
  browser = await openOffice(chromium)
  const told = (id: string, kind: string, facts: object) => ({ id, policy_id: 'motor-a', kind, facts: JSON.stringify(facts) })
  await browser.office.book
    .insertInto('person_messages')
    .values([
      { ...told('one', 'privacy', { what: 'paused', untilMs: driveAtMs + 7 * 86_400_000 }), at_ms: driveAtMs + 86_400_000 },
      { ...told('two', 'device', { what: 'silent', label: 'Volvo', sinceMs: driveAtMs }), at_ms: driveAtMs + 2 * 86_400_000 },
    ])
    .execute()
}, 30_000)
afterAll(() => browser?.close())

for (const [locale, words] of [
  [
    'en',
    {
      silent: 'Volvo has not reported since',
      paused: 'Collecting is paused until Fri',
      all: 'Mark all as read',
      undo: 'Undo',
      count: 'Messages: 2 new',
      none: 'Messages',
      filter: 'Show',
      empty: 'No message of this kind.',
      open: 'To privacy',
    },
  ],
  [
    'zh-CN',
    {
      silent: 'Volvo 自',
      paused: '数据收集已暂停至',
      all: '全部标为已读',
      undo: '撤销',
      count: '消息：2 条未读',
      none: '消息',
      filter: '显示',
      empty: '没有这类消息。',
      open: '查看隐私',
    },
  ],
] as const)
  test.skipIf(chromium === undefined)(
    `messages are counted, read, filtered and new again, in ${locale} (Chromium: apt install chromium)`,
    async () => {
      const { page, problems } = await browser.openAs('anna', locale, '/')
      page.setDefaultTimeout(7000)
      await page.getByRole('link', { name: words.count, exact: true }).click()
      await page.getByText(words.silent).waitFor()
      await page.getByText(words.paused).waitFor()
      expect(await widthOf(page)).toBeLessThanOrEqual(narrowPx)
      expect(await violations(page)).toEqual([])
      if (process.env['MERIT_PICTURES'] !== undefined)
        await page.screenshot({ path: `${process.env['MERIT_PICTURES']}/messages-${locale}.png` })
      await button(page, words.all).click()
      await page.getByRole('link', { name: words.none, exact: true }).waitFor()
      await page.getByRole('combobox', { name: words.filter }).selectOption('new')
      await page.getByText(words.empty).waitFor()
      await button(page, words.undo).click()
      await page.getByRole('link', { name: words.count, exact: true }).waitFor()
      await page.getByText(words.silent).waitFor()
      await page.getByRole('link', { name: words.open }).first().click()
      await page.waitForURL(/privacy\/motor-a$/)
      expect(problems).toEqual([])
      await page.context().close()
    },
  )
