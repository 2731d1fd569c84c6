// Gets lines into InfluxDB without losing one: batches small enough for the server, and when it refuses a batch, halves
// of it, until every good line is written and every refused one is known with its reason.

import { StoreUnavailable } from '../telemetry-store.ts'
import type { WriteAnswer } from './influx-server.ts'

/** About 1.5 MB; InfluxDB's default limit for a body is 25 MB. */
export const linesPerBatch = 5_000
/**
 * Requests spent on finding refused lines. One bad line among 5,000 takes 26, so this finds a dozen; when there are more
 * the cause is not a line but the set-up, and it must be mended first.
 */
export const searchRequestsMax = 400

export interface RefusedLine {
  readonly index: number
  readonly reason: string
}

/**
 * Writing a line again does no harm: a point is identified by series and time.
 * @returns the lines that the server refuses on their own, in order; all others are written
 */
export async function writeLines(
  lines: readonly string[],
  send: (body: string) => Promise<WriteAnswer>,
): Promise<readonly RefusedLine[]> {
  const refused: RefusedLine[] = []
  let searchRequests = 0
  const write = async (from: number, to: number, isSearch: boolean): Promise<void> => {
    if (isSearch) searchRequests += 1
    const answer = await send(lines.slice(from, to).join('\n'))
    if (answer.kind === 'written' || isBeyondRetention(answer.reason)) return
    if (to - from === 1) {
      refused.push({ index: from, reason: answer.reason })
      return
    }
    if (searchRequests > searchRequestsMax) throw new StoreUnavailable(`InfluxDB refuses too many readings: ${answer.reason}`)
    const middle = (from + to) >>> 1
    await write(from, middle, true)
    await write(middle, to, true)
  }
  for (let from = 0; from < lines.length; from += linesPerBatch)
    await write(from, Math.min(from + linesPerBatch, lines.length), false)
  return refused
}

/**
 * The database is set to keep readings for a time, and these are older: it has written the others and deleted these,
 * as it would have done anyway.
 */
function isBeyondRetention(reason: string): boolean {
  return /^partial write: points beyond retention policy dropped=\d+$/.test(reason)
}
