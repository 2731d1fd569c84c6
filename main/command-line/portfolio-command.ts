// `merit portfolio`: writes a simulated portfolio whose truth is known, for whoever wants to see whether a model finds it.

import { createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { behaviourThresholds } from '../../pricing/behaviour/thresholds.ts'
import { fillBook } from '../../pricing/portfolio/portfolio-book.ts'
import { portfolioFiles } from '../../pricing/portfolio/portfolio-files.ts'
import { publishedTruth } from '../../pricing/portfolio/portfolio-truth.ts'
import { type PortfolioOptions, simulatePortfolio } from '../../pricing/portfolio/simulate-portfolio.ts'
import { makeFolder } from '../../store/make-folder.ts'
import { type PortfolioMessages, portfolioEn } from '../messages/portfolio.en.ts'
import { portfolioZhCn } from '../messages/portfolio.zh-CN.ts'
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

export const portfolioCommands: readonly Command[] = [
  { name: 'portfolio', run: writePortfolio },
  { name: 'portfolio insure', run: insurePortfolio },
]

/** Of the plan that is shipped. */
const customaryMps2 = 3.1
/** About a gigabyte of files. */
const policiesMax = 5_000_000
/** Each is rated at once: some minutes. */
const insuredMax = 20_000

async function writePortfolio(context: CommandContext, args: readonly string[]): Promise<Answer> {
  const { say } = context
  const words = say.language === 'zh-CN' ? portfolioZhCn : portfolioEn
  const parsed = parseOptions(args, ['policies', 'seed', 'threshold', 'nudge-effect', 'take-up', 'book'])
  const folder = required(say, parsed.words[0], 'FOLDER', words.usage)
  const options = optionsOf(context, words, parsed, 10_000, policiesMax)
  makeFolder(folder)
  if ((await readdir(folder)).length > 0) throw new CommandError(words.errors.notEmpty(folder))
  const files = portfolioFiles(options)
  for (const { name, rows } of files) {
    process.stderr.write(`${words.writing(name)}\n`)
    await pipeline(Readable.from(rows), createWriteStream(join(folder, name)))
  }
  let claims = 0
  for (const policy of simulatePortfolio(options)) claims += policy.claimsMinor.length
  return {
    json: { folder, policies: options.policies, claims, files: files.map(({ name }) => name) },
    text: [words.written(folder, options.policies.toLocaleString('en'), claims.toLocaleString('en')), words.next(folder)].join(
      '\n',
    ),
  }
}

/** The same policies as in the files of the same seed, in the book, with what they drove. */
async function insurePortfolio(context: CommandContext, args: readonly string[]): Promise<Answer> {
  const { say, configuration } = context
  const words = say.language === 'zh-CN' ? portfolioZhCn : portfolioEn
  const options = optionsOf(context, words, parseOptions(args, ['policies', 'seed']), 200, insuredMax)
  const progress = (policies: number) => {
    if (policies % 100 === 0) process.stderr.write(`${words.insuring(policies, options.policies)}\n`)
  }
  const filled = await withBook(configuration, async (book) => {
    const [first] = simulatePortfolio({ ...options, policies: 1 })
    const there = await book
      .selectFrom('policies')
      .select('id')
      .where('id', '=', first?.id ?? '')
      .executeTakeFirst()
    if (there !== undefined) throw new CommandError(words.errors.alreadyInsured(there.id))
    return fillBook(book, simulatePortfolio(options), Date.now(), progress)
  })
  return { json: filled, text: words.insured(filled.policies, filled.trips) }
}

function optionsOf(
  context: CommandContext,
  words: PortfolioMessages,
  parsed: Parsed,
  usual: number,
  most: number,
): PortfolioOptions {
  const number = numbers(context, words, parsed)
  const { nudging } = publishedTruth
  return {
    seed: parsed.option('seed') ?? '1',
    policies: Math.floor(number('policies', usual, 1, most)),
    thresholdMps2: thresholdOf(context, parsed),
    truth: {
      ...publishedTruth,
      nudging: { effect: number('nudge-effect', nudging.effect, 0, 1), takeUp: number('take-up', nudging.takeUp, 0, 1) },
    },
  }
}

function thresholdOf({ say }: CommandContext, parsed: Parsed): number {
  const { ladderMps2 } = behaviourThresholds.event
  const text = parsed.option('threshold') ?? String(customaryMps2)
  const rung = ladderMps2.find((candidate) => candidate === Number(text))
  if (rung === undefined) throw new CommandError(say.errors.badOption('threshold', text, ladderMps2.join(' | ')))
  return rung
}

function numbers({ say }: CommandContext, words: PortfolioMessages, parsed: Parsed) {
  return (name: string, fallback: number, from: number, to: number): number => {
    const text = parsed.option(name)
    if (text === undefined) return fallback
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= from && value <= to)) throw new CommandError(say.errors.badOption(name, text, words.errors.number(from, to)))
    return value
  }
}
