// A policyholder changes how figures are read and which page opens first, sees both happen, and takes a change back: in both languages,
// on a narrow screen and a desk.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TripPage } from '../../dashboard/api/shapes.ts'
import type { Settings } from '../../dashboard/inbox/settings.ts'
import { formatDistance } from '../../dashboard/messages/format.ts'
import { say } from '../../dashboard/messages/say.ts'
import { saySettings } from '../../dashboard/messages/settings.ts'
import { metric, showIn } from '../../dashboard/messages/shown-units.ts'
import { findService } from '../services.ts'
import { violations } from './axe-violations.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const chromium = findService('chromium')
let browser: OfficeInBrowser

beforeAll(async () => {
  if (chromium !== undefined) browser = await openOffice(chromium)
}, 30_000)
afterAll(() => browser?.close())

const usual = {
  muted: [],
  quietFromHour: 21,
  quietToHour: 8,
  units: 'km',
  degrees: 'c',
  opening: 'premium',
} satisfies Omit<Settings, 'locale'>

test.skipIf(chromium === undefined).each(['en', 'zh-CN'] as const)(
  'miles, quiet hours, muted kinds, undo, and the page that opens first: %s (Chromium: apt install chromium)',
  async (locale) => {
    const { office } = browser
    await office.ask('anna', '/api/v1/settings', { method: 'POST', body: { ...usual, locale } })
    const read = async (): Promise<Settings> => {
      const settings: Settings = await (await office.ask('anna', '/api/v1/settings')).json()
      return settings
    }
    const words = (key: Parameters<typeof saySettings>[1]): string => saySettings(locale, key)
    const { page, problems } = await browser.openAs('anna', locale, '/')
    page.setDefaultTimeout(7000)
    await page.emulateMedia({ colorScheme: locale === 'en' ? 'light' : 'dark' })
    const { trips }: TripPage = await (await office.ask('anna', '/api/v1/policies/motor-a/trips')).json()
    const metres = trips[0]?.distanceM ?? 0
    await page.getByText(formatDistance(metres, locale)).first().waitFor()
    await page.getByRole('link', { name: say(locale, 'app.settings') }).click()

    await page.getByRole('radio', { name: words('units.mi') }).check()
    await page.getByText('7.7\u00a0mi').waitFor()
    await page.getByRole('radio', { name: words('degrees.f') }).check()
    await page.getByText('39.2\u00a0°F').waitFor()
    await page.getByRole('combobox', { name: words('quiet.from') }).selectOption('22')
    await page.getByText(saySettings(locale, 'quiet.is', { from: '22:00', to: '08:00' })).waitFor()
    await page.getByRole('checkbox', { name: words('messages.goal') }).uncheck()
    await expect.poll(read).toMatchObject({ units: 'mi', degrees: 'f', quietFromHour: 22, muted: ['goal'] })
    await button(page, words('undo')).click()
    await expect.poll(read).toMatchObject({ units: 'mi', quietFromHour: 22, muted: [] })
    expect(await violations(page)).toEqual([])
    expect(await widthOf(page)).toBeLessThanOrEqual(narrowPx)
    const pictures = process.env['MERIT_PICTURES']
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/settings-${locale}-390.png`, fullPage: true })
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(await violations(page)).toEqual([])
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/settings-${locale}-1280.png`, fullPage: true })

    await page.getByRole('radio', { name: words('opening.trips') }).check()
    await expect.poll(read).toMatchObject({ opening: 'trips' })
    await page.waitForFunction(() => localStorage.getItem('merit.opening') === 'trips')
    await page.goto(`${office.url}/`)
    await page.waitForURL(/policies\/motor-a\/trips$/)
    showIn({ ...metric, distance: 'mi' })
    const inMiles = formatDistance(metres, locale)
    showIn(metric)
    await page.getByText(inMiles).first().waitFor()
    // The name at the top leads to the first screen all the same.
    await page.locator('.wordmark').click()
    await page.locator('.premium-amount').waitFor()
    expect(new URL(page.url()).pathname).toBe('/')
    expect(problems).toEqual([])
    await page.context().close()
  },
  30_000,
)
