// A dislocation report as tables in a terminal. Pure text.

import { dislocationWords } from '../../dashboard/messages/dislocation-words.ts'
import type { Locale } from '../../dashboard/messages/locale.ts'
import { dislocationTable, type PictureTable } from '../../pricing/dislocation/draw-dislocation.ts'
import { segmentsTable } from '../../pricing/dislocation/draw-segments.ts'
import type { DislocationReport, Mover } from '../../pricing/dislocation/report-form.ts'
import type { DislocationMessages } from '../messages/dislocation.en.ts'
import { columns } from '../status-table.ts'

const hashShown = 16

export function dislocationText(
  say: DislocationMessages,
  locale: Locale,
  replayId: string,
  reportHash: string,
  report: DislocationReport,
): string {
  const words = dislocationWords(locale)
  const { capped, uncapped, currency } = report
  const money = (minor: number): string => words.money(minor, currency)
  const head = [
    [say.replay, replayId, `${say.report} ${reportHash.slice(0, hashShown)}`],
    [say.draft, report.draftHash.slice(0, hashShown), `${say.inForce} ${report.championHash.slice(0, hashShown)}`],
    [say.policies, words.count(report.policies)],
    [say.onRecord, money(report.onRecordMinor)],
    [say.before, money(report.beforeMinor)],
    [say.after, money(capped.afterMinor), viewNote(say, words, capped)],
    [say.uncapped, money(uncapped.afterMinor), viewNote(say, words, uncapped)],
    [say.lossRatio, lossRatios(say, words, report), claimsNote(say, words, report)],
  ]
  const percentiles = [
    [say.percentile, ...capped.percentiles.map(({ percent }) => `${percent}`)],
    [words.withLimits, ...capped.percentiles.map(({ change }) => words.signedPercent(change, 1))],
    [words.withoutLimits, ...uncapped.percentiles.map(({ change }) => words.signedPercent(change, 1))],
  ]
  return [
    columns(head),
    ...notesOf(say, words, report),
    ...titled(dislocationTable(report, words)),
    '',
    columns(percentiles),
    ...titled(segmentsTable(report, words)),
    '',
    say.fairness,
    columns(fairnessRows(say, words, report)),
    ...movers(say.worstUp, report.worst.up, words, money),
    ...movers(say.worstDown, report.worst.down, words, money),
  ].join('\n')
}

type Words = ReturnType<typeof dislocationWords>

function titled({ caption, head, rows }: PictureTable): readonly string[] {
  return ['', caption, columns([head, ...rows])]
}

function viewNote(say: DislocationMessages, words: Words, view: DislocationReport['capped']): string {
  return say.view(words.signedPercent(view.meanChange, 1), view.offBalance.toFixed(4))
}

function lossRatios(say: DislocationMessages, words: Words, { lossRatioBefore, capped, uncapped }: DislocationReport): string {
  const share = (ratio: number | null): string => (ratio === null ? say.nobodyElse : words.percent(ratio))
  return say.lossRatios(share(lossRatioBefore), share(capped.lossRatio), share(uncapped.lossRatio))
}

function claimsNote(say: DislocationMessages, words: Words, { claims }: DislocationReport): string {
  const ratio = words.percent(claims.targetLossRatio)
  if (claims.from === 'stated') return say.claims.stated
  return claims.from === 'both' ? say.claims.both(words.count(claims.stated), ratio) : say.claims['class-price'](ratio)
}

function notesOf(say: DislocationMessages, words: Words, report: DislocationReport): readonly string[] {
  const { unrated, changedMeanwhile, measuredAgain, capped } = report
  const [first] = unrated.reasons
  return [
    '',
    `  ${say.notices(words.count(capped.notices))}`,
    ...(first === undefined ? [] : [`  ${say.unrated(words.count(unrated.policies), first.policyId, first.problem)}`]),
    ...(changedMeanwhile === 0 ? [] : [`  ${say.changedMeanwhile(words.count(changedMeanwhile))}`]),
    ...(measuredAgain === null
      ? []
      : [
          `  ${say.measuredAgain(
            words.count(measuredAgain.trips),
            words.count(measuredAgain.unaffected),
            words.count(measuredAgain.withoutReadings),
          )}`,
        ]),
  ]
}

function fairnessRows(say: DislocationMessages, words: Words, { segments }: DislocationReport): readonly (readonly string[])[] {
  const ratioText = (ratio: number | null, interval: { low: number; high: number } | null): string =>
    ratio === null || interval === null
      ? say.nobodyElse
      : `${ratio.toFixed(3)} [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`
  return segments.flatMap(({ id, levels }) =>
    levels.map(({ level, fairness }) => [
      words.segmentTitle(id),
      words.levelTitle(id, level),
      ratioText(fairness.ratio, fairness.ratioInterval),
      ratioText(fairness.impactRatio, fairness.impactInterval),
      fairness.isSmall ? say.small : '',
    ]),
  )
}

function movers(title: string, worst: readonly Mover[], words: Words, money: (minor: number) => string): readonly string[] {
  if (worst.length === 0) return []
  const rows = worst.map(({ policyId, beforeMinor, afterMinor, change, steps }) => [
    policyId,
    money(beforeMinor),
    money(afterMinor),
    words.signedPercent(change, 1),
    steps.map(({ id, before, after }) => `${id} ${operandOf(before)} → ${operandOf(after)}`).join('; '),
  ])
  return ['', title, columns(rows)]
}

/** Factors have up to eight decimals, amounts two. */
function operandOf(step: Mover['steps'][number]['before']): string {
  return step === null ? '–' : String(Math.round(step.operand * 1e4) / 1e4)
}
