// Replays of drafts over the book, one at a time: started, cancelled, taken up again after a restart. What is done of one is in
// the book chunk by chunk; the same draft over the same book with the same seed is one replay.

import { availableParallelism } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { ReplayRow } from '../../store/book/replay-rows.ts'
import type { Book } from '../../store/book/schema.ts'
import { sumOlderTrips } from '../stored-driving.ts'
import { BadFacts } from '../stored-facts.ts'
import { prepareReplay, type ReplayPrepared, type WantedReplay } from './prepare-replay.ts'
import { runThreads } from './run-threads.ts'

/** A replay is work for minutes: more threads than this would take the machine from those who use it. */
export const threadsMax = 4
/** Trips summed in one transaction, before others get their turn. */
const sumsPerTurn = 50

export interface ReplayProgress {
  readonly id: string
  readonly status: ReplayRow['status']
  readonly policies: number
  readonly policiesDone: number
}

export interface Replays {
  /** The same replay asked for again is the one that is there; a cancelled or failed one is taken up again. */
  start(wanted: WantedReplay): Promise<ReplayPrepared>
  /** False when it was not running. */
  cancel(id: string): Promise<boolean>
  /** False when it was not cancelled or failed. */
  resume(id: string): Promise<boolean>
  /** Told after it is in the book. @returns stops listening */
  onProgress(listener: (progress: ReplayProgress) => void): () => void
  /** When nothing is running any more. */
  idle(): Promise<void>
  /** What is running goes on at the next start. */
  close(): Promise<void>
}

export interface ReplaysOptions {
  readonly book: Book
  /** The same book's and telemetry's, for the threads. */
  readonly bookUrl: string
  readonly telemetryUrl: string
  readonly log: Logger
  readonly nowMs: () => number
  readonly threads?: number
  /** Priced between two savings of what is done. */
  readonly policiesPerChunk?: number
  /** Go on with what was running when the process ended; true unless another process does that. */
  readonly takesUp?: boolean
}

export async function startReplays(options: ReplaysOptions): Promise<Replays> {
  const { book, bookUrl, telemetryUrl, log, nowMs } = options
  const threads = options.threads ?? Math.min(threadsMax, availableParallelism())
  const listeners = new Set<(progress: ReplayProgress) => void>()
  const closing = new AbortController()
  let current: { readonly id: string; readonly stop: AbortController } | undefined
  let running: Promise<void> = Promise.resolve()

  async function tell(id: string): Promise<void> {
    const row = await book
      .selectFrom('replays')
      .select(['id', 'status', 'policies', 'policies_done as policiesDone'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (row !== undefined) for (const listener of listeners) listener(row)
  }

  function enqueue(id: string): void {
    running = running.then(() => run(id)).catch((error) => log.error({ err: error, replay: id }, 'a replay could not be kept'))
  }

  async function run(id: string): Promise<void> {
    const stop = new AbortController()
    const row = await book.selectFrom('replays').select('status').where('id', '=', id).executeTakeFirst()
    if (row?.status !== 'running' || closing.signal.aborted) return
    current = { id, stop }
    const onClose = () => stop.abort()
    closing.signal.addEventListener('abort', onClose)
    try {
      await sumEverything(stop.signal)
      const chunks = await book
        .selectFrom('replay_chunks')
        .select(['number', 'from_policy_id as fromPolicyId', 'to_policy_id as toPolicyId'])
        .where('replay_id', '=', id)
        .where('result', 'is', null)
        .orderBy('number')
        .execute()
      const made = await runThreads({
        start: { bookUrl, telemetryUrl, replayId: id },
        threads,
        chunks,
        stop: stop.signal,
        async onChunk({ number, policies, result }) {
          await keepChunk(id, number, policies, result)
          await tell(id)
        },
      })
      if (made === undefined) return
      await settle(id, { status: 'done', report: made.report, report_hash: made.hash, problem: null })
      log.info({ replay: id, report: made.hash }, 'a replay is done')
    } catch (error) {
      if (stop.signal.aborted) return
      const problem = error instanceof Error ? error.message : String(error)
      log.error({ err: error, replay: id }, 'a replay failed')
      await settle(id, { status: 'failed', problem })
    } finally {
      closing.signal.removeEventListener('abort', onClose)
      current = undefined
    }
  }

  /** Trips of an older Merit, or written without their sums. One that does not parse is told with its policy. */
  async function sumEverything(stop: AbortSignal): Promise<void> {
    try {
      while (!stop.aborted) {
        const trips = await book.transaction().execute((transaction) => sumOlderTrips(transaction, sumsPerTurn))
        if (trips === 0) return
        await nextTurn()
      }
    } catch (error) {
      if (!(error instanceof BadFacts)) throw error
    }
  }

  async function keepChunk(id: string, number: number, policies: number, result: string): Promise<void> {
    await book.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('replay_chunks')
        .set({ result })
        .where('replay_id', '=', id)
        .where('number', '=', number)
        .where('result', 'is', null)
        .executeTakeFirst()
      // Another process that runs the same replay was faster, with the same result.
      if (numUpdatedRows !== 1n) return
      await transaction
        .updateTable('replays')
        .set((row) => ({ policies_done: row('policies_done', '+', policies) }))
        .where('id', '=', id)
        .execute()
    })
  }

  async function settle(id: string, columns: Partial<ReplayRow>): Promise<void> {
    await book
      .updateTable('replays')
      .set({ ...columns, finished_at_ms: nowMs() })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .execute()
    await tell(id)
  }

  async function resume(id: string): Promise<boolean> {
    const { numUpdatedRows } = await book
      .updateTable('replays')
      .set({ status: 'running', problem: null, finished_at_ms: null })
      .where('id', '=', id)
      .where('status', 'in', ['cancelled', 'failed'])
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    enqueue(id)
    await tell(id)
    return true
  }

  const unfinished = await book
    .selectFrom('replays')
    .select('id')
    .where('status', '=', 'running')
    .orderBy('created_at_ms')
    .execute()
  if (options.takesUp ?? true) for (const { id } of unfinished) enqueue(id)

  return {
    async start(wanted) {
      const prepared = await prepareReplay(book, wanted, nowMs(), options.policiesPerChunk)
      // One that is there and said to run may have been left by a process that ended.
      if (prepared.kind === 'added' || (prepared.kind === 'exists' && !(await resume(prepared.id)))) enqueue(prepared.id)
      return prepared
    },
    async cancel(id) {
      const { numUpdatedRows } = await book
        .updateTable('replays')
        .set({ status: 'cancelled', finished_at_ms: nowMs() })
        .where('id', '=', id)
        .where('status', '=', 'running')
        .executeTakeFirst()
      if (current?.id === id) current.stop.abort()
      if (numUpdatedRows > 0n) await tell(id)
      return numUpdatedRows > 0n
    },
    resume,
    onProgress(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async idle() {
      for (let before: Promise<void> | undefined; before !== running; ) {
        before = running
        await running
      }
    },
    async close() {
      closing.abort()
      await running
    },
  }
}
