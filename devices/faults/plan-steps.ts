// From what a device measures to what it does, with all its faults: readings through the reading faults, into batches, through the
// batch faults, into steps. Pure and lazy: nothing is held but a batch and what a fault keeps back.

import type { Reading } from '../contract/reading.ts'
import type { DeviceKind } from '../contract/signals.ts'
import { asBatch, batchFaults, publishStep, type Sending } from './batch-faults.ts'
import type { ActiveFault } from './fault-switch.ts'
import { readingFaults } from './reading-faults.ts'
import { type SentReading, sentReading } from './sent-reading.ts'
import type { Step } from './step.ts'

/** Some minutes of a drive, an hour or two of a home: enough batches for a fault that strikes batches. */
export const readingsPerBatchUsual = 100
/** A device publishes at least this often, as far as it has something to say. */
const batchSpanMs = 4 * 3_600_000

export interface StepsOptions {
  readonly device: { readonly id: string; readonly kind: DeviceKind }
  readonly faults: readonly ActiveFault[]
  readonly seed: string
  readonly readingsPerBatch?: number
  /** From a batch's first reading to its last. */
  readonly spanMsMax?: number
}

export function planSteps(readings: Iterable<Reading>, options: StepsOptions): Iterable<Step> {
  const { device, faults, seed, readingsPerBatch = readingsPerBatchUsual, spanMsMax = batchSpanMs } = options
  let measured = sentReadings(readings)
  for (const [name, strike] of readingFaults)
    for (const fault of faults)
      if (fault.fault === name) measured = strike(measured, { fault, device: device.id, kind: device.kind, seed })
  let sendings: Iterable<Sending> = batches(measured, readingsPerBatch, spanMsMax)
  for (const [name, strike] of batchFaults)
    for (const fault of faults)
      if (fault.fault === name) sendings = strike(sendings, { fault, device: device.id, kind: device.kind, seed })
  return steps(sendings, device.kind)
}

function* sentReadings(readings: Iterable<Reading>): Iterable<SentReading> {
  for (const reading of readings) yield sentReading(reading)
}

function* batches(readings: Iterable<SentReading>, readingsMax: number, spanMsMax: number): Iterable<Sending> {
  let batch: SentReading[] = []
  for (const reading of readings) {
    const [first] = batch
    if (first !== undefined && (batch.length >= readingsMax || reading.trueMs - first.trueMs > spanMsMax)) {
      yield asBatch(batch)
      batch = []
    }
    batch.push(reading)
  }
  if (batch.length > 0) yield asBatch(batch)
}

function* steps(sendings: Iterable<Sending>, kind: DeviceKind): Iterable<Step> {
  for (const sending of sendings) yield sending.kind === 'batch' ? publishStep(sending, kind) : sending
}
