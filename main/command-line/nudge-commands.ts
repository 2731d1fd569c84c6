// `merit nudge-report`: what nudging did, measured against those who were held out.

import { formatPercent } from '../../dashboard/messages/format.ts'
import type { Effect } from '../../pricing/nudging/effect.ts'
import { type NudgeReport, nudgeReport } from '../../pricing/nudging/nudge-report.ts'
import { firstInsurerId } from '../../store/book/tenant-rows.ts'
import type { TerminalMessages } from '../messages/en.ts'
import { columns } from '../status-table.ts'
import { type Answer, type Command, type CommandContext, insistOnInsurer, parseOptions, withBook } from './command.ts'

export const nudgeCommands: readonly Command[] = [{ name: 'nudge-report', run: report }]

async function report({ configuration, say }: CommandContext, args: readonly string[]): Promise<Answer> {
  const insurerId = parseOptions(args, ['insurer']).option('insurer') ?? firstInsurerId
  const json = await withBook(configuration, async (book) => {
    await insistOnInsurer(book, say, insurerId)
    return nudgeReport(book, insurerId, Date.now())
  })
  return { json, text: reportText(say, json) }
}

function reportText(say: TerminalMessages, found: NudgeReport): string {
  const { nudgeReport: words, language } = say
  const head = [
    words.experiment(found.experiment, formatPercent(found.holdOutShare, language)),
    words.people(found.assigned, found.counted, found.messages),
  ]
  const stop = found.stoppedAtMs === null ? [] : [words.stopped(new Date(found.stoppedAtMs).toISOString())]
  if (found.effect.kind === 'too-few')
    return [...head, words.tooFew(found.effect.nudged, found.effect.heldOut), ...stop].join('\n')
  return [...head, '', table(words, found.effect), '', conclusion(say, found.effect), ...stop].join('\n')
}

function table(words: TerminalMessages['nudgeReport'], { nudged, heldOut }: Effect): string {
  const rate = (value: number): string => value.toFixed(1)
  return columns([
    [...words.heading],
    [words.nudged, String(nudged.policies), rate(nudged.mean), rate(nudged.adjusted)],
    [words.heldOut, String(heldOut.policies), rate(heldOut.mean), rate(heldOut.adjusted)],
  ])
}

function conclusion({ nudgeReport: words, language }: TerminalMessages, effect: Effect): string {
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(1)}`
  const relative = effect.relative === null ? '' : ` (${formatPercent(effect.relative, language, 1)})`
  return [
    words.difference(`${signed(effect.difference)}${relative}`, signed(effect.interval[0]), signed(effect.interval[1])),
    words.explained(formatPercent(effect.varianceExplained, language)),
    words.verdict[effect.verdict],
  ].join('\n')
}
