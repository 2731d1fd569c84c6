// The history of connections: what the broker says of them, gathered in memory and written to the book a little later, so that
// signing in never waits for it. A crash may cost the last second of it; what was open then is closed by the next start.

import type { Logger } from 'pino'
import type { ConnectionEvent } from '../broker/connection-events.ts'
import type { Book, BookSchema } from '../store/book/schema.ts'

/** Of one device, refused sign-ins apart. */
export const connectionsPerDeviceMax = 100
/** A device with a wrong secret tries for ever and must not push out what it did when it had the right one. */
export const refusalsPerDeviceMax = 20
/** That wait to be written; a storm of reconnects while the book is busy costs the oldest of them. */
const waitingMax = 20_000
/** One transaction keeps edge busy for some milliseconds; devices wait meanwhile. */
const entriesPerWriteMax = 200
const writeMs = 1000
/** SQLite allows 32,766 parameters a statement. */
const rowsPerStatementMax = 500

type Entry = ConnectionEvent | { readonly kind: 'session'; readonly id: string; readonly session: number }

export interface ConnectionLog {
  take(event: ConnectionEvent): void
  /** The device has told the number of its connection. */
  told(deviceId: string, session: number): void
  /** Writes what waits. */
  flush(): Promise<void>
  close(): Promise<void>
}

interface ConnectionLogOptions {
  readonly book: Book
  readonly log: Logger
  readonly nowMs: () => number
}

export async function openConnectionLog({ book, log, nowMs }: ConnectionLogOptions): Promise<ConnectionLog> {
  const current = new Map<string, string>()
  const deviceOf = new Map<string, string>()
  let waiting: Entry[] = []
  let writing: Promise<void> = Promise.resolve()

  await book
    .updateTable('device_connections')
    .set({ outcome: 'ended', reason: 'edge-restarted', ended_at_ms: nowMs() })
    .where('outcome', '=', 'open')
    .execute()

  const keep = (entry: Entry): void => {
    waiting.push(entry)
    if (waiting.length > waitingMax) waiting = waiting.slice(-waitingMax)
  }
  const flush = (): Promise<void> => {
    writing = writing.then(async () => {
      const entries = waiting.slice(0, entriesPerWriteMax)
      waiting = waiting.slice(entriesPerWriteMax)
      if (entries.length === 0) return
      try {
        await writeEntries(book, entries)
      } catch (error) {
        waiting = [...entries, ...waiting].slice(-waitingMax)
        log.warn({ err: error }, 'The history of connections could not be written; trying again.')
      }
    })
    return writing
  }
  const timer = setInterval(() => void flush(), writeMs)
  timer.unref()

  return {
    take(event) {
      keep(event)
      if (event.kind === 'opened') {
        current.set(event.deviceId, event.id)
        deviceOf.set(event.id, event.deviceId)
      } else if (event.kind === 'ended') {
        const device = deviceOf.get(event.id)
        deviceOf.delete(event.id)
        if (device !== undefined && current.get(device) === event.id) current.delete(device)
      }
    },
    told(deviceId, session) {
      const id = current.get(deviceId)
      if (id !== undefined) keep({ kind: 'session', id, session })
    },
    flush,
    async close() {
      clearInterval(timer)
      for (let left = Math.ceil(waiting.length / entriesPerWriteMax); left > 0; left -= 1) await flush()
      await writing
    },
  }
}

async function writeEntries(book: Book, entries: readonly Entry[]): Promise<void> {
  await book.transaction().execute(async (changes) => {
    const known = await registered(changes, entries)
    const devices = new Set<string>()
    for (const entry of entries) {
      if (entry.kind === 'session') {
        await changes.updateTable('device_connections').set({ session: entry.session }).where('id', '=', entry.id).execute()
        continue
      }
      if (entry.kind === 'ended') {
        await changes
          .updateTable('device_connections')
          .set({ outcome: 'ended', ended_at_ms: entry.atMs, reason: entry.reason })
          .where('id', '=', entry.id)
          .execute()
        continue
      }
      // A name that somebody made up has no history.
      if (!known.has(entry.deviceId)) continue
      devices.add(entry.deviceId)
      await changes
        .insertInto('device_connections')
        .values(rowOf(entry))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
    }
    for (const device of devices) await prune(changes, device)
  })
}

function rowOf(entry: Extract<Entry, { readonly kind: 'opened' | 'refused' }>): BookSchema['device_connections'] {
  const isRefused = entry.kind === 'refused'
  return {
    id: entry.id,
    device_id: entry.deviceId,
    outcome: isRefused ? 'refused' : 'open',
    started_at_ms: entry.atMs,
    ended_at_ms: isRefused ? entry.atMs : null,
    reason: isRefused ? entry.reason : null,
    session: null,
    has_will: entry.hasWill ? 1 : 0,
    address: entry.address,
    transport: entry.transport,
  }
}

async function registered(changes: Book, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(entries.flatMap((entry) => ('deviceId' in entry ? [entry.deviceId] : [])))]
  const found = new Set<string>()
  for (let from = 0; from < ids.length; from += rowsPerStatementMax) {
    const some = ids.slice(from, from + rowsPerStatementMax)
    for (const row of await changes.selectFrom('devices').select('id').where('id', 'in', some).execute()) found.add(row.id)
  }
  return found
}

async function prune(changes: Book, device: string): Promise<void> {
  for (const [isRefused, kept] of [
    [false, connectionsPerDeviceMax],
    [true, refusalsPerDeviceMax],
  ] as const) {
    const comparison = isRefused ? '=' : '<>'
    const newest = changes
      .selectFrom('device_connections')
      .select('id')
      .where('device_id', '=', device)
      .where('outcome', comparison, 'refused')
      .orderBy('started_at_ms', 'desc')
      .limit(kept)
    await changes
      .deleteFrom('device_connections')
      .where('device_id', '=', device)
      .where('outcome', comparison, 'refused')
      .where('id', 'not in', newest)
      .execute()
  }
}
