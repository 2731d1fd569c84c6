// A dispute in a real browser, by keyboard and on a narrow screen: said by the holder, decided by the insurer with what was
// recorded, read by the holder. Whatever the page's console calls an error fails the test.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatMoney } from '../../dashboard/messages/format.ts'
import type { Locale } from '../../dashboard/messages/locale.ts'
import { say } from '../../dashboard/messages/say.ts'
import { type Person, type RunningDashboard, runDashboard } from '../dashboard/running-dashboard.ts'
import { findService, howToGet } from '../services.ts'

const executablePath = findService('chromium')
const title =
  executablePath === undefined ? `a dispute in a browser (skipped: ${howToGet('chromium')})` : 'a dispute in a browser'
const root = fileURLToPath(new URL('../..', import.meta.url))
const narrowPx = 360

describe.skipIf(executablePath === undefined)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), 'merit-disputes-'))
  let office: RunningDashboard
  let browser: Browser

  beforeAll(async () => {
    await build({
      root: join(root, 'dashboard/web'),
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'silent',
      build: { outDir: folder, emptyOutDir: true },
    })
    office = await runDashboard({ webAppFolder: folder })
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    })
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await office?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function openAs(who: Person, locale: Locale, path: string): Promise<{ page: Page; problems: string[] }> {
    const context = await browser.newContext({ locale, viewport: { width: narrowPx, height: 800 } })
    const [name = '', value = ''] = (office.cookieOf(who)['cookie'] ?? '').split(/=(.*)/s)
    await context.addCookies([{ name, value, url: office.url }])
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(`${office.url}${path}`)
    return { page, problems }
  }

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

  test.each(['en', 'zh-CN'] as const)(
    'said by keyboard, accepted with the evidence, read by its holder, and taken back: %s',
    async (locale) => {
      const trip = await office.book.selectFrom('trips').select('id').executeTakeFirstOrThrow()
      const tripPath = `/policies/motor-a/trips/${trip.id}`
      const premium = async () => (await office.ask('anna', '/api/v1/policies/motor-a/premium')).json()
      const before = await premium()

      const holder = await openAs('anna', locale, tripPath)
      await button(holder.page, say(locale, 'dispute.start'))
        .or(button(holder.page, say(locale, 'dispute.start.more')))
        .focus()
      await holder.page.keyboard.press('Enter')
      await holder.page.locator('.option input:focus').waitFor()
      await holder.page.keyboard.press('Space')
      await holder.page.keyboard.press('Tab')
      await holder.page.keyboard.type('In the back seat.')
      expect(await width(holder.page)).toBe(narrowPx)
      await holder.page.keyboard.press('Tab')
      await holder.page.keyboard.press('Enter')
      await holder.page.locator('.dispute-status-open').waitFor()

      const insurer = await openAs('insurer', locale, '/disputes')
      await insurer.page.locator('table a').first().click()
      await insurer.page.locator('.speed-chart canvas').waitFor()
      expect(await insurer.page.locator('.dispute-said blockquote').innerText()).toBe('In the back seat.')
      expect(await insurer.page.locator('.facts-large').innerText()).toContain(
        formatMoney(before.classPremiumMinor, before.currency, locale),
      )
      expect(await width(insurer.page)).toBe(narrowPx)
      await button(insurer.page, say(locale, 'disputes.accept')).click()
      await insurer.page.getByText(say(locale, 'disputes.reason.missing')).waitFor()
      await insurer.page.locator('textarea').fill('Two phones agree.')
      await button(insurer.page, say(locale, 'disputes.accept')).click()
      await insurer.page.locator('.dispute-status-accepted').waitFor()
      expect((await premium()).premiumMinor).toBe(before.classPremiumMinor)

      // The premium that the decision led to tells the open page.
      await holder.page.locator('.dispute-status-accepted').waitFor()
      await holder.page.getByText('Two phones agree.').waitFor()
      await holder.page.getByText(say(locale, 'dispute.counts.excused')).first().waitFor()
      await holder.page.locator('.dispute button').first().click()
      await holder.page.locator('.dispute-status-accepted').waitFor({ state: 'detached' })
      expect(await premium()).toEqual(before)
      expect([...holder.problems, ...insurer.problems]).toEqual([])
      await holder.page.context().close()
      await insurer.page.context().close()
    },
    30_000,
  )
})
