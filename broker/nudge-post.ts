// Takes nudges that office left in the book to the devices of their policy, once each. The book is the only thing both
// processes share, so a message waits there until a device listens or its day is over.

import type { Logger } from 'pino'
import type { NudgeMessage } from '../devices/contract/nudge.ts'
import type { Book, NudgeMessageRow } from '../store/book/schema.ts'
import type { Broker } from './create-broker.ts'

export const postMsDefault = 2_000
/** A device that was away longer gets the next one instead: yesterday's week is no news. */
export const waitMsMax = 24 * 3_600_000
/** At a time; the rest follows with the next round. */
const perRound = 200

export interface NudgePost {
  /** One round now. @returns how many messages reached a device */
  deliver(): Promise<number>
  close(): Promise<void>
}

interface NudgePostOptions {
  readonly book: Book
  readonly send: Broker['send']
  readonly log: Logger
  readonly nowMs: () => number
  readonly everyMs?: number
}

export function startNudgePost({ book, send, log, nowMs, everyMs = postMsDefault }: NudgePostOptions): NudgePost {
  let running: Promise<unknown> = Promise.resolve()
  const deliver = (): Promise<number> => {
    const round = running.then(() => deliverWaiting(book, send, nowMs()))
    running = round.catch((error: unknown) => log.error({ err: error }, 'nudges could not be taken to their devices'))
    return round
  }
  // A round that fails is logged above and tried again.
  const timer = setInterval(() => void deliver().catch(() => undefined), everyMs)
  timer.unref()
  return {
    deliver,
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

async function deliverWaiting(book: Book, send: Broker['send'], nowMs: number): Promise<number> {
  const waiting = await book
    .selectFrom('nudge_messages')
    .selectAll()
    .where('mqtt', 'is', null)
    .orderBy('sent_at_ms')
    .limit(perRound)
    .execute()
  let delivered = 0
  for (const message of waiting) {
    const devices = await book
      .selectFrom('policy_devices')
      .select('device_id')
      .where('policy_id', '=', message.policy_id)
      .execute()
    const payload = Buffer.from(JSON.stringify(payloadOf(message)))
    const reached = devices.filter(({ device_id: id }) => send(id, 'nudge', payload) === 'sent')
    const isOver = message.sent_at_ms < nowMs - waitMsMax || message.closed_at_ms !== null
    if (reached.length === 0 && !isOver) continue
    if (reached.length > 0) delivered += 1
    await book
      .updateTable('nudge_messages')
      .set({ mqtt: reached.length > 0 ? 'sent' : 'expired' })
      .where('id', '=', message.id)
      .execute()
  }
  return delivered
}

function payloadOf(row: NudgeMessageRow): NudgeMessage {
  return {
    schema: 'nudge/1',
    id: row.id,
    kind: row.kind,
    week: row.week,
    behaviour: row.behaviour,
    currency: row.currency,
    budgetMinor: row.budget_minor,
    leftMinor: row.left_minor,
    done: row.done,
    allowed: row.allowed,
  }
}
