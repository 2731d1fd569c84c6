// Anybody checks a statement they were shown: by the address of its code, and by its file, on a narrow screen in both languages.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readStatement } from '../../dashboard/statement/statement-subject.ts'
import { findService } from '../services.ts'
import { narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const chromium = findService('chromium')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser: OfficeInBrowser
let pdf = Buffer.alloc(0)

beforeAll(async () => {
  if (chromium === undefined) return
  browser = await openOffice(chromium)
  pdf = Buffer.from(await (await browser.office.ask('anna', '/api/v1/policies/motor-a/statement.pdf')).arrayBuffer())
}, 30_000)
afterAll(() => browser?.close())

for (const [locale, words] of [
  ['en', { genuine: 'Genuine', unknown: 'Not known here', file: 'Choose the PDF' }],
  ['zh-CN', { genuine: '真实', unknown: '查无记录', file: '选择 PDF 文件' }],
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
      await page.evaluate(axe)
      const violations: unknown = await page.evaluate(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + nodes[0].html))',
      )
      expect(violations).toEqual([])
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
      expect(problems).toEqual([])
      await page.context().close()
    },
  )
