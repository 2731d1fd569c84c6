// A thread that helps with the passes of Fisher scoring: it waits for a turn, takes blocks while there are any, and waits again.

import { workerData } from 'node:worker_threads'
import { controlTurn, lastTurn, type PassShare, scoreBlocks } from './scoring-passes.ts'

function serve(share: PassShare): void {
  let turn = 0
  for (;;) {
    Atomics.wait(share.control, controlTurn, turn)
    turn = Atomics.load(share.control, controlTurn)
    if (turn === lastTurn) return
    scoreBlocks(share)
  }
}

serve(workerData)
