// Everything Merit holds of a policy, as tables: what each is, its columns, and its rows one after the other. The export writes them
// down; nothing here knows a format.

import { type DeviceKind, signalsByKind } from '../../devices/contract/signals.ts'
import { readTripFacts } from '../../pricing/trip-facts.ts'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { Trip } from '../api/shapes.ts'
import { inboxOf } from '../inbox/inbox.ts'

export type Cell = string | number | boolean | null
export type HeldRow = Readonly<Record<string, Cell | object>>

export interface HeldTable {
  /** Its file's name, without what comes after the dot. */
  readonly name: string
  /** Names the words that say what it is. */
  readonly about:
    | 'policy'
    | 'premiums'
    | 'trips'
    | 'events'
    | 'home-days'
    | 'readings'
    | 'disputes'
    | 'confirmations'
    | 'messages'
    | 'goals'
    | 'views'
  readonly columns: readonly string[]
  rows(): AsyncIterable<HeldRow>
}

export interface HeldSources {
  readonly book: Book
  readonly telemetry: TelemetryStore
}

/** Rows read from the book at a time. */
const rowsPerRead = 200
const endOfTimeMs = 4_102_444_800_000

export interface Holder {
  readonly policyId: string
  readonly userId: string
}

export async function heldTables(sources: HeldSources, holder: Holder, nowMs: number): Promise<readonly HeldTable[]> {
  const { book } = sources
  const { policyId } = holder
  const devices = await book
    .selectFrom('policy_devices')
    .innerJoin('devices', 'devices.id', 'policy_devices.device_id')
    .select(['devices.id', 'devices.kind'])
    .where('policy_id', '=', policyId)
    .orderBy('devices.id')
    .execute()
  return [
    policyTable(book, policyId),
    premiumsTable(book, policyId),
    ...(devices.some(({ kind }) => kind === 'vehicle') ? [tripsTable(book, policyId), eventsTable(book, policyId)] : []),
    ...(devices.some(({ kind }) => kind === 'home') ? [homeDaysTable(book, policyId)] : []),
    disputesTable(book, policyId),
    confirmationsTable(book, policyId),
    goalsTable(book, policyId),
    messagesTable(book, holder, nowMs),
    viewsTable(book, policyId),
    ...devices.map((device) => readingsTable(sources, device)),
  ]
}

/** How many readings there are: what an export spends its time on. */
export async function readingsHeld({ book, telemetry }: HeldSources, policyId: string): Promise<number> {
  const devices = await book
    .selectFrom('policy_devices')
    .innerJoin('devices', 'devices.id', 'policy_devices.device_id')
    .select(['devices.id', 'devices.kind'])
    .where('policy_id', '=', policyId)
    .execute()
  let readings = 0
  for (const device of devices) readings += await telemetry.count(device)
  return readings
}

function policyTable(book: Book, policyId: string): HeldTable {
  return {
    name: 'policy',
    about: 'policy',
    columns: ['id', 'product', 'plan', 'timeZone', 'policyholder', 'stated', 'devices', 'createdAt'],
    async *rows() {
      const row = await book
        .selectFrom('policies')
        .innerJoin('policyholders', 'policyholders.id', 'policies.policyholder_id')
        .selectAll('policies')
        .select('policyholders.name as holder')
        .where('policies.id', '=', policyId)
        .executeTakeFirst()
      if (row === undefined) return
      const devices = await book
        .selectFrom('policy_devices')
        .innerJoin('devices', 'devices.id', 'policy_devices.device_id')
        .select(['devices.id', 'devices.kind', 'devices.label'])
        .where('policy_id', '=', policyId)
        .execute()
      yield {
        id: row.id,
        product: row.product,
        plan: row.plan_id,
        timeZone: row.time_zone,
        policyholder: row.holder,
        stated: parsed(row.class_facts),
        devices,
        createdAt: time(row.created_at_ms),
      }
    },
  }
}

function premiumsTable(book: Book, policyId: string): HeldTable {
  return {
    name: 'premiums',
    about: 'premiums',
    columns: ['number', 'from', 'id', 'premiumMinor', 'classPremiumMinor', 'currency', 'edition', 'facts', 'worksheet'],
    async *rows() {
      for (let after = 0; ; ) {
        const rows = await book
          .selectFrom('premium_changes')
          .innerJoin('premiums', 'premiums.id', 'premium_changes.premium_id')
          .selectAll('premiums')
          .select(['premium_changes.number', 'premium_changes.changed_at_ms'])
          .where('premium_changes.policy_id', '=', policyId)
          .where('premium_changes.number', '>', after)
          .orderBy('premium_changes.number')
          .limit(rowsPerRead)
          .execute()
        for (const row of rows)
          yield {
            number: row.number,
            from: time(row.changed_at_ms),
            id: row.id,
            premiumMinor: row.premium_minor,
            classPremiumMinor: row.class_premium_minor,
            currency: row.currency,
            edition: row.edition_hash,
            facts: parsed(row.facts),
            worksheet: parsed(row.worksheet),
          }
        after = rows.at(-1)?.number ?? after
        if (rows.length < rowsPerRead) return
      }
    },
  }
}

function tripsTable(book: Book, policyId: string): HeldTable {
  return {
    name: 'trips',
    about: 'trips',
    columns: ['id', 'device', 'startedAt', 'endedAt', 'status', 'distanceM', 'facts'],
    async *rows() {
      for await (const row of tripRows(book, policyId))
        yield {
          id: row.id,
          device: row.device_id,
          startedAt: time(row.started_at_ms),
          endedAt: time(row.ended_at_ms),
          status: row.status,
          distanceM: row.distance_m,
          facts: parsed(row.facts),
        }
    },
  }
}

function eventsTable(book: Book, policyId: string): HeldTable {
  return {
    name: 'events',
    about: 'events',
    columns: ['trip', 'kind', 'startedAt', 'endedAt', 'peak'],
    async *rows() {
      for await (const row of tripRows(book, policyId))
        for (const event of readTripFacts(row.facts)?.events ?? [])
          yield { trip: row.id, kind: event.kind, startedAt: time(event.startMs), endedAt: time(event.endMs), peak: event.peak }
    },
  }
}

async function* tripRows(book: Book, policyId: string) {
  for (let after: Pick<Trip, 'startedAtMs' | 'id'> = { startedAtMs: Number.MIN_SAFE_INTEGER, id: '' }; ; ) {
    const rows = await book
      .selectFrom('trips')
      .innerJoin('policy_devices', 'policy_devices.device_id', 'trips.device_id')
      .selectAll('trips')
      .where('policy_devices.policy_id', '=', policyId)
      .where(({ eb, or, and }) =>
        or([
          eb('trips.started_at_ms', '>', after.startedAtMs),
          and([eb('trips.started_at_ms', '=', after.startedAtMs), eb('trips.id', '>', after.id)]),
        ]),
      )
      .orderBy('trips.started_at_ms')
      .orderBy('trips.id')
      .limit(rowsPerRead)
      .execute()
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < rowsPerRead) return
    after = { startedAtMs: last.started_at_ms, id: last.id }
  }
}

function homeDaysTable(book: Book, policyId: string): HeldTable {
  return {
    name: 'home-days',
    about: 'home-days',
    columns: ['device', 'day', 'facts'],
    async *rows() {
      const rows = await book
        .selectFrom('home_days')
        .innerJoin('policy_devices', 'policy_devices.device_id', 'home_days.device_id')
        .selectAll('home_days')
        .where('policy_devices.policy_id', '=', policyId)
        .orderBy('home_days.day')
        .execute()
      for (const { device_id: device, day, facts } of rows) yield { device, day, facts: parsed(facts) }
    },
  }
}

function disputesTable(book: Book, policyId: string): HeldTable {
  return {
    name: 'disputes',
    about: 'disputes',
    columns: ['id', 'trip', 'kind', 'event', 'note', 'status', 'filedAt', 'decidedAt', 'reason'],
    async *rows() {
      const rows = await book
        .selectFrom('disputes')
        .selectAll()
        .where('policy_id', '=', policyId)
        .orderBy('created_at_ms')
        .execute()
      for (const row of rows)
        yield {
          id: row.id,
          trip: row.trip_id,
          kind: row.kind,
          event: row.event_kind,
          note: row.note,
          status: row.status,
          filedAt: time(row.created_at_ms),
          decidedAt: row.decided_at_ms === null ? null : time(row.decided_at_ms),
          reason: row.reason,
        }
    },
  }
}

function confirmationsTable(book: Book, policyId: string): HeldTable {
  return {
    name: 'confirmations',
    about: 'confirmations',
    columns: ['trip', 'device', 'startedAt', 'endedAt', 'saidAt'],
    async *rows() {
      const rows = await book
        .selectFrom('trip_confirmations')
        .selectAll()
        .where('policy_id', '=', policyId)
        .orderBy('trip_start_ms')
        .execute()
      for (const row of rows)
        yield {
          trip: row.trip_id,
          device: row.device_id,
          startedAt: time(row.trip_start_ms),
          endedAt: time(row.trip_end_ms),
          saidAt: time(row.said_at_ms),
        }
    },
  }
}

function goalsTable(book: Book, policyId: string): HeldTable {
  return {
    name: 'goals',
    about: 'goals',
    columns: ['number', 'behaviour', 'savingMinor', 'currency', 'figures', 'chosenAt', 'endedAt'],
    async *rows() {
      const rows = await book.selectFrom('nudge_goals').selectAll().where('policy_id', '=', policyId).orderBy('number').execute()
      for (const row of rows)
        yield {
          number: row.number,
          behaviour: row.behaviour,
          savingMinor: row.saving_minor,
          currency: row.currency,
          figures: parsed(row.figures),
          chosenAt: time(row.chosen_at_ms),
          endedAt: row.ended_at_ms === null ? null : time(row.ended_at_ms),
        }
    },
  }
}

function messagesTable(book: Book, { policyId, userId }: Holder, nowMs: number): HeldTable {
  return {
    name: 'messages',
    about: 'messages',
    columns: ['id', 'at', 'kind', 'what', 'isRead', 'facts'],
    async *rows() {
      for (const message of await inboxOf(book, { id: userId }, nowMs)) {
        const { id, atMs, kind, what, isRead, facts } = message
        if (message.policyId === policyId) yield { id, at: time(atMs), kind, what, isRead, facts }
      }
    },
  }
}

function viewsTable(book: Book, policyId: string): HeldTable {
  return {
    name: 'views',
    about: 'views',
    columns: ['at', 'name', 'role', 'action'],
    async *rows() {
      const rows = await book
        .selectFrom('audit_events')
        .select(['at_ms', 'actor_name', 'actor_role', 'action'])
        .where('subject_kind', '=', 'policy')
        .where('subject_id', '=', policyId)
        .orderBy('at_ms')
        .execute()
      for (const row of rows) yield { at: time(row.at_ms), name: row.actor_name, role: row.actor_role, action: row.action }
    },
  }
}

/** Page by page out of the store: years of readings pass through the memory of one page. */
function readingsTable({ telemetry }: HeldSources, device: { readonly id: string; readonly kind: DeviceKind }): HeldTable {
  const signals: readonly { readonly name: string }[] = signalsByKind[device.kind]
  const names = signals.map(({ name }) => name)
  return {
    name: `readings-${device.id.replaceAll(/[^A-Za-z0-9._-]/g, '-')}`,
    about: 'readings',
    columns: ['takenAt', ...names],
    async *rows() {
      for await (const reading of telemetry.range(device, 0, endOfTimeMs))
        yield { takenAt: time(reading.takenAtMs), ...reading.values }
    },
  }
}

/** ISO 8601 in UTC, which every program reads. */
function time(atMs: number): string {
  return new Date(atMs).toISOString()
}

function parsed(text: string): object {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? value : { value }
}
