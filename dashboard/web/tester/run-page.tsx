// One simulated fleet: how far it is, where its devices are, what may be done with it, and what it did against what was scored.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { formatNumber, formatPercent } from '../../messages/format.ts'
import { sayScenario } from '../../messages/scenarios.ts'
import type { Run, RunScore, Scored } from '../../runs/run-shapes.ts'
import { announce } from '../announce.ts'
import { post } from '../api.ts'
import { locale } from '../language.ts'
import { AskAgain } from '../maker/ask-again.tsx'
import { when } from '../maker/device-page-time.ts'
import { runScore } from '../maker/maker-resources.ts'
import { m, mOf } from '../maker/maker-words.ts'
import { usePageTitle } from '../page-title.ts'
import { Facts } from '../parts/facts.tsx'
import { failureText, Show, Skeleton } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { Table } from '../parts/table.tsx'
import { FleetMap } from './fleet-map.tsx'
import { ScenarioProgress, ScenarioReportView } from './scenario-report.tsx'

const scoreEveryMs = 10_000

export function RunPage({ runId }: { readonly runId: string }) {
  usePageTitle(m('run.title', { id: runId }))
  const run = useSignal<Run | null>(null)
  const score = runScore(runId)
  useEffect(() => {
    const source = new EventSource(`/api/v1/runs/${encodeURIComponent(runId)}/live`)
    source.addEventListener('run', (event: MessageEvent<string>) => {
      const news: Run = JSON.parse(event.data)
      if (run.peek()?.status !== news.status) announce(m(`status.${news.status}`))
      run.value = news
    })
    const timer = setInterval(() => void score.refresh(), scoreEveryMs)
    return () => {
      source.close()
      clearInterval(timer)
    }
  }, [runId])
  const now = run.value
  return (
    <article>
      <p class="crumb">
        <a href="/">← {m('runs.title')}</a>
      </p>
      <h1>{m('run.title', { id: runId })}</h1>
      {now === null ? (
        <Skeleton lines={4} />
      ) : (
        <>
          <p class="lead">
            {now.options.scenario === undefined
              ? m('run.what', { vehicles: now.options.vehicles, homes: now.options.homes, seed: now.options.seed })
              : sayScenario(locale.value, 'run', { title: now.options.scenario })}{' '}
            · <span class={`run-status run-status-${now.status}`}>{m(`status.${now.status}`)}</span>
            {now.reason === null ? null : ` · ${mOf('why', now.reason)}`}
          </p>
          <Acts run={now} />
          <ScenarioProgress run={now.endedAtMs === null ? now : { ...now, progress: null }} />
          <Progress run={now} />
          {now.report === null ? null : <ScenarioReportView report={now.report} />}
          <Section title={m('map.title')}>
            {now.progress === null ? (
              <p class="section-text">{m('map.none')}</p>
            ) : (
              <FleetMap picture={now.progress.picture} isLinked={now.options.scenario === undefined} />
            )}
          </Section>
          {now.options.scenario !== undefined ? null : (
            <Section title={m('score.title')} note={m('score.note')}>
              <Show from={score}>{(scored) => <ScoreView score={scored} />}</Show>
              <p>
                <button type="button" class="button" onClick={() => void score.refresh()}>
                  {m('score.refresh')}
                </button>
              </p>
            </Section>
          )}
        </>
      )}
    </article>
  )
}

function Acts({ run: { id, status } }: { readonly run: Run }) {
  const isAsking = useSignal(false)
  const problem = useSignal('')
  const act = async (what: 'pause' | 'resume' | 'stop' | 'remove' | 'keep'): Promise<void> => {
    isAsking.value = false
    const outcome = await post<Run>(`/api/v1/runs/${encodeURIComponent(id)}/${what}`, {})
    problem.value = outcome.kind === 'failure' ? failureText(outcome.failure) : ''
  }
  const acts = {
    starting: ['stop'],
    running: ['pause', 'stop'],
    paused: ['resume', 'stop'],
    stopping: [],
    stopped: ['remove'],
    failed: ['remove'],
    removing: ['keep'],
    removed: [],
  } as const
  return (
    <div class="run-acts">
      {isAsking.value ? (
        <AskAgain
          text={m('run.remove.text')}
          onConfirm={() => void act('remove')}
          onCancel={() => {
            isAsking.value = false
          }}
        />
      ) : (
        <p class="refusal-acts">
          {status === 'removing' ? <span>{m('run.removing')}</span> : null}
          {acts[status].map((what) => (
            <button
              key={what}
              type="button"
              class="button"
              onClick={() => {
                if (what === 'remove') isAsking.value = true
                else void act(what)
              }}
            >
              {m(`run.${what}`)}
            </button>
          ))}
        </p>
      )}
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
    </div>
  )
}

function Progress({ run: { progress } }: { readonly run: Run }) {
  if (progress === null) return null
  const number = (value: number) => formatNumber(value, locale.value)
  return (
    <Facts
      isLarge
      facts={[
        { term: m('run.published'), value: number(progress.published) },
        { term: m('run.acknowledged'), value: number(progress.acknowledged) },
        { term: m('run.refused'), value: number(progress.rejected) },
        { term: m('run.rate'), value: formatNumber(progress.readingsPerSecond, locale.value, 1) },
        { term: m('run.online'), value: `${number(progress.online)} / ${number(progress.devices)}` },
        { term: m('run.clock'), value: <span class="fact-text">{when(progress.reachedMs)}</span> },
      ]}
    />
  )
}

function ScoreView({ score }: { readonly score: RunScore }) {
  const { rows, distance, verdict } = score
  const share = (value: number | null) => (value === null ? '–' : formatPercent(value, locale.value))
  const count = (of: (row: Scored) => number) => (row: Scored) => formatNumber(of(row), locale.value)
  return (
    <>
      <p class={`verdict verdict-${verdict}`}>{m(`verdict.${verdict}`)}</p>
      <Table
        caption={m('table', { what: m('score.title') })}
        rows={rows}
        rowKey={({ kind }) => kind}
        isStacked
        columns={[
          { key: 'kind', title: m('score.kind'), cell: ({ kind }) => m(`score.${kind}`) },
          { key: 'expected', title: m('score.expected'), isNumber: true, cell: count(({ expected }) => expected) },
          { key: 'found', title: m('score.found'), isNumber: true, cell: count(({ found }) => found) },
          { key: 'scored', title: m('score.scored'), isNumber: true, cell: count(({ scored }) => scored) },
          { key: 'recall', title: m('score.recall'), isNumber: true, cell: ({ recall }) => share(recall) },
          { key: 'precision', title: m('score.precision'), isNumber: true, cell: ({ precision }) => share(precision) },
        ]}
      />
      <p class="section-text">
        {m('score.distance', {
          scored: formatNumber(distance.scoredM / 1000, locale.value, 1),
          expected: formatNumber(distance.expectedM / 1000, locale.value, 1),
        })}
      </p>
    </>
  )
}
