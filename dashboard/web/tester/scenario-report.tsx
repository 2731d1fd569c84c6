// What a scenario came to: a verdict in words, every figure beside what was expected, premiums beside the true ones and why they differ.

import { formatMoney, formatNumber, formatPercent } from '../../messages/format.ts'
import type { MessageValues } from '../../messages/say.ts'
import { type ScenarioKey, sayScenario, scenarioWord } from '../../messages/scenarios.ts'
import type { Run } from '../../runs/run-shapes.ts'
import type { ScenarioReport } from '../../runs/scenario-report.ts'
import { locale } from '../language.ts'
import { Section } from '../parts/section.tsx'
import { Table } from '../parts/table.tsx'

const dayMs = 86_400_000

function s(key: ScenarioKey, values: MessageValues = {}): string {
  return sayScenario(locale.value, key, values)
}

/** While it runs: what is being done, and how much of its days is over. */
export function ScenarioProgress({ run: { progress } }: { readonly run: Run }) {
  if (progress?.phase === undefined || progress.endMs === undefined) return null
  const days = Math.max(1, Math.round((progress.endMs - progress.startMs) / dayMs))
  const day = Math.min(days, Math.floor((progress.reachedMs - progress.startMs) / dayMs) + 1)
  const isPublishing = progress.phase === 'publishing'
  return (
    <div class="scenario-progress">
      <p class="section-text" role="status">
        {s(`phase.${progress.phase}`)}
        {isPublishing ? ` · ${s('progress.days', { day, days })}` : ''}
      </p>
      <progress
        aria-label={s(`phase.${progress.phase}`)}
        {...(isPublishing
          ? { value: Math.max(0, progress.reachedMs - progress.startMs), max: progress.endMs - progress.startMs }
          : {})}
      />
    </div>
  )
}

export function ScenarioReportView({ report }: { readonly report: ScenarioReport }) {
  const number = (value: number) => formatNumber(value, locale.value)
  const share = (value: number | null) => (value === null ? '–' : formatPercent(value, locale.value))
  const isSound = report.missing + report.twice + report.unexpected === 0
  const rows = ['published', 'acknowledged', 'stored', 'duplicates', 'quarantined', 'missing', 'twice'] as const
  const reasons = Object.entries(report.quarantinedByReason)
  const found = [
    { kind: 'trips' as const, ...report.trips },
    { kind: 'events' as const, ...report.events },
  ]
  return (
    <Section title={s('report.title')}>
      <p class={`verdict verdict-${isSound ? 'agrees' : 'differs'}`}>
        {isSound
          ? s('report.sound')
          : s('report.unsound', { missing: report.missing, twice: report.twice, unexpected: report.unexpected })}
      </p>
      <p class="section-text">
        {report.ended === 'early' ? s('report.early') : premiumSentence(report)} {s('seconds', { seconds: report.seconds })}
      </p>
      <Table
        caption={s('figures.title')}
        rows={rows.map((row) => ({ row, count: report[row] }))}
        rowKey={({ row }) => row}
        columns={[
          { key: 'what', title: s('figures.what'), cell: ({ row }) => s(`row.${row}`) },
          { key: 'count', title: s('figures.count'), isNumber: true, cell: ({ count }) => number(count) },
        ]}
      />
      {reasons.length === 0 ? null : (
        <Table
          caption={s('reasons.title')}
          rows={reasons.map(([reason, count]) => ({ reason, count }))}
          rowKey={({ reason }) => reason}
          columns={[
            { key: 'what', title: s('figures.what'), cell: ({ reason }) => <code>{reason}</code> },
            { key: 'count', title: s('figures.count'), isNumber: true, cell: ({ count }) => number(count) },
          ]}
        />
      )}
      <Table
        caption={s('found.title')}
        rows={found}
        rowKey={({ kind }) => kind}
        isStacked
        columns={[
          { key: 'kind', title: s('figures.what'), cell: ({ kind }) => s(`found.${kind}`) },
          { key: 'expected', title: s('found.expected'), isNumber: true, cell: ({ expected }) => number(expected) },
          { key: 'scored', title: s('found.scored'), isNumber: true, cell: ({ scored }) => number(scored) },
          { key: 'recall', title: s('found.recall'), isNumber: true, cell: ({ recall }) => share(recall) },
          { key: 'precision', title: s('found.precision'), isNumber: true, cell: ({ precision }) => share(precision) },
        ]}
      />
      {report.premiums.length === 0 ? null : <Premiums premiums={report.premiums} />}
      {report.examples.length === 0 ? null : (
        <>
          <h3>{s('examples.title')}</h3>
          <ul>
            {report.examples.map((example) => (
              <li key={example}>{example}</li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a
          class="button"
          download={`${report.scenario}.json`}
          href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(report, null, 2))}`}
        >
          {s('download')}
        </a>
      </p>
    </Section>
  )
}

function premiumSentence({ premiums, premiumMinor, truePremiumMinor, currency }: ScenarioReport): string {
  if (premiums.length === 0) return s('report.noPremium')
  const difference = premiumMinor - truePremiumMinor
  return difference === 0 ? s('report.equal') : s('report.differs', { difference: signed(difference, currency) })
}

function signed(minor: number, currency: string): string {
  return formatMoney(minor, currency, locale.value, { sign: 'always' })
}

type Shares = ScenarioReport['premiums'][number]['byFaults']

/** What rounds to nothing explains nothing. */
function telling(shares: Shares): Shares {
  return shares.filter(({ minor }) => minor !== 0)
}

function Premiums({ premiums }: { readonly premiums: ScenarioReport['premiums'] }) {
  const money = (minor: number, currency: string) => formatMoney(minor, currency, locale.value)
  const parts = (shares: Shares, currency: string) =>
    telling(shares)
      .map(({ group, minor }) => `${scenarioWord(locale.value, 'group', group)} ${signed(minor, currency)}`)
      .join(' · ')
  return (
    <Table
      caption={s('premiums.title')}
      rows={premiums}
      rowKey={({ policyId }) => policyId}
      isStacked
      columns={[
        {
          key: 'policy',
          title: s('premiums.policy'),
          cell: ({ policyId, byFaults, byMeasuring, currency }) => (
            <>
              {policyId}
              {telling(byFaults).length === 0 ? null : (
                <span class="cell-note">{s('why.faults', { parts: parts(byFaults, currency) })}</span>
              )}
              {telling(byMeasuring).length === 0 ? null : (
                <span class="cell-note">{s('why.measuring', { parts: parts(byMeasuring, currency) })}</span>
              )}
            </>
          ),
        },
        {
          key: 'charged',
          title: s('premiums.charged'),
          isNumber: true,
          cell: ({ premiumMinor, currency }) => money(premiumMinor, currency),
        },
        {
          key: 'unfaulted',
          title: s('premiums.unfaulted'),
          isNumber: true,
          cell: ({ unfaultedMinor, currency }) => money(unfaultedMinor, currency),
        },
        { key: 'true', title: s('premiums.true'), isNumber: true, cell: ({ trueMinor, currency }) => money(trueMinor, currency) },
      ]}
    />
  )
}
