// The words of simulating, and the option that all of its forms share: which language, the faults of a command line, the line that says
// how it goes. Light: a fleet of thousands loads nothing else of the scenarios.

import { type FaultSwitch, parseFaults } from '../../devices/faults/fault-switch.ts'
import { CommandError } from '../command-line/command.ts'
import { type ScenarioMessages, scenarioEn } from '../messages/scenario.en.ts'
import { scenarioZhCn } from '../messages/scenario.zh-CN.ts'
import type { ScenarioProgress } from './run-scenario.ts'

export function scenarioMessages(language: 'en' | 'zh-CN'): ScenarioMessages {
  return language === 'zh-CN' ? scenarioZhCn : scenarioEn
}

/** @throws CommandError naming the part */
export function readFaults(say: ScenarioMessages, text: string | undefined): readonly FaultSwitch[] {
  if (text === undefined) return []
  const read = parseFaults(text)
  if (read.kind === 'faults') return read.switches
  throw new CommandError(say.badFaults('--faults', read.at, read.text, read.problem, read.mend))
}

export function progressText(
  say: ScenarioMessages,
  language: string,
  now: ScenarioProgress,
  before: ScenarioProgress | undefined,
): string {
  const count = (value: number): string => value.toLocaleString(language)
  const elapsedS = before === undefined ? 0 : (now.atMs - before.atMs) / 1000
  const rate = before === undefined || elapsedS <= 0 ? 0 : Math.round((now.acknowledged - before.acknowledged) / elapsedS)
  const time = new Date(now.reachedMs).toISOString().slice(0, 16).replace('T', ' ')
  return say.progress(
    say.phases[now.phase],
    now.online,
    now.devices,
    count(now.published),
    count(now.acknowledged),
    count(rate),
    time,
    now.megabytes,
  )
}
