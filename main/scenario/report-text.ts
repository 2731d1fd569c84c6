// A scenario's report for people: the counts beneath one another, what was found, and why the premium is not the true one.

import { formatMoney } from '../../dashboard/messages/format.ts'
import { isSound, type ScenarioReport } from '../../dashboard/runs/scenario-report.ts'
import type { ScenarioMessages } from '../messages/scenario.en.ts'

/** More policies than anybody reads; the JSON has them all. */
const policiesMax = 12

export interface ReportWords {
  readonly say: ScenarioMessages
  readonly language: 'en' | 'zh-CN'
  readonly title: string
  readonly story: string
}

export function reportText(report: ScenarioReport, words: ReportWords): string {
  const { say, language } = words
  const { report: label } = say
  const count = (value: number): string => value.toLocaleString(language)
  const rows: (readonly [string, string])[] = [
    [label.published, count(report.published)],
    [label.acknowledged, count(report.acknowledged)],
    [label.stored, count(report.stored)],
    [label.duplicates, count(report.duplicates)],
    [label.quarantined, `${count(report.quarantined)}${reasons(report)}`],
    [label.missing, count(report.missing)],
    [label.twice, count(report.twice)],
    ...(report.unexpected === 0 ? [] : [[label.unexpected, count(report.unexpected)] as const]),
  ]
  const { refusedSignIns, cutForSize } = report
  const lines = [
    label.title(words.title, report.scenario, report.seed),
    words.story,
    '',
    ...(report.ended === 'early' ? [label.early, ''] : []),
    label.size(report.devices, report.days, report.seconds),
    ...table([...rows, ...(report.ended === 'early' ? [] : found(report, words))]),
    ...(refusedSignIns + cutForSize === 0 ? [] : ['', label.connections(refusedSignIns, cutForSize)]),
    ...(report.premiums.length === 0 ? [] : ['', ...premiums(report, words)]),
    '',
    isSound(report) ? label.sound : label.unsound,
    ...report.examples.map((example) => `  ${example}`),
  ]
  return lines.join('\n')
}

function reasons({ quarantinedByReason }: ScenarioReport): string {
  const parts = Object.entries(quarantinedByReason).map(([code, count]) => `${code} ${count}`)
  return parts.length === 0 ? '' : `  (${parts.join(', ')})`
}

function found({ trips, toldByTwo, events }: ScenarioReport, { say, language }: ReportWords): (readonly [string, string])[] {
  const percent = (share: number | null): string =>
    share === null ? '–' : share.toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 })
  const row = (name: string, of: ScenarioReport['trips']) =>
    [name, `${of.expected} → ${of.scored}  ${say.report.found(percent(of.recall), percent(of.precision))}`] as const
  return [
    ...(trips.expected + trips.scored === 0 ? [] : [row(say.report.trips, trips)]),
    ...(toldByTwo === 0 ? [] : [[say.report.toldByTwo, String(toldByTwo)] as const]),
    ...(events.expected + events.scored === 0 ? [] : [row(say.report.events, events)]),
  ]
}

function premiums(report: ScenarioReport, { say, language }: ReportWords): readonly string[] {
  const { report: label } = say
  const money = (minor: number): string => formatMoney(minor, report.currency, language)
  const lines = table([
    [label.premium, money(report.premiumMinor)],
    [label.unfaulted, money(report.unfaultedPremiumMinor)],
    [label.truly, money(report.truePremiumMinor)],
  ])
  const differing = report.premiums.filter(({ premiumMinor, trueMinor }) => premiumMinor !== trueMinor)
  const shares = (of: ScenarioReport['premiums'][number]['byFaults']): string =>
    of
      .filter(({ minor }) => minor !== 0)
      .map(({ group, minor }) => `${nameOf(say, group)} ${minor > 0 ? '+' : '−'}${money(Math.abs(minor))}`)
      .join(', ')
  const why = (name: string, of: ScenarioReport['premiums'][number]['byFaults']): readonly string[] =>
    shares(of) === '' ? [] : [`      ${name}: ${shares(of)}`]
  const each = differing
    .slice(0, policiesMax)
    .flatMap(({ policyId, premiumMinor, trueMinor, byFaults, byMeasuring }) => [
      `    ${policyId}  ${money(trueMinor)} → ${money(premiumMinor)}`,
      ...why(label.byFaults, byFaults),
      ...why(label.byMeasuring, byMeasuring),
    ])
  return [...lines, ...each, ...(differing.length > policiesMax ? [`    … ${differing.length - policiesMax}`] : [])]
}

function nameOf({ groups }: ScenarioMessages, group: string): string {
  return new Map<string, string>(Object.entries(groups)).get(group) ?? group
}

/** Chinese characters are as wide as two others. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (/[\u1100-\uffdc]/.test(character) ? 2 : 1), 0)
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = rows.reduce((widest, [name]) => Math.max(widest, widthOf(name)), 0)
  return rows.map(([name, value]) => `  ${name}${' '.repeat(width - widthOf(name) + 2)}${value}`)
}
