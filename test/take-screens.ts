// `npm run screens`: starts a demo, waits until its recorded drives are priced, and photographs the key screens into
// docs/screens/, for the README and for critical eyes.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { readDemoAccounts } from '../main/demo/demo-book.ts'
import { type RunningMerit, removeFolder, startMerit, temporaryFolder } from './running-merit.ts'
import { findService, howToGet } from './services.ts'
import { root } from './source-tree.ts'

interface Screen {
  readonly file: string
  readonly role: 'policyholder' | 'insurer' | 'maker' | 'tester' | undefined
  readonly locale: 'en' | 'zh-CN'
  readonly width: number
  readonly colorScheme?: 'light' | 'dark'
  readonly path?: string
  /** The whole page, or only what a screen shows. */
  readonly whole?: boolean
}

const screens: readonly Screen[] = [
  { file: 'sign-in-en', role: undefined, locale: 'en', width: 1280 },
  { file: 'policyholder-en', role: 'policyholder', locale: 'en', width: 1280 },
  { file: 'policyholder-zh', role: 'policyholder', locale: 'zh-CN', width: 1280 },
  { file: 'policyholder-en-phone', role: 'policyholder', locale: 'en', width: 390, whole: true },
  { file: 'policyholder-zh-dark-phone', role: 'policyholder', locale: 'zh-CN', width: 390, colorScheme: 'dark', whole: true },
  { file: 'home-en', role: 'policyholder', locale: 'en', width: 1280, path: '/policies/home-2001' },
  { file: 'insurer-en', role: 'insurer', locale: 'en', width: 1280 },
  { file: 'maker-en', role: 'maker', locale: 'en', width: 1280 },
  { file: 'tester-zh', role: 'tester', locale: 'zh-CN', width: 1280 },
]

const heightPx = 900
/** The live drive is on its way and every history is priced. */
const settleMs = 25_000
const drawMs = 2500

const executablePath = findService('chromium')
if (executablePath === undefined) {
  console.error(`Screenshots need Chromium: ${howToGet('chromium')}`)
  process.exit(1)
}
const folder = join(root, 'docs/screens')
mkdirSync(folder, { recursive: true })
const dataDir = temporaryFolder()
const merit = await startMerit({ demo: true, dataDir })
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  for (const screen of screens) {
    await photograph(browser, merit, screen)
    console.log(`docs/screens/${screen.file}.png`)
  }
} finally {
  await browser.close()
  await merit.stop()
  removeFolder(dataDir)
}

async function photograph(from: Browser, { dashboardUrl }: RunningMerit, screen: Screen): Promise<void> {
  const { locale, width, colorScheme = 'light' } = screen
  const context = await from.newContext({ locale, colorScheme, viewport: { width, height: heightPx }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  if (screen.role !== undefined) await signIn(page, dashboardUrl, screen.role)
  await page.goto(`${dashboardUrl}${screen.path ?? '/'}`)
  await page.waitForTimeout(drawMs)
  await page.screenshot({ path: join(folder, `${screen.file}.png`), fullPage: screen.whole === true })
  await context.close()
}

async function signIn(page: Page, dashboardUrl: string, role: string): Promise<void> {
  const account = readDemoAccounts(dataDir).find((candidate) => candidate.role === role)
  if (account === undefined) throw new Error(`the demo has no ${role}`)
  const { email, password } = account
  const response = await page.request.post(`${dashboardUrl}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: dashboardUrl },
  })
  if (!response.ok()) throw new Error(`${role} could not sign in: ${response.status()}`)
}
