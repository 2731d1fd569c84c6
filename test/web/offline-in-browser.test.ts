// Without a network the policyholder still reads their last bill, is told how old it is, and signing out leaves nothing of it behind.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { say } from '../../dashboard/messages/say.ts'
import { findService } from '../services.ts'
import { violations } from './axe-violations.ts'
import { type OfficeInBrowser, openOffice } from './office-in-browser.ts'

const chromium = findService('chromium')
let browser: OfficeInBrowser

beforeAll(async () => {
  if (chromium !== undefined) browser = await openOffice(chromium)
}, 30_000)
afterAll(() => browser?.close())

/** The addresses of what is kept of a person on this device. */
const kept = `caches.open('merit-own').then((own) => own.keys()).then((keys) => keys.map(({ url }) => new URL(url).pathname))`
const offlineWords = { en: 'You are offline. These figures arrived', 'zh-CN': '当前离线。这些数字于' } as const

test.skipIf(chromium === undefined)('nothing is kept of an insurer, and another person finds nothing', async () => {
  const { page } = await browser.openAs('anna', 'en', '/')
  page.setDefaultTimeout(7000)
  await expect.poll(() => page.evaluate(kept), { timeout: 8000 }).toContain('/api/v1/policies')
  const [name = '', value = ''] = (browser.office.cookieOf('insurer')['cookie'] ?? '').split(/=(.*)/s)
  await page.context().addCookies([{ name, value, url: browser.office.url }])
  await page.goto(`${browser.office.url}/`)
  await page.locator('table').first().waitFor()
  await expect.poll(() => page.evaluate(kept)).toEqual([])
  await page.goto(`${browser.office.url}/policies/motor-a`)
  await page.locator('.premium-amount').first().waitFor()
  expect(await page.evaluate(kept)).toEqual([])
  await page.context().close()
})

// Each signs out, which ends the session for good.
test.skipIf(chromium === undefined).each([
  ['en', 'anna'],
  ['zh-CN', 'bert'],
] as const)(
  'the last bill is there offline with its age, and gone after signing out: %s, %s (Chromium: apt install chromium)',
  async (locale, who) => {
    const { page } = await browser.openAs(who, locale, '/')
    const context = page.context()
    page.setDefaultTimeout(7000)
    await page.emulateMedia({ colorScheme: locale === 'en' ? 'dark' : 'light' })
    await page.locator('.month-words').waitFor()
    const amount = await page.locator('.premium-amount').first().innerText()
    await expect.poll(() => page.evaluate(kept), { timeout: 8000 }).toContainEqual(expect.stringMatching(/\/premium$/))
    await expect.poll(() => page.evaluate(kept), { timeout: 8000 }).toContainEqual(expect.stringMatching(/\/month$/))

    await context.setOffline(true)
    await page.goto(`${browser.office.url}/`)
    await page.getByText(offlineWords[locale]).waitFor()
    await page.locator('.premium-sentences p').first().waitFor()
    await page.locator('.month-words').waitFor()
    expect(await page.locator('.premium-amount').first().innerText()).toBe(amount)
    expect(await violations(page)).toEqual([])
    const pictures = process.env['MERIT_PICTURES']
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/offline-${locale}-390.png` })

    await context.setOffline(false)
    await page.waitForFunction((text) => !document.body.innerText.includes(text), offlineWords[locale])
    await page.getByRole('button', { name: say(locale, 'app.sign-out') }).click()
    await page.locator('input[type="password"]').waitFor()
    expect(await page.evaluate(kept)).toEqual([])
    await context.close()
  },
  40_000,
)
