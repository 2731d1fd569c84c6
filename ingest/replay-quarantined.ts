// A refusal judged again: by the contract as it is now, for the kind the device has now, against the clock of its own arrival (a
// reading from the future stays one). What fits goes the way every message goes, journal first, so doing it twice stores it once.

import type { ReplayOutcome } from '../broker/desk-shapes.ts'
import type { RefusalCode } from '../devices/contract/receipt.ts'
import { readingsPerBatchMax } from '../devices/contract/telemetry.ts'
import type { Book } from '../store/book/schema.ts'
import { type CollectionWindow, isPausedAt } from './collection.ts'
import { type Intake, refusedTextCharactersMax, takeTelemetry } from './intake.ts'
import { createRecentReadings } from './recent-readings.ts'

interface Replaying {
  readonly book: Book
  /** Resolves when the entry is on disk. */
  readonly keep: (taken: Intake, deviceId: string) => Promise<void>
  readonly windowsOf: (deviceId: string) => readonly CollectionWindow[]
  readonly nowMs: () => number
}

export async function replayQuarantined({ book, keep, windowsOf, nowMs }: Replaying, id: string): Promise<ReplayOutcome> {
  const row = await book
    .selectFrom('quarantine')
    .innerJoin('devices', 'devices.id', 'quarantine.device_id')
    .selectAll('quarantine')
    .select('devices.kind as kind')
    .where('quarantine.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) return { kind: 'unknown' }
  if (row.settled === 'replayed') return { kind: 'done-before' }
  if (isPausedAt(windowsOf(row.device_id), nowMs())) return { kind: 'paused' }
  // A conflict fitted the contract: it is the store that has another reading of that instant, and the first stands.
  if (row.code === 'conflict') return { kind: 'still-refused', code: 'conflict', path: row.path, message: row.message }
  if (row.payload.length >= refusedTextCharactersMax || row.payload === '') return { kind: 'cut' }
  const device = { id: row.device_id, kind: row.kind }
  const payload = Buffer.from(!ofWholeMessages.has(row.code) ? batchOf(device.kind, row.payload) : row.payload, 'utf8')
  const taken = takeTelemetry(payload, device, row.received_at_ms, windowsOf(device.id))
  const rejected = taken.receipt(createRecentReadings(readingsPerBatchMax, readingsPerBatchMax))?.rejected ?? []
  if (taken.readings.length === 0) {
    const [first] = rejected
    if (first === undefined) return { kind: 'cut' }
    return { kind: 'still-refused', code: first.code, path: pathWithin(row.path, first.path), message: first.message }
  }
  await keep(taken, device.id)
  await book.updateTable('quarantine').set({ settled: 'replayed', settled_at_ms: nowMs() }).where('id', '=', id).execute()
  return { kind: 'replayed', accepted: taken.readings.length, rejected: rejected.length }
}

/** Of the other codes quarantine keeps the one reading and not the batch around it. */
const ofWholeMessages: ReadonlySet<string> = new Set([
  'not-json',
  'not-a-batch',
  'unknown-schema',
  'wrong-kind',
  'too-many-readings',
] satisfies readonly RefusalCode[])

function batchOf(kind: string, reading: string): string {
  return `{"schema":"${kind}/1","seq":0,"readings":[${reading}]}`
}

/** The place in the batch it came in, where the judgement was of the reading alone. */
function pathWithin(before: string, now: string): string {
  const index = /^\/readings\/\d+/.exec(before)?.[0]
  return index === undefined ? now : now.replace(/^\/readings\/0/, index)
}
