// Everyone who watches live, and what each of them may see. Events come in once and go to the clients whose policy they
// are about; a session that ended takes its clients with it.

import type { LiveEvent } from './shapes.ts'

/** Each costs a socket and a buffer. */
export const clientsMax = 500
/** A person with many open tabs still gets one stream in each. */
export const clientsPerUserMax = 12
/** How long a stream outlives its session, or misses a policy that was just added. */
const recheckMs = 15_000

/** A client of `/api/v1/live`: frames go out through `send` until the connection ends. */
export interface EventSink {
  send(event: string, data: unknown): void
  /** Called once, when the client has gone or was let go. */
  onEnd(listener: () => void): void
  end(): void
}

/** Some policies, or all of one insurer's. */
export type Sight =
  | { readonly kind: 'policies'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'insurer'; readonly insurerId: string }

/** Undefined for a policy that is gone. */
export type InsurerOf = (policyId: string) => Promise<string | undefined>

export interface Viewer {
  readonly userId: string
  readonly sight: Sight
  /** What the viewer may see by now; undefined once the session has ended. */
  recheck(): Promise<Sight | undefined>
}

export interface LiveHub {
  open(sink: EventSink, viewer: Viewer): void
  hasRoomFor(userId: string): boolean
  isWatched(policyId: string): boolean
  publish(event: LiveEvent): void
  clients(): number
  close(): void
}

interface Client {
  readonly sink: EventSink
  readonly viewer: Viewer
  sight: Sight
}

export function createLiveHub(insurerOf: InsurerOf, onFailure: (error: unknown) => void, everyMs: number = recheckMs): LiveHub {
  const clients = new Set<Client>()
  // One after the other, so that events arrive in the order in which things happened.
  let last: Promise<void> = Promise.resolve()
  const timer = setInterval(() => void recheckAll().catch(onFailure), everyMs)
  timer.unref()

  const recheckAll = async () => {
    for (const client of [...clients]) {
      const sight = await client.viewer.recheck()
      if (sight === undefined) client.sink.end()
      else client.sight = sight
    }
  }
  return {
    hasRoomFor: (userId) =>
      clients.size < clientsMax && [...clients].filter((client) => client.viewer.userId === userId).length < clientsPerUserMax,
    open(sink, viewer) {
      const client = { sink, viewer, sight: viewer.sight }
      clients.add(client)
      sink.onEnd(() => clients.delete(client))
    },
    isWatched: (policyId) => [...clients].some(({ sight }) => sight.kind === 'insurer' || sight.ids.has(policyId)),
    publish(event) {
      last = last
        .then(async () => {
          const insurerId = await insurerOf(event.policyId)
          for (const { sink, sight } of clients) if (isSeen(sight, event.policyId, insurerId)) sink.send(event.kind, event)
        })
        .catch(onFailure)
    },
    clients: () => clients.size,
    close() {
      clearInterval(timer)
      for (const { sink } of [...clients]) sink.end()
    },
  }
}

function isSeen(sight: Sight, policyId: string, insurerId: string | undefined): boolean {
  return sight.kind === 'policies' ? sight.ids.has(policyId) : sight.insurerId === insurerId
}
