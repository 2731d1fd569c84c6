// An edition in a real browser: drafted, a table changed after a look at what changes, refused with the place of a mistake,
// submitted, approved by somebody else, run over the book and put into force. Whatever the page's console calls an error fails.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Edition } from '../../dashboard/api/edition-shapes.ts'
import { say } from '../../dashboard/messages/say.ts'
import { findService, howToGet } from '../services.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const executablePath = findService('chromium')
const title =
  executablePath === undefined ? `an edition in a browser (skipped: ${howToGet('chromium')})` : 'an edition in a browser'

describe.skipIf(executablePath === undefined)(title, () => {
  let merit: OfficeInBrowser
  beforeAll(async () => {
    merit = await openOffice(executablePath ?? '')
  }, 60_000)
  afterAll(() => merit?.close())

  const motorEditions = async (): Promise<readonly Edition[]> => {
    const { items: all }: { readonly items: readonly Edition[] } = await (await merit.office.ask('insurer', '/api/v1/editions?plan=motor')).json()
    return all
  }

  test.each([
    ['en', '1.2'],
    ['zh-CN', '1.3'],
  ] as const)(
    'from a draft to in force, with four eyes: %s',
    async (locale, factor) => {
      const before = (await motorEditions()).find(({ status }) => status === 'active')
      const { page: author, problems } = await merit.openAs('insurer', locale, '/editions')
      await button(author, say(locale, 'edition.draft.new')).first().click()
      const edit = button(author, say(locale, 'edition.csv.edit.label', { table: 'factor-region' }))
      await edit.click()
      const text = author.locator('.edition-text')
      await expect.poll(() => text.inputValue()).toContain('city')
      const csv = await text.inputValue()

      await text.fill(csv.replace(/^city,.*$/m, 'city,nothing'))
      await button(author, say(locale, 'edition.csv.look')).click()
      await author.locator('.edition-editor .edition-problems li').first().waitFor()
      expect(await button(author, say(locale, 'edition.csv.take', { count: 1 })).count(), 'a mistake cannot be taken').toBe(0)

      await text.fill(csv.replace(/^city,.*$/m, `city,${factor}`))
      await button(author, say(locale, 'edition.csv.look')).click()
      await button(author, say(locale, 'edition.csv.take', { count: 1 })).click()
      await button(author, say(locale, 'edition.checks.rate')).click()
      await author.locator('.edition-good').waitFor()
      expect(await widthOf(author)).toBe(narrowPx)

      await button(author, say(locale, 'replay.start')).click()
      await author.locator('.replay-histogram').first().waitFor({ timeout: 20_000 })
      expect(await widthOf(author)).toBe(narrowPx)
      await author.locator('.crumb a').click()

      await button(author, say(locale, 'edition.act.submit')).click()
      await author.locator('.edition-status-submitted').waitFor()
      await author.getByText(say(locale, 'edition.four-eyes')).waitFor()
      expect(await button(author, say(locale, 'edition.act.approve')).count(), 'nobody approves their own').toBe(0)

      const approver = await merit.openAs('approver', locale, new URL(author.url()).pathname)
      await approver.page.locator('textarea').fill('Looked at with care.')
      await button(approver.page, say(locale, 'edition.act.approve')).click()
      await approver.page.locator('.edition-status-approved').waitFor()
      await button(approver.page, say(locale, 'edition.act.schedule')).click()
      await expect
        .poll(async () => (await motorEditions()).find(({ status }) => status === 'active')?.hash, { timeout: 15_000 })
        .not.toBe(before?.hash)
      await approver.page.getByText('Looked at with care.').waitFor()
      expect([...problems, ...approver.problems]).toEqual([])
      await author.context().close()
      await approver.page.context().close()
    },
    60_000,
  )
})
