// The policyholder's door in a real browser: signs in to a demo, reads the premium in both languages, and sees the real drive.

import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningMerit, removeFolder, startMerit, temporaryFolder } from './running-merit.ts'
import { findService, howToGet } from './services.ts'

const executablePath = findService('chromium')
const name =
  executablePath === undefined ? `the policyholder’s door (skipped: ${howToGet('chromium')})` : 'the policyholder’s door'

describe.skipIf(executablePath === undefined)(name, () => {
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

  async function openAs(locale: 'en' | 'zh-CN'): Promise<{ page: Page; problems: string[] }> {
    const page = await (await browser.newContext({ locale })).newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(merit.dashboardUrl)
    return { page, problems }
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

  test('the demo prints four sign-ins', () => {
    for (const role of ['insurer', 'policyholder', 'maker', 'tester'])
      expect(signInOf(role).password).toMatch(/^\w{4}-\w{4}-\w{4}$/)
  })
})
