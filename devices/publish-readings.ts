// Publishes a stream of readings as one device, in batches, as fast as they are acknowledged or paced by their own times, and
// adds up what the receipts say became of them.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Reading } from './contract/reading.ts'
import type { RefusalCode } from './contract/receipt.ts'
import type { MqttDevice, SentBatch } from './mqtt-device.ts'

export const readingsPerBatchMax = 500
/** A value with its name needs up to 45 bytes, a phone's are the longest: stays below the 256 KiB packet limit. */
const valuesPerBatchMax = 5000
/** Batches waiting for their PUBACK; more would only fill memory. */
const pendingBatchesMax = 64
/** After being stopped: time for what is under way to be acknowledged. */
const stopMsMax = 2000

export interface BatchLimits {
  readonly readingsMax: number
  /** From a batch's first reading to its last, milliseconds. */
  readonly spanMsMax: number
}

export interface PublishOptions {
  readonly limits: BatchLimits
  /** Readings are published when this many of their seconds have passed per second; Infinity does not wait. */
  readonly speed: number
  readonly onProgress?: (report: PublishReport) => void
  /** Stops offering readings; what is under way is still awaited. */
  readonly signal?: AbortSignal
}

/** All but `batches` count readings. */
export interface PublishReport {
  readonly readings: number
  readonly batches: number
  /** On the server's disk. */
  readonly acknowledged: number
  readonly accepted: number
  readonly duplicate: number
  readonly rejected: number
  /** Of the rejected ones, by reason. */
  readonly refusals: Readonly<Partial<Record<RefusalCode, number>>>
  /** Acknowledged, but the receipt did not arrive: lost with a connection, or the store is far behind. */
  readonly withoutReceipt: number
}

/** Batches end at whichever limit comes first; a reading is never left out. */
export function* batchesOf(readings: Iterable<Reading>, limits: BatchLimits): Generator<readonly Reading[]> {
  let batch: Reading[] = []
  let values = 0
  for (const reading of readings) {
    const [first] = batch
    const more = Object.keys(reading.values).length
    const isFull = batch.length >= limits.readingsMax || values + more > valuesPerBatchMax
    if (first !== undefined && (isFull || reading.takenAtMs - first.takenAtMs > limits.spanMsMax)) {
      yield batch
      batch = []
      values = 0
    }
    batch.push(reading)
    values += more
  }
  if (batch.length > 0) yield batch
}

/**
 * Resolves when every batch is acknowledged and has its receipt, or is given up on.
 *
 * @throws DeviceError when the device cannot go on
 */
export async function publishReadings(
  device: MqttDevice,
  readings: Iterable<Reading>,
  options: PublishOptions,
): Promise<PublishReport> {
  const refusals: Partial<Record<RefusalCode, number>> = {}
  const counts = { readings: 0, batches: 0, acknowledged: 0, accepted: 0, duplicate: 0, rejected: 0, withoutReceipt: 0 }
  const report = (): PublishReport => ({ ...counts, refusals: { ...refusals } })
  const startedAtMs = performance.now()
  const settling = new Set<Promise<void>>()
  const pending = new Set<Promise<boolean>>()
  let firstTakenAtMs: number | undefined

  const count = async (sent: SentBatch, size: number): Promise<void> => {
    const arrived = await sent.acknowledged
    pending.delete(sent.acknowledged)
    if (arrived) counts.acknowledged += size
    const receipt = await sent.receipt
    if (receipt !== undefined) {
      counts.accepted += receipt.accepted
      counts.duplicate += receipt.duplicate
      for (const rejection of receipt.rejected) {
        // A payload refused as a whole is one rejection of all its readings.
        const refused = rejection.index === null ? size : 1
        counts.rejected += refused
        refusals[rejection.code] = (refusals[rejection.code] ?? 0) + refused
      }
    } else if (arrived) counts.withoutReceipt += size
    options.onProgress?.(report())
  }

  for (const batch of batchesOf(readings, options.limits)) {
    const [first, last] = [batch[0], batch.at(-1)]
    if (first === undefined || last === undefined) continue
    firstTakenAtMs ??= first.takenAtMs
    await passUntil(startedAtMs + (last.takenAtMs - firstTakenAtMs) / options.speed, options.signal)
    while (pending.size >= pendingBatchesMax && !isAborted(options.signal)) await orStopped(Promise.race(pending), options.signal)
    if (isAborted(options.signal)) break
    const sent = await publishWhenRoom(device, batch)
    counts.batches += 1
    counts.readings += batch.length
    pending.add(sent.acknowledged)
    const settled = count(sent, batch.length).finally(() => settling.delete(settled))
    settling.add(settled)
  }
  await orStopped(Promise.all(settling), options.signal)
  // A device that was refused on the way says so here.
  if (counts.acknowledged < counts.readings && !isAborted(options.signal)) await device.room()
  return report()
}

async function publishWhenRoom(device: MqttDevice, batch: readonly Reading[]): Promise<SentBatch> {
  for (;;) {
    const sent = device.publish(batch)
    if (sent !== undefined) return sent
    await device.room()
  }
}

/** @param atMs on the clock of performance.now() */
async function passUntil(atMs: number, signal: AbortSignal | undefined): Promise<void> {
  const waitMs = atMs - performance.now()
  if (waitMs <= 0) return
  try {
    await sleep(waitMs, undefined, signal === undefined ? {} : { signal })
  } catch (error) {
    if (!isAborted(signal)) throw error
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

/** Resolves with the work, or a moment after the signal. */
async function orStopped(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) {
    await work
    return
  }
  const stopped = Promise.withResolvers<void>()
  let timer: NodeJS.Timeout | undefined
  const stop = (): void => {
    timer = setTimeout(stopped.resolve, stopMsMax)
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([work, stopped.promise])
  } finally {
    signal.removeEventListener('abort', stop)
    clearTimeout(timer)
  }
}
