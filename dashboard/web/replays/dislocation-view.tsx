// A dislocation report on a page: what it comes to, the histogram with and without the caps, segments, and who moves most.

import type { DislocationReport, Mover, SegmentLevel, View } from '../../../pricing/dislocation/report-form.ts'
import { dislocationWords } from '../../messages/dislocation-words.ts'
import { formatMoney, formatNumber, formatPercent } from '../../messages/format.ts'
import { stepTitle } from '../../messages/worksheet.ts'
import { locale, t } from '../language.ts'
import { Facts } from '../parts/facts.tsx'
import { Figure } from '../parts/figure.tsx'
import { Section } from '../parts/section.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { pathOf } from '../routes.ts'
import { type HistogramBar, histogramBars, histogramSize } from './histogram-bars.ts'
import type { Replay } from './replay-resources.ts'

interface DislocationViewProps {
  readonly report: DislocationReport
  readonly replay: Replay
}

export function DislocationView({ report, replay }: DislocationViewProps) {
  const { capped, uncapped, currency, segments, worst, measuredAgain } = report
  const money = (minor: number): string => formatMoney(minor, currency, locale.value)
  return (
    <>
      <Facts
        isLarge
        facts={[
          { term: t('replay.before'), value: money(report.beforeMinor) },
          { term: t('replay.after'), value: money(capped.afterMinor) },
          { term: t('replay.mean'), value: signed(capped.meanChange) },
          { term: t('replay.off-balance'), value: formatNumber(capped.offBalance, locale.value, 4) },
          { term: t('replay.notices'), value: formatNumber(capped.notices, locale.value) },
          {
            term: t('replay.loss-ratio'),
            value: `${share(report.lossRatioBefore)} → ${share(capped.lossRatio)}`,
          },
        ]}
      />
      <p class="replay-claims">
        {t(`replay.claims.${report.claims.from}`, { share: share(report.claims.targetLossRatio) })}
        {report.unrated.policies > 0 ? ` ${t('replay.unrated', { count: report.unrated.policies })}` : ''}
        {report.changedMeanwhile > 0 ? ` ${t('replay.changed', { count: report.changedMeanwhile })}` : ''}
        {measuredAgain === null
          ? ''
          : ` ${t('replay.again', { trips: measuredAgain.trips, gone: measuredAgain.withoutReadings })}`}{' '}
        <a href={`/api/v1/replays/${encodeURIComponent(replay.id)}/policies.csv`}>{t('replay.csv')}</a>
      </p>
      <Section title={t('replay.histogram')} note={t('replay.histogram.note')}>
        <div class="replay-pictures">
          <Histogram title={t('replay.capped')} view={capped} />
          <Histogram title={t('replay.uncapped')} view={uncapped} />
        </div>
        <Table caption={t('replay.bands')} columns={bandColumns(money)} rows={capped.bands} rowKey={bandKey} isStacked />
      </Section>
      {segments.map(({ id, levels }) => (
        <Section key={id} title={dislocationWords(locale.value).segmentTitle(id)}>
          <Segment id={id} levels={levels} />
        </Section>
      ))}
      <Section title={t('replay.worst.up')}>
        <Movers movers={worst.up} money={money} />
      </Section>
      <Section title={t('replay.worst.down')}>
        <Movers movers={worst.down} money={money} />
      </Section>
    </>
  )
}

function Histogram({ title, view }: { readonly title: string; readonly view: View }) {
  const bars = histogramBars(view.histogram)
  const { width, height, bottom } = histogramSize
  return (
    <Figure
      title={title}
      caption={t('replay.histogram.caption', {
        title,
        mean: signed(view.meanChange),
        rises: formatNumber(view.notices, locale.value),
      })}
      columns={[
        { key: 'change', title: t('replay.change'), cell: (bar: HistogramBar) => rangeWords(bar) },
        {
          key: 'policies',
          title: t('replay.policies'),
          isNumber: true,
          cell: ({ policies }) => formatNumber(policies, locale.value),
        },
      ]}
      rows={bars}
      rowKey={rangeWords}
    >
      <svg class="replay-histogram" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        {bars.map(({ x, barWidth, barHeight, from, to }) => (
          <rect
            key={x}
            class={(from ?? -1) >= 0 ? 'replay-rise' : (to ?? 1) <= 0 ? 'replay-fall' : 'replay-still'}
            x={x}
            y={height - bottom - barHeight}
            width={barWidth}
            height={barHeight}
          />
        ))}
        <line class="replay-axis" x1="0" x2={width} y1={height - bottom} y2={height - bottom} />
        {bars.map(({ x, from }, index) =>
          from !== null && index % 2 === 0 ? (
            <text key={x} class="replay-mark" x={x} y={height - 6} text-anchor="middle">
              {formatPercent(from, locale.value)}
            </text>
          ) : null,
        )}
      </svg>
    </Figure>
  )
}

function bandColumns(money: (minor: number) => string): readonly Column<View['bands'][number]>[] {
  return [
    { key: 'change', title: t('replay.change'), cell: rangeWords },
    {
      key: 'policies',
      title: t('replay.policies'),
      isNumber: true,
      cell: ({ policies }) => formatNumber(policies, locale.value),
    },
    { key: 'before', title: t('replay.before'), isNumber: true, cell: ({ beforeMinor }) => money(beforeMinor) },
    { key: 'after', title: t('replay.after'), isNumber: true, cell: ({ afterMinor }) => money(afterMinor) },
  ]
}

function bandKey({ from, to }: View['bands'][number]): string {
  return `${String(from)} ${String(to)}`
}

function Segment({ id, levels }: { readonly id: string; readonly levels: readonly SegmentLevel[] }) {
  return <Table caption={t('replay.segments')} columns={levelColumns(id)} rows={levels} rowKey={({ level }) => level} isStacked />
}

function levelColumns(segmentId: string): readonly Column<SegmentLevel>[] {
  const number = (value: number | null): string => (value === null ? '–' : formatNumber(value, locale.value, 3))
  return [
    {
      key: 'level',
      title: t('replay.level'),
      cell: ({ level, fairness }) => {
        const title = dislocationWords(locale.value).levelTitle(segmentId, level)
        return fairness.isSmall ? t('replay.level.small', { level: title }) : title
      },
    },
    {
      key: 'policies',
      title: t('replay.policies'),
      isNumber: true,
      cell: ({ policies }) => formatNumber(policies, locale.value),
    },
    { key: 'mean', title: t('replay.capped'), isNumber: true, cell: ({ meanChange }) => signed(meanChange) },
    {
      key: 'uncapped',
      title: t('replay.uncapped'),
      isNumber: true,
      cell: ({ meanUncappedChange }) => signed(meanUncappedChange),
    },
    { key: 'ratio', title: t('replay.fair.ratio'), isNumber: true, cell: ({ fairness }) => number(fairness.ratio) },
    { key: 'impact', title: t('replay.fair.impact'), isNumber: true, cell: ({ fairness }) => number(fairness.impactRatio) },
  ]
}

interface MoversProps {
  readonly movers: readonly Mover[]
  readonly money: (minor: number) => string
}

function Movers({ movers, money }: MoversProps) {
  if (movers.length === 0) return <p>{t('app.none')}</p>
  return (
    <Table
      caption={t('replay.worst')}
      columns={[
        {
          key: 'policy',
          title: t('replay.policy'),
          cell: ({ policyId }) => <a href={pathOf({ kind: 'policy', policyId })}>{policyId}</a>,
        },
        { key: 'before', title: t('replay.before'), isNumber: true, cell: ({ beforeMinor }) => money(beforeMinor) },
        { key: 'after', title: t('replay.after'), isNumber: true, cell: ({ afterMinor }) => money(afterMinor) },
        { key: 'change', title: t('replay.change'), isNumber: true, cell: ({ change }) => signed(change) },
        {
          key: 'steps',
          title: t('replay.steps'),
          cell: ({ steps }) =>
            steps
              .filter(({ before, after }) => isFactor(before ?? after) && before?.operand !== after?.operand)
              .map(
                ({ id, label, before, after }) =>
                  `${label?.[locale.value] ?? stepTitle({ id }, locale.value)} ${operand(before)} → ${operand(after)}`,
              )
              .join(t('app.list-comma')),
        },
      ]}
      rows={movers}
      rowKey={({ policyId }) => policyId}
      isStacked
    />
  )
}

/** Amounts that follow from the factors before them say nothing by themselves. */
function isFactor(step: { readonly operation: string } | null): boolean {
  return step?.operation === 'multiply' || step?.operation === 'add' || step?.operation === 'start'
}

function operand(step: { readonly operand: number } | null): string {
  return step === null ? '–' : formatNumber(step.operand, locale.value, 4)
}

function signed(change: number): string {
  return `${change > 0 ? '+' : ''}${formatPercent(change, locale.value, 1)}`
}

function share(value: number | null): string {
  return value === null ? '–' : formatPercent(value, locale.value, 1)
}

function rangeWords({ from, to }: { readonly from: number | null; readonly to: number | null }): string {
  const percent = (value: number): string => signed(value)
  if (from === null) return to === null ? '' : t('replay.below', { to: percent(to) })
  if (to === null) return t('replay.above', { from: percent(from) })
  return from === to ? t('replay.unchanged') : t('replay.between', { from: percent(from), to: percent(to) })
}
