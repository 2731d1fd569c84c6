// The studio in a real browser: somebody signs in, finds the two first flows and Merit's nodes in their language, presses the button
// of the home, and reads what the flow tells the household.

import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { removeFolder } from '../running-merit.ts'
import { findService, howToGet } from '../services.ts'
import { type MeritForStudio, type RunningStudio, startMeritForStudio, startStudio, studioEmails } from './running-studio.ts'

const executablePath = findService('chromium')
const title = executablePath === undefined ? `the studio (skipped: ${howToGet('chromium')})` : 'the studio'
const pictures = process.env['MERIT_PICTURES']

const words = {
  en: {
    leakTab: 'A leak closes the valve',
    fleetTab: 'A fleet with a fault',
    vehicle: 'vehicle',
    said: 'Water on the floor: the main valve was closed.',
    faultTitle: 'Sent twice',
  },
  'zh-CN': {
    leakTab: '漏水自动关阀',
    fleetTab: '带故障的车队',
    vehicle: '车辆',
    said: '地面有水：总阀已关闭。',
    faultTitle: '重复发送',
  },
} as const

describe.skipIf(executablePath === undefined)(title, () => {
  const open: { merit?: MeritForStudio; studio?: RunningStudio; browser?: Browser } = {}
  beforeAll(async () => {
    open.merit = await startMeritForStudio()
  }, 60_000)
  afterAll(async () => {
    await open.browser?.close()
    await open.studio?.stopStudio()
    await open.merit?.merit.stop()
    if (open.merit !== undefined) removeFolder(open.merit.merit.dataDir)
  }, 60_000)

  test.each(['en', 'zh-CN'] as const)(
    'opens with two flows that work, in %s',
    async (locale) => {
      open.studio = await startStudio(locale, open.merit)
      open.browser = await chromium.launch({
        ...(executablePath === undefined ? {} : { executablePath }),
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      })
      const page = await (await open.browser.newContext({ locale, viewport: { width: 1440, height: 860 } })).newPage()
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(error.message))
      await page.goto(open.studio.url)
      await page.locator('#node-dialog-login-username').fill(studioEmails.tester)
      await page.locator('#node-dialog-login-password').fill(open.studio.passwords.tester)
      await page.keyboard.press('Enter')
      const said = words[locale]
      await page.getByText(said.leakTab).first().waitFor()
      await page.locator('.red-ui-palette-node[data-palette-type="merit-vehicle"]').waitFor()
      expect(await page.locator('.red-ui-palette-node[data-palette-type="merit-vehicle"]').innerText()).toBe(said.vehicle)

      // The button of the home: a pipe leaks, and the flow does the rest.
      await page.locator('#leak-home .red-ui-flow-node-button-button').first().click()
      await page.getByText(said.said.slice(0, 20)).first().waitFor({ timeout: 30_000 })
      await shot(page, `studio-leak-${locale}`)

      await page.getByText(said.fleetTab).first().click()
      await page.locator('#fleet-fault').waitFor()
      await page.locator('#fleet-fault .red-ui-flow-node').first().dblclick()
      await page.locator('#node-input-fault').waitFor()
      await page.waitForFunction(() => document.querySelectorAll('#node-input-fault option').length > 10)
      expect(await page.locator('#node-input-fault option:checked').innerText()).toBe(said.faultTitle)
      await shot(page, `studio-fault-${locale}`)
      expect(problems).toEqual([])
      await open.browser.close()
      await open.studio.stopStudio()
      // The next language begins with first flows of its own.
      removeFolder(join(open.studio.merit.dataDir, 'studio'))
    },
    120_000,
  )
})

async function shot(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`) })
}
