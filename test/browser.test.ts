// The policyholder's door in a real browser: signs in to a demo, reads the premium and why in both languages, and sees the
// recorded drive behind it. Whatever the page's console calls an error fails the test.

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatMoney } from '../dashboard/messages/format.ts'
import type { Locale } from '../dashboard/messages/locale.ts'
import { type RunningMerit, removeFolder, startMerit, temporaryFolder } from './running-merit.ts'
import { findService, howToGet } from './services.ts'

const executablePath = findService('chromium')
const title =
  executablePath === undefined ? `the policyholder’s door (skipped: ${howToGet('chromium')})` : 'the policyholder’s door'

/** The demo's car with the recorded drives. */
const policyId = 'motor-1001'
const startMsMax = 90_000

describe.skipIf(executablePath === undefined)(title, () => {
  const dataDir = temporaryFolder()
  let merit: RunningMerit
  let browser: Browser

  beforeAll(async () => {
    merit = await startMerit({ demo: true, dataDir })
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    })
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await merit?.stop()
    removeFolder(dataDir)
  })

  async function openAs(locale: Locale, width = 1280): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
    const context = await browser.newContext({ locale, viewport: { width, height: 900 } })
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    // Asking who is signed in before anybody is answers 401, which the console reports.
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text())
    })
    await page.goto(merit.dashboardUrl)
    return { context, page, problems }
  }

  function signInOf(role: string): { email: string; password: string } {
    const line =
      merit
        .output()
        .split('\n')
        .find((candidate) => candidate.includes(`${role}@merit.example`)) ?? ''
    const [email = '', password = ''] = line
      .trim()
      .split(/\s{2,}/)
      .slice(-2)
    return { email, password }
  }

  async function signIn(page: Page): Promise<void> {
    const { email, password } = signInOf('policyholder')
    await page.locator('input[name=email]').fill(email)
    await page.locator('input[name=password]').fill(password)
    await page.locator('form button[type=submit]').click()
  }

  async function currentPremium(page: Page): Promise<{ premiumMinor: number; classPremiumMinor: number; currency: string }> {
    const response = await page.request.get(`${merit.dashboardUrl}/api/v1/policies/${policyId}/premium`)
    expect(response.status()).toBe(200)
    const { premiumMinor, classPremiumMinor, currency } = await response.json()
    return { premiumMinor, classPremiumMinor, currency }
  }

  /** What the month is expected to come to; before a month can be estimated, the premium as it stands. */
  async function monthMinor(page: Page): Promise<number> {
    const response = await page.request.get(`${merit.dashboardUrl}/api/v1/policies/${policyId}/month`)
    const { estimate } = await response.json()
    return estimate.kind === 'estimate' ? estimate.expectedMinor : estimate.premiumMinor
  }

  function shownAmount(page: Page): Promise<string> {
    return page.locator('.premium-amount .for-screen-readers').innerText()
  }

  test('the demo prints a sign-in for every role', () => {
    for (const role of ['insurer', 'policyholder', 'maker', 'tester'])
      expect(signInOf(role).password).toMatch(/^\w{4}-\w{4}-\w{4}$/)
  })

  test('a wrong password is told in words', async () => {
    const { context, page } = await openAs('en')
    await page.locator('input[name=email]').fill(signInOf('policyholder').email)
    await page.locator('input[name=password]').fill('not the password')
    await page.locator('form button[type=submit]').click()
    await expect.poll(() => page.locator('.form-problem').innerText()).toMatch(/do not belong together/)
    await context.close()
  })

  test.each(['en', 'zh-CN'] as const)(
    'the premium on the page is the premium of the API, and moved by the recorded drives: %s',
    async (locale) => {
      const { context, page, problems } = await openAs(locale)
      await signIn(page)
      await page.locator('.premium-amount').waitFor()
      const drivesPriced = async () => {
        const { premiumMinor, classPremiumMinor, currency } = await currentPremium(page)
        const own = await page.locator('.step-own .step-amount').innerText()
        const isShown = (await shownAmount(page)) === formatMoney(await monthMinor(page), currency, locale)
        return premiumMinor !== classPremiumMinor && own === formatMoney(premiumMinor, currency, locale) && isShown
      }
      await expect.poll(drivesPriced, { timeout: startMsMax, interval: 500 }).toBe(true)
      expect(await page.locator('html').getAttribute('lang')).toBe(locale)
      await page.locator('.trips canvas, .trip canvas, canvas').first().waitFor()
      expect(problems).toEqual([])
      await context.close()
    },
    startMsMax + 30_000,
  )

  test('on a phone nothing is wider than the screen', async () => {
    const { context, page } = await openAs('en', 360)
    await signIn(page)
    await page.locator('.premium-amount').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await context.close()
  })

  test('the statement is a PDF that opens from the page', async () => {
    const { context, page } = await openAs('en')
    await signIn(page)
    const link = page.locator('.premium-links a').first()
    await link.waitFor()
    const response = await page.request.get(`${merit.dashboardUrl}${await link.getAttribute('href')}`)
    expect(response.headers()['content-type']).toBe('application/pdf')
    expect((await response.body()).subarray(0, 5).toString()).toBe('%PDF-')
    await context.close()
  })
})
