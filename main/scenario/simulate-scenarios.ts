// `npm run simulate -- --scenario NAME|all|FILE`: runs scenarios one after the other, writes each one's report before it starts (so
// that a run that is killed leaves one) and when it is over, and prints it.

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSound, type ScenarioReport } from '../../dashboard/runs/scenario-report.ts'
import { parseScenario } from '../../devices/scenario/parse-scenario.ts'
import type { Scenario } from '../../devices/scenario/scenario-schema.ts'
import { problemLine } from '../../devices/scenario/schema-problem.ts'
import { shippedScenario, shippedScenarioNames, shippedScenarios } from '../../devices/scenario/shipped-scenarios.ts'
import { makeFolder } from '../../store/make-folder.ts'
import { CommandError, type Parsed } from '../command-line/command.ts'
import type { Configuration } from '../configuration.ts'
import type { ScenarioMessages } from '../messages/scenario.en.ts'
import { createProgressLine } from './progress-line.ts'
import { reportText } from './report-text.ts'
import { runScenario, type ScenarioProgress } from './run-scenario.ts'
import { progressText, readFaults, scenarioMessages } from './simulate-words.ts'

export interface ScenariosTask {
  readonly configuration: Configuration
  readonly options: Parsed
  readonly language: 'en' | 'zh-CN'
  readonly isJson: boolean
  readonly signal: AbortSignal
}

/** @returns the exit code: 1 when something acknowledged is missing or counted twice, or when it was stopped */
export async function simulateScenarios({ configuration, options, language, isJson, signal }: ScenariosTask): Promise<number> {
  const say = scenarioMessages(language)
  const faults = readFaults(say, options.option('faults'))
  const scenarios = chosen(say, options.option('scenario') ?? '')
  if (scenarios === undefined) return 1
  const line = createProgressLine(process.stderr, isJson)
  let exitCode = 0
  for (const scenario of scenarios) {
    const file = reportFile(configuration, options.option('report'), scenario.name, scenarios.length)
    let before: ScenarioProgress | undefined
    const report = await runScenario({
      scenario: { ...scenario, faults: [...(scenario.faults ?? []), ...faults] },
      seed: options.option('seed'),
      signal,
      onStart: (early) => writeReport(say, file, early),
      onProgress(progress) {
        tell({ kind: 'progress', scenario: scenario.name, progress })
        line.show(`${scenario.title[language]}: ${progressText(say, language, progress, before)}`)
        before = progress
      },
    })
    line.clear()
    writeReport(say, file, report)
    tell({ kind: 'report', scenario: scenario.name, report })
    const { title, story } = scenario
    const text = () => reportText(report, { say, language, title: title[language], story: story[language] })
    console.log(isJson ? JSON.stringify(report) : `${text()}\n${say.report.writtenTo(file)}\n`)
    if (!isSound(report) || report.ended === 'early') exitCode = 1
    if (signal.aborted) break
  }
  return exitCode
}

/** What whoever started this process with a channel hears of it. */
export type ScenarioNews =
  | { readonly kind: 'progress'; readonly scenario: string; readonly progress: ScenarioProgress }
  | { readonly kind: 'report'; readonly scenario: string; readonly report: ScenarioReport }

function tell(news: ScenarioNews): void {
  if (process.connected) process.send?.(news)
}

/** Undefined when a file is wrong, which has been said then, line by line. @throws CommandError */
function chosen(say: ScenarioMessages, name: string): readonly Scenario[] | undefined {
  if (name === 'all') return shippedScenarios()
  const shipped = shippedScenario(name)
  if (shipped !== undefined) return [shipped]
  if (!/[./\\]/.test(name)) throw new CommandError(say.unknownScenario(name, shippedScenarioNames().join(', ')))
  if (!existsSync(name)) throw new CommandError(say.fileMissing(name))
  const read = parseScenario(readFileSync(name, 'utf8'))
  if (read.kind === 'scenario') return [read.scenario]
  for (const problem of read.problems) console.error(say.problem(name, problemLine(problem)))
  return undefined
}

function reportFile({ dataDir }: Configuration, wanted: string | undefined, name: string, scenarios: number): string {
  if (wanted !== undefined) return scenarios === 1 ? wanted : wanted.replace(/(\.json)?$/, `-${name}.json`)
  const folder = join(dataDir, 'simulate')
  makeFolder(folder)
  return join(folder, `${name}.json`)
}

/** At once or not at all. */
function writeReport(say: ScenarioMessages, file: string, report: ScenarioReport): void {
  try {
    writeFileSync(`${file}.part`, `${JSON.stringify(report, null, 2)}\n`)
    renameSync(`${file}.part`, file)
  } catch (error) {
    throw new CommandError(say.notWritten(file, error instanceof Error ? error.message : String(error)))
  }
}
