// The doors of makers and testers in a real browser, with a real edge and a real office: a good and a bad message beside their receipts,
// a refusal judged again after a correction, and a small fleet that is watched, paused, resumed, stopped and compared.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locale } from '../../dashboard/messages/locale.ts'
import { sayMaker } from '../../dashboard/messages/maker.ts'
import { type ScenarioKey, sayScenario } from '../../dashboard/messages/scenarios.ts'
import { connectDevice } from '../ingest/edge-rig.ts'
import { findService, howToGet } from '../services.ts'
import { violations } from './axe-violations.ts'
import { type MeritHere, startMeritHere } from './merit-here.ts'
import { button } from './office-in-browser.ts'

const executablePath = findService('chromium')
const title = executablePath === undefined ? `makers and testers (skipped: ${howToGet('chromium')})` : 'makers and testers'
const root = fileURLToPath(new URL('../..', import.meta.url))
const narrowPx = 390

describe.skipIf(executablePath === undefined)(title, () => {
  let merit: MeritHere
  let browser: Browser
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'merit-web-app-'))
    await build({
      root: join(root, 'dashboard/web'),
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'silent',
      build: { outDir: folder, emptyOutDir: true },
    })
    merit = await startMeritHere(folder)
    browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
    })
  }, 90_000)
  afterAll(async () => {
    await browser?.close()
    await merit?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function openAs(role: 'maker' | 'tester', locale: Locale, path: string) {
    const context = await browser.newContext({ locale, viewport: { width: narrowPx, height: 844 } })
    const [name = '', value = ''] = merit.cookieOf(role).split(/=(.*)/s)
    await context.addCookies([{ name, value, url: merit.url }])
    const page = await context.newPage()
    page.setDefaultTimeout(8000)
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(`${merit.url}${path}`)
    return { page, problems }
  }

  async function wrongWith(page: Page): Promise<readonly string[]> {
    const wide = await page.evaluate((most) => {
      const isWithin = (element: Element) =>
        element.closest('.table-frame') === null && element.closest('.for-screen-readers') === null
      return [...document.querySelectorAll('body *')]
        .filter((element) => isWithin(element) && element.getBoundingClientRect().right > most + 1)
        .map((element) => `wide: ${element.tagName} ${element.className}`)
    }, narrowPx)
    const scrolls = await page.evaluate(() => document.documentElement.scrollWidth)
    const beyond = scrolls > narrowPx ? [`scrolls: ${scrolls}`] : []
    return [...(await violations(page)), ...wide.slice(0, 8), ...beyond]
  }

  test.each(['en', 'zh-CN'] as const)(
    'a good and a bad message are seen live, and a refusal is stored after a correction: %s',
    async (locale) => {
      const id = `car-${locale.toLowerCase()}`
      const secret = await merit.place.withBook(async () => merit.place.register(id))
      const { page, problems } = await openAs('maker', locale, `/devices/${id}`)
      await page.getByText(sayMaker(locale, 'live.none')).waitFor()
      const device = await connectDevice(merit.place.mqttUrl, id, secret)
      const topic = `merit/v1/${id}/telemetry`
      const takenAtMs = Date.now() - 1000
      const wrong = { schema: 'home/1', seq: 1, readings: [{ t: takenAtMs, Temperature: 20.5 }] }
      await device.publishAsync(topic, JSON.stringify(wrong), { qos: 1 })
      await page.getByText(sayMaker(locale, 'cause.wrong-kind')).first().waitFor()
      await page.locator('.refusal mark').waitFor()
      await button(page, sayMaker(locale, 'refusals.replay')).click()
      await page
        .getByText(sayMaker(locale, 'refusals.still', { message: sayMaker(locale, 'cause.wrong-kind') }))
        .first()
        .waitFor()
      await button(page, sayMaker(locale, 'refusals.dismiss')).click()
      await page.locator('.refusal').waitFor({ state: 'detached' })
      await button(page, sayMaker(locale, 'undo')).click()
      await page.locator('.refusal').waitFor()
      await page.locator('.care-kind button').click()
      await button(page, sayMaker(locale, 'refusals.replay')).click()
      await page
        .getByText(sayMaker(locale, 'refusals.done', { accepted: 1, rejected: 0 }))
        .first()
        .waitFor()
      await page.getByText('Temperature').first().waitFor()

      // Its kind was corrected, so it was sent away to sign in anew.
      const again = await connectDevice(merit.place.mqttUrl, id, secret)
      const good = { schema: 'home/1', seq: 2, readings: [{ t: takenAtMs + 500, Humidity: 48 }] }
      await again.publishAsync(topic, JSON.stringify(good), { qos: 1 })
      await page.locator('.message-line', { hasText: sayMaker(locale, 'live.accepted', { n: 1 }) }).waitFor()
      await page.locator('.message-line', { hasText: sayMaker(locale, 'live.rejected', { n: 1 }) }).waitFor()
      await again.endAsync()
      await page.getByText(sayMaker(locale, 'reason.kind-changed')).waitFor()
      expect(await wrongWith(page)).toEqual([])
      await button(page, sayMaker(locale, 'care.revoke')).click()
      await button(page, sayMaker(locale, 'care.confirm')).click()
      await page.getByText(sayMaker(locale, 'care.revoked')).waitFor()
      await page.locator('.care-notice button').first().click()
      await page.getByText(sayMaker(locale, 'care.revoked')).waitFor({ state: 'detached' })
      for (const [path, sees] of [
        ['/contract', String(merit.place.configuration.mqttPort)],
        ['/', id],
      ] as const) {
        await page.goto(`${merit.url}${path}`)
        await page.getByText(sees).first().waitFor()
        expect(await wrongWith(page)).toEqual([])
      }
      expect(problems).toEqual([])
      await page.context().close()
    },
    40_000,
  )

  test.each(['en', 'zh-CN'] as const)(
    'a small fleet is started, watched, paused, resumed, stopped and compared: %s',
    async (locale) => {
      const { page, problems } = await openAs('tester', locale, '/')
      const fields = page.locator('form.run-form').last().locator('.run-fields input')
      for (const [index, value] of [
        [0, '2'],
        [1, '1'],
        [2, '1'],
      ] as const)
        await fields.nth(index).fill(value)
      await page.getByRole('radio', { name: sayMaker(locale, 'speed.86400') }).check()
      expect(await wrongWith(page)).toEqual([])
      await button(page, sayMaker(locale, 'runs.go')).click()
      await button(page, sayMaker(locale, 'run.pause')).click()
      await button(page, sayMaker(locale, 'run.resume')).waitFor()
      await page.reload()
      await button(page, sayMaker(locale, 'run.resume')).click()
      // On a day on which neither vehicle is driven, the first trip is the live one: it starts within 20 s.
      await page.locator('.fleet-dot').first().waitFor({ timeout: 30_000 })
      await page.locator('.fleet-home').first().waitFor()
      await button(page, sayMaker(locale, 'run.stop')).click()
      await button(page, sayMaker(locale, 'run.remove')).waitFor({ timeout: 20_000 })
      await page.locator('.verdict').waitFor()
      expect(await wrongWith(page)).toEqual([])
      await button(page, sayMaker(locale, 'run.remove')).click()
      await button(page, sayMaker(locale, 'care.confirm')).click()
      await button(page, sayMaker(locale, 'run.keep')).click()
      await button(page, sayMaker(locale, 'run.remove')).waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
    90_000,
  )

  test.each(['en', 'zh-CN'] as const)(
    'a scenario is chosen with one more fault, run, and its report read: %s',
    async (locale) => {
      const say = (key: ScenarioKey) => sayScenario(locale, key)
      const { page, problems } = await openAs('tester', locale, '/')
      const form = page.locator('form.run-form').first()
      await form.locator('select').selectOption('night-shift-nurse')
      await page.getByText(say('faults.more')).click()
      await page.locator('.fault-switch input[type=checkbox]').nth(1).check()
      await shot(page, `scenario-form-${locale}`)
      expect(await wrongWith(page)).toEqual([])
      await button(page, say('go')).click()
      await page.locator('.scenario-progress').waitFor()
      await page.getByText(say('report.sound')).waitFor({ timeout: 60_000 })
      await page.locator('.fleet-dot').first().waitFor()
      await shot(page, `scenario-report-${locale}`)
      expect(await wrongWith(page)).toEqual([])
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByText(say('download')).click()])
      expect(download.suggestedFilename()).toBe('night-shift-nurse.json')
      expect(problems).toEqual([])
      await page.context().close()
    },
    120_000,
  )
})

async function shot(page: Page, name: string): Promise<void> {
  const pictures = process.env['MERIT_PICTURES']
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}
