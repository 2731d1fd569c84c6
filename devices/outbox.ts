// What a device has measured and the broker has not yet acknowledged, in order. Holds state and decides; mqtt-device.ts sends.

/** About 14 hours of a batch every ten seconds: a device that is offline for a night loses nothing. */
export const outboxBatchesMax = 5000
/** Enough to keep a link busy; few enough that a reconnect re-sends little. */
export const inFlightMax = 20

export interface Sequenced<Item> {
  readonly seq: number
  readonly item: Item
}

export interface Outbox<Item> {
  /** The item's sequence number, or undefined when the outbox is full. */
  add(item: Item): number | undefined
  /** The oldest item that is not in flight, which it then is; undefined when there is none or the window is full. */
  next(): Sequenced<Item> | undefined
  /** True when the item was in the outbox; an acknowledgement that comes twice changes nothing. */
  acknowledge(seq: number): boolean
  /** The connection is gone: everything in flight is to be sent again, before what was waiting. */
  rewind(): void
  isFull(): boolean
  /** Items not yet acknowledged, in flight or not. */
  size(): number
}

export function createOutbox<Item>(batchesMax = outboxBatchesMax, windowMax = inFlightMax): Outbox<Item> {
  /** Keys ascend: an item is added once and keeps its place. */
  const items = new Map<number, Item>()
  let lastSeq = 0
  /** Everything from here on has not been sent on this connection. */
  let cursor = 1
  let inFlight = 0
  return {
    add(item) {
      if (items.size >= batchesMax) return undefined
      lastSeq += 1
      items.set(lastSeq, item)
      return lastSeq
    },
    next() {
      if (inFlight >= windowMax) return undefined
      while (cursor <= lastSeq) {
        const seq = cursor
        cursor += 1
        const item = items.get(seq)
        if (item === undefined) continue
        inFlight += 1
        return { seq, item }
      }
      return undefined
    },
    acknowledge(seq) {
      if (!items.delete(seq)) return false
      if (seq < cursor) inFlight -= 1
      return true
    },
    rewind() {
      const [first] = items.keys()
      cursor = first ?? lastSeq + 1
      inFlight = 0
    },
    isFull: () => items.size >= batchesMax,
    size: () => items.size,
  }
}
