// One device as its maker looks at it, out of the book, the telemetry store and edge; each of the last two may be away.

import { undoableUntil } from '../../broker/device-secrets.ts'
import type { DeviceKind } from '../../devices/contract/signals.ts'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { Caller } from '../sign-in/sessions.ts'
import type { EdgeDesk } from './edge-desk.ts'
import type { Connection, DeviceDetail, QuarantinedRefusal } from './maker-shapes.ts'

export const connectionsShown = 120
/** As quarantine keeps of a payload. */
const payloadCharactersKept = 4096

export interface FoundDevice {
  readonly id: string
  readonly kind: DeviceKind
  readonly label: string
  readonly created_at_ms: number
  readonly revoked_at_ms: number | null
  readonly simulated_by: string | null
}

/** A device of another insurer is not there. */
export function findDevice(book: Book, caller: Pick<Caller, 'insurerId'>, id: string): Promise<FoundDevice | undefined> {
  return book
    .selectFrom('devices')
    .select(['id', 'kind', 'label', 'created_at_ms', 'revoked_at_ms', 'simulated_by'])
    .where('id', '=', id)
    .where('insurer_id', '=', caller.insurerId)
    .executeTakeFirst()
}

interface Sources {
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly edge: EdgeDesk
  nowMs(): number
}

export async function deviceDetail({ book, telemetry, edge, nowMs }: Sources, device: FoundDevice): Promise<DeviceDetail> {
  const { id, kind } = device
  const [state, insured, refusals, undo, stored, activity] = await Promise.all([
    book.selectFrom('device_states').selectAll().where('device_id', '=', id).executeTakeFirst(),
    book.selectFrom('policy_devices').select('policy_id').where('device_id', '=', id).executeTakeFirst(),
    book
      .selectFrom('quarantine')
      .select((count) => count.fn.countAll<number>().as('rows'))
      .where('device_id', '=', id)
      .where('settled', 'is', null)
      .executeTakeFirstOrThrow(),
    undoableUntil(book, id, nowMs()),
    storedOf(telemetry, { id, kind }),
    edge.activity(),
  ])
  const measured = stored?.latest?.kind === 'home' ? stored.latest.values.BatteryLevel : undefined
  const heard = activity.kind === 'answer' ? activity.value.find((entry) => entry.id === id) : undefined
  const { latest } = stored ?? {}
  return {
    id,
    kind,
    label: device.label,
    createdAtMs: device.created_at_ms,
    state: state?.state ?? 'never',
    stateSinceMs: state?.changed_at_ms ?? null,
    session: state?.session ?? null,
    firmware: state?.firmware ?? null,
    batteryPercent: state?.battery_percent ?? measured ?? null,
    revokedAtMs: device.revoked_at_ms,
    revocationUndoUntilMs: undo.revocationMs ?? null,
    secretUndoUntilMs: undo.secretMs ?? null,
    simulatedBy: device.simulated_by,
    isInsured: insured !== undefined,
    readings: stored?.readings ?? null,
    latest: latest === undefined ? null : { takenAtMs: latest.takenAtMs, values: { ...latest.values } },
    activity:
      heard === undefined
        ? null
        : {
            lastMessageAtMs: heard.lastMessageAtMs,
            messagesPerMinute: heard.messagesPerMinute,
            readingsPerMinute: heard.readingsPerMinute,
          },
    openRefusals: refusals.rows,
  }
}

async function storedOf(telemetry: TelemetryStore, device: { readonly id: string; readonly kind: DeviceKind }) {
  try {
    return { latest: await telemetry.latest(device), readings: await telemetry.count(device) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'store-unavailable') return undefined
    throw error
  }
}

/** The newest first. */
export async function connectionsOf(book: Book, deviceId: string): Promise<Connection[]> {
  const rows = await book
    .selectFrom('device_connections')
    .selectAll()
    .where('device_id', '=', deviceId)
    .orderBy('started_at_ms', 'desc')
    .limit(connectionsShown)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    outcome: row.outcome,
    startedAtMs: row.started_at_ms,
    endedAtMs: row.ended_at_ms,
    reason: row.reason,
    session: row.session,
    hasWill: row.has_will === 1,
    address: row.address,
    transport: row.transport,
  }))
}

/** With its device's insurer, so that nobody reads another's. */
export async function findRefusal(
  book: Book,
  caller: Pick<Caller, 'insurerId'>,
  id: string,
): Promise<QuarantinedRefusal | undefined> {
  const row = await book
    .selectFrom('quarantine')
    .innerJoin('devices', 'devices.id', 'quarantine.device_id')
    .selectAll('quarantine')
    .where('quarantine.id', '=', id)
    .where('devices.insurer_id', '=', caller.insurerId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    id: row.id,
    deviceId: row.device_id,
    receivedAtMs: row.received_at_ms,
    code: row.code,
    path: row.path,
    message: row.message,
    payload: row.payload,
    isCut: row.payload.length >= payloadCharactersKept,
    settled: row.settled ?? 'open',
    settledAtMs: row.settled_at_ms,
  }
}
