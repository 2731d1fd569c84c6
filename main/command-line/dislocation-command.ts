// `merit dislocation EDITION|FILE.json`: runs a draft over the book and shows what becomes of the premiums. A file may carry,
// beside the edition, what it detects otherwise under `detection`.

import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { Compile } from 'typebox/compile'
import { parseClaimsCsv } from '../../pricing/dislocation/claims-csv.ts'
import { type Detection, DetectionSchema } from '../../pricing/dislocation/detection.ts'
import type { ReplayPrepared, WantedReplay } from '../../pricing/dislocation/prepare-replay.ts'
import { findReplay, reportOfReplay } from '../../pricing/dislocation/replays-of.ts'
import type { DislocationReport } from '../../pricing/dislocation/report-form.ts'
import { startReplays } from '../../pricing/dislocation/start-replays.ts'
import type { Book } from '../../store/book/schema.ts'
import { type DislocationMessages, dislocationEn } from '../messages/dislocation.en.ts'
import { dislocationZhCn } from '../messages/dislocation.zh-CN.ts'
import type { TerminalMessages } from '../messages/en.ts'
import {
  type Answer,
  type Command,
  type CommandContext,
  CommandError,
  type Parsed,
  parseOptions,
  required,
  withBook,
} from './command.ts'
import { dislocationPage } from './dislocation-page.ts'
import { dislocationText } from './dislocation-text.ts'

export const dislocationCommands: readonly Command[] = [{ name: 'dislocation', run: dislocate }]

/** Another process may be running the same replay. */
const lookMs = 300
const isDetection = Compile(DetectionSchema)

async function dislocate({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const words = say.language === 'zh-CN' ? dislocationZhCn : dislocationEn
  const parsed = parseOptions(args, ['seed', 'claims', 'target-loss-ratio', 'night', 'speeding-tolerance', 'html'])
  const reference = required(say, parsed.words[0], 'EDITION | FILE.json', words.usage)
  const { bookUrl, telemetryUrl } = configuration
  return withBook(configuration, async (book) => {
    const wanted = await wantedReplay(book, say, words, reference, parsed)
    const log = pino({ level: 'silent' })
    const replays = await startReplays({ book, bookUrl, telemetryUrl, log, nowMs: Date.now, takesUp: false })
    try {
      const prepared = await replays.start(wanted)
      if (prepared.kind !== 'added' && prepared.kind !== 'exists') throw refusalOf(prepared, words)
      const stopShowing = replays.onProgress(({ policiesDone, policies }) => showProgress(words.progress, policiesDone, policies))
      await replays.idle()
      stopShowing()
      const report = await finishedReport(book, prepared.id, words)
      const page = parsed.option('html')
      if (page !== undefined) await writePage(say, page, dislocationPage(report, say.language))
      const done = await findReplay(book, prepared.id)
      return {
        json: { replay: prepared.id, hash: done?.reportHash, report },
        text: dislocationText(words, say.language, prepared.id, done?.reportHash ?? '', report),
      }
    } finally {
      await replays.close()
    }
  })
}

/** @throws CommandError when it came to no report */
async function finishedReport(book: Book, id: string, words: DislocationMessages): Promise<DislocationReport> {
  for (;;) {
    const replay = await findReplay(book, id)
    if (replay?.status === 'failed') throw new CommandError(words.errors.failed(replay.problem ?? ''))
    if (replay === undefined || replay.status === 'cancelled') throw new CommandError(words.errors.cancelled)
    const report = await reportOfReplay(book, id)
    if (report !== undefined) return report
    await sleep(lookMs)
  }
}

async function writePage(say: TerminalMessages, file: string, page: string): Promise<void> {
  await writeFile(file, page).catch((error: unknown) => {
    throw new CommandError(say.errors.notWritten(file, error instanceof Error ? error.message : String(error)))
  })
}

/** One line that is written over; only where somebody looks. */
function showProgress(say: DislocationMessages['progress'], done: number, policies: number): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r${say(String(done), String(policies))}${done < policies ? '' : '\n'}`)
}

async function wantedReplay(
  book: Book,
  say: TerminalMessages,
  words: DislocationMessages,
  reference: string,
  parsed: Parsed,
): Promise<WantedReplay> {
  const seed = numberIn(say, words, 'seed', parsed.option('seed'), 0, 2 ** 32 - 1)
  if (seed !== undefined && !Number.isInteger(seed))
    throw new CommandError(say.errors.badOption('seed', String(seed), words.errors.number(0, 2 ** 32 - 1)))
  const targetLossRatio = numberIn(say, words, 'target-loss-ratio', parsed.option('target-loss-ratio'), 0.01, 10)
  const speedingToleranceKph = numberIn(say, words, 'speeding-tolerance', parsed.option('speeding-tolerance'), 0, 100)
  const night = nightIn(say, words, parsed.option('night'))
  const { draft, detection } = await draftOf(book, words, reference)
  return {
    draft,
    seed,
    targetLossRatio,
    detection: {
      ...detection,
      ...(night === undefined ? {} : { night }),
      ...(speedingToleranceKph === undefined ? {} : { speedingToleranceKph }),
    },
    expectedClaims: await claimsIn(words, parsed.option('claims')),
  }
}

function numberIn(
  say: TerminalMessages,
  words: DislocationMessages,
  option: string,
  text: string | undefined,
  from: number,
  to: number,
): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !(value >= from && value <= to))
    throw new CommandError(say.errors.badOption(option, text, words.errors.number(from, to)))
  return value
}

function nightIn(say: TerminalMessages, words: DislocationMessages, text: string | undefined): Detection['night'] {
  if (text === undefined) return undefined
  const times = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  if (times === null) throw new CommandError(say.errors.badOption('night', text, words.errors.night))
  const [, fromHour, fromMinute, toHour, toMinute] = times.map(Number)
  return {
    fromMinute: (fromHour ?? 0) * 60 + (fromMinute ?? 0),
    toMinute: (toHour ?? 0) * 60 + (toMinute ?? 0),
  }
}

interface Draft {
  readonly draft: WantedReplay['draft']
  readonly detection?: Detection
}

async function draftOf(book: Book, words: DislocationMessages, reference: string): Promise<Draft> {
  const known = await book
    .selectFrom('editions')
    .select('hash')
    .where((where) =>
      where.or([where('hash', '=', reference), where('id', '=', reference), where('hash', 'like', `${reference}%`)]),
    )
    .execute()
  const hashes = new Set(known.map(({ hash }) => hash))
  const [hash] = hashes
  if (hash !== undefined && hashes.size === 1) return { draft: { hash } }
  let text: string
  try {
    text = await readFile(reference, 'utf8')
  } catch (cause) {
    throw new CommandError(words.errors.noEdition(reference), { cause })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new CommandError(words.errors.badFile(reference, cause instanceof Error ? cause.message : String(cause)), { cause })
  }
  if (typeof value !== 'object' || value === null || !('detection' in value)) return { draft: { document: value } }
  const { detection, ...document } = value
  if (isDetection.Check(detection)) return { draft: { document }, detection }
  const [problem] = isDetection.Errors(detection)
  throw new CommandError(words.errors.badFile(reference, `/detection${problem?.instancePath ?? ''} ${problem?.message ?? ''}`))
}

async function claimsIn(words: DislocationMessages, file: string | undefined): Promise<WantedReplay['expectedClaims']> {
  if (file === undefined) return undefined
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new CommandError(words.errors.badClaims(file, cause instanceof Error ? cause.message : String(cause)), { cause })
  }
  const parsed = parseClaimsCsv(text)
  if (parsed.kind === 'bad') throw new CommandError(words.errors.badClaims(file, parsed.problem))
  return parsed.claims
}

function refusalOf(
  prepared: Exclude<ReplayPrepared, { kind: 'added' | 'exists' }>,
  { errors }: DislocationMessages,
): CommandError {
  switch (prepared.kind) {
    case 'unknown-edition':
      return new CommandError(errors.noEdition(prepared.hash))
    case 'invalid':
      return new CommandError(errors.invalid(prepared.problems.join('; ')))
    case 'no-champion':
      return new CommandError(errors.noChampion(prepared.planId))
    case 'other-plan':
      return new CommandError(errors.invalid(prepared.problem))
    case 'no-policies':
      return new CommandError(errors.noPolicies(prepared.planId))
  }
}
