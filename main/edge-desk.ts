// Edge's desk: what the office asks edge for over HTTP on this machine, with a token that both read from the data folder. Recent
// payloads say where somebody is, so nobody without the token gets an answer, or learns that there is a desk.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { type EndReason, endReasons } from '../broker/connection-events.ts'
import type { Broker } from '../broker/create-broker.ts'
import { newsWaitMsMax } from '../broker/desk-limits.ts'
import type { Activity, EdgeAddress } from '../broker/desk-shapes.ts'
import type { ConnectionLog } from '../ingest/connection-log.ts'
import { asShown, type RecentMessages } from '../ingest/recent-messages.ts'
import type { Ingest } from '../ingest/start-ingest.ts'

/** The office follows a device for each page that is open; further ones are told to come again. */
const waitersMax = 600

export interface DeskParts {
  readonly address: EdgeAddress
  readonly messages: RecentMessages
  readonly connections: Pick<ConnectionLog, 'flush'>
  readonly broker: Pick<Broker, 'disconnect'>
  readonly ingest: Pick<Ingest, 'replay' | 'mayShow'>
  readonly nowMs: () => number
}

export interface Desk {
  /** False when the request is not for the desk. */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  close(): void
}

/** @param parts undefined until edge is ready */
export function openDesk(token: string, parts: () => DeskParts | undefined, log: Logger): Desk {
  const expected = digest(`Bearer ${token}`)
  const closing = new AbortController()
  let waiters = 0

  async function reply(ready: DeskParts, request: IncomingMessage, url: URL): Promise<unknown> {
    const [, , place, id, what] = url.pathname.split('/').map((part) => decodeURIComponent(part))
    if (request.method === 'POST') {
      if (place === 'devices' && id !== undefined && what === 'disconnect') {
        const wasConnected = ready.broker.disconnect(id, endReasonOf(url.searchParams.get('reason')))
        await ready.connections.flush()
        return { wasConnected }
      }
      if (place === 'quarantine' && id !== undefined && what === 'replay') return ready.ingest.replay(id)
      return undefined
    }
    if (place === 'address') return ready.address
    if (place === 'activity') return { devices: activityOf(ready) }
    if (place === 'devices' && id !== undefined && what === 'messages')
      return { messages: await messagesOf(ready, id, url, request) }
    return undefined
  }

  async function messagesOf({ messages, ingest }: DeskParts, device: string, url: URL, request: IncomingMessage) {
    const after = Number(url.searchParams.get('after') ?? 0)
    const waitMs = Math.min(newsWaitMsMax, Math.max(0, Number(url.searchParams.get('waitMs') ?? 0)))
    if (waitMs > 0 && waiters < waitersMax) {
      waiters += 1
      const gone = new AbortController()
      const leave = () => gone.abort()
      request.once('close', leave)
      closing.signal.addEventListener('abort', leave, { once: true })
      await messages.news(device, after, waitMs, gone.signal)
      closing.signal.removeEventListener('abort', leave)
      waiters -= 1
    }
    return messages
      .after(device, after)
      .filter(({ receivedAtMs }) => ingest.mayShow(device, receivedAtMs))
      .map((message) => asShown(device, message))
  }

  return {
    answer(request, response) {
      const url = new URL(request.url ?? '/', 'http://edge')
      if (!url.pathname.startsWith('/desk/')) return false
      // Digests are of one length, and comparing them takes as long whatever they hold.
      if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return false
      const ready = parts()
      if (ready === undefined) {
        respond(response, 503, { reason: 'starting' })
        return true
      }
      reply(ready, request, url).then(
        (value) => (value === undefined ? respond(response, 404, {}) : respond(response, 200, value)),
        (error: unknown) => {
          log.warn({ err: error, path: url.pathname }, 'The desk could not do what the office asked for.')
          respond(response, 500, {})
        },
      )
      return true
    },
    close: () => closing.abort(),
  }
}

function activityOf({ messages, nowMs }: DeskParts): readonly Activity[] {
  const now = nowMs()
  return [...messages.devices()].flatMap((id) => {
    const activity = messages.activity(id, now)
    return activity === undefined ? [] : [{ id, ...activity }]
  })
}

function endReasonOf(text: string | null): EndReason {
  return endReasons.find((reason) => reason === text) ?? 'revoked'
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest()
}
