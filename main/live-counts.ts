// The line of live counts under the table of `npm start`: drawn again in place on a terminal, printed now and then elsewhere.

import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { openBook } from '../store/book/open-book.ts'
import type { Book } from '../store/book/schema.ts'
import { openTelemetryStore } from '../store/open-telemetry.ts'
import type { Configuration } from './configuration.ts'
import type { TerminalMessages } from './messages/en.ts'
import { type Counts, countsLine } from './status-table.ts'

const terminalMs = 1000
/** A log file wants few lines. */
const elsewhereMs = 10_000

const EdgeHealthSchema = Type.Object({ counts: Type.Object({ messages: Type.Integer(), readings: Type.Integer() }) })
const edgeHealth = Compile(EdgeHealthSchema)
type EdgeCounts = Type.Static<typeof EdgeHealthSchema>['counts']

export interface LiveCounts {
  stop(): void
}

export async function startLiveCounts(configuration: Configuration, edgeUrl: string, say: TerminalMessages): Promise<LiveCounts> {
  const book = await openBook(configuration.bookUrl)
  const total = await runningTotal(configuration, edgeUrl)
  const isTerminal = process.stdout.isTTY === true
  let last = ''
  const draw = async () => {
    const line = countsLine(say, { ...(await total()), ...(await bookCounts(book)) })
    if (isTerminal) process.stdout.write(`\r${line}\x1b[K`)
    else if (line !== last) console.log(line)
    last = line
  }
  const drawQuietly = () => draw().catch(() => undefined)
  const first = setTimeout(drawQuietly, terminalMs)
  const timer = setInterval(drawQuietly, isTerminal ? terminalMs : elsewhereMs)
  return {
    stop() {
      clearTimeout(first)
      clearInterval(timer)
      book.destroy().catch(() => undefined)
    },
  }
}

/**
 * Counting every stored reading each second would grow with the store: it is counted once, and edge's own counters, which
 * begin at nought whenever edge starts, are added.
 */
async function runningTotal(
  configuration: Configuration,
  edgeUrl: string,
): Promise<() => Promise<Pick<Counts, 'messages' | 'readings'>>> {
  let base: EdgeCounts = { messages: 0, readings: await storedReadings(configuration) }
  let latest = (await edgeCounts(edgeUrl)) ?? { messages: 0, readings: 0 }
  base = { ...base, readings: base.readings - latest.readings }
  return async () => {
    const now = await edgeCounts(edgeUrl)
    if (now !== undefined) {
      if (now.messages < latest.messages)
        base = { messages: base.messages + latest.messages, readings: base.readings + latest.readings }
      latest = now
    }
    return { messages: base.messages + latest.messages, readings: base.readings + latest.readings }
  }
}

async function storedReadings(configuration: Configuration): Promise<number> {
  try {
    const telemetry = await openTelemetryStore(configuration.telemetryUrl)
    const count = await telemetry.count()
    await telemetry.close()
    return count
  } catch {
    return 0
  }
}

async function edgeCounts(edgeUrl: string): Promise<EdgeCounts | undefined> {
  try {
    const response = await fetch(`${edgeUrl}/healthz`, { signal: AbortSignal.timeout(1000) })
    const value: unknown = await response.json()
    return edgeHealth.Check(value) ? value.counts : undefined
  } catch {
    return undefined
  }
}

async function bookCounts(book: Book): Promise<Pick<Counts, 'trips' | 'premiums'>> {
  // The lines of the book keep how many trips each policy has; counting ten million of them takes longer than a turn.
  const trips = await book
    .selectFrom('book_lines')
    .select(book.fn.sum<number | null>('trips').as('count'))
    .executeTakeFirstOrThrow()
  const premiums = await book.selectFrom('premiums').select(book.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return { trips: Number(trips.count), premiums: Number(premiums.count) }
}
