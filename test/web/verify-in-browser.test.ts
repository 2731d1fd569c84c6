// Anybody checks a statement they were shown: by the address of its code, and by its file, on a narrow screen in both languages.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { readStatement } from '../../dashboard/statement/statement-subject.ts'
import { findService } from '../services.ts'
import { violations } from './axe-violations.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const chromium = findService('chromium')
let browser: OfficeInBrowser
let pdf = Buffer.alloc(0)

beforeAll(async () => {
  if (chromium === undefined) return
  browser = await openOffice(chromium)
  pdf = Buffer.from(await (await browser.office.ask('anna', '/api/v1/policies/motor-a/statement.pdf')).arrayBuffer())
}, 30_000)
afterAll(() => browser?.close())

for (const [locale, words] of [
  ['en', { genuine: 'Genuine', known: 'The number is known', unknown: 'Not known here', file: 'Choose the PDF', check: 'Check' }],
  ['zh-CN', { genuine: '真实', known: '编号存在', unknown: '查无记录', file: '选择 PDF 文件', check: '查验' }],
] as const)
  test.skipIf(chromium === undefined)(
    `a statement is genuine by its code and by its file, a changed file is not, in ${locale} (Chromium: apt install chromium)`,
    async () => {
      const stated = readStatement(pdf)
      const { page, problems } = await browser.openAs('maker', locale, `/verify/${stated?.premiumId}`)
      const heading = (name: string) => page.getByRole('heading', { name, exact: true })
      await heading(words.genuine).waitFor()
      const answer = await page.locator('.verify-answer').innerText()
      expect(answer.replace(/\D/g, '')).toContain(String(stated?.premiumMinor))
      expect(answer).not.toContain('Anna')
      expect(await widthOf(page)).toBeLessThanOrEqual(narrowPx)
      expect(await violations(page)).toEqual([])
      if (process.env['MERIT_PICTURES'] !== undefined)
        await page.screenshot({ path: `${process.env['MERIT_PICTURES']}/verify-${locale}.png`, fullPage: true })
      const changed = Buffer.from(pdf)
      changed[changed.length - 10] = 0x21
      const choose = (buffer: Buffer) =>
        page.getByLabel(words.file).setInputFiles({ name: 'statement.pdf', mimeType: 'application/pdf', buffer })
      await choose(changed)
      await heading(words.unknown).waitFor()
      await choose(pdf)
      await heading(words.genuine).waitFor()
      // A premium of which nobody was given a statement is not called a statement.
      const bert: { readonly id: string } = await (await browser.office.ask('bert', '/api/v1/policies/home-b/premium')).json()
      await page.getByRole('textbox').fill(bert.id.toUpperCase())
      await button(page, words.check).click()
      await heading(words.known).waitFor()
      await page.getByRole('textbox').fill('0123456789abcdef0123')
      await button(page, words.check).click()
      await heading(words.unknown).waitFor()
      expect(problems).toEqual([])
      // Signed out; the browser notes that nobody has a session.
      await page.context().clearCookies()
      await page.reload()
      await heading(words.genuine).waitFor()
      expect(problems.filter((text) => !text.includes('401'))).toEqual([])
      await page.context().close()
    },
  )
