// How a person comes in and keeps others out, in a real browser and in both languages: an invitation followed, codes and recovery codes,
// a passkey of an authenticator that checks its person, sessions ended elsewhere, and the proof asked for before what one would regret.

import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sayAccount } from '../../dashboard/messages/account.ts'
import type { Locale } from '../../dashboard/messages/locale.ts'
import { say } from '../../dashboard/messages/say.ts'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { totpCode, totpStepAt } from '../../dashboard/sign-in/totp.ts'
import { cookieIn, jsonPost, password } from '../dashboard/running-dashboard.ts'
import { findService } from '../services.ts'
import { violations } from './axe-violations.ts'
import { button, narrowPx, type OfficeInBrowser, openOffice, widthOf } from './office-in-browser.ts'

const chromium = findService('chromium')
const pictures = process.env['MERIT_PICTURES']
const locales = ['en', 'zh-CN'] as const
let browser: OfficeInBrowser
let nowMs = Date.now()

beforeAll(async () => {
  if (chromium !== undefined) browser = await openOffice(chromium, { nowMs: () => nowMs })
}, 30_000)
afterAll(() => browser?.close())

/** Nothing too wide, nothing that axe-core finds, and a picture when one is wanted. */
async function lookAt(page: Page, name: string): Promise<void> {
  expect(await widthOf(page)).toBeLessThanOrEqual(narrowPx)
  expect(await violations(page)).toEqual([])
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true })
}

/** A browser that nobody is signed in on, at the name that passkeys are bound to. */
async function nobodysPage(locale: Locale, path: string): Promise<Page> {
  const { page } = await browser.openAs('tester', locale, '/healthz')
  await page.context().clearCookies()
  await page.goto(`${browser.office.url.replace('127.0.0.1', 'localhost')}${path}`)
  return page
}

async function accountOf(name: string, locale: Locale): Promise<string> {
  const email = `${name}-${locale.toLowerCase()}@merit.example`
  const made = await createAccount(browser.office.book, { email, name, role: 'maker', password, locale, demo: false })
  if (made.kind !== 'created') throw new Error(made.kind)
  return email
}

async function enter(page: Page, locale: Locale, email: string): Promise<void> {
  await page.getByLabel(say(locale, 'sign-in.email')).fill(email)
  await page.getByLabel(say(locale, 'sign-in.password'), { exact: true }).fill(password)
  await page.locator('button[type=submit]').first().click()
}

async function signOut(page: Page, locale: Locale): Promise<void> {
  await button(page, say(locale, 'app.sign-out')).first().click()
  await page.getByLabel(say(locale, 'sign-in.email')).waitFor()
}

function sectionOf(page: Page, title: string): Locator {
  return page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) }).last()
}

function secretOf(base32: string): Uint8Array {
  const bits = [...base32]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

for (const locale of locales) {
  const a = (key: Parameters<typeof sayAccount>[1], values: Parameters<typeof sayAccount>[2] = {}) =>
    sayAccount(locale, key, values)

  test.skipIf(chromium === undefined)(
    `an insurer proves who it is before inviting, and the link lets the invited in, in ${locale} (Chromium: apt install chromium)`,
    async () => {
      const email = `colleague-${locale.toLowerCase()}@merit.example`
      // What was proved when signing in is long ago.
      nowMs += 11 * 60_000
      const { page, problems } = await browser.openAs('insurer', locale, '/people')
      page.setDefaultTimeout(8000)
      await page.getByText('Tess Tester').waitFor()
      await lookAt(page, `people-${locale}`)
      await page.getByLabel(a('invite.role.insurer')).check()
      await page.getByLabel(a('account.email'), { exact: true }).fill(email)
      await button(page, a('invite.submit')).click()
      const dialog = page.getByRole('dialog', { name: a('proof.title') })
      await dialog.getByLabel(a('proof.password')).fill('not this one')
      await dialog.getByRole('button', { name: a('proof.confirm') }).click()
      await dialog.getByText(a('proof.wrong.password')).waitFor()
      await lookAt(page, `step-up-${locale}`)
      await dialog.getByLabel(a('proof.password')).fill(password)
      await dialog.getByRole('button', { name: a('proof.confirm') }).click()
      await dialog.waitFor({ state: 'detached' })
      const link = (await page.getByText('/invitation/').innerText()).trim()
      await page.locator('.account-row').getByText(email).waitFor()

      const invited = await nobodysPage(locale, new URL(link).pathname)
      await invited.getByLabel(a('invitation.name')).waitFor()
      await lookAt(invited, `invitation-${locale}`)
      await button(invited, a('invitation.submit')).click()
      await invited.getByText(a('invitation.missing')).waitFor()
      await invited.getByLabel(a('invitation.name')).fill('Carla Colleague')
      await invited.getByLabel(a('invitation.password')).fill(password)
      await button(invited, a('invitation.submit')).click()
      await button(invited, say(locale, 'app.sign-out')).first().waitFor()
      await signOut(invited, locale)
      await invited.goto(link.replace('127.0.0.1', 'localhost'))
      await invited.getByText(a('invitation.over.title')).waitFor()
      await lookAt(invited, `invitation-over-${locale}`)
      await invited.context().close()

      await page.reload()
      const row = page.locator('tr', { hasText: email })
      await row.getByRole('button').click()
      await row.getByRole('button', { name: a('people.close.sure') }).click()
      await row.getByText(a('people.closed'), { exact: true }).waitFor()
      await row.getByRole('button', { name: a('people.reopen') }).click()
      await row.getByText(a('people.open'), { exact: true }).waitFor()
      // Refused proofs are what this is about.
      expect(problems.filter((problem) => !/40[13]|422/.test(problem))).toEqual([])
      await page.context().close()
    },
  )

  test.skipIf(chromium === undefined)(
    `codes of an authenticator app are set up and asked for, and a recovery code stands in once, in ${locale} (Chromium: apt install chromium)`,
    async () => {
      const email = await accountOf('coder', locale)
      const page = await nobodysPage(locale, '/account')
      await enter(page, locale, email)
      const totp = sectionOf(page, a('totp.title'))
      await totp.getByRole('button', { name: a('totp.begin') }).click()
      await totp.getByRole('img', { name: a('totp.qr') }).waitFor()
      await lookAt(page, `totp-${locale}`)
      const secret = secretOf((await totp.locator('.totp-key code').innerText()).replaceAll(/\s/g, ''))
      const code = () => totpCode(secret, totpStepAt(nowMs))
      await totp.getByLabel(a('totp.confirm')).fill(code())
      await totp.getByRole('button', { name: a('totp.confirm.submit') }).click()
      const codes = page.locator('.code-list code')
      await codes.first().waitFor()
      expect(await codes.count()).toBe(10)
      await lookAt(page, `recovery-codes-${locale}`)
      const [recovery = ''] = await codes.allInnerTexts()
      await button(page, a('recovery.kept')).click()
      await page.getByText(a('recovery.left', { left: 10 })).waitFor()

      await signOut(page, locale)
      nowMs += 60_000
      await enter(page, locale, email)
      await page.getByLabel(a('proof.code')).waitFor()
      await lookAt(page, `second-factor-${locale}`)
      await page.getByLabel(a('proof.code')).fill('000000')
      await button(page, a('second-factor.submit')).first().click()
      await page.getByText(a('proof.wrong.code')).waitFor()
      await page.getByLabel(a('proof.code')).fill(code())
      await button(page, a('second-factor.submit')).first().click()
      await button(page, say(locale, 'app.sign-out')).first().waitFor()

      await signOut(page, locale)
      await enter(page, locale, email)
      await button(page, a('proof.use.recovery-code')).click()
      await page.getByLabel(a('proof.recovery-code'), { exact: true }).fill(recovery.toUpperCase())
      await button(page, a('second-factor.submit')).first().click()
      await button(page, say(locale, 'app.sign-out')).first().waitFor()
      await page.goto(new URL('/account', page.url()).href)
      await page.getByText(a('recovery.left', { left: 9 })).waitFor()
      await page.context().close()
    },
  )

  test.skipIf(chromium === undefined)(
    `a passkey is made, signs in without a password, and not without its person, in ${locale} (Chromium: apt install chromium)`,
    async () => {
      const email = await accountOf('keyholder', locale)
      const page = await nobodysPage(locale, '/account')
      const devices = await page.context().newCDPSession(page)
      await devices.send('WebAuthn.enable')
      const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      })
      await enter(page, locale, email)
      await button(page, a('passkeys.add')).click()
      await page.getByLabel(a('passkeys.name')).fill('Test phone')
      await button(page, a('passkeys.create')).click()
      await button(page, a('recovery.kept')).click()
      await page.locator('.account-row').getByText('Test phone').waitFor()
      await lookAt(page, `passkey-${locale}`)

      await signOut(page, locale)
      await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
      await button(page, say(locale, 'sign-in.passkey')).click()
      await page.getByText(say(locale, 'sign-in.passkey.failed')).waitFor()
      await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
      await button(page, say(locale, 'sign-in.passkey')).click()
      await button(page, say(locale, 'app.sign-out')).first().waitFor()
      await page.goto(new URL('/account', page.url()).href)
      await sectionOf(page, a('passkeys.title'))
        .getByRole('button', { name: a('passkeys.remove') })
        .click()
      await button(page, a('passkeys.remove.sure')).click()
      await page.getByText(a('passkeys.none')).waitFor()
      await page.context().close()
    },
  )

  test.skipIf(chromium === undefined)(
    `where one is signed in is listed, and ends elsewhere with one press, in ${locale} (Chromium: apt install chromium)`,
    async () => {
      const email = await accountOf('traveller', locale)
      const elsewhere = await fetch(`${browser.office.url}/api/auth/sign-in/email`, jsonPost({ email, password }))
      const headers = { cookie: cookieIn(elsewhere) }
      const page = await nobodysPage(locale, '/account')
      await enter(page, locale, email)
      const sessions = sectionOf(page, a('sessions.title'))
      await sessions.getByText(a('sessions.this')).waitFor()
      expect(await sessions.locator('.account-row').count()).toBe(2)
      expect((await fetch(`${browser.office.url}/api/v1/session`, { headers })).status).toBe(200)
      await sessions.getByRole('button', { name: a('sessions.end.label', { session: a('sessions.unknown') }) }).click()
      await sessions.getByText(a('sessions.only')).waitFor()
      expect((await fetch(`${browser.office.url}/api/v1/session`, { headers })).status).toBe(401)
      await page.context().close()
    },
  )
}
