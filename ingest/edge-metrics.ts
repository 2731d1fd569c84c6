// Edge's counters, as Prometheus reads them and as `/healthz` sums them up. Counting only; who counts is the caller.

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { UpChannel } from '../devices/contract/topics.ts'
import type { Journal } from './journal/open-journal.ts'
import type { Writer } from './writer.ts'

/** What the gauges read when somebody asks; set when the parts are there. */
export interface EdgeGauges {
  readonly journal: Pick<Journal, 'status'>
  readonly writer: Pick<Writer, 'status'>
  readonly connectedDevices: () => number
  readonly nowMs: () => number
}

export interface EdgeTotals {
  readonly messages: number
  readonly readings: number
  readonly quarantined: number
}

export interface EdgeMetrics {
  readonly registry: Registry
  received(channel: UpChannel): void
  acknowledged(): void
  /** Taken in by nobody: no PUBACK. */
  unacknowledged(code: string): void
  accepted(readings: number, duplicates: number): void
  rejected(code: string, count: number): void
  receiptDropped(): void
  signInRefused(reason: string): void
  stored(readings: number, duplicates: number): void
  quarantined(count: number): void
  storeAppended(seconds: number): void
  storeFailed(): void
  /** Since start. */
  totals(): EdgeTotals
  watch(gauges: EdgeGauges): void
}

export function createEdgeMetrics(): EdgeMetrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: `merit_${name}`, help, labelNames: [...labelNames], registers })

  const messages = counter('messages_received_total', 'Messages that came in, by channel.', ['channel'])
  const acknowledged = counter('messages_acknowledged_total', 'Messages that are on disk.', [])
  const unacknowledged = counter('messages_unacknowledged_total', 'Messages that were not taken in, by reason.', ['code'])
  const accepted = counter('readings_accepted_total', 'Readings taken into the journal.', [])
  const repeated = counter('readings_repeated_total', 'Readings the device had sent before.', [])
  const rejected = counter('readings_rejected_total', 'Readings or payloads refused, by code.', ['code'])
  const receiptsDropped = counter('receipts_dropped_total', 'Receipts for devices that do not read them.', [])
  const signInsRefused = counter('sign_ins_refused_total', 'Refused sign-ins, by reason.', ['reason'])
  const stored = counter('readings_stored_total', 'Readings the store took as new.', [])
  const storedBefore = counter('readings_stored_before_total', 'Readings the store had already.', [])
  const quarantined = counter('quarantined_total', 'Refusals written to quarantine.', [])
  const storeFailures = counter('store_failures_total', 'Attempts to store that failed and are tried again.', [])
  const appendSeconds = new Histogram({
    name: 'merit_store_append_seconds',
    help: 'Duration of one append to the telemetry store.',
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers,
  })
  const totals = { messages: 0, readings: 0, quarantined: 0 }

  return {
    registry,
    received(channel) {
      totals.messages += 1
      messages.inc({ channel })
    },
    acknowledged: () => acknowledged.inc(),
    unacknowledged: (code) => unacknowledged.inc({ code }),
    accepted(readings, duplicates) {
      accepted.inc(readings)
      repeated.inc(duplicates)
    },
    rejected: (code, count) => rejected.inc({ code }, count),
    receiptDropped: () => receiptsDropped.inc(),
    signInRefused: (reason) => signInsRefused.inc({ reason }),
    stored(readings, duplicates) {
      totals.readings += readings
      stored.inc(readings)
      storedBefore.inc(duplicates)
    },
    quarantined(count) {
      totals.quarantined += count
      quarantined.inc(count)
    },
    storeAppended: (seconds) => appendSeconds.observe(seconds),
    storeFailed: () => storeFailures.inc(),
    totals: () => ({ ...totals }),
    watch({ journal, writer, connectedDevices, nowMs }) {
      const gauge = (name: string, help: string, read: () => number) => {
        const made: Gauge = new Gauge({ name: `merit_${name}`, help, registers, collect: () => made.set(read()) })
      }
      gauge('journal_bytes', 'Bytes in the journal.', () => journal.status().bytes)
      gauge('journal_damaged_files', 'Journal files set aside as damaged.', () => journal.status().damaged.length)
      gauge('journal_age_seconds', 'Age of the oldest message that is not stored yet.', () => {
        const { oldestPendingMs } = writer.status()
        return oldestPendingMs === undefined ? 0 : Math.max(0, nowMs() - oldestPendingMs) / 1000
      })
      gauge('devices_connected', 'Devices that are connected.', connectedDevices)
    },
  }
}
