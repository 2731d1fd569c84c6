// A dispute in a real browser, by keyboard and on a narrow screen: said by the holder, decided by the insurer with what was
// recorded, read by the holder. Whatever the page's console calls an error fails the test.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatMoney } from '../../dashboard/messages/format.ts'
import { say } from '../../dashboard/messages/say.ts'
import { findService, howToGet } from '../services.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const executablePath = findService('chromium')
const title =
  executablePath === undefined ? `a dispute in a browser (skipped: ${howToGet('chromium')})` : 'a dispute in a browser'

describe.skipIf(executablePath === undefined)(title, () => {
  let merit: OfficeInBrowser
  beforeAll(async () => {
    merit = await openOffice(executablePath ?? '')
  }, 60_000)
  afterAll(() => merit?.close())

  test.each(['en', 'zh-CN'] as const)(
    'said by keyboard, accepted with the evidence, read by its holder, and taken back: %s',
    async (locale) => {
      const trip = await merit.office.book.selectFrom('trips').select('id').executeTakeFirstOrThrow()
      const tripPath = `/policies/motor-a/trips/${trip.id}`
      const premium = async () => (await merit.office.ask('anna', '/api/v1/policies/motor-a/premium')).json()
      const before = await premium()

      const holder = await merit.openAs('anna', locale, tripPath)
      await button(holder.page, say(locale, 'dispute.start'))
        .or(button(holder.page, say(locale, 'dispute.start.more')))
        .focus()
      await holder.page.keyboard.press('Enter')
      await holder.page.locator('.option input:focus').waitFor()
      await holder.page.keyboard.press('Space')
      await holder.page.keyboard.press('Tab')
      await holder.page.keyboard.type('In the back seat.')
      expect(await widthOf(holder.page)).toBe(narrowPx)
      await holder.page.keyboard.press('Tab')
      await holder.page.keyboard.press('Enter')
      await holder.page.locator('.dispute-status-open').waitFor()

      const insurer = await merit.openAs('insurer', locale, '/disputes')
      await insurer.page.locator('table a').first().click()
      await insurer.page.locator('.speed-chart canvas').waitFor()
      expect(await insurer.page.locator('.dispute-said blockquote').innerText()).toBe('In the back seat.')
      expect(await insurer.page.locator('.facts-large').innerText()).toContain(
        formatMoney(before.classPremiumMinor, before.currency, locale),
      )
      expect(await widthOf(insurer.page)).toBe(narrowPx)
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
