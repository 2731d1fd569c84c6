// The last messages of every device beside what it was told about them, for whoever builds the device. Kept in memory: taking a
// message in costs a copy of at most four kilobytes and no decoding, and what a page needs of it is made when a page asks.

import { messagesPerDeviceMax, payloadBytesKept, rejectionsKept } from '../broker/desk-limits.ts'
import type { RecentMessage } from '../broker/desk-shapes.ts'
import type { Receipt } from '../devices/contract/receipt.ts'
import { deviceTopic, type UpChannel } from '../devices/contract/topics.ts'

/** Of all devices together; beyond it the device that was not heard of for longest loses its messages. */
export const keptBytesMax = 48 * 1024 * 1024
/** What an entry takes besides its payload, roughly. */
const entryBytes = 400
const rateSpanMs = 60_000
const rateSlots = 6

export interface KeptMessage {
  readonly number: number
  readonly receivedAtMs: number
  readonly channel: UpChannel
  readonly bytes: number
  readonly payload: Buffer
  readonly receipt: RecentMessage['receipt']
}

export interface DeviceActivity {
  readonly lastMessageAtMs: number
  readonly messagesPerMinute: number
  readonly readingsPerMinute: number
}

export interface RecentMessages {
  /** To be called when the message is on disk. */
  heard(device: string, channel: UpChannel, payload: Buffer, receipt: Receipt | undefined, receivedAtMs: number): void
  /** Those after a number, the oldest first. */
  after(device: string, number: number): readonly KeptMessage[]
  /** Resolves when there is one after the number, when the signal aborts, or after `waitMs`. */
  news(device: string, number: number, waitMs: number, signal: AbortSignal): Promise<void>
  activity(device: string, nowMs: number): DeviceActivity | undefined
  devices(): Iterable<string>
  /** From before a restart, the oldest first. */
  restore(device: string, messages: readonly KeptMessage[]): void
  /** What came before then is kept no longer. */
  forget(device: string, beforeMs: number): void
  /** Rises with every message that was heard, and whenever some are forgotten. */
  version(): number
}

interface Kept {
  messages: KeptMessage[]
  bytes: number
  lastMessageAtMs: number
  /** Counts by slot of ten seconds, the slot's own number first. */
  slots: { slot: number; messages: number; readings: number }[]
}

export function createRecentMessages(bytesMax = keptBytesMax): RecentMessages {
  const devices = new Map<string, Kept>()
  const waiting = new Map<string, Set<() => void>>()
  let number = 0
  let forgotten = 0
  let bytes = 0

  const keptOf = (device: string): Kept => {
    const kept = devices.get(device) ?? { messages: [], bytes: 0, lastMessageAtMs: 0, slots: [] }
    // The map keeps the order of insertion: the device that was silent for longest comes first.
    devices.delete(device)
    devices.set(device, kept)
    return kept
  }
  const add = (kept: Kept, message: KeptMessage): void => {
    kept.messages.push(message)
    let change = sizeOf(message)
    if (kept.messages.length > messagesPerDeviceMax) {
      const oldest = kept.messages.shift()
      if (oldest !== undefined) change -= sizeOf(oldest)
    }
    kept.bytes += change
    bytes += change
  }
  const forgetSilent = (): void => {
    for (const [device, kept] of devices) {
      if (bytes <= bytesMax) return
      bytes -= kept.bytes
      devices.delete(device)
    }
  }

  return {
    heard(device, channel, payload, receipt, receivedAtMs) {
      const kept = keptOf(device)
      // By the clock, so that it goes on rising when a crash has lost the last numbers.
      number = Math.max(number + 1, receivedAtMs)
      kept.lastMessageAtMs = receivedAtMs
      count(kept, receivedAtMs, receipt)
      add(kept, {
        number,
        receivedAtMs,
        channel,
        bytes: payload.length,
        // A copy: the payload lies in a piece of memory that the socket filled with other things too.
        payload: Buffer.from(payload.subarray(0, payloadBytesKept)),
        receipt: receipt === undefined ? null : shortened(receipt),
      })
      if (bytes > bytesMax) forgetSilent()
      for (const wake of waiting.get(device) ?? []) wake()
    },
    after: (device, from) => (devices.get(device)?.messages ?? []).filter((message) => message.number > from),
    news(device, from, waitMs, signal) {
      const last = devices.get(device)?.messages.at(-1)
      if ((last !== undefined && last.number > from) || signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const sleepers = waiting.get(device) ?? new Set()
        waiting.set(device, sleepers)
        const wake = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', wake)
          sleepers.delete(wake)
          if (sleepers.size === 0 && waiting.get(device) === sleepers) waiting.delete(device)
          resolve()
        }
        const timer = setTimeout(wake, waitMs)
        signal.addEventListener('abort', wake)
        sleepers.add(wake)
      })
    },
    activity(device, nowMs) {
      const kept = devices.get(device)
      if (kept === undefined || kept.messages.length === 0) return undefined
      const since = slotOf(nowMs) - rateSlots
      const recent = kept.slots.filter(({ slot }) => slot > since)
      return {
        lastMessageAtMs: kept.lastMessageAtMs,
        messagesPerMinute: recent.reduce((sum, slot) => sum + slot.messages, 0),
        readingsPerMinute: recent.reduce((sum, slot) => sum + slot.readings, 0),
      }
    },
    devices: () => devices.keys(),
    restore(device, messages) {
      const kept = keptOf(device)
      for (const message of messages) {
        number = Math.max(number, message.number)
        kept.lastMessageAtMs = message.receivedAtMs
        add(kept, message)
      }
      forgetSilent()
    },
    forget(device, beforeMs) {
      const kept = devices.get(device)
      if (kept === undefined) return
      const messages = kept.messages.filter(({ receivedAtMs }) => receivedAtMs >= beforeMs)
      if (messages.length === kept.messages.length) return
      const left = messages.reduce((sum, message) => sum + sizeOf(message), 0)
      bytes += left - kept.bytes
      kept.messages = messages
      kept.bytes = left
      forgotten += 1
    },
    version: () => number + forgotten,
  }
}

/** What a page is shown of it. */
export function asShown(device: string, message: KeptMessage): RecentMessage {
  const { number, receivedAtMs, channel, bytes, payload, receipt } = message
  return {
    number,
    receivedAtMs,
    channel,
    topic: deviceTopic(device, channel),
    bytes,
    payload: payload.toString('utf8'),
    isCut: bytes > payload.length,
    receipt,
  }
}

function shortened({ rejected, ...rest }: Receipt): RecentMessage['receipt'] {
  return { ...rest, rejected: rejected.slice(0, rejectionsKept), rejectedCount: rejected.length }
}

function count(kept: Kept, nowMs: number, receipt: Receipt | undefined): void {
  const slot = slotOf(nowMs)
  let current = kept.slots.at(-1)
  if (current?.slot !== slot) {
    current = { slot, messages: 0, readings: 0 }
    kept.slots.push(current)
    if (kept.slots.length > rateSlots) kept.slots.shift()
  }
  current.messages += 1
  if (receipt !== undefined) current.readings += receipt.accepted + receipt.duplicate + receipt.rejected.length
}

function slotOf(ms: number): number {
  return Math.floor(ms / (rateSpanMs / rateSlots))
}

function sizeOf(message: KeptMessage): number {
  return message.payload.length + entryBytes
}
