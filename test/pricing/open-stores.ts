// A real telemetry store and a real book in a folder of their own, with pricing's silent log, for the tests that need them.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Reading } from '../../devices/contract/reading.ts'
import type { DeviceKind } from '../../devices/contract/signals.ts'
import { type Pricing, startPricing } from '../../pricing/start-pricing.ts'
import { openBook } from '../../store/book/open-book.ts'
import type { Book } from '../../store/book/schema.ts'
import { openTelemetryStore } from '../../store/open-telemetry.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'

export interface OpenStores {
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly folder: string
  addDevice(id: string, kind: DeviceKind): Promise<void>
  append(readings: readonly Reading[]): Promise<void>
  close(): Promise<void>
}

export async function openStores(): Promise<OpenStores> {
  const folder = await mkdtemp(join(tmpdir(), 'merit-pricing-'))
  const book = await openBook(`sqlite:${join(folder, 'book.db')}`)
  const telemetry = await openTelemetryStore(`sqlite:${join(folder, 'telemetry.db')}`)
  return {
    book,
    telemetry,
    folder,
    async addDevice(id, kind) {
      await book.insertInto('devices').values({ id, kind, label: id, created_at_ms: 0, revoked_at_ms: null }).execute()
    },
    async append(readings) {
      await telemetry.append(readings)
    },
    async close() {
      await book.destroy()
      await telemetry.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Polls so rarely that only `settle` works; the clock is what the test says. */
export function startStill(stores: OpenStores, nowMs: () => number): Promise<Pricing> {
  return startPricing({ ...stores, log: pino({ level: 'silent' }), nowMs, pollMs: 3_600_000 })
}

/** What the book says of trips, days and money, in one order, as text: equal when byte-equal. */
export async function derivedState(book: Book): Promise<string> {
  const trips = await book.selectFrom('trips').selectAll().orderBy('device_id').orderBy('started_at_ms').execute()
  const days = await book.selectFrom('home_days').selectAll().orderBy('device_id').orderBy('day').execute()
  const premiums = await book
    .selectFrom('policies')
    .innerJoin('premiums', 'premiums.id', 'policies.current_premium_id')
    .select(['policies.id', 'premiums.premium_minor', 'premiums.facts_hash', 'premiums.facts'])
    .orderBy('policies.id')
    .execute()
  return JSON.stringify({ trips, days, premiums }, null, 1)
}
