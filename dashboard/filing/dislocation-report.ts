// The dislocation report: how an edition moves the premiums of the book, without and with its limits of change. The figures are
// those of a replay over the book; here they are only set out.

import type { DislocationReport, Mover, View } from '../../pricing/dislocation/report-form.ts'
import { noData } from '../../pricing/dislocation/segments.ts'
import type { Locale } from '../messages/locale.ts'
import { printable } from '../pdf/printable.ts'
import type { Row } from '../pdf/table.ts'
import {
  type FiledEdition,
  figuresIn,
  filingWords,
  inputLevelName,
  inputName,
  isFilingKey,
  reportFrame,
  type SayFiling,
} from './filing-words.ts'
import type { Block, Report } from './report.ts'

type Figures = ReturnType<typeof figuresIn>

interface Teller {
  readonly filed: FiledEdition
  readonly locale: Locale
  readonly say: SayFiling
  readonly figures: Figures
}

export function dislocationReport(filed: FiledEdition, dislocation: DislocationReport, locale: Locale): Report {
  const say = filingWords(locale)
  const figures = figuresIn(locale, dislocation.currency)
  const teller: Teller = { filed, locale, say, figures }
  const { policies, beforeMinor, capped, uncapped, worst } = dislocation
  const change = (afterMinor: number) =>
    `${figures.change(afterMinor - beforeMinor)} (${signedShare((afterMinor - beforeMinor) / Math.max(1, beforeMinor), figures)})`
  return {
    ...reportFrame(filed, locale, say('dislocation.title')),
    blocks: [
      { kind: 'chapter', title: say('dislocation.summary') },
      {
        kind: 'fields',
        labelWidth: 190,
        fields: [
          { label: say('dislocation.policies'), value: figures.number(policies) },
          { label: say('dislocation.was'), value: figures.money(beforeMinor) },
          {
            label: say('dislocation.now.uncapped'),
            value: `${figures.money(uncapped.afterMinor)}, ${change(uncapped.afterMinor)}`,
          },
          { label: say('dislocation.now.capped'), value: `${figures.money(capped.afterMinor)}, ${change(capped.afterMinor)}` },
          { label: say('dislocation.mean'), value: signedShare(capped.meanChange, figures) },
          { label: say('dislocation.noticed'), value: figures.number(capped.notices) },
          { label: say('dislocation.off-balance'), value: figures.factor(uncapped.offBalance) },
          { label: say('dislocation.state'), value: dislocation.bookState.slice(0, 16) },
        ],
      },
      ...(dislocation.unrated.policies === 0
        ? []
        : [{ kind: 'note', text: say('dislocation.unrated', { policies: dislocation.unrated.policies }) } as const]),
      ...viewBlocks('uncapped', uncapped, teller),
      ...viewBlocks('capped', capped, teller),
      ...segmentBlocks(dislocation, teller),
      ...moverBlocks([...worst.up, ...worst.down], teller),
    ],
  }
}

function viewBlocks(part: 'uncapped' | 'capped', view: View, { say, figures }: Teller): readonly Block[] {
  const bars = withoutEmptyEnds(view.histogram)
  const tallest = bars.toSorted((one, other) => other.policies - one.policies)[0]
  if (tallest === undefined) return []
  const edge = (share: number | null) => (share === null ? '' : signedShare(share, figures))
  const label = ({ from, to }: { readonly from: number | null; readonly to: number | null }) => {
    if (from === null) return say('dislocation.bin.below', { to: edge(to) })
    if (to === null) return say('dislocation.bin.above', { from: edge(from) })
    return from === 0 && to === 0 ? say('dislocation.bin.none') : say('dislocation.bin.from', { from: edge(from), to: edge(to) })
  }
  return [
    { kind: 'chapter', title: say(`dislocation.${part}`) },
    { kind: 'paragraph', text: say(`dislocation.${part}.text`) },
    {
      kind: 'histogram',
      bars: bars.map(({ from, to, policies }) => ({
        label: from === null ? `< ${edge(to)}` : edge(from),
        value: policies,
        amount: policies === 0 ? '' : figures.number(policies),
      })),
      caption: say('dislocation.caption', { label: label(tallest), policies: tallest.policies }),
    },
    {
      kind: 'table',
      columns: [
        { title: say('dislocation.bin') },
        { title: say('dislocation.policies'), width: 62, align: 'right' },
        { title: say('dislocation.before'), width: 96, align: 'right' },
        { title: say('dislocation.after'), width: 96, align: 'right' },
      ],
      rows: view.bands.map((band) => ({
        cells: [label(band), figures.number(band.policies), figures.money(band.beforeMinor), figures.money(band.afterMinor)],
      })),
    },
    {
      kind: 'note',
      text: say('dislocation.percentiles', {
        list: view.percentiles.map(({ percent, change }) => `P${percent}\u00a0${signedShare(change, figures)}`).join(' · '),
      }),
    },
  ]
}

/** From the first bar with a policy to the last. */
function withoutEmptyEnds(bars: View['histogram']): View['histogram'] {
  const first = bars.findIndex(({ policies }) => policies > 0)
  const last = bars.findLastIndex(({ policies }) => policies > 0)
  return first < 0 ? [] : bars.slice(first, last + 1)
}

function segmentBlocks({ segments }: DislocationReport, teller: Teller): readonly Block[] {
  const { say, figures } = teller
  if (segments.length === 0) return []
  const rows = segments.flatMap(({ id, levels }): readonly Row[] => [
    { cells: [segmentName(id, teller), '', '', '', ''], kind: 'group' },
    ...levels.map((level): Row => {
      const { ratio, isSmall } = level.fairness
      return {
        cells: [
          levelText(id, level.level, teller),
          figures.number(level.policies),
          figures.money(level.beforeMinor),
          signedShare((level.afterMinor - level.beforeMinor) / Math.max(1, level.beforeMinor), figures),
          isSmall || ratio === null ? '–' : figures.number(ratio, 3),
        ],
      }
    }),
  ])
  return [
    { kind: 'chapter', title: say('dislocation.segments') },
    { kind: 'paragraph', text: say('dislocation.segments.text') },
    {
      kind: 'table',
      columns: [
        { title: say('dislocation.segment') },
        { title: say('dislocation.policies'), width: 62, align: 'right' },
        { title: say('dislocation.before'), width: 96, align: 'right' },
        { title: say('dislocation.change'), width: 62, align: 'right' },
        { title: say('dislocation.relativity'), width: 70, align: 'right' },
      ],
      rows,
    },
  ]
}

const inputPrefix = 'input:'

function segmentName(id: string, { filed, locale, say }: Teller): string {
  if (id.startsWith(inputPrefix)) return inputName(filed.edition, id.slice(inputPrefix.length), locale)
  const known = `segment.${id}`
  return isFilingKey(known) ? say(known) : printable(id)
}

function levelText(segmentId: string, level: string, { filed, locale, say }: Teller): string {
  if (level === noData) return say('segment.no-data')
  if (segmentId === 'device-class') return say(level === 'accelerometer' ? 'segment.accelerometer' : 'segment.speed-only')
  if (!segmentId.startsWith(inputPrefix)) return printable(level)
  return inputLevelName(filed.edition, segmentId.slice(inputPrefix.length), level, locale)
}

function moverBlocks(movers: readonly Mover[], { say, figures }: Teller): readonly Block[] {
  if (movers.length === 0) return []
  const seen = new Map(movers.map((mover) => [mover.policyId, mover]))
  const ranked = [...seen.values()].toSorted((one, other) => Math.abs(other.change) - Math.abs(one.change))
  return [
    { kind: 'chapter', title: say('dislocation.worst') },
    {
      kind: 'table',
      columns: [
        { title: say('dislocation.policy') },
        { title: say('dislocation.before'), width: 84, align: 'right' },
        { title: say('dislocation.after'), width: 84, align: 'right' },
        { title: say('dislocation.change'), width: 62, align: 'right' },
      ],
      rows: ranked.map(({ policyId, beforeMinor, afterMinor, change }) => ({
        cells: [printable(policyId), figures.money(beforeMinor), figures.money(afterMinor), signedShare(change, figures)],
      })),
    },
  ]
}

function signedShare(share: number, figures: Figures): string {
  return share > 0 ? `+${figures.percent(share)}` : figures.percent(share)
}
