// Live counts for testers: out of the book and the telemetry store of this process, and out of edge's health page.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { Status } from './shapes.ts'

/** Edge is on the same machine or near it; a page of counts does not wait longer. */
const edgeAnswersWithinMs = 1000
/** However many pages ask, everything is counted this often at most. */
const countEveryMs = 1000
/** Counting readings reads the whole store: it may take one part in this many of the time. */
const readingsShareOfTime = 50

const EdgeHealthSchema = Type.Object({ counts: Type.Object({ messages: Type.Integer() }) })
const edgeHealth = Compile(EdgeHealthSchema)

export interface LiveStatusOptions {
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly edgeHealthUrl: string | undefined
  readonly nowMs: () => number
}

export function createLiveStatus({ book, telemetry, edgeHealthUrl, nowMs }: LiveStatusOptions): () => Promise<Status> {
  const countReadings = createReadingCount(telemetry, nowMs)
  let latest: Promise<Status> | undefined
  let countedAtMs = 0

  const count = async (): Promise<Status> => {
    const [messages, readings] = await Promise.all([edgeMessages(edgeHealthUrl), countReadings()])
    return { messages, readings, ...(await bookCounts(book)) }
  }
  return () => {
    if (latest === undefined || nowMs() - countedAtMs >= countEveryMs) {
      countedAtMs = nowMs()
      latest = count()
      // A failure is told to those who asked now, not to those who ask next.
      latest.catch(() => {
        latest = undefined
      })
    }
    return latest
  }
}

/** While the store is away the last count stands. */
function createReadingCount(telemetry: TelemetryStore, nowMs: () => number): () => Promise<number> {
  let readings = 0
  let notBeforeMs = 0
  return async () => {
    const startedAtMs = nowMs()
    if (startedAtMs < notBeforeMs) return readings
    try {
      readings = await telemetry.count()
    } catch (error) {
      if (!isAway(error)) throw error
    }
    notBeforeMs = nowMs() + (nowMs() - startedAtMs) * readingsShareOfTime
    return readings
  }
}

function isAway(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'store-unavailable'
}

/** 0 when edge is not running or not known. */
async function edgeMessages(url: string | undefined): Promise<number> {
  if (url === undefined) return 0
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(edgeAnswersWithinMs) })
    const health: unknown = await response.json()
    return edgeHealth.Check(health) ? health.counts.messages : 0
  } catch {
    return 0
  }
}

async function bookCounts(book: Book): Promise<Omit<Status, 'messages' | 'readings'>> {
  const rowsOf = async (table: 'quarantine' | 'devices' | 'device_states' | 'trips' | 'policies' | 'premiums') => {
    let query = book.selectFrom(table).select((count) => count.fn.countAll<number>().as('rows'))
    if (table === 'device_states') query = query.where('state', '=', 'online')
    return (await query.executeTakeFirstOrThrow()).rows
  }
  return {
    quarantined: await rowsOf('quarantine'),
    devices: await rowsOf('devices'),
    devicesOnline: await rowsOf('device_states'),
    trips: await rowsOf('trips'),
    policies: await rowsOf('policies'),
    premiums: await rowsOf('premiums'),
  }
}
