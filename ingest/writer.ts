// The writer: takes what the journal holds, oldest first, to the store and the book at their own pace. It never gives up and
// never skips: a journal segment goes only when everything in it is stored.

import type { Logger } from 'pino'
import type { Reading } from '../devices/contract/reading.ts'
import type { Book, QuarantineRow } from '../store/book/schema.ts'
import type { Appended, TelemetryStore } from '../store/telemetry-store.ts'
import { conflictRow, keepBook, type PlacedEntry, quarantineRows } from './book-keeping.ts'
import type { Journal, JournalRecord, Position } from './journal/open-journal.ts'
import { decodeEntry } from './journal-entry.ts'

/** One append: what a server takes best in one request; an embedded store takes it in parts. */
export const readingsPerAppendMax = 5000
/** Decoded in one go, within some milliseconds. */
const batchBytesMax = 512 * 1024
/** Readings that arrive within this are stored together: many small commits cost more than they bring. */
const gatherMs = 50
const retryMsMin = 100
const retryMsMax = 5000

export interface WriterStatus {
  /** When the oldest message that is not stored yet was received; undefined when all are, as far as the writer has looked. */
  readonly oldestPendingMs: number | undefined
  /** Why the last attempt failed; undefined while all goes well. */
  readonly failure: string | undefined
}

export interface WriterCounters {
  stored(appended: Appended): void
  quarantined(rows: readonly QuarantineRow[]): void
  appendSeconds(seconds: number): void
  failed(): void
}

export interface WriterOptions {
  readonly journal: Journal
  readonly book: Book
  /** Resolves when the store has been opened; asked again after it failed. */
  readonly openStore: () => Promise<TelemetryStore>
  readonly log: Logger
  readonly counters: WriterCounters
}

export interface Writer {
  status(): WriterStatus
  /** Stores what is left for at most this long; the rest stays in the journal for the next start. */
  stop(drainMsMax: number): Promise<void>
}

export function startWriter({ journal, book, openStore, log, counters }: WriterOptions): Writer {
  /** Set: end when the journal is drained. Aborted: end now. */
  const stopping = new AbortController()
  const aborting = new AbortController()
  let oldestPendingMs: number | undefined
  let failure: string | undefined

  async function run(): Promise<void> {
    let position: Position | undefined
    while (!aborting.signal.aborted) {
      const { records, next } = await persist('The journal could not be read', () => journal.read(position, batchBytesMax))
      if (records.length > 0) await store(records)
      const isAtEnd = records.length === 0 && isSame(position, next)
      position = next
      await journal
        .release(position)
        .catch((error: unknown) => log.warn({ err: error }, 'A stored journal file could not be removed.'))
      if (!isAtEnd) continue
      oldestPendingMs = undefined
      if (stopping.signal.aborted) return
      await journal.waitBehind(position, stopping.signal)
      await pause(gatherMs, stopping.signal)
    }
  }

  async function store(records: readonly JournalRecord[]): Promise<void> {
    const placed = records.flatMap((record) => decoded(record))
    oldestPendingMs = placed[0]?.entry.receivedAtMs
    const quarantined = placed.flatMap((entry) => quarantineRows(entry))
    const readings = placed.flatMap(({ entry }) => (entry.kind === 'message' ? entry.readings : []))
    for (let from = 0; from < readings.length; from += readingsPerAppendMax) {
      const appended = await append(readings.slice(from, from + readingsPerAppendMax))
      const receivedAtMs = placed.at(-1)?.entry.receivedAtMs ?? 0
      quarantined.push(...appended.conflicts.map((reading) => conflictRow(reading, receivedAtMs)))
    }
    await persist('The book could not be written', () =>
      keepBook(
        book,
        quarantined,
        placed.map(({ entry }) => entry),
      ),
    )
    counters.quarantined(quarantined)
  }

  function decoded({ position, payload }: JournalRecord): readonly PlacedEntry[] {
    const entry = decodeEntry(payload)
    if (entry !== undefined) return [{ position, entry }]
    journal.reportDamage(position.segment)
    log.error({ ...position }, 'A journal record is whole but not understood; its file will be set aside.')
    return []
  }

  async function append(readings: readonly Reading[]): Promise<Appended> {
    const appended = await persist('Readings could not be stored', async () => {
      const telemetry = await openStore()
      const startedAt = performance.now()
      const outcome = await telemetry.append(readings)
      counters.appendSeconds((performance.now() - startedAt) / 1000)
      return outcome
    })
    counters.stored(appended)
    return appended
  }

  /** Tries for ever: what was acknowledged has nowhere else to go. */
  async function persist<Result>(what: string, attempt: () => Promise<Result>): Promise<Result> {
    for (let delayMs = retryMsMin; ; delayMs = Math.min(2 * delayMs, retryMsMax)) {
      try {
        const result = await untilAborted(attempt(), aborting.signal)
        if (failure !== undefined) log.info(`${what.replace(' could not be ', ' can be ')} again.`)
        failure = undefined
        return result
      } catch (error) {
        // What is left is in the journal: a stop does not wait for a store that is away.
        if (stopping.signal.aborted) aborting.abort()
        if (aborting.signal.aborted) throw error
        const message = error instanceof Error ? error.message : String(error)
        // Said once, not at every attempt.
        if (failure === undefined) log.warn({ err: error }, `${what}; the journal keeps them and tries again. ${message}`)
        failure = `${what}: ${message}`
        counters.failed()
        await pause(delayMs, stopping.signal)
      }
    }
  }

  const running = run().catch((error: unknown) => {
    if (aborting.signal.aborted) return
    failure = 'The writer stopped by a mistake of its own; the journal keeps everything. Start edge again.'
    log.fatal({ err: error }, failure)
  })

  return {
    status: () => ({ oldestPendingMs, failure }),
    async stop(drainMsMax) {
      stopping.abort()
      const deadline = setTimeout(() => aborting.abort(), drainMsMax)
      await running
      clearTimeout(deadline)
    },
  }
}

function isSame(a: Position | undefined, b: Position): boolean {
  return a === undefined ? b.segment === 0 : a.segment === b.segment && a.offset === b.offset
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })
}

/** A store that answers never must not hold up the end. */
function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abandon = () => reject(new Error('stopped'))
    signal.addEventListener('abort', abandon)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abandon))
    if (signal.aborted) abandon()
  })
}
