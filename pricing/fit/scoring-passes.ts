// Runs the passes of Fisher scoring over all blocks of rows, on this thread and, where asked for, on others. Blocks are the same for
// any number of threads and their sums are added in their order, so that the result is the same to the last bit.

import { Worker } from 'node:worker_threads'
import { sharedFloats } from './model-rows.ts'
import { type Predictor, type ScoringData, type SumsLayout, scoreBlock, sumsLayout } from './score-block.ts'

/** Fewer rows than this in a block are not worth its sums. */
const blockRowsMin = 16_384
/** More blocks than this only add sums; machines with more processors than this still finish in a blink. */
const blocksMax = 8

/** What the threads share besides the data. Integers of `control`: turn, next block, blocks done. */
export interface PassShare {
  readonly data: ScoringData
  readonly layout: SumsLayout
  readonly blocks: number
  readonly control: Int32Array
  readonly predictor: SharedPredictor
  /** The sums of each block. */
  readonly sums: readonly Float64Array[]
}

interface SharedPredictor {
  /** Whether it is the start (1 or 0), and the intercept. */
  readonly head: Float64Array
  readonly ofCells: readonly Float64Array[]
  readonly ofDense: Float64Array
}

export const controlTurn = 0
const controlNext = 1
const controlDone = 2
/** The turn that ends the threads. */
export const lastTurn = -1

export interface ScoringPasses {
  readonly layout: SumsLayout
  /** @returns the sums over all rows, valid until the next pass */
  pass(predictor: Predictor): Float64Array
  close(): void
}

/** @param threads including this one */
export function startPasses(data: ScoringData, threads: number): ScoringPasses {
  const layout = sumsLayout(data)
  const blocks = Math.min(blocksMax, Math.max(1, Math.ceil(data.rows / blockRowsMin)))
  const share: PassShare = {
    data,
    layout,
    blocks,
    control: new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)),
    predictor: {
      head: sharedFloats(2),
      ofCells: data.groups.map(({ cells }) => sharedFloats(cells)),
      ofDense: sharedFloats(data.dense.length),
    },
    sums: Array.from({ length: blocks }, () => sharedFloats(layout.length)),
  }
  const { control, predictor: shared } = share
  const workers = Array.from({ length: Math.min(threads, blocks) - 1 }, () => {
    const worker = new Worker(new URL('./scoring-thread.ts', import.meta.url), { workerData: share })
    worker.unref()
    return worker
  })
  const total = new Float64Array(layout.length)

  const pass = (predictor: Predictor): Float64Array => {
    shared.head[0] = predictor.isStart ? 1 : 0
    shared.head[1] = predictor.intercept
    shared.ofCells.forEach((cells, group) => {
      const values = predictor.ofCells[group]
      if (values !== undefined) cells.set(values)
    })
    shared.ofDense.set(predictor.ofDense)
    Atomics.store(control, controlDone, 0)
    Atomics.store(control, controlNext, 0)
    Atomics.add(control, controlTurn, 1)
    Atomics.notify(control, controlTurn)
    scoreBlocks(share)
    for (let done = Atomics.load(control, controlDone); done < blocks; done = Atomics.load(control, controlDone)) {
      Atomics.wait(control, controlDone, done)
    }
    total.fill(0)
    for (const sums of share.sums) for (let i = 0; i < total.length; i++) total[i] = (total[i] ?? 0) + (sums[i] ?? 0)
    return total
  }
  const close = (): void => {
    Atomics.store(control, controlTurn, lastTurn)
    Atomics.notify(control, controlTurn)
    for (const worker of workers) void worker.terminate()
  }
  return { layout, pass, close }
}

/** Takes blocks until none is left; a thread that comes late finds nothing to do. */
export function scoreBlocks({ data, layout, blocks, control, predictor, sums }: PassShare): void {
  for (;;) {
    const block = Atomics.add(control, controlNext, 1)
    const target = sums[block]
    if (block >= blocks || target === undefined) return
    const at = (index: number): number => Math.floor((data.rows * index) / blocks)
    const { head, ofCells, ofDense } = predictor
    scoreBlock(
      data,
      layout,
      { isStart: head[0] === 1, intercept: head[1] ?? 0, ofCells, ofDense },
      at(block),
      at(block + 1),
      target,
    )
    Atomics.add(control, controlDone, 1)
    Atomics.notify(control, controlDone)
  }
}
