// Runs what is left of a replay on threads: chunks in order, a thread at a time each, then the report. What a chunk came to is
// handed to the caller before the next one starts on that thread, so nothing piles up.

import { Worker } from 'node:worker_threads'
import type { ChunkRange } from './replay-chunk.ts'
import { isWorkerAnswer, type WorkerAnswer, type WorkerStart, type WorkerTask } from './worker-messages.ts'

export interface Chunk extends ChunkRange {
  readonly number: number
}

export interface ThreadedReplay {
  readonly start: WorkerStart
  readonly threads: number
  readonly chunks: readonly Chunk[]
  readonly stop: AbortSignal
  onChunk(done: Extract<WorkerAnswer, { kind: 'chunk' }>): Promise<void>
}

/** A replay cannot go on; the message says why. */
export class ReplayFailed extends Error {
  readonly code = 'replay-failed'
}

/** @returns undefined when it was stopped; @throws ReplayFailed */
export async function runThreads(replay: ThreadedReplay): Promise<Extract<WorkerAnswer, { kind: 'report' }> | undefined> {
  const { start, threads, chunks, stop, onChunk } = replay
  const workers = Array.from({ length: Math.max(1, Math.min(threads, chunks.length)) }, () => new ReplayWorker(start))
  const waiting = [...chunks]
  const work = async (worker: ReplayWorker): Promise<void> => {
    for (let chunk = waiting.shift(); chunk !== undefined && !stop.aborted; chunk = waiting.shift()) {
      const answer = await worker.ask({ kind: 'chunk', ...chunk }, stop)
      if (answer?.kind === 'chunk') await onChunk(answer)
    }
  }
  try {
    await Promise.all(workers.map(work))
    const [first] = workers
    const answer = stop.aborted ? undefined : await first?.ask({ kind: 'report' }, stop)
    return answer?.kind === 'report' ? answer : undefined
  } finally {
    await Promise.all(workers.map((worker) => worker.close()))
  }
}

class ReplayWorker {
  readonly #worker: Worker
  #failure: Error | undefined

  constructor(start: WorkerStart) {
    this.#worker = new Worker(new URL('./replay-thread.ts', import.meta.url), { workerData: start })
    this.#worker.on('error', (error) => {
      this.#failure = error instanceof Error ? error : new Error(String(error))
    })
  }

  /** One task at a time. @returns undefined when stopped meanwhile */
  ask(task: WorkerTask, stop: AbortSignal): Promise<WorkerAnswer | undefined> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        this.#worker.off('message', onMessage)
        this.#worker.off('exit', onExit)
        stop.removeEventListener('abort', onStop)
        act()
      }
      const onMessage = (answer: unknown) =>
        settle(() => {
          if (!isWorkerAnswer(answer)) reject(new ReplayFailed('A thread of the replay answered what it may not.'))
          else if (answer.kind === 'failed') reject(new ReplayFailed(answer.message))
          else resolve(answer)
        })
      const onExit = () =>
        settle(() =>
          reject(new ReplayFailed(this.#failure?.message ?? 'A thread of the replay ended.', { cause: this.#failure })),
        )
      const onStop = () => settle(() => resolve(undefined))
      if (stop.aborted) return resolve(undefined)
      stop.addEventListener('abort', onStop)
      this.#worker.on('message', onMessage)
      this.#worker.on('exit', onExit)
      this.#worker.postMessage(task)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
