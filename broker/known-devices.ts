// Which devices there are, for messages that come by topic alone: asked of the book, and remembered for some seconds, so that a
// message costs no query and a new device is soon known.

import type { DeviceRef } from '../devices/contract/reading.ts'
import type { Book } from '../store/book/schema.ts'

const rememberedMs = 5000
/** About ten megabytes; a device beyond them is asked for again. */
const rememberedMax = 100_000

export interface KnownDevices {
  /** Undefined for one that is not registered, or revoked. */
  find(id: string): Promise<DeviceRef | undefined>
}

export function createKnownDevices(book: Book, nowMs: () => number): KnownDevices {
  const known = new Map<string, { readonly askedAtMs: number; readonly answer: Promise<DeviceRef | undefined> }>()
  const ask = async (id: string): Promise<DeviceRef | undefined> => {
    const row = await book
      .selectFrom('devices')
      .select(['id', 'kind'])
      .where('id', '=', id)
      .where('revoked_at_ms', 'is', null)
      .executeTakeFirst()
    return row === undefined ? undefined : { id: row.id, kind: row.kind }
  }
  return {
    find(id) {
      const at = nowMs()
      const found = known.get(id)
      if (found !== undefined && at - found.askedAtMs < rememberedMs) return found.answer
      const answer = ask(id)
      known.delete(id)
      known.set(id, { askedAtMs: at, answer })
      const [oldest] = known.keys()
      if (known.size > rememberedMax && oldest !== undefined) known.delete(oldest)
      // One that failed is asked again by the next message.
      answer.catch(() => known.delete(id))
      return answer
    },
  }
}
