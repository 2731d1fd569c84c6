// `merit portfolio`: writes a simulated portfolio whose truth is known, for whoever wants to see whether a model finds it.

import { createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { portfolioFiles } from '../../pricing/portfolio/portfolio-files.ts'
import { publishedTruth } from '../../pricing/portfolio/portfolio-truth.ts'
import { type PortfolioOptions, simulatePortfolio } from '../../pricing/portfolio/simulate-portfolio.ts'
import { makeFolder } from '../../store/make-folder.ts'
import { type PortfolioMessages, portfolioEn } from '../messages/portfolio.en.ts'
import { portfolioZhCn } from '../messages/portfolio.zh-CN.ts'
import { type Answer, type Command, type CommandContext, CommandError, type Parsed, parseOptions, required } from './command.ts'

export const portfolioCommands: readonly Command[] = [{ name: 'portfolio', run: writePortfolio }]

/** About a gigabyte of files. */
const policiesMax = 5_000_000

async function writePortfolio(context: CommandContext, args: readonly string[]): Promise<Answer> {
  const { say } = context
  const words = say.language === 'zh-CN' ? portfolioZhCn : portfolioEn
  const parsed = parseOptions(args, ['policies', 'seed', 'threshold', 'nudge-effect', 'take-up'])
  const folder = required(say, parsed.words[0], 'FOLDER', words.usage)
  const number = numbers(context, words, parsed)
  const { nudging } = publishedTruth
  const options: PortfolioOptions = {
    seed: parsed.option('seed') ?? '1',
    policies: Math.floor(number('policies', 10_000, 1, policiesMax)),
    thresholdMps2: number('threshold', 3.1, 2, 6.3),
    truth: {
      ...publishedTruth,
      nudging: { effect: number('nudge-effect', nudging.effect, 0, 1), takeUp: number('take-up', nudging.takeUp, 0, 1) },
    },
  }
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

function numbers({ say }: CommandContext, words: PortfolioMessages, parsed: Parsed) {
  return (name: string, fallback: number, from: number, to: number): number => {
    const text = parsed.option(name)
    if (text === undefined) return fallback
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= from && value <= to)) throw new CommandError(say.errors.badOption(name, text, words.errors.number(from, to)))
    return value
  }
}
