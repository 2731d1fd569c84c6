// Holds what was acknowledged against what is there, reading by reading and refusal by refusal. Reads; changes nothing.

import type { DeviceRef } from '../../devices/contract/reading.ts'
import type { Ledger } from '../../devices/faults/ledger.ts'
import { markOf } from '../../devices/faults/ledger.ts'
import { quarantinePerDeviceMax } from '../../ingest/book-keeping.ts'
import { endOfTimeMs } from '../../pricing/recompute-trips.ts'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'

const examplesMax = 10

export interface Checked {
  readonly stored: number
  readonly quarantined: number
  readonly quarantinedAgain: number
  readonly quarantinedByReason: Readonly<Record<string, number>>
  readonly missing: number
  readonly twice: number
  readonly unexpected: number
  readonly examples: readonly string[]
}

export interface Checkable {
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly ledger: Ledger
  readonly devices: readonly DeviceRef[]
}

export async function checkStore({ book, telemetry, ledger, devices }: Checkable): Promise<Checked> {
  const counts = { stored: 0, missing: 0, twice: 0, unexpected: 0 }
  const examples: string[] = []
  const byReason = new Map<string, number>()
  /** A batch that was refused and not acknowledged is sent, and refused, again. */
  let again = 0
  const note = (what: 'missing' | 'twice' | 'unexpected', device: DeviceRef, where: string, count = 1): void => {
    counts[what] += count
    if (examples.length < examplesMax) examples.push(`${what}: ${device.id} ${where}`)
  }

  for (const device of devices) {
    const expected = ledger.of(device.id)
    const found = new Set<number>()
    for await (const reading of telemetry.range(device, 0, endOfTimeMs)) {
      const { takenAtMs, values } = reading
      counts.stored += 1
      if (found.has(takenAtMs)) note('twice', device, atTime(takenAtMs))
      const entry = expected.expected(takenAtMs)
      if (entry === undefined) note('unexpected', device, atTime(takenAtMs))
      // Another reading of the same instant came first: the one that was acknowledged is not there.
      else if (entry.mark === markOf(values)) found.add(takenAtMs)
    }
    for (const takenAtMs of expected.acknowledgedTimes()) if (!found.has(takenAtMs)) note('missing', device, atTime(takenAtMs))

    const kept = await quarantineOf(book, device.id)
    const refusals = new Map<string, number>(expected.refusals)
    // Of a device that is refused more than this only the newest are kept, and which reasons they have is not told.
    const total = [...refusals.values()].reduce((sum, count) => sum + count, 0)
    const isWhole = total <= quarantinePerDeviceMax
    for (const [code, count] of refusals) {
      const rows = isWhole ? (kept.get(code) ?? 0) : count
      byReason.set(code, (byReason.get(code) ?? 0) + Math.min(rows, count))
      if (rows < count)
        note('missing', device, `${count - rows} of ${count} refused as ${code} are not in quarantine`, count - rows)
    }
    for (const [code, rows] of kept) again += Math.max(0, rows - (refusals.get(code) ?? 0))
  }
  for (const { deviceId, count } of await overlappingTrips(book))
    if (devices.some(({ id }) => id === deviceId))
      note('twice', { id: deviceId, kind: 'vehicle' }, `${count} trips that overlap`, count)
  const quarantined = [...byReason.values()].reduce((sum, count) => sum + count, 0)
  return {
    ...counts,
    quarantined,
    quarantinedAgain: again,
    quarantinedByReason: Object.fromEntries([...byReason].sort()),
    examples,
  }
}

function atTime(takenAtMs: number): string {
  return new Date(takenAtMs).toISOString()
}

async function quarantineOf(book: Book, deviceId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await book
    .selectFrom('quarantine')
    .select(['code', ({ fn }) => fn.countAll<number>().as('count')])
    .where('device_id', '=', deviceId)
    .groupBy('code')
    .execute()
  return new Map(rows.map(({ code, count }) => [code, Number(count)]))
}

/** The same minutes of the same device counted in two trips. */
async function overlappingTrips(book: Book): Promise<readonly { readonly deviceId: string; readonly count: number }[]> {
  const rows = await book
    .selectFrom('trips as one')
    .innerJoin('trips as other', 'other.device_id', 'one.device_id')
    .select(['one.device_id as deviceId', ({ fn }) => fn.countAll<number>().as('count')])
    .whereRef('one.started_at_ms', '<', 'other.started_at_ms')
    .whereRef('one.ended_at_ms', '>', 'other.started_at_ms')
    .groupBy('one.device_id')
    .execute()
  return rows.map(({ deviceId, count }) => ({ deviceId, count: Number(count) }))
}
