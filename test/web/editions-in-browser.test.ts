// An edition in a real browser: drafted, a cell and a curve changed in place, a mistake marked where it is, red test cases mended,
// submitted, approved by somebody else, run over the book and put into force. Whatever the page's console calls an error fails.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Edition } from '../../dashboard/api/edition-shapes.ts'
import { say } from '../../dashboard/messages/say.ts'
import { sayWorkbench } from '../../dashboard/messages/workbench.ts'
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
    const { items: all }: { readonly items: readonly Edition[] } = await (
      await merit.office.ask('insurer', '/api/v1/editions?plan=motor')
    ).json()
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
      const city = author.locator('#part-factor-region tbody tr').filter({ hasText: 'city' }).locator('td').first()
      await city.click()
      await author.keyboard.type('nothing')
      await author.keyboard.press('Enter')
      await city.locator('.grid-problem').waitFor()
      await author.locator('.plan-kept-unfit').waitFor()
      expect(await button(author, say(locale, 'edition.act.submit')).isDisabled(), 'what is wrong cannot be submitted').toBe(true)

      await city.click()
      await author.keyboard.type(factor)
      await author.keyboard.press('Enter')
      await author.locator('.plan-kept-saved').waitFor()
      expect(await city.innerText(), 'old and new stand in one cell').toMatch(new RegExp(`^${factor}\\s`))
      await author.locator('#part-test-cases .edition-bad').waitFor()
      await button(author, sayWorkbench(locale, 'plan.undo')).click()
      await author.locator('#part-test-cases .edition-bad').waitFor()
      await button(author, sayWorkbench(locale, 'plan.redo')).click()
      await author.locator('.plan-kept-saved').waitFor()
      expect(await author.locator('.plan-example .plan-steps').count()).toBeLessThan(2)

      const point = author.locator('#part-behaviour-braking .curve-handle').last()
      await point.focus()
      await author.keyboard.press('ArrowUp')
      await author.locator('#part-behaviour-braking .grid-changed').waitFor()

      const expectAll = author.locator('#part-test-cases p > .button')
      await expectAll.click()
      await author.locator('#part-test-cases .edition-good').waitFor()
      await author.locator('.plan-kept-saved').waitFor()
      await expect.poll(() => button(author, say(locale, 'edition.act.submit')).isDisabled()).toBe(false)
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
