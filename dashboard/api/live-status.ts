// Live counts for testers: out of the book and the telemetry store of this process, and out of edge's health page. What is in the book
// is counted for one insurer; messages and readings are those of the whole installation, which neither edge nor the store keeps apart.

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

export function createLiveStatus({
  book,
  telemetry,
  edgeHealthUrl,
  nowMs,
}: LiveStatusOptions): (insurerId: string) => Promise<Status> {
  const countReadings = sparingly(nowMs, 0, () => readingsUnlessAway(telemetry))
  const counters = new Map<string, () => Promise<Status>>()
  return (insurerId) => {
    const known = counters.get(insurerId)
    if (known !== undefined) return known()
    const countBook = sparingly(nowMs, emptyBook, () => bookCounts(book, insurerId))
    const counter = onceAtATime(nowMs, async () => {
      const [messages, readings] = await Promise.all([edgeMessages(edgeHealthUrl), countReadings()])
      return { messages, readings, ...(await countBook()) }
    })
    counters.set(insurerId, counter)
    return counter()
  }
}

function onceAtATime(nowMs: () => number, count: () => Promise<Status>): () => Promise<Status> {
  let latest: Promise<Status> | undefined
  let countedAtMs = 0
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

async function bookCounts(book: Book, insurerId: string): Promise<BookCounts> {
  const counted = sql<number>`count(*)`.as('rows')
  const ofInsurer = (table: 'devices' | 'policies') =>
    book.selectFrom(table).select(counted).where('insurer_id', '=', insurerId).executeTakeFirstOrThrow()
  const ofDevices = book.selectFrom('devices').select(counted).where('devices.insurer_id', '=', insurerId)
  const quarantined = await ofDevices.innerJoin('quarantine', 'quarantine.device_id', 'devices.id').executeTakeFirstOrThrow()
  const devicesOnline = await ofDevices
    .innerJoin('device_states', 'device_states.device_id', 'devices.id')
    .where('device_states.state', '=', 'online')
    .executeTakeFirstOrThrow()
  const premiums = await book
    .selectFrom('policies')
    .innerJoin('premiums', 'premiums.policy_id', 'policies.id')
    .select(counted)
    .where('policies.insurer_id', '=', insurerId)
    .executeTakeFirstOrThrow()
  // The lines of the book keep how many trips each policy has: there are a hundred times as many trips.
  const { trips } = await book
    .selectFrom('book_lines')
    .select(({ fn }) => fn.coalesce(fn.sum<number>('trips'), sql<number>`0`).as('trips'))
    .where('insurer_id', '=', insurerId)
    .executeTakeFirstOrThrow()
  return {
    quarantined: quarantined.rows,
    devices: (await ofInsurer('devices')).rows,
    devicesOnline: devicesOnline.rows,
    trips,
    policies: (await ofInsurer('policies')).rows,
    premiums: premiums.rows,
  }
}
