// Nudging at work: every quarter of an hour, who is told something now; then on to the web hook. The way to devices is edge's own.

import type { Logger } from 'pino'
import type { Book, NudgeMessageRow } from '../../store/book/schema.ts'
import { sendMessages } from './send-messages.ts'
import { deliverToHook, type WebHook } from './web-hook.ts'

/** Nobody waits for advice, and working out a week takes reading a quarter's trips. */
export const nudgeMsDefault = 15 * 60_000

export interface NudgingOptions {
  readonly book: Book
  readonly log: Logger
  readonly nowMs: () => number
  readonly hook: WebHook | undefined
  readonly onMessage?: (message: NudgeMessageRow) => void
  readonly everyMs?: number
}

export interface Nudging {
  /** One pass now. */
  pass(): Promise<void>
  /** Finishes the pass that is running. */
  close(): Promise<void>
}

export function startNudging({ book, log, nowMs, hook, onMessage, everyMs = nudgeMsDefault }: NudgingOptions): Nudging {
  let running: Promise<void> = Promise.resolve()
  let isStopped = false
  const passOnce = async (): Promise<void> => {
    if (isStopped) return
    const { sent, decisions } = await sendMessages(book, nowMs())
    if (sent.length > 0) log.info({ sent: sent.length, decisions }, 'nudges were sent')
    for (const message of sent) onMessage?.(message)
    await deliverToHook(book, hook, nowMs())
  }
  const pass = (): Promise<void> => {
    const next = running.then(passOnce)
    running = next.catch((error: unknown) => log.error({ err: error }, 'nudges could not be sent; the next pass tries again'))
    return next
  }
  // A pass that fails is logged above and made again.
  const timer = setInterval(() => void pass().catch(() => undefined), everyMs)
  timer.unref()
  return {
    pass,
    async close() {
      isStopped = true
      clearInterval(timer)
      await running
    },
  }
}
