// Server-sent events to one client: frames, heartbeats, and a bound on what may wait in its buffer.

import type { Response } from 'express'
import type { EventSink } from './live-hub.ts'

/** Proxies and phones cut connections that are silent for half a minute. */
export const heartbeatMs = 15_000
/** A client that is this far behind has stopped reading: it is let go and connects again. */
export const waitingBytesMax = 256 * 1024
/** How long a browser waits before it connects again. */
const retryMs = 3000

export function eventStream(response: Response): EventSink {
  const listeners: (() => void)[] = []
  let isEnded = false
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs)

  const end = () => {
    if (isEnded) return
    isEnded = true
    clearInterval(heartbeat)
    response.end()
    for (const listener of listeners) listener()
  }
  const write = (frame: string) => {
    if (isEnded) return
    if (response.writableLength > waitingBytesMax) {
      response.destroy()
      end()
      return
    }
    response.write(frame)
  }

  response.set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'X-Accel-Buffering': 'no' })
  response.flushHeaders()
  response.once('close', end)
  write(`retry: ${retryMs}\n\n`)
  return {
    send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    onEnd(listener) {
      if (isEnded) listener()
      else listeners.push(listener)
    },
    end,
  }
}
