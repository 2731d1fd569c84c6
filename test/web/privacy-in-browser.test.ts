// A policyholder reads what is collected and who saw it, takes it along, pauses and resumes, has it erased with a proof of who is there,
// and takes that back: in both languages, on a narrow screen.

import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sayAccount } from '../../dashboard/messages/account.ts'
import { formatMoney } from '../../dashboard/messages/format.ts'
import { sayPrivacy } from '../../dashboard/messages/privacy.ts'
import { say } from '../../dashboard/messages/say.ts'
import { dataKinds } from '../../dashboard/web/privacy/data-kinds.ts'
import { signalsByKind } from '../../devices/contract/signals.ts'
import { password } from '../dashboard/running-dashboard.ts'
import { findService } from '../services.ts'
import { violations } from './axe-violations.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const chromium = findService('chromium')
let browser: OfficeInBrowser

beforeAll(async () => {
  if (chromium !== undefined) browser = await openOffice(chromium)
}, 30_000)
afterAll(() => browser?.close())

test('every signal that a device may say is named with its purpose, once', () => {
  for (const [kind, product] of [
    ['vehicle', 'motor'],
    ['home', 'home'],
  ] as const) {
    const named = dataKinds(product).flatMap(({ signals }) => signals)
    expect(named.toSorted()).toEqual(signalsByKind[kind].map(({ name }) => name).toSorted())
  }
})

test.skipIf(chromium === undefined).each(['en', 'zh-CN'] as const)(
  'privacy from the first screen: seen by, export, pause and resume, erase and undo: %s (Chromium: apt install chromium)',
  async (locale) => {
    const words = (key: Parameters<typeof sayPrivacy>[1], values = {}): string => sayPrivacy(locale, key, values)
    await browser.office.ask('insurer', '/api/v1/policies/motor-a')
    const { page, problems } = await browser.openAs('anna', locale, '/')
    page.setDefaultTimeout(7000)
    await page.emulateMedia({ colorScheme: locale === 'en' ? 'light' : 'dark' })
    await page.getByRole('link', { name: say(locale, 'month.promise.link') }).click()
    await page.waitForURL(/privacy\/motor-a$/)
    await page.getByText(words('group.position.why')).waitFor()
    await page.getByRole('rowheader', { name: 'Ines' }).first().waitFor()
    expect(await violations(page)).toEqual([])
    expect(await widthOf(page)).toBeLessThanOrEqual(narrowPx)

    const download = page.waitForEvent('download')
    await button(page, words('export.start')).click()
    const files = unzipSync(new Uint8Array(readFileSync(await (await download).path())))
    expect(strFromU8(files['trips.csv'] ?? new Uint8Array())).toContain('car-a')
    await page
      .getByText(words('export.done', { all: 600 }))
      .first()
      .waitFor()

    await page.getByRole('radio', { name: words('pause.week') }).check()
    await button(page, words('pause.start')).click()
    await button(page, words('pause.resume')).click()
    await button(page, words('pause.start')).waitFor()

    await button(page, words('erase.start')).click()
    const answer: { readonly consequences: { readonly currency: string; readonly withoutMinor: number } } = await (
      await browser.office.ask('anna', '/api/v1/policies/motor-a/privacy')
    ).json()
    const { currency, withoutMinor } = answer.consequences
    expect(await page.locator('.privacy-consequences').innerText()).toContain(formatMoney(withoutMinor, currency, locale))
    expect(await button(page, words('erase.confirm')).isDisabled()).toBe(true)
    await page.getByLabel(words('erase.sure')).check()
    expect(await violations(page)).toEqual([])
    if (process.env['MERIT_PICTURES'] !== undefined)
      await page.screenshot({ path: `${process.env['MERIT_PICTURES']}/privacy-${locale}-390.png`, fullPage: true })
    // The session was left open for longer than a coffee: whoever sits there has to prove who they are.
    await browser.office.book.updateTable('session_marks').set({ proved_at_ms: 0 }).execute()
    await button(page, words('erase.confirm')).click()
    const dialog = page.getByRole('dialog', { name: sayAccount(locale, 'proof.title') })
    await dialog.getByLabel(sayAccount(locale, 'proof.password')).fill(password)
    await dialog.getByRole('button', { name: sayAccount(locale, 'proof.confirm') }).click()
    await button(page, words('erase.undo')).waitFor()
    await button(page, words('erase.undo')).click()
    await button(page, words('erase.start'))
      .or(button(page, words('erase.confirm')))
      .waitFor()
    await page.setViewportSize({ width: 1280, height: 900 })
    expect(await violations(page)).toEqual([])
    if (process.env['MERIT_PICTURES'] !== undefined)
      await page.screenshot({ path: `${process.env['MERIT_PICTURES']}/privacy-${locale}-1280.png`, fullPage: true })
    // The browser notes the one answer that asked for the proof.
    expect(problems.filter((problem) => !problem.includes('403'))).toEqual([])
    expect(problems).toHaveLength(1)
    await page.context().close()
  },
  30_000,
)
