// What is not to be collected: the times for which a person paused collecting, and those that they had erased. Read from the book
// again and again, so that a pause holds here, before anything reaches the disk.

import type { Logger } from 'pino'
import type { Book } from '../store/book/schema.ts'

/** A decision of a person takes effect this long after it was made at the earliest: edge has read it by then. */
export const collectionPollMs = 1_000
/** A device may have been given to a policy that is paused: read in full every so often. */
const fullReadMs = 60_000

export interface CollectionWindow {
  /** What was taken from here on, inclusive … */
  readonly fromMs: number
  /** … until here, exclusive, is not kept. */
  readonly untilMs: number
  /** What arrives in it is not kept either, whenever it was taken. */
  readonly isByArrival: boolean
}

const noWindows: readonly CollectionWindow[] = []

export function isCollected(windows: readonly CollectionWindow[], takenAtMs: number, receivedAtMs: number): boolean {
  return windows.every((window) => !isWithin(window, takenAtMs) && !(window.isByArrival && isWithin(window, receivedAtMs)))
}

/** Nothing that arrives now is kept. */
export function isPausedAt(windows: readonly CollectionWindow[], receivedAtMs: number): boolean {
  return windows.some((window) => window.isByArrival && isWithin(window, receivedAtMs))
}

function isWithin({ fromMs, untilMs }: CollectionWindow, atMs: number): boolean {
  return atMs >= fromMs && atMs < untilMs
}

export interface Collection {
  windowsOf(deviceId: string): readonly CollectionWindow[]
  close(): Promise<void>
}

interface CollectionOptions {
  readonly book: Book
  readonly log: Logger
  readonly nowMs: () => number
  readonly pollMs?: number
}

/** Resolves when the book was read once: nothing is taken in before. */
export async function watchCollection({ book, log, nowMs, pollMs = collectionPollMs }: CollectionOptions): Promise<Collection> {
  let windows: ReadonlyMap<string, readonly CollectionWindow[]> = new Map()
  let mark = ''
  let readAtMs = Number.NEGATIVE_INFINITY
  let isFailing = false

  async function look(): Promise<void> {
    const now = await changeMark(book)
    if (now === mark && nowMs() - readAtMs < fullReadMs) return
    windows = await readWindows(book)
    mark = now
    readAtMs = nowMs()
  }

  await look()
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(look)
      .then(() => {
        isFailing = false
      })
      .catch((error: unknown) => {
        // What was known goes on to hold; said once.
        if (!isFailing) log.error({ err: error }, 'What is paused could not be read; what was known holds.')
        isFailing = true
      })
  }, pollMs)
  timer.unref()
  return {
    windowsOf: (deviceId) => windows.get(deviceId) ?? noWindows,
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

/** Changes whenever a pause or an erasure is made or changed. */
async function changeMark(book: Book): Promise<string> {
  const ofTable = async (table: 'collection_pauses' | 'erasures'): Promise<string> => {
    const row = await book
      .selectFrom(table)
      .select(({ fn }) => [fn.countAll<number>().as('rows'), fn.max<number | null>('changed_at_ms').as('latest')])
      .executeTakeFirstOrThrow()
    return `${row.rows}:${row.latest}`
  }
  return `${await ofTable('collection_pauses')} ${await ofTable('erasures')}`
}

async function readWindows(book: Book): Promise<ReadonlyMap<string, readonly CollectionWindow[]>> {
  const pauses = await book
    .selectFrom('collection_pauses')
    .innerJoin('policy_devices', 'policy_devices.policy_id', 'collection_pauses.policy_id')
    .select(['policy_devices.device_id', 'collection_pauses.from_ms', 'collection_pauses.until_ms'])
    .execute()
  const erasures = await book
    .selectFrom('erasures')
    .innerJoin('policy_devices', 'policy_devices.policy_id', 'erasures.policy_id')
    .select(['policy_devices.device_id', 'erasures.due_at_ms'])
    .where('erasures.status', 'in', ['journal', 'stores', 'done'])
    .execute()
  const all = [
    ...pauses.map(({ device_id: device, from_ms: fromMs, until_ms: untilMs }) => ({
      device,
      window: { fromMs, untilMs: untilMs ?? Number.POSITIVE_INFINITY, isByArrival: true },
    })),
    ...erasures.map(({ device_id: device, due_at_ms: untilMs }) => ({
      device,
      window: { fromMs: Number.NEGATIVE_INFINITY, untilMs, isByArrival: false },
    })),
  ]
  return new Map([...Map.groupBy(all, ({ device }) => device)].map(([device, of]) => [device, of.map(({ window }) => window)]))
}
