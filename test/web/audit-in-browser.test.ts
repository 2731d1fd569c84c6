// An insurer reads what was done and looked at: on a narrow screen, in both languages.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { findService } from '../services.ts'
import { violations } from './axe-violations.ts'
import { narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const chromium = findService('chromium')
let browser: OfficeInBrowser

beforeAll(async () => {
  if (chromium === undefined) return
  browser = await openOffice(chromium)
  await browser.office.ask('insurer', '/api/v1/policies/motor-a')
  await browser.office.ask('maker', '/api/v1/devices', { method: 'POST', body: { id: 'new-hub', kind: 'home' } })
}, 30_000)
afterAll(() => browser?.close())

for (const [locale, words] of [
  ['en', { looked: 'looked at it', added: 'added a device', filter: 'looks at policies' }],
  ['zh-CN', { looked: '查看', added: '添加设备', filter: '查看保单' }],
] as const)
  test.skipIf(chromium === undefined)(
    `who looked and who changed something stands there, and can be filtered, in ${locale} (Chromium: apt install chromium)`,
    async () => {
      const { page, problems } = await browser.openAs('insurer', locale, '/audit')
      const cell = (text: string) => page.locator('td').getByText(text, { exact: true })
      await cell(words.added).first().waitFor()
      await cell(words.looked).first().waitFor()
      expect(await widthOf(page)).toBeLessThanOrEqual(narrowPx)
      expect(await violations(page)).toEqual([])
      if (process.env['MERIT_PICTURES'] !== undefined)
        await page.screenshot({ path: `${process.env['MERIT_PICTURES']}/audit-${locale}.png`, fullPage: true })
      await page.getByRole('combobox').first().selectOption({ label: words.filter })
      await cell(words.added).first().waitFor({ state: 'detached' })
      await page.getByRole('link', { name: 'motor-a' }).first().click()
      await page.waitForURL('**/policies/motor-a')
      expect(problems).toEqual([])
      await page.context().close()
    },
  )
