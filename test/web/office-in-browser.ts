// A real browser on a narrow screen before a running dashboard with the web app built from source, for the tests that act as a person.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Locator, type Page } from 'playwright-core'
import { build } from 'vite'
import type { Locale } from '../../dashboard/messages/locale.ts'
import type { DashboardOptions } from '../../dashboard/start-dashboard.ts'
import { type Person, type RunningDashboard, runDashboard } from '../dashboard/running-dashboard.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const narrowPx = 360

export interface OpenPage {
  readonly page: Page
  /** Whatever the page's console called an error. */
  readonly problems: string[]
}

export interface Screen {
  readonly widthPx: number
  readonly colorScheme: 'light' | 'dark'
}

export interface OfficeInBrowser {
  readonly office: RunningDashboard
  /** On a narrow, light screen unless it is said. */
  openAs(who: Person | 'nobody', locale: Locale, path: string, screen?: Screen): Promise<OpenPage>
  close(): Promise<void>
}

export async function openOffice(executablePath: string, changes: Partial<DashboardOptions> = {}): Promise<OfficeInBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'merit-web-app-'))
  await build({
    root: join(root, 'dashboard/web'),
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'silent',
    build: { outDir: folder, emptyOutDir: true },
  })
  const office = await runDashboard({ ...changes, webAppFolder: folder })
  const browser = await chromium.launch({
    executablePath,
    // Maps are drawn by the processor where there is no graphics card.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--enable-unsafe-swiftshader',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    office,
    async openAs(who, locale, path, { widthPx, colorScheme } = { widthPx: narrowPx, colorScheme: 'light' }) {
      const context = await browser.newContext({ locale, colorScheme, viewport: { width: widthPx, height: 800 } })
      const [name = '', value = ''] = (office.cookieOf(who)['cookie'] ?? '').split(/=(.*)/s)
      if (name !== '') await context.addCookies([{ name, value, url: office.url }])
      const page = await context.newPage()
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text())
      })
      await page.goto(`${office.url}${path}`)
      return { page, problems }
    },
    async close() {
      await browser.close()
      await office.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true })
}

export function widthOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth)
}
