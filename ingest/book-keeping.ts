// Writes to the book what a batch of journal records says besides readings: refusals into quarantine, presence into device
// states. Doing the same batch twice leaves the same rows.

import type { Reading } from '../devices/contract/reading.ts'
import { refusals } from '../devices/contract/receipt.ts'
import type { Book, DeviceStateRow, QuarantineRow } from '../store/book/schema.ts'
import { type StateEntry, stepDeviceState } from './device-state.ts'
import { refusedTextCharactersMax } from './intake.ts'
import type { Position } from './journal/open-journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import { fingerprint } from './recent-readings.ts'

/** Kept of one device: a device that sends nonsense for weeks leaves its newest and no more. */
export const quarantinePerDeviceMax = 1000
/** SQLite allows 32,766 parameters a statement. */
const rowsPerStatementMax = 500

export interface PlacedEntry {
  readonly position: Position
  readonly entry: JournalEntry
}

/** A refusal's id is the journal position it came from. */
export function quarantineRows({ position, entry }: PlacedEntry): readonly QuarantineRow[] {
  if (entry.kind !== 'message') return []
  return entry.refused.map((refused, index) => ({
    id: `${position.segment}:${position.offset}:${index}`,
    device_id: entry.device,
    received_at_ms: entry.receivedAtMs,
    ...refused,
    settled: null,
    settled_at_ms: null,
  }))
}

/** Its id is the content: the same contradiction sent again, or found again at a replay, is one row. */
export function conflictRow(reading: Reading, receivedAtMs: number): QuarantineRow {
  return {
    id: `conflict:${reading.device}:${reading.takenAtMs}:${fingerprint(reading)}`,
    device_id: reading.device,
    received_at_ms: receivedAtMs,
    code: 'conflict',
    path: '',
    message: refusals.conflict,
    payload: JSON.stringify({ t: reading.takenAtMs, ...reading.values }).slice(0, refusedTextCharactersMax),
    settled: null,
    settled_at_ms: null,
  }
}

export async function keepBook(
  book: Book,
  quarantined: readonly QuarantineRow[],
  entries: readonly JournalEntry[],
): Promise<void> {
  const states = entries.filter((entry) => entry.kind !== 'message')
  if (quarantined.length === 0 && states.length === 0) return
  await book.transaction().execute(async (changes) => {
    for (const rows of inChunks(quarantined)) {
      await changes
        .insertInto('quarantine')
        .values([...rows])
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
    for (const device of new Set(quarantined.map((row) => row.device_id))) await pruneQuarantine(changes, device)
    await keepStates(changes, states)
  })
}

async function pruneQuarantine(changes: Book, device: string): Promise<void> {
  const newest = changes
    .selectFrom('quarantine')
    .select('id')
    .where('device_id', '=', device)
    .orderBy('received_at_ms', 'desc')
    .orderBy('id', 'desc')
    .limit(quarantinePerDeviceMax)
  await changes.deleteFrom('quarantine').where('device_id', '=', device).where('id', 'not in', newest).execute()
}

async function keepStates(changes: Book, entries: readonly Exclude<JournalEntry, { kind: 'message' }>[]): Promise<void> {
  let group: StateEntry[] = []
  for (const entry of entries) {
    if (entry.kind !== 'started') {
      group.push(entry)
      continue
    }
    await stepStates(changes, group)
    group = []
    await changes
      .updateTable('device_states')
      .set({ state: 'offline', changed_at_ms: entry.receivedAtMs })
      .where('state', '=', 'online')
      .execute()
  }
  await stepStates(changes, group)
}

async function stepStates(changes: Book, entries: readonly StateEntry[]): Promise<void> {
  for (const group of inChunks(entries)) {
    const ids = [...new Set(group.map((entry) => entry.device))]
    // A device that was deleted since has no state to keep.
    const registered = new Set(
      (await changes.selectFrom('devices').select('id').where('id', 'in', ids).execute()).map((row) => row.id),
    )
    const rows = await changes.selectFrom('device_states').selectAll().where('device_id', 'in', ids).execute()
    const before = new Map(rows.map((row) => [row.device_id, row]))
    const after = new Map<string, DeviceStateRow>(before)
    for (const entry of group) {
      if (registered.has(entry.device)) after.set(entry.device, stepDeviceState(after.get(entry.device), entry))
    }
    for (const [device, row] of after) {
      if (row === before.get(device)) continue
      await changes
        .insertInto('device_states')
        .values(row)
        .onConflict((conflict) => conflict.column('device_id').doUpdateSet(row))
        .execute()
    }
  }
}

function* inChunks<Item>(items: readonly Item[]): Iterable<readonly Item[]> {
  for (let from = 0; from < items.length; from += rowsPerStatementMax) yield items.slice(from, from + rowsPerStatementMax)
}
