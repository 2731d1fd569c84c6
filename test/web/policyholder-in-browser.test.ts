// A policyholder's first screen in a real browser, in both languages, light and dark: understand the month, open a bar to its trips, say
// who drove and take it back, and look at a home's days. Every page is held to axe-core's rules, and whatever the page's console
// calls an error fails the test.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Month } from '../../dashboard/api/month-routes.ts'
import type { RankedNudge } from '../../dashboard/api/nudge-routes.ts'
import type { TripPage } from '../../dashboard/api/shapes.ts'
import { formatMoney } from '../../dashboard/messages/format.ts'
import { sayOwnPage } from '../../dashboard/messages/own-pages.ts'
import { say } from '../../dashboard/messages/say.ts'
import { findService, howToGet } from '../services.ts'
import { violations } from './axe-violations.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'
import { weeksAtHome, weeksOfDriving } from './weeks-of-driving.ts'

const executablePath = findService('chromium')
const title =
  executablePath === undefined
    ? `a policyholder’s first screen in a browser (skipped: ${howToGet('chromium')})`
    : 'a policyholder’s first screen in a browser'

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
    await merit.office.telemetry.append(weeksAtHome('hub-b', 4, now))
    await merit.office.pricing.settle()
    const nudges = await get<{ readonly items: readonly RankedNudge[] }>('anna', 'policies/motor-a/nudges')
    const body = { behaviour: nudges.items[0]?.behaviour ?? '' }
    await merit.office.ask('anna', '/api/v1/policies/motor-a/goal', { method: 'POST', body })
  }, 60_000)
  afterAll(() => merit?.close())

  test.each(['en', 'zh-CN'] as const)(
    'the month with its range, a bar opened to its trips, and from there to one of them: %s',
    async (locale) => {
      const { page, problems } = await merit.openAs('anna', locale, '/')
      await page.emulateMedia({ colorScheme: locale === 'en' ? 'light' : 'dark' })
      const month = await get<Month>('anna', 'policies/motor-a/month')
      const { estimate, currency } = month
      if (estimate.kind !== 'estimate') throw new Error(estimate.kind)
      const amount = formatMoney(estimate.expectedMinor, currency, locale)
      await page.locator('.month-words').waitFor()
      expect(await page.locator('.premium-amount').innerText()).toContain(amount)
      const told = await page.locator('.month-words').innerText()
      if (month.daysLeft > 0 && estimate.lowMinor < estimate.highMinor) {
        expect(told).toContain(formatMoney(estimate.lowMinor, currency, locale))
        expect(told).toContain(formatMoney(estimate.highMinor, currency, locale))
      }
      expect(await page.locator('.premium-sentences p').count()).toBe(3)
      expect(await page.locator('.month-promise').innerText()).toContain(say(locale, 'month.promise'))
      await page.locator('svg.budget').waitFor()
      await page.locator('.speed-chart canvas').waitFor()
      expect(await violations(page)).toEqual([])
      expect(await widthOf(page)).toBe(narrowPx)

      await page.locator('a.step-open', { hasText: say(locale, 'step.behaviour:braking.title') }).focus()
      await page.keyboard.press('Enter')
      await page.locator('.behind-moved').first().waitFor()
      const rows = page.locator('.table-frame tbody tr')
      expect(await rows.count()).toBe(20)
      await button(page, sayOwnPage(locale, 'bar.more')).click()
      await page.waitForFunction(() => document.querySelectorAll('.table-frame tbody tr').length > 20)
      expect(await violations(page)).toEqual([])
      expect(await widthOf(page)).toBe(narrowPx)
      await rows.first().locator('a').click()
      await page.locator('.trip-cost-words').waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
    30_000,
  )

  test.each(['en', 'zh-CN'] as const)(
    'one key confirms the latest trip, another takes it back, and a passenger’s trip waits for the insurer: %s',
    async (locale) => {
      const { page, problems } = await merit.openAs('anna', locale, '/')
      await page.emulateMedia({ colorScheme: locale === 'en' ? 'light' : 'dark' })
      const latest = async () => (await trips()).trips[0]?.said
      await button(page, say(locale, 'said.driver')).focus()
      await page.keyboard.press('Enter')
      await page.getByText(say(locale, 'said.driver.done')).first().waitFor()
      expect(await latest()).toBe('driver')
      // The keyboard is where it can be taken back.
      await page.waitForFunction(() => document.activeElement?.closest('.question-said') !== null)
      await page.keyboard.press('Enter')
      await button(page, say(locale, 'said.driver')).waitFor()
      expect(await latest()).toBeNull()

      await button(page, say(locale, 'said.passenger')).click()
      await page.locator('.question-said').waitFor()
      expect(await latest()).toBe('passenger')
      expect(await violations(page)).toEqual([])
      await button(page, say(locale, 'said.undo')).click()
      await button(page, say(locale, 'said.passenger')).waitFor()
      expect(await latest()).toBeNull()
      expect(problems).toEqual([])
      await page.context().close()
    },
    30_000,
  )

  test.each(['en', 'zh-CN'] as const)(
    'a home’s days, what its valve is worth, the evidence of a finding, and what to do about a battery: %s',
    async (locale) => {
      const { page, problems } = await merit.openAs('bert', locale, '/')
      await page.emulateMedia({ colorScheme: locale === 'en' ? 'light' : 'dark' })
      await page.locator('.installation').waitFor()
      expect(await page.locator('.installation h3').first().innerText()).toBe('Device hub-b')
      const valve = await get<{ savingMinor: number; currency: string }>('bert', 'policies/home-b/valve')
      expect(valve.savingMinor).toBeGreaterThan(0)
      await page.locator('.valve').waitFor()
      expect(await page.locator('.valve').innerText()).toContain(formatMoney(valve.savingMinor, valve.currency, locale))
      expect(await page.locator('.device-advice').innerText()).toContain('14')
      const leak = page.locator('.finding', { hasText: say(locale, 'home.water') })
      await leak.locator('summary').focus()
      await page.keyboard.press('Enter')
      await leak.getByText(say(locale, 'home.span.leak-sensor')).waitFor()
      expect(await violations(page)).toEqual([])
      expect(await widthOf(page)).toBe(narrowPx)
      expect(problems).toEqual([])
      await page.context().close()
    },
    30_000,
  )
})
