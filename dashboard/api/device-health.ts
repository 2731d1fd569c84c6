// How devices are: whether they are connected, when they last said something, and what of it was refused.

import type { Selectable } from 'kysely'
import Type from 'typebox'
import type { Book, DeviceRow, DeviceStateRow } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { Caller } from '../sign-in/sessions.ts'
import { listOrder, type Page, type PageQuery } from './page.ts'
import type { Refusal } from './route.ts'
import type { DeviceHealth, QuarantineEntry } from './shapes.ts'

/** A remote store answers one question per device; this many are asked at a time. */
const questionsMax = 8

const byId = listOrder('devices', Type.Tuple([Type.String()]))
const byArrival = listOrder('quarantine', Type.Tuple([Type.Integer(), Type.String()]))

/** Also what of a device's id or name somebody looks for, in capitals or not. */
export interface DevicesQuery extends PageQuery {
  readonly q?: string | undefined
}

/** Devices of one policy, or of one insurer, in order of their ids. */
export async function deviceHealth(
  book: Book,
  telemetry: TelemetryStore,
  { q, ...pageQuery }: DevicesQuery,
  of: { readonly policyId: string } | { readonly insurerId: string },
): Promise<Page<DeviceHealth> | Refusal> {
  const start = byId.start(pageQuery)
  if (start.kind === 'refused') return start
  const { after, limit } = start
  let query = book.selectFrom('devices').selectAll('devices').where('devices.revoked_at_ms', 'is', null)
  if ('policyId' in of)
    query = query.where('devices.id', 'in', (inner) =>
      inner.selectFrom('policy_devices').select('device_id').where('policy_id', '=', of.policyId),
    )
  else query = query.where('devices.insurer_id', '=', of.insurerId)
  if (after !== undefined) query = query.where('devices.id', '>', after[0])
  const wanted = q?.trim().toLowerCase() ?? ''
  if (wanted !== '')
    query = query.where(({ or, eb, fn, val }) =>
      or((['devices.id', 'devices.label'] as const).map((name) => eb(fn('instr', [fn('lower', [name]), val(wanted)]), '>', 0))),
    )
  const read = await query
    .orderBy('devices.id')
    .limit(limit + 1)
    .execute()
  const { rows: devices, next } = byId.cut(read, limit, ({ id }) => [id])
  const ids = devices.map((device) => device.id)
  const states = await statesOf(book, ids)
  const refused = await refusalsOf(book, ids)

  const found: DeviceHealth[] = []
  for (let start = 0; start < devices.length; start += questionsMax) {
    const some = devices.slice(start, start + questionsMax)
    found.push(...(await Promise.all(some.map((device) => healthOf(device, telemetry, states, refused)))))
  }
  return { items: found, next }
}

/** Another insurer's device is not there. */
export async function hasDevice(book: Book, { insurerId }: Pick<Caller, 'insurerId'>, id: string): Promise<boolean> {
  const row = await book
    .selectFrom('devices')
    .select('id')
    .where('id', '=', id)
    .where('insurer_id', '=', insurerId)
    .executeTakeFirst()
  return row !== undefined
}

/** The newest first. */
export async function quarantineOf(book: Book, deviceId: string, query: PageQuery): Promise<Page<QuarantineEntry> | Refusal> {
  const start = byArrival.start(query)
  if (start.kind === 'refused') return start
  const { after, limit } = start
  let refused = book.selectFrom('quarantine').selectAll().where('device_id', '=', deviceId)
  if (after !== undefined) {
    const [atMs, id] = after
    refused = refused.where(({ or, and, eb }) =>
      or([eb('received_at_ms', '<', atMs), and([eb('received_at_ms', '=', atMs), eb('id', '<', id)])]),
    )
  }
  const read = await refused
    .orderBy('received_at_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { rows, next } = byArrival.cut(read, limit, (row) => [row.received_at_ms, row.id])
  const items = rows.map((row) => ({
    id: row.id,
    deviceId: row.device_id,
    receivedAtMs: row.received_at_ms,
    code: row.code,
    path: row.path,
    message: row.message,
    payload: row.payload,
  }))
  return { items, next }
}

async function healthOf(
  { id, kind, label }: Selectable<DeviceRow>,
  telemetry: TelemetryStore,
  states: ReadonlyMap<string, DeviceStateRow>,
  refused: ReadonlyMap<string, number>,
): Promise<DeviceHealth> {
  const state = states.get(id)
  const latest = await telemetry.latest({ id, kind })
  const measured = latest?.kind === 'home' ? latest.values.BatteryLevel : undefined
  return {
    id,
    kind,
    label,
    state: state?.state ?? 'never',
    lastReadingAtMs: latest?.takenAtMs ?? null,
    batteryPercent: state?.battery_percent ?? measured ?? null,
    firmware: state?.firmware ?? null,
    quarantined: refused.get(id) ?? 0,
  }
}

async function statesOf(book: Book, ids: readonly string[]): Promise<ReadonlyMap<string, DeviceStateRow>> {
  if (ids.length === 0) return new Map()
  const rows = await book.selectFrom('device_states').selectAll().where('device_id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.device_id, row]))
}

async function refusalsOf(book: Book, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await book
    .selectFrom('quarantine')
    .select(['device_id', (count) => count.fn.countAll<number>().as('refused')])
    .where('device_id', 'in', ids)
    .groupBy('device_id')
    .execute()
  return new Map(rows.map((row) => [row.device_id, row.refused]))
}
