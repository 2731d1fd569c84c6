// A policyholder tries what would change the premium: by keyboard, on a narrow screen, in both languages.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { findService } from '../services.ts'
import { violations } from './axe-violations.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const chromium = findService('chromium')
let browser: OfficeInBrowser

beforeAll(async () => {
  if (chromium !== undefined) browser = await openOffice(chromium)
}, 30_000)
afterAll(() => browser?.close())

for (const [locale, words] of [
  ['en', { braking: 'Hard braking', more: 'more a month', reset: 'Back to how it is now', same: 'the same as now' }],
  ['zh-CN', { braking: '急刹车', more: '每月多', reset: '恢复到现在的情况', same: '与现在相同' }],
] as const)
  test.skipIf(chromium === undefined)(
    `harder braking costs more, and all comes back, in ${locale} (Chromium: apt install chromium)`,
    async () => {
      const { page, problems } = await browser.openAs('anna', locale, '/policies/motor-a/what-if')
      const result = page.locator('.what-if-result')
      await result.getByText(words.same).waitFor()
      const slider = page.getByRole('slider', { name: words.braking })
      await slider.focus()
      await page.keyboard.press('End')
      await result.getByText(words.more).waitFor()
      await page.keyboard.press('Home')
      await page.waitForTimeout(400)
      expect(await widthOf(page)).toBeLessThanOrEqual(narrowPx)
      expect(await violations(page)).toEqual([])
      if (process.env['MERIT_PICTURES'] !== undefined)
        await page.screenshot({ path: `${process.env['MERIT_PICTURES']}/what-if-${locale}.png` })
      await button(page, words.reset).click()
      await result.getByText(words.same).waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
  )
