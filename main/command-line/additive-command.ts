// `merit additive`: fits an additive model to a file of claims and writes what becomes of it: an edition, its card, its pictures on
// rows it has never seen.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { diagnosticWords as englishPictures } from '../../dashboard/messages/diagnostics.en.ts'
import { diagnosticWords as chinesePictures } from '../../dashboard/messages/diagnostics.zh-CN.ts'
import { additiveEdition } from '../../pricing/additive/additive-edition.ts'
import { type AdditiveModel, predictAdditive } from '../../pricing/additive/additive-model.ts'
import { type AdditiveProgress, defaultSettings, fitAdditive } from '../../pricing/additive/fit-additive.ts'
import type { LogFamily } from '../../pricing/additive/loss-rows.ts'
import { modelCard } from '../../pricing/additive/model-card.ts'
import { seededRandom } from '../../pricing/additive/seeded-random.ts'
import type { AdditiveSpec } from '../../pricing/additive/training-data.ts'
import { type DataTable, takeRows } from '../../pricing/fit/data-table.ts'
import { unitDeviance } from '../../pricing/fit/family.ts'
import { readTable } from '../../pricing/fit/read-table.ts'
import { diagnosticsPage } from '../../pricing/fit-diagnostics/diagnostics-page.ts'
import { modelFigures } from '../../pricing/fit-diagnostics/model-figures.ts'
import { additiveEn } from '../messages/additive.en.ts'
import { additiveZhCn } from '../messages/additive.zh-CN.ts'
import { fitEn } from '../messages/fit.en.ts'
import { fitZhCn } from '../messages/fit.zh-CN.ts'
import { additiveText } from './additive-text.ts'
import { type Answer, type Command, type CommandContext, CommandError, parseOptions, required } from './command.ts'

export const additiveCommands: readonly Command[] = [{ name: 'additive', run: fitFile }]

const options = [
  'response',
  'exposure',
  'factors',
  'family',
  'up',
  'down',
  'pairs',
  'by',
  'seed',
  'test-share',
  'per-response',
  'against',
]
const outputs = ['edition', 'card', 'pictures']
const factorDecimals = 6
/** More pairs than an edition has room for beside the factors are not asked for. */
const pairsMax = 60

async function fitFile(context: CommandContext, args: readonly string[]): Promise<Answer> {
  const { say } = context
  const isChinese = say.language === 'zh-CN'
  const words = isChinese ? additiveZhCn : additiveEn
  const fitWords = isChinese ? fitZhCn : fitEn
  const parsed = parseOptions(args, [...options, ...outputs])
  const file = required(say, parsed.words[0], 'FILE.csv', words.usage)
  const needed = (name: string): string => required(say, parsed.option(name), `--${name}`, words.usage)
  const columns = needed('factors').split(',')
  const by = parsed.option('by')
  const [up, down] = [parsed.options('up'), parsed.options('down')]
  const spec: AdditiveSpec = {
    family: familyOf(context, parsed.option('family') ?? 'poisson'),
    response: needed('response'),
    exposure: needed('exposure'),
    factors: columns.map((column) => {
      const direction = up.includes(column) ? 'up' : down.includes(column) ? 'down' : undefined
      return direction === undefined ? { column } : { column, direction }
    }),
    ...(by === undefined ? {} : { by }),
  }
  const within = (name: string, given: number, min: number, max: number): number =>
    numberWithin(context, name, parsed.option(name) ?? String(given), min, max)
  const seed = within('seed', defaultSettings.seed, 0, 2 ** 32 - 1)
  const settings = { ...defaultSettings, seed, pairs: within('pairs', defaultSettings.pairs, 0, pairsMax) }
  const minorPerResponse = within('per-response', 100, 1e-6, 1e9)
  const testShare = within('test-share', 0.1, 0, 0.9)

  const against = parsed.option('against')
  const needs = [spec.response, spec.exposure, ...columns, ...(against === undefined ? [] : [against])]
  const read = await readTable(file, { columns: [...new Set(needs)] }).catch((cause: unknown) => {
    throw new CommandError(fitWords.noFile(file), { cause })
  })
  if (read.kind !== 'table') throw new CommandError(fitWords.badTable(file, fitWords.table(read.problem)))
  const { train, test } = deal(read.table, testShare, seed)
  const outcome = await drive(fitAdditive(train, spec, settings), ({ phase, fold, folds, round }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r  ${words.progress(phase, fold + 1, folds, round)}\x1b[K`)
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  if (outcome.kind === 'bad-data') throw new CommandError(fitWords.badTable(file, fitWords.data(outcome.problem)))
  const { model } = outcome
  const tested = test.rows === 0 ? undefined : testLosses(model, test)
  const written: string[] = []
  const write = async (name: string, text: string): Promise<void> => {
    await writeFile(name, text)
    written.push(name)
  }

  const editionFile = parsed.option('edition')
  if (editionFile !== undefined) {
    const plan = { planId: 'additive', title: words.modelName, note: '', currency: 'EUR', coverage: 'liability' }
    const made = additiveEdition(model, { ...plan, minorPerResponse, factorDecimals })
    if (made.kind !== 'edition') throw new CommandError(words.notAnEdition(made))
    await write(editionFile, `${JSON.stringify(made.edition)}\n`)
  }
  const card = modelCard(model)
  const cardFile = parsed.option('card')
  if (cardFile !== undefined) await write(cardFile, `${JSON.stringify(card, null, 2)}\n`)
  const folder = parsed.option('pictures')
  if (folder !== undefined) {
    await mkdir(folder, { recursive: true })
    const shown = test.rows === 0 ? train : test
    const [observed, exposure] = [numbersOf(shown, spec.response), numbersOf(shown, spec.exposure)]
    const expected = totalsExpected(model, shown)
    const pictureWords = isChinese ? chinesePictures : englishPictures
    const rated = { name: words.modelName, expected }
    const current = against === undefined ? undefined : { name: against, expected: numbersOf(shown, against) }
    const figures = modelFigures(shown, { observed, exposure }, rated, current, columns, pictureWords)
    for (const { id, svg } of figures) await write(join(folder, `${id.replaceAll(/[^A-Za-z0-9]+/g, '-')}.svg`), svg)
    await write(join(folder, 'diagnostics.html'), diagnosticsPage(figures, pictureWords))
  }
  return { json: { card, test: tested ?? null, written }, text: additiveText(words, card, tested, written) }
}

/** Gives the event loop its turn after every round, so that the process can be stopped. */
async function drive<Result>(
  fitting: Generator<AdditiveProgress, Result>,
  onProgress: (progress: AdditiveProgress) => void,
): Promise<Result> {
  for (;;) {
    const step = fitting.next()
    if (step.done === true) return step.value
    onProgress(step.value)
    await nextTurn()
  }
}

function familyOf({ say }: CommandContext, text: string): LogFamily {
  if (text === 'poisson' || text === 'gamma') return { kind: text }
  const power = Number(text)
  if (power > 1 && power < 2) return { kind: 'tweedie', power }
  throw new CommandError(say.errors.badOption('family', text, 'poisson | gamma | 1.5'))
}

function numberWithin({ say }: CommandContext, option: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (text !== '' && value >= min && value <= max) return value
  throw new CommandError(say.errors.badOption(option, text, `${min} – ${max}`))
}

/** Another sequence than the folds have, or the rows of one fold would be the rows never seen. */
const testSalt = 0x5eed

function deal(table: DataTable, share: number, seed: number): { train: DataTable; test: DataTable } {
  const random = seededRandom(seed ^ testSalt)
  const isTest = Uint8Array.from({ length: table.rows }, () => (random() < share ? 1 : 0))
  const rows = (wanted: number): DataTable =>
    takeRows(
      table,
      Int32Array.from(isTest.keys()).filter((row) => isTest[row] === wanted),
    )
  return { train: rows(0), test: rows(1) }
}

function numbersOf(table: DataTable, name: string): Float64Array {
  const column = table.columns.get(name)
  return column?.kind === 'numeric' ? column.values : new Float64Array(table.rows)
}

function totalsExpected(model: AdditiveModel, table: DataTable): Float64Array {
  const exposure = numbersOf(table, model.exposure)
  return predictAdditive(model, table).map((mean, row) => mean * (exposure[row] ?? 0))
}

function testLosses(model: AdditiveModel, test: DataTable): { rows: number; homogeneous: number; model: number } {
  const [weights, totals] = [numbersOf(test, model.exposure), numbersOf(test, model.response)]
  const means = predictAdditive(model, test)
  const one = model.training.total / model.training.exposure
  const deviance = (mean: (row: number) => number): number =>
    weights.reduce((sum, weight, row) => sum + weight * unitDeviance(model.family, (totals[row] ?? 0) / weight, mean(row)), 0)
  return {
    rows: test.rows,
    homogeneous: deviance(() => one) / test.rows,
    model: deviance((row) => means[row] ?? one) / test.rows,
  }
}
