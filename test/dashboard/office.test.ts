// The office as a process of main.ts starts it: an empty folder, a restart, a store that is away, a busy port.

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { type Configuration, readConfiguration } from '../../main/configuration.ts'
import { startOffice } from '../../main/office.ts'
import { openBook } from '../../store/book/open-book.ts'
import { freePort } from '../free-port.ts'
import { cookieIn, jsonPost, password, people } from './running-dashboard.ts'

const folder = mkdtempSync(join(tmpdir(), 'merit-office-'))
const log = pino({ level: 'silent' })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function configurationWith(environment: Readonly<Record<string, string>> = {}): Promise<Configuration> {
  const port = String(await freePort())
  return readConfiguration({ MERIT_DATA_DIR: folder, MERIT_HTTP_PORT: port, MERIT_DEMO: '0', ...environment })
}

async function healthOf(url: string): Promise<Record<string, unknown>> {
  return (await fetch(`${url}/healthz`)).json()
}

test('an office starts in an empty folder, and a session outlives its restart', async () => {
  const configuration = await configurationWith()
  const book = await openBook(configuration.bookUrl)
  await createAccount(book, { ...people.insurer, password, locale: 'en', demo: false })
  await book.destroy()

  const first = await startOffice(configuration, log)
  const signIn = jsonPost({ email: people.insurer.email, password })
  const cookie = cookieIn(await fetch(`${first.url}/api/auth/sign-in/email`, signIn))
  const deadline = Date.now() + 5000
  while ((await healthOf(first.url))['status'] === 'starting' && Date.now() < deadline) await pause(20)
  expect(await healthOf(first.url)).toEqual({ status: 'ok', pid: process.pid, reasons: [], pricedAtMs: expect.any(Number) })
  await expect(startOffice(await configurationWith(), log)).rejects.toMatchObject({ code: 'data-folder-in-use' })
  await first.close()
  expect(existsSync(join(folder, 'secret'))).toBe(true)

  // On the same port: the connections to the first are noticed to be gone before they are used again.
  await pause(100)
  const second = await startOffice(configuration, log)
  expect((await fetch(`${second.url}/api/v1/session`, { headers: { cookie } })).status).toBe(200)
  const { items: editions }: { readonly items: readonly unknown[] } = await (
    await fetch(`${second.url}/api/v1/editions`, { headers: { cookie } })
  ).json()
  expect(editions).toHaveLength(2)
  await second.close()
})

test('while the telemetry store is away the office says so, answers from the book, and refuses only what needs it', async () => {
  const away = `influxdb://merit:merit@127.0.0.1:${await freePort()}/merit`
  const office = await startOffice(await configurationWith({ MERIT_TELEMETRY_URL: away }), log)
  const health = await healthOf(office.url)
  expect(health['status']).toBe('degraded')
  expect(String(health['reasons'])).toContain('cannot be reached')
  const signIn = jsonPost({ email: people.insurer.email, password })
  const cookie = cookieIn(await fetch(`${office.url}/api/auth/sign-in/email`, signIn))
  expect((await fetch(`${office.url}/api/v1/policies`, { headers: { cookie } })).status).toBe(200)
  expect((await fetch(`${office.url}/api/v1/status`, { headers: { cookie } })).status).toBe(200)
  await office.close()
})

test('a port that was set and is taken is an error that names the setting', async () => {
  const configuration = await configurationWith()
  const office = await startOffice(configuration, log)
  const other = mkdtempSync(join(tmpdir(), 'merit-office-'))
  const taken = readConfiguration({ MERIT_DATA_DIR: other, MERIT_HTTP_PORT: new URL(office.url).port })
  await expect(startOffice(taken, log)).rejects.toMatchObject({
    code: 'bad-configuration',
    message: expect.stringContaining('MERIT_HTTP_PORT'),
  })
  await office.close()
  rmSync(other, { recursive: true, force: true })
})
