// `merit fit` fits a model to a file and writes relativities and class factors; `merit credibility` estimates K from the book.

import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { periodDaysDefault } from '../../pricing/credibility/behaviour-k.ts'
import { type BookK, estimateBookK } from '../../pricing/credibility/book-k.ts'
import { classFactorsOf } from '../../pricing/fit/class-factors.ts'
import type { DataTable } from '../../pricing/fit/data-table.ts'
import { type Fit, type FitOutcome, fitGlm } from '../../pricing/fit/fit-glm.ts'
import { columnKindsOf, columnsOf, type ModelSpec } from '../../pricing/fit/model-spec.ts'
import { parseModelSpec } from '../../pricing/fit/parse-model.ts'
import { readTable } from '../../pricing/fit/read-table.ts'
import { type Relativities, relativitiesOf } from '../../pricing/fit/relativities.ts'
import { testTerms } from '../../pricing/fit/term-tests.ts'
import { profileTweediePower } from '../../pricing/fit/tweedie-power.ts'
import { type FitMessages, fitEn } from '../messages/fit.en.ts'
import { fitZhCn } from '../messages/fit.zh-CN.ts'
import { type Answer, type Command, type CommandContext, CommandError, parseOptions, required, withBook } from './command.ts'
import { behaviourKText, fitJson, fitText, powerText, relativityCsv } from './fit-report.ts'

export const fitCommands: readonly Command[] = [
  { name: 'fit', run: fitModel },
  { name: 'credibility', run: estimateK },
]

/** More threads than this have nothing left to do. */
const threadsMax = 8

function wordsOf({ say }: CommandContext): FitMessages {
  return say.language === 'zh-CN' ? fitZhCn : fitEn
}

async function fitModel(context: CommandContext, args: readonly string[]): Promise<Answer> {
  const { say } = context
  const words = wordsOf(context)
  const parsed = parseOptions(args, ['data', 'relativities', 'factors', 'powers', 'threads'])
  const modelFile = required(say, parsed.words[0], 'MODEL.json', words.usage)
  const dataFile = required(say, parsed.option('data'), '--data', words.usage)
  const threads = wholeNumber(
    context,
    'threads',
    parsed.option('threads') ?? String(Math.min(2, availableParallelism())),
    threadsMax,
  )
  const powers = powersOf(context, parsed.option('powers'))
  const model = await readModel(words, modelFile)
  const progress = (line: string): void => void process.stderr.write(`${line}\n`)

  progress(words.reading(dataFile))
  const table = await readData(words, dataFile, model)
  progress(words.fitting(model.name, table.rows.toLocaleString('en')))
  if (powers !== undefined) {
    progress(words.profiling(powers.join(', ')))
    const profile = profileTweediePower(model, table, powers, { threads })
    if (profile.kind !== 'profiled') throw refusal(words, dataFile, profile)
    const { fit: _, ...json } = profile
    return { json, text: powerText(words, profile) }
  }
  const started = performance.now()
  const outcome = fitGlm(model, table, { threads })
  const seconds = (performance.now() - started) / 1000
  if (outcome.kind !== 'fitted') throw refusal(words, dataFile, outcome)
  const { fit } = outcome
  progress(words.testing(model.terms.length))
  const tests = testTerms(fit, table, { threads })
  const relativities = relativitiesOf(fit)
  const written = await writeFiles(words, fit, relativities, parsed.option('relativities'), parsed.option('factors'))
  return {
    json: { ...fitJson(fit, tests, relativities), seconds },
    text: [fitText(words, fit, tests, relativities, seconds), ...written].join('\n'),
  }
}

async function readModel(words: FitMessages, file: string): Promise<ModelSpec> {
  const text = await textOf(words, file)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new CommandError(words.notJson(file, error instanceof Error ? error.message : String(error)))
  }
  const parsed = parseModelSpec(value)
  if (parsed.kind === 'invalid') throw new CommandError(words.badModel(file, parsed.problems.map(words.model).join('; ')))
  return parsed.model
}

async function textOf(words: FitMessages, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CommandError(words.noFile(file), { cause })
  }
}

async function readData(words: FitMessages, file: string, model: ModelSpec): Promise<DataTable> {
  let read: Awaited<ReturnType<typeof readTable>>
  try {
    read = await readTable(file, { columns: columnsOf(model), kinds: columnKindsOf(model) })
  } catch (cause) {
    throw new CommandError(words.noFile(file), { cause })
  }
  if (read.kind === 'table') return read.table
  throw new CommandError(words.badTable(file, words.table(read.problem)))
}

function refusal(words: FitMessages, file: string, outcome: Exclude<FitOutcome, { kind: 'fitted' }>): CommandError {
  switch (outcome.kind) {
    case 'bad-data':
      return new CommandError(words.badTable(file, words.data(outcome.problem)))
    case 'separated':
      return new CommandError(words.separated(outcome.places))
    case 'not-converged':
      return new CommandError(words.notConverged(outcome.iterations))
  }
}

async function writeFiles(
  words: FitMessages,
  fit: Fit,
  relativities: Relativities | undefined,
  csvFile: string | undefined,
  factorsFile: string | undefined,
): Promise<readonly string[]> {
  if (csvFile === undefined && factorsFile === undefined) return []
  if (relativities === undefined) throw new CommandError(words.noRelativities)
  const said: string[] = ['']
  if (csvFile !== undefined) {
    await writeFile(csvFile, relativityCsv(relativities))
    said.push(`  ${words.wrote('relativities', csvFile)}`)
  }
  if (factorsFile !== undefined) {
    const exported = classFactorsOf(fit, relativities)
    await writeFile(factorsFile, `${JSON.stringify(exported, null, 2)}\n`)
    said.push(`  ${words.wrote('factors', factorsFile)}`, ...exported.notExported.map((left) => `  ${words.notExported(left)}`))
  }
  return said
}

function powersOf({ say }: CommandContext, text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return undefined
  const powers = text.split(',').map(Number)
  const isGood = powers.length >= 3 && powers.every((power, index) => power > 1 && power < 2 && power > (powers[index - 1] ?? 0))
  if (!isGood) throw new CommandError(say.errors.badOption('powers', text, '1.3,1.5,1.7: three or more between 1 and 2, rising'))
  return powers
}

function wholeNumber({ say }: CommandContext, option: string, text: string, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= max) return value
  throw new CommandError(say.errors.badOption(option, text, `1 to ${max}`))
}

async function estimateK(context: CommandContext, args: readonly string[]): Promise<Answer> {
  const { configuration, say } = context
  const words = wordsOf(context)
  const parsed = parseOptions(args, ['plan', 'period-days', 'method'])
  const planId = required(say, parsed.option('plan'), '--plan', words.credibilityUsage)
  const methodText = parsed.option('method') ?? 'unbiased'
  const method = (['unbiased', 'iterative'] as const).find((candidate) => candidate === methodText)
  if (method === undefined) throw new CommandError(say.errors.badOption('method', methodText, 'unbiased | iterative'))
  const periodDays = wholeNumber(context, 'period-days', parsed.option('period-days') ?? String(periodDaysDefault), 366)
  const found: BookK = await withBook(configuration, (book) => estimateBookK(book, { planId, periodDays, method }))
  if (found.kind === 'no-edition') throw new CommandError(words.noEdition(planId))
  if (found.kind === 'not-motor') throw new CommandError(words.notMotor(planId))
  const json = found.behaviours.map(({ outcome, ...behaviour }) => ({
    ...behaviour,
    ...(outcome.kind === 'estimated' ? { kind: outcome.kind, ...finite(outcome.structure) } : outcome),
  }))
  return {
    json: { plan: planId, edition: found.editionHash, periodDays, method, behaviours: json },
    text: behaviourKText(words, found.behaviours),
  }
}

/** JSON has no infinity: a K without bound is null. */
function finite<Structure extends { readonly k: number }>(structure: Structure): Omit<Structure, 'k'> & { k: number | null } {
  return { ...structure, k: Number.isFinite(structure.k) ? structure.k : null }
}
