// Live counts for testers: out of the book and the telemetry store of this process, and out of edge's health page.

import { sql } from 'kysely'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { Book } from '../../store/book/schema.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import type { Status } from './shapes.ts'

/** Edge is on the same machine or near it; a page of counts does not wait longer. */
const edgeAnswersWithinMs = 1000
/** However many pages ask, everything is counted this often at most. */
const countEveryMs = 1000
/** Counting reads whole tables, and nobody is answered meanwhile: it may take one part in this many of the time. */
const countingShareOfTime = 50

const EdgeHealthSchema = Type.Object({ counts: Type.Object({ messages: Type.Integer() }) })
const edgeHealth = Compile(EdgeHealthSchema)

export interface LiveStatusOptions {
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly edgeHealthUrl: string | undefined
  readonly nowMs: () => number
}

export function createLiveStatus({ book, telemetry, edgeHealthUrl, nowMs }: LiveStatusOptions): () => Promise<Status> {
  const countReadings = sparingly(nowMs, 0, () => readingsUnlessAway(telemetry))
  const countBook = sparingly(nowMs, emptyBook, () => bookCounts(book))
  let latest: Promise<Status> | undefined
  let countedAtMs = 0

  const count = async (): Promise<Status> => {
    const [messages, readings] = await Promise.all([edgeMessages(edgeHealthUrl), countReadings()])
    return { messages, readings, ...(await countBook()) }
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

/** What was counted last, until counting again is due; a count that comes to nothing leaves it as it was. */
function sparingly<Count>(nowMs: () => number, none: Count, count: () => Promise<Count | undefined>): () => Promise<Count> {
  let latest = none
  let notBeforeMs = 0
  return async () => {
    const startedAtMs = nowMs()
    if (startedAtMs < notBeforeMs) return latest
    latest = (await count()) ?? latest
    notBeforeMs = nowMs() + (nowMs() - startedAtMs) * countingShareOfTime
    return latest
  }
}

/** While the store is away the last count stands. */
async function readingsUnlessAway(telemetry: TelemetryStore): Promise<number | undefined> {
  try {
    return await telemetry.count()
  } catch (error) {
    if (isAway(error)) return undefined
    throw error
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

type BookCounts = Omit<Status, 'messages' | 'readings'>
const emptyBook: BookCounts = { quarantined: 0, devices: 0, devicesOnline: 0, trips: 0, policies: 0, premiums: 0 }

async function bookCounts(book: Book): Promise<BookCounts> {
  const rowsOf = async (table: 'quarantine' | 'devices' | 'device_states' | 'policies' | 'premiums') => {
    let query = book.selectFrom(table).select((count) => count.fn.countAll<number>().as('rows'))
    if (table === 'device_states') query = query.where('state', '=', 'online')
    return (await query.executeTakeFirstOrThrow()).rows
  }
  // The lines of the book keep how many trips each policy has: there are a hundred times as many trips.
  const { trips } = await book
    .selectFrom('book_lines')
    .select(({ fn }) => fn.coalesce(fn.sum<number>('trips'), sql<number>`0`).as('trips'))
    .executeTakeFirstOrThrow()
  return {
    quarantined: await rowsOf('quarantine'),
    devices: await rowsOf('devices'),
    devicesOnline: await rowsOf('device_states'),
    trips,
    policies: await rowsOf('policies'),
    premiums: await rowsOf('premiums'),
  }
}
