// A thread that prices chunks of a replay and, in the end, makes its report; so that the process that serves people never
// waits for it. It reads the book and the telemetry beside the process that writes them, and writes nothing.

import { parentPort, workerData } from 'node:worker_threads'
import { openBookToRead } from '../../store/book/open-book-to-read.ts'
import type { Book } from '../../store/book/schema.ts'
import { canonicalJson, sha256 } from '../canonical-json.ts'
import type { Edition } from '../edition/edition-document.ts'
import { BadEdition, parseRateableEdition } from '../edition/parse-edition.ts'
import { type Detection, overrides } from './detection.ts'
import { makeReport } from './make-report.ts'
import type { MeasureAgain } from './measure-again.ts'
import { parseChunkResult } from './outcome.ts'
import { contestOf } from './price-policy.ts'
import { type ReplayTerms, replayChunk } from './replay-chunk.ts'
import { parseReplayRequest } from './replay-request.ts'
import { isWorkerStart, isWorkerTask, type WorkerAnswer, type WorkerTask } from './worker-messages.ts'

const start: unknown = workerData
const port = parentPort
if (port === null || !isWorkerStart(start)) throw new Error('This is the thread of a replay; replays start it.')

const answering = answererFor(start.bookUrl, start.telemetryUrl, start.replayId)
port.on('message', (task: unknown) => {
  if (!isWorkerTask(task)) throw new Error('A replay was told something it does not know.')
  answering
    .then((answer) => answer(task))
    .catch((error): WorkerAnswer => ({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }))
    .then((answer) => port.postMessage(answer))
})

/** @throws BadEdition for what the request was not made with */
function rateable(document: unknown): Edition {
  const parsed = parseRateableEdition(document)
  if (parsed.kind === 'edition') return parsed.edition
  throw new BadEdition(`An edition of a replay does not parse: ${parsed.problems.join('; ')}`)
}

/** Loaded where it is needed: the clients of telemetry servers take longer to load than most replays' first chunk. */
async function measuring(book: Book, telemetryUrl: string, changed: Detection): Promise<MeasureAgain> {
  const [{ openTelemetryStore }, { measureAgainWith }] = await Promise.all([
    import('../../store/open-telemetry.ts'),
    import('./measure-again.ts'),
  ])
  return measureAgainWith(book, await openTelemetryStore(telemetryUrl), changed)
}

/** Every edition is looked up once. */
function instalmentsIn(book: Book, champion: Edition): (editionHash: string) => Promise<number> {
  const known = new Map([[champion.hash, champion.instalments]])
  return async (hash) => {
    const found = known.get(hash)
    if (found !== undefined) return found
    const { document } = await book.selectFrom('editions').select('document').where('hash', '=', hash).executeTakeFirstOrThrow()
    const { instalments } = rateable(JSON.parse(document))
    known.set(hash, instalments)
    return instalments
  }
}

async function answererFor(
  bookUrl: string,
  telemetryUrl: string,
  replayId: string,
): Promise<(task: WorkerTask) => Promise<WorkerAnswer>> {
  const book = openBookToRead(bookUrl)
  const row = await book.selectFrom('replays').selectAll().where('id', '=', replayId).executeTakeFirstOrThrow()
  const request = parseReplayRequest(row.request)
  const champion = rateable(request.champion)
  const draft = rateable(request.draft)
  const changed = overrides(request.detection)
  const isMeasured = Object.keys(changed).length > 0
  const terms: ReplayTerms = {
    contest: contestOf(champion, draft, request.targetLossRatio),
    expectedClaims: request.expectedClaims,
    measureAgain: isMeasured ? await measuring(book, telemetryUrl, changed) : undefined,
    startedAtMs: row.created_at_ms,
    instalmentsOf: instalmentsIn(book, champion),
  }

  async function report(): Promise<WorkerAnswer> {
    const chunks = await book
      .selectFrom('replay_chunks')
      .select('result')
      .where('replay_id', '=', replayId)
      .where('result', 'is not', null)
      .orderBy('number')
      .execute()
    const made = makeReport(
      {
        planId: champion.planId,
        product: champion.product,
        currency: champion.currency,
        draftHash: draft.hash,
        championHash: champion.hash,
        bookState: request.bookState,
        seed: request.seed,
        detection: changed,
        targetLossRatio: request.targetLossRatio,
      },
      chunks.flatMap(({ result }) => (result === null ? [] : [parseChunkResult(result)])),
    )
    const text = canonicalJson(made)
    return { kind: 'report', report: text, hash: sha256(text) }
  }

  return async (task) => {
    if (task.kind === 'report') return report()
    const result = await replayChunk(book, terms, task)
    const policies = result.outcomes.length + result.unrated.length
    return { kind: 'chunk', number: task.number, policies, result: JSON.stringify(result) }
  }
}
