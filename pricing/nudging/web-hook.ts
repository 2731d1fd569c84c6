// Messages to the insurer's own systems (an app's push service, a letter shop): a signed POST each, tried again with growing pauses.

import { createHmac } from 'node:crypto'
import type { Book, NudgeMessageRow } from '../../store/book/schema.ts'

export interface WebHook {
  readonly url: string
  /** Signs the body: `Merit-Signature: sha256=…`, HMAC over `Merit-Timestamp` + `.` + body. */
  readonly secret: string
}

/** A receiver that takes longer is tried again. */
const answerMsMax = 5_000
const firstPauseMs = 30_000
const pauseMsMax = 3_600_000
/** After this the week is nearly over. */
const waitMsMax = 3 * 86_400_000
const perRound = 100

/** @returns how many were taken by the receiver; without a web hook what waits is noted as going nowhere */
export async function deliverToHook(book: Book, hook: WebHook | undefined, nowMs: number): Promise<number> {
  if (hook === undefined) {
    await book.updateTable('nudge_messages').set({ hook: 'none' }).where('hook', 'is', null).execute()
    return 0
  }
  const waiting = await book
    .selectFrom('nudge_messages')
    .selectAll()
    .where('hook', 'is', null)
    .where('hook_next_at_ms', '<=', nowMs)
    .orderBy('sent_at_ms')
    .limit(perRound)
    .execute()
  let taken = 0
  for (const message of waiting) {
    const isTaken = await post(hook, message, nowMs)
    if (isTaken) taken += 1
    const isOver = message.sent_at_ms < nowMs - waitMsMax
    await book
      .updateTable('nudge_messages')
      .set({
        hook: isTaken ? 'sent' : isOver ? 'expired' : null,
        hook_attempts: message.hook_attempts + 1,
        hook_next_at_ms: nowMs + pauseMs(message.hook_attempts),
      })
      .where('id', '=', message.id)
      .execute()
  }
  return taken
}

/** 30 s, 1 min, 2 min … an hour. */
export function pauseMs(attemptsBefore: number): number {
  return Math.min(pauseMsMax, firstPauseMs * 2 ** Math.min(attemptsBefore, 20))
}

export function signature(secret: string, timestampMs: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestampMs}.${body}`).digest('hex')}`
}

async function post({ url, secret }: WebHook, message: NudgeMessageRow, nowMs: number): Promise<boolean> {
  const body = JSON.stringify({
    kind: message.kind,
    id: message.id,
    policyId: message.policy_id,
    week: message.week,
    behaviour: message.behaviour,
    currency: message.currency,
    budgetMinor: message.budget_minor,
    leftMinor: message.left_minor,
    done: message.done,
    allowed: message.allowed,
    sentAtMs: message.sent_at_ms,
  })
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(answerMsMax),
      headers: {
        'content-type': 'application/json',
        'merit-timestamp': String(nowMs),
        'merit-signature': signature(secret, nowMs, body),
        // The receiver may get a message twice when its answer is lost; this tells it.
        'idempotency-key': message.id,
      },
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
