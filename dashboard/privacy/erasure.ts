// Having erased what was measured: asked for, undone while there is time, and done. What accounting law keeps (premiums and their
// worksheets) stays, without a position in it.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { reprice } from '../../pricing/reprice.ts'
import type { Pricing } from '../../pricing/start-pricing.ts'
import type { ErasureRow } from '../../store/book/person-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import { scrubFile } from '../../store/sqlite/scrub-file.ts'
import type { TelemetryStore } from '../../store/telemetry-store.ts'
import { pauseWithin, resumeWithin } from './collecting.ts'
import { tellAboutPrivacy } from './privacy-messages.ts'

/** Time to think again. */
export const graceDays = 7
const dayMs = 86_400_000
const pollMsDefault = 5_000

/** In the order in which they are checked. */
export type ErasureAsked =
  | { readonly kind: 'exists'; readonly erasure: ErasureRow }
  | { readonly kind: 'asked'; readonly erasure: ErasureRow }

/** From now on nothing more is collected, or there would soon be something again. */
export function askForErasure(book: Book, policyId: string, nowMs: number): Promise<ErasureAsked> {
  return book.transaction().execute(async (transaction): Promise<ErasureAsked> => {
    const known = await transaction
      .selectFrom('erasures')
      .selectAll()
      .where('policy_id', '=', policyId)
      .where('status', 'in', ['waiting', 'journal', 'stores'])
      .executeTakeFirst()
    if (known !== undefined) return { kind: 'exists', erasure: known }
    const erasure: ErasureRow = {
      id: randomUUID(),
      policy_id: policyId,
      asked_at_ms: nowMs,
      due_at_ms: nowMs + graceDays * dayMs,
      status: 'waiting',
      changed_at_ms: nowMs,
      erased: null,
    }
    await transaction.insertInto('erasures').values(erasure).execute()
    await pauseWithin(transaction, policyId, null, nowMs)
    await tellAboutPrivacy(transaction, policyId, { what: 'erasure-asked', dueAtMs: erasure.due_at_ms }, nowMs)
    return { kind: 'asked', erasure }
  })
}

/** @returns whether there was one that could still be undone */
export function undoErasure(book: Book, policyId: string, nowMs: number): Promise<boolean> {
  return book.transaction().execute(async (transaction) => {
    const undone = await transaction
      .updateTable('erasures')
      .set({ status: 'undone', changed_at_ms: nowMs })
      .where('policy_id', '=', policyId)
      .where('status', '=', 'waiting')
      .where('due_at_ms', '>', nowMs)
      .executeTakeFirst()
    if (undone.numUpdatedRows === 0n) return false
    await resumeWithin(transaction, policyId, nowMs)
    await tellAboutPrivacy(transaction, policyId, { what: 'erasure-undone' }, nowMs)
    return true
  })
}

/** Of a policy, the last that was not undone. */
export function erasureOf(book: Book, policyId: string): Promise<ErasureRow | undefined> {
  return book
    .selectFrom('erasures')
    .selectAll()
    .where('policy_id', '=', policyId)
    .where('status', '!=', 'undone')
    .orderBy('asked_at_ms', 'desc')
    .executeTakeFirst()
}

interface ErasingOptions {
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly pricing: Pick<Pricing, 'forget'>
  readonly log: Logger
  readonly nowMs: () => number
  readonly pollMs?: number
}

export interface Erasing {
  close(): Promise<void>
}

/** What is due goes to edge first, which frees its journal; what edge is done with is erased here. */
export function startErasing(options: ErasingOptions): Erasing {
  const { book, log, nowMs, pollMs = pollMsDefault } = options
  let running: Promise<void> = Promise.resolve()
  const round = async (): Promise<void> => {
    await handOverDue(book, nowMs())
    const ready = await book.selectFrom('erasures').selectAll().where('status', '=', 'stores').execute()
    for (const erasure of ready) await erase(options, erasure)
  }
  const timer = setInterval(() => {
    running = running
      .then(round)
      .catch((error: unknown) => log.error({ err: error }, 'an erasure is not done yet; it is tried again'))
  }, pollMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

export async function handOverDue(book: Book, nowMs: number): Promise<void> {
  await book
    .updateTable('erasures')
    .set({ status: 'journal', changed_at_ms: nowMs })
    .where('status', '=', 'waiting')
    .where('due_at_ms', '<=', nowMs)
    .execute()
}

/** Can be done again from wherever it stopped. */
export async function erase({ book, telemetry, pricing, nowMs }: ErasingOptions, erasure: ErasureRow): Promise<void> {
  const { policy_id: policyId, due_at_ms: beforeMs } = erasure
  const devices = await book
    .selectFrom('policy_devices')
    .innerJoin('devices', 'devices.id', 'policy_devices.device_id')
    .select(['devices.id', 'devices.kind'])
    .where('policy_id', '=', policyId)
    .execute()
  const ids = devices.map(({ id }) => id)
  let readings = 0
  for (const device of devices) readings += await telemetry.erase(device, beforeMs)
  const counts = { trips: 0, homeDays: 0 }
  await pricing.forget(ids, async () => {
    Object.assign(counts, await eraseFromBook(book, policyId, ids, beforeMs))
  })
  await reprice(book, policyId, nowMs())
  await scrubBook(book)
  const erased = { readings, ...counts }
  await book.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('erasures')
      .set({ status: 'done', changed_at_ms: nowMs(), erased: JSON.stringify(erased) })
      .where('id', '=', erasure.id)
      .execute()
    await tellAboutPrivacy(transaction, policyId, { what: 'erased', ...erased }, nowMs())
  })
}

/** Trips, days, refused payloads, and what people wrote about a trip. That a dispute was decided stays: it explains a premium. */
function eraseFromBook(
  book: Book,
  policyId: string,
  deviceIds: readonly string[],
  beforeMs: number,
): Promise<{ readonly trips: number; readonly homeDays: number }> {
  return book.transaction().execute(async (transaction) => {
    if (deviceIds.length === 0) return { trips: 0, homeDays: 0 }
    const trips = await transaction
      .deleteFrom('trips')
      .where('device_id', 'in', deviceIds)
      .where('started_at_ms', '<', beforeMs)
      .executeTakeFirst()
    for (const table of ['trip_sums', 'unsummed_trips'] as const)
      await transaction.deleteFrom(table).where('device_id', 'in', deviceIds).where('started_at_ms', '<', beforeMs).execute()
    // A day belongs to what is erased if it began before.
    const dueDay = new Date(beforeMs).toISOString().slice(0, 'YYYY-MM-DD'.length)
    const homeDays = await transaction
      .deleteFrom('home_days')
      .where('device_id', 'in', deviceIds)
      .where('day', '<=', dueDay)
      .executeTakeFirst()
    await transaction
      .deleteFrom('quarantine')
      .where('device_id', 'in', deviceIds)
      .where('received_at_ms', '<', beforeMs)
      .execute()
    await transaction
      .updateTable('disputes')
      .set({ note: '', reason: null })
      .where('policy_id', '=', policyId)
      .where('created_at_ms', '<', beforeMs)
      .execute()
    await transaction
      .updateTable('dispute_steps')
      .set({ reason: null })
      .where('dispute_id', 'in', transaction.selectFrom('disputes').select('id').where('policy_id', '=', policyId))
      .where('done_at_ms', '<', beforeMs)
      .execute()
    await transaction
      .deleteFrom('trip_confirmations')
      .where('policy_id', '=', policyId)
      .where('trip_start_ms', '<', beforeMs)
      .execute()
    return { trips: Number(trips.numDeletedRows), homeDays: Number(homeDays.numDeletedRows) }
  })
}

/** The book's file without what was deleted from it. */
async function scrubBook(book: Book): Promise<void> {
  const { rows } = await sql<{ file: string }>`PRAGMA database_list`.execute(book)
  const path = rows[0]?.file ?? ''
  if (path !== '') await scrubFile(path)
}
