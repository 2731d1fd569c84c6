// Takes what was deleted out of a SQLite file for good. Deleting only marks pages as free: what stood in them stays in the file and
// in its write-ahead log until something else is written over it.

import { stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'

/** Written anew at some hundred megabytes a second, during which nothing else is written; the journal waits that long. */
export const scrubBytesMax = 2 * 1024 ** 3

/**
 * A file beyond `scrubBytesMax` is left to `secure_delete`, which has overwritten what was deleted where it stood.
 * @throws when the file stays locked: it can be done again
 */
export async function scrubFile(path: string): Promise<void> {
  const { size } = await stat(path)
  if (size > scrubBytesMax) return
  const worker = new Worker(new URL('scrub-thread.ts', import.meta.url), { workerData: path })
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The scrub of ${path} ended with ${code}.`))))
  })
}
