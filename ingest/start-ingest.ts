// Ingest, put together: what the broker hands in goes through intake into the journal, the device gets its receipt, and the
// writer brings it to the store. `onPublish` resolves when the message is on disk, and only then.

import { join } from 'node:path'
import type { Logger } from 'pino'
import type { BrokerHandlers } from '../broker/create-broker.ts'
import type { ReplayOutcome } from '../broker/desk-shapes.ts'
import type { DeviceRef } from '../devices/contract/reading.ts'
import type { DownChannel, UpChannel } from '../devices/contract/topics.ts'
import type { Book } from '../store/book/schema.ts'
import type { TelemetryStore } from '../store/telemetry-store.ts'
import { type Collection, watchCollection } from './collection.ts'
import type { ConnectionLog } from './connection-log.ts'
import type { EdgeMetrics } from './edge-metrics.ts'
import { countByCode, type Intake, refuseWhole, takeState, takeTelemetry } from './intake.ts'
import { type Journal, openJournal } from './journal/open-journal.ts'
import { encodeEntry, type JournalEntry } from './journal-entry.ts'
import { startJournalErasure } from './journal-erasure.ts'
import type { RecentMessages } from './recent-messages.ts'
import { createRecentReadings } from './recent-readings.ts'
import { replayQuarantined } from './replay-quarantined.ts'
import { startWriter, type Writer } from './writer.ts'

/** Kept of a message of which its person wants nothing kept. */
const nothing = Buffer.alloc(0)

export interface IngestOptions {
  /** The journal lies in its folder `journal`. */
  readonly dataDir: string
  readonly journalBytesMax: number
  readonly book: Book
  readonly openStore: () => Promise<TelemetryStore>
  readonly send: (deviceId: string, channel: DownChannel, payload: Buffer) => 'sent' | 'not-listening' | 'not-reading'
  readonly metrics: EdgeMetrics
  readonly messages: RecentMessages
  /** Writes recent messages down again, without what was forgotten. */
  readonly writeMessages: () => Promise<void>
  readonly connections: Pick<ConnectionLog, 'told'>
  readonly log: Logger
  readonly nowMs: () => number
}

export interface Ingest {
  readonly handlers: BrokerHandlers
  readonly journal: Pick<Journal, 'status'>
  readonly writer: Pick<Writer, 'status'>
  /** Whether what arrived then may be looked at: not what its person has paused or erased. */
  mayShow(deviceId: string, receivedAtMs: number): boolean
  /** Judges a refusal again and takes in what fits now. */
  replay(quarantineId: string): Promise<ReplayOutcome>
  /** Behind the broker's own close: stores what is left for at most this long; the rest waits in the journal. */
  close(drainMsMax: number): Promise<void>
}

/** @throws the file system's error when the journal's folder cannot be used */
export async function startIngest(options: IngestOptions): Promise<Ingest> {
  const { dataDir, journalBytesMax, book, openStore, send, metrics, messages, writeMessages, connections, log, nowMs } = options
  const journal = await openJournal({
    folder: join(dataDir, 'journal'),
    bytesMax: journalBytesMax,
    nowMs,
    onNote: (note, details) => log.warn(details, note),
  })
  const writer = startWriter({
    journal,
    book,
    openStore,
    log,
    counters: {
      stored: ({ stored, duplicates }) => metrics.stored(stored, duplicates),
      quarantined: (rows) => metrics.quarantined(rows.length),
      appendSeconds: metrics.storeAppended,
      failed: metrics.storeFailed,
    },
  })
  const recent = createRecentReadings()
  const collection: Collection = await watchCollection({ book, log, nowMs })
  const erasure = startJournalErasure({
    book,
    journal,
    forget: (deviceIds, beforeMs) => {
      for (const id of deviceIds) messages.forget(id, beforeMs)
      return writeMessages()
    },
    log,
    nowMs,
  })
  const notes = new Set<Promise<void>>()
  let journalFailure: string | undefined

  async function append(payload: Buffer): Promise<void> {
    try {
      await journal.append(payload)
      if (journalFailure !== undefined) log.info('The journal takes messages again.')
      journalFailure = undefined
    } catch (error) {
      const code = codeOf(error)
      metrics.unacknowledged(code)
      // Said once, not for every device that tries again.
      if (code !== journalFailure)
        log.error({ err: error }, 'The journal does not take messages; devices get no PUBACK and keep their data.')
      journalFailure = code
      throw error
    }
  }

  /** What edge itself has to say; a journal that does not take it has said so already. */
  function note(entry: JournalEntry): void {
    const noted = append(encodeEntry(entry))
      .catch(() => undefined)
      .finally(() => notes.delete(noted))
    notes.add(noted)
  }

  function takeIn(device: DeviceRef, channel: UpChannel, payload: Buffer, receivedAtMs: number): Intake {
    try {
      if (channel === 'state') return takeState(payload, device, receivedAtMs)
      return takeTelemetry(payload, device, receivedAtMs, collection.windowsOf(device.id))
    } catch (error) {
      // A mistake of ours, and the device would send the same bytes for ever: they are kept for us to look at.
      log.error({ err: error, device: device.id }, 'A message could not be judged; it was put into quarantine.')
      return refuseWhole(payload, device, receivedAtMs, 'not-a-batch')
    }
  }

  // What was connected when the last edge ended is not connected now.
  note({ kind: 'started', receivedAtMs: nowMs() })

  return {
    journal,
    writer,
    handlers: {
      async onPublish(device, channel, payload) {
        metrics.received(channel)
        const receivedAtMs = nowMs()
        const { entry, readings, receipt: receiptOf } = takeIn(device, channel, payload, receivedAtMs)
        // Appended in the turn in which the message arrived: so the journal keeps every device's order.
        // What a person does not want kept is acknowledged all the same: the device would send it for ever.
        if (!isEmpty(entry)) await append(encodeEntry(entry))
        const receipt = receiptOf(recent)
        recent.remember(device.id, readings)
        metrics.acknowledged()
        // A Last Will speaks of a connection that is over.
        if (entry.kind === 'state' && entry.state.state === 'online') connections.told(device.id, entry.state.session)
        const isWanted = receipt === undefined || receipt.rejected.every(({ code }) => code !== 'paused')
        messages.heard(device.id, channel, isWanted ? payload : nothing, receipt, receivedAtMs)
        if (receipt === undefined) return
        metrics.accepted(receipt.accepted, receipt.duplicate)
        for (const [code, count] of countByCode(receipt.rejected)) metrics.rejected(code, count)
        if (send(device.id, 'receipt', Buffer.from(JSON.stringify(receipt), 'utf8')) === 'not-reading') metrics.receiptDropped()
      },
      onPresence(device, state) {
        note({ kind: 'presence', device: device.id, receivedAtMs: nowMs(), state })
      },
    },
    mayShow: (deviceId, receivedAtMs) => collection.windowsOf(deviceId).every(({ untilMs }) => receivedAtMs >= untilMs),
    replay(quarantineId) {
      const keep = async (taken: Intake, deviceId: string): Promise<void> => {
        await append(encodeEntry(taken.entry))
        recent.remember(deviceId, taken.readings)
      }
      return replayQuarantined({ book, keep, windowsOf: collection.windowsOf, nowMs }, quarantineId)
    },
    async close(drainMsMax) {
      await collection.close()
      await erasure.close()
      await Promise.all(notes)
      await writer.stop(drainMsMax)
      await journal.close()
    },
  }
}

/** Nothing of the message is to be kept. */
function isEmpty(entry: JournalEntry): boolean {
  return entry.kind === 'message' && entry.readings.length === 0 && entry.refused.length === 0
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unexpected'
}
