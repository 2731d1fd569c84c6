// A dashboard on a free port over a book with two policyholders, an insurer, a maker and a tester; pricing is the real one and
// readings go straight into the telemetry store.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { registerDevice } from '../../broker/registry.ts'
import { createAccount } from '../../dashboard/sign-in/accounts.ts'
import { type DashboardOptions, startDashboard } from '../../dashboard/start-dashboard.ts'
import type { Reading } from '../../devices/contract/reading.ts'
import { type Replays, startReplays } from '../../pricing/dislocation/start-replays.ts'
import { addPolicy } from '../../pricing/policies.ts'
import { type Pricing, startPricing } from '../../pricing/start-pricing.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book, Role } from '../../store/book/schema.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'

export const people = {
  anna: { role: 'policyholder', name: 'Anna Jansen', email: 'anna@merit.example' },
  bert: { role: 'policyholder', name: 'Bert de Wit', email: 'bert@merit.example' },
  insurer: { role: 'insurer', name: 'Ines Insurer', email: 'insurer@merit.example' },
  approver: { role: 'insurer', name: 'Arno Approver', email: 'approver@merit.example' },
  maker: { role: 'maker', name: 'Max Maker', email: 'maker@merit.example' },
  tester: { role: 'tester', name: 'Tess Tester', email: 'tester@merit.example' },
} as const satisfies Readonly<Record<string, { role: Role; name: string; email: string }>>
export type Person = keyof typeof people
export const password = 'correct horse battery'

export interface Ask {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface RunningDashboard {
  readonly url: string
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly pricing: Pricing
  readonly replays: Replays
  ask(who: Person | 'nobody', path: string, ask?: Ask): Promise<Response>
  cookieOf(who: Person | 'nobody'): Record<string, string>
  stop(): Promise<void>
}

/** 2 January 2026, 08:00 in Amsterdam. */
export const driveAtMs = Date.parse('2026-01-02T07:00:00Z')

/** Ten minutes at 50 km/h to the north-east, with one hard brake in the middle. */
export function drive(device: string, startMs: number = driveAtMs): readonly Reading[] {
  return Array.from({ length: 600 }, (_, second) => {
    const isBraking = second >= 300 && second < 303
    const speedKph = second === 0 || second === 599 ? 0 : isBraking ? 50 - 15 * (second - 299) : 50
    return {
      kind: 'vehicle',
      device,
      takenAtMs: startMs + second * 1000,
      values: {
        Speed: speedKph,
        Latitude: 52.37 + second * 0.0001,
        Longitude: 4.89 + second * 0.0001,
        AccelerationLongitudinal: isBraking ? -4.2 : 0,
        AccelerationLateral: 0,
        Ignition: second < 599,
      },
    }
  })
}

/** A quiet home over two whole days, once every ten minutes. */
export function quietHome(device: string): readonly Reading[] {
  return Array.from({ length: 2 * 144 + 12 }, (_, step) => ({
    kind: 'home',
    device,
    takenAtMs: Date.parse('2026-01-01T23:00:00Z') + step * 600_000,
    values: { WaterLeak: false, Temperature: 19, Humidity: 45, Smoke: false, BatteryLevel: 88 },
  }))
}

export async function runDashboard(changes: Partial<DashboardOptions> = {}): Promise<RunningDashboard> {
  const folder = mkdtempSync(join(tmpdir(), 'merit-dashboard-'))
  const bookUrl = `sqlite:${join(folder, 'book.db')}`
  const telemetryUrl = `sqlite:${join(folder, 'telemetry.db')}`
  const book = await openBook(bookUrl)
  const telemetry = await openTelemetryStore(telemetryUrl)
  const log = pino({ level: 'silent' })
  const nowMs = () => Date.now()
  for (const [id, kind] of Object.entries({ 'car-a': 'vehicle', 'hub-b': 'home' } as const)) {
    await registerDevice(book, { id, kind, label: `Device ${id}` }, nowMs())
  }
  const accounts = new Map<Person, string>()
  for (const [who, person] of entriesOf(people)) {
    const created = await createAccount(book, { ...person, password, locale: 'en', demo: false })
    if (created.kind !== 'created') throw new Error(created.kind)
    accounts.set(who, created.id)
  }
  await insure(book, 'motor-a', 'motor', 'car-a', people.anna.name, accounts.get('anna'))
  await insure(book, 'home-b', 'home', 'hub-b', people.bert.name, accounts.get('bert'))
  const pricing = await startPricing({ book, telemetry, log, nowMs, pollMs: 50 })
  await telemetry.append(drive('car-a'))
  await telemetry.append(quietHome('hub-b'))
  await pricing.settle()
  const replays = await startReplays({ book, bookUrl, telemetryUrl, log, nowMs })
  const dashboard = await startDashboard({
    book,
    telemetry,
    pricing,
    replays,
    log,
    host: '127.0.0.1',
    port: 0,
    publicUrl: '',
    secret: 'a secret of the tests, long enough for anyone',
    demo: false,
    demoAccounts: [],
    health: () => pricing.health(),
    ...changes,
  })
  const { url } = dashboard
  const cookies = new Map<Person, string>()
  for (const [who, { email }] of entriesOf(people)) {
    const response = await fetch(`${url}/api/auth/sign-in/email`, jsonPost({ email, password }))
    cookies.set(who, cookieIn(response))
  }
  const cookieOf = (who: Person | 'nobody'): Record<string, string> => {
    const cookie = who === 'nobody' ? undefined : cookies.get(who)
    return cookie === undefined ? {} : { cookie }
  }
  return {
    url,
    book,
    telemetry,
    pricing,
    replays,
    cookieOf,
    ask(who, path, { method = 'GET', body, headers = {} } = {}) {
      const json = body === undefined ? {} : { body: JSON.stringify(body) }
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
      return fetch(`${url}${path}`, { method, ...json, headers: { ...cookieOf(who), ...type, ...headers }, redirect: 'manual' })
    },
    async stop() {
      await dashboard.close()
      await replays.close()
      await pricing.close()
      await telemetry.close()
      await book.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function jsonPost(body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
}

/** What a browser would send back. */
export function cookieIn(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

export function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): readonly (readonly [Key, Value])[] {
  const keys: Key[] = []
  for (const key in record) keys.push(key)
  return keys.map((key) => [key, record[key]])
}

async function insure(book: Book, id: string, product: 'motor' | 'home', device: string, name: string, user?: string) {
  const added = await addPolicy(book, { id, product, deviceIds: [device], policyholder: { name } }, Date.now())
  if (added.kind !== 'added') throw new Error(added.kind)
  await book
    .updateTable('policyholders')
    .set({ user_id: user ?? null })
    .where('id', '=', added.policyholderId)
    .execute()
}
