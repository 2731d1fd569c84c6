// Trips in a real browser, in both languages, light and dark: what one costs, its neighbours, its chart, and all of them as a list.
// Every page is held to axe-core's rules, and whatever the page's console calls an error fails the test.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TripPage } from '../../dashboard/api/shapes.ts'
import type { TripCost } from '../../dashboard/api/trip-shapes.ts'
import { formatMoney } from '../../dashboard/messages/format.ts'
import { sayOwnPage } from '../../dashboard/messages/own-pages.ts'
import { findService, howToGet } from '../services.ts'
import { violations } from './axe-violations.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'
import { weeksOfDriving } from './weeks-of-driving.ts'

const executablePath = findService('chromium')
const title = executablePath === undefined ? `trips in a browser (skipped: ${howToGet('chromium')})` : 'trips in a browser'

describe.skipIf(executablePath === undefined)(title, () => {
  let merit: OfficeInBrowser
  const get = async <Answer>(who: 'anna' | 'bert', path: string): Promise<Answer> => {
    const answer: Answer = await (await merit.office.ask(who, `/api/v1/${path}`)).json()
    return answer
  }
  const trips = () => get<TripPage>('anna', 'policies/motor-a/trips?limit=100')

  beforeAll(async () => {
    merit = await openOffice(executablePath ?? '')
    const now = Date.now()
    await merit.office.telemetry.append(weeksOfDriving('car-a', 5, now))
    await merit.office.pricing.settle()
  }, 60_000)
  afterAll(() => merit?.close())

  test.each(['en', 'zh-CN'] as const)(
    'a trip’s cost to the cent, its roads, its neighbours by the arrow keys, and its chart looked into: %s',
    async (locale) => {
      const [, second, third] = (await trips()).trips
      const cost = await get<TripCost>('anna', `trips/${second?.id}/cost`)
      const { page, problems } = await merit.openAs('anna', locale, `/policies/motor-a/trips/${second?.id}`)
      await page.emulateMedia({ colorScheme: locale === 'en' ? 'light' : 'dark' })
      await page.locator('.trip-cost-words').waitFor()
      const told = await page.locator('.trip-cost-words').innerText()
      expect(told).toContain(formatMoney(cost.withMinor, cost.currency, locale))
      expect(told).toContain(formatMoney(Math.abs(cost.withMinor - cost.withoutMinor), cost.currency, locale))
      await page.locator('.route-road').first().waitFor({ state: 'attached' })
      await page.locator('.speed-chart canvas').waitFor()
      expect(await violations(page)).toEqual([])
      expect(await widthOf(page)).toBe(narrowPx)

      await button(page, sayOwnPage(locale, 'zoom.in')).focus()
      await page.keyboard.press('Enter')
      await page.waitForFunction(
        (hint) => document.querySelector('.zoom-words')?.textContent !== hint,
        sayOwnPage(locale, 'zoom.hint'),
      )
      expect(await page.locator('.zoom-words').innerText()).toContain('360')
      await button(page, sayOwnPage(locale, 'zoom.whole')).click()
      await page.getByText(sayOwnPage(locale, 'zoom.hint')).waitFor()

      await page.locator('.trip-previous').focus()
      await page.keyboard.press('ArrowLeft')
      await page.waitForURL(`**/trips/${third?.id}`)
      await page.locator('.trip-cost-words').waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
    30_000,
  )

  test.each(['en', 'zh-CN'] as const)(
    'all trips, week by week, by what becomes of them: %s',
    async (locale) => {
      const { page, problems } = await merit.openAs('anna', locale, '/policies/motor-a/trips')
      await page.emulateMedia({ colorScheme: locale === 'en' ? 'light' : 'dark' })
      await page.locator('.trip-week').first().waitFor()
      const all = (await trips()).trips.length
      await button(page, sayOwnPage(locale, 'list.more')).click()
      await page.waitForFunction((count) => document.querySelectorAll('.trip-row').length === count, all)
      expect(await violations(page)).toEqual([])
      expect(await widthOf(page)).toBe(narrowPx)
      await button(page, sayOwnPage(locale, 'list.disputed')).click()
      await page.getByText(sayOwnPage(locale, 'list.none.title')).waitFor()
      await button(page, sayOwnPage(locale, 'list.counted')).click()
      await page.locator('.trip-week').first().waitFor()
      expect(await button(page, sayOwnPage(locale, 'list.counted')).getAttribute('aria-pressed')).toBe('true')
      expect(problems).toEqual([])
      await page.context().close()
    },
    30_000,
  )
})
