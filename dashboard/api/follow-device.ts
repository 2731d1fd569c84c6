// Follows one device for one page: asks edge for news again and again, each question waiting until there is some, and tells the
// page. Ends with the page, with its session, or with the office.

import { setTimeout as sleep } from 'node:timers/promises'
import type { EdgeDesk } from './edge-desk.ts'
import type { EventSink } from './live-hub.ts'

/** While edge is away. */
const againMs = 1000

/** Each costs a socket here and one to edge. */
const streamsMax = 300
const streamsPerUserMax = 12

export interface Streams {
  /** Undefined when there are too many; else what gives the place back. */
  enter(userId: string): (() => void) | undefined
}

export function createStreams(): Streams {
  const open = new Map<string, number>()
  let all = 0
  return {
    enter(userId) {
      const own = open.get(userId) ?? 0
      if (all >= streamsMax || own >= streamsPerUserMax) return undefined
      all += 1
      open.set(userId, own + 1)
      return () => {
        all -= 1
        const left = (open.get(userId) ?? 1) - 1
        if (left === 0) open.delete(userId)
        else open.set(userId, left)
      }
    },
  }
}

/** @param mayWatch asked whenever edge has answered, at least three times a minute */
export function followDevice(edge: EdgeDesk, deviceId: string, sink: EventSink, mayWatch: () => Promise<boolean>): void {
  const gone = new AbortController()
  sink.onEnd(() => gone.abort())
  const follow = async (): Promise<void> => {
    let after = 0
    let isThere: boolean | undefined
    while (!gone.signal.aborted) {
      const answer = after === 0 ? await edge.messages(deviceId, 0) : await edge.news(deviceId, after, gone.signal)
      if (gone.signal.aborted || !(await mayWatch())) break
      if ((answer.kind === 'answer') !== isThere) {
        isThere = answer.kind === 'answer'
        sink.send('edge', { isEdgeThere: isThere })
      }
      if (answer.kind === 'away') {
        await sleep(againMs, undefined, { signal: gone.signal }).catch(() => undefined)
        continue
      }
      const last = answer.value.at(-1)
      if (last === undefined) {
        // Nothing yet: the next question waits for the first.
        after = Math.max(after, 1)
        continue
      }
      sink.send('messages', { messages: answer.value })
      after = last.number
    }
    sink.end()
  }
  void follow().catch(() => sink.end())
}
