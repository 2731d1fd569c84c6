// Simulated fleets: starting one, those there were, and the pipeline they feed.

import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import { sayScenario } from '../../messages/scenarios.ts'
import { historyDaysMax, homesMax, speeds, vehiclesMax } from '../../runs/run-limits.ts'
import type { Run } from '../../runs/run-shapes.ts'
import { post } from '../api.ts'
import { locale, t } from '../language.ts'
import { when } from '../maker/device-page-time.ts'
import { runs, scenarios } from '../maker/maker-resources.ts'
import { m, mOf } from '../maker/maker-words.ts'
import { usePageTitle } from '../page-title.ts'
import { failureText, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { Table } from '../parts/table.tsx'
import { navigate } from '../router.ts'
import { pathOf } from '../routes.ts'
import { Pipeline } from './pipeline.tsx'
import { ScenarioForm } from './scenario-form.tsx'
import { SeedField } from './seed-field.tsx'

export function RunsPage() {
  usePageTitle(m('runs.title'))
  return (
    <article>
      <h1>{m('runs.title')}</h1>
      <p class="lead">{m('runs.lead')}</p>
      {/* All at once: what comes later would push away what somebody reads. */}
      <Show from={scenarios}>
        {(list) => (
          <>
            <Section title={sayScenario(locale.value, 'title')}>
              <ScenarioForm list={list} />
            </Section>
            <Section title={m('runs.start')}>
              <StartForm />
            </Section>
            <Section title={m('runs.all')}>
              <Show from={runs}>
                {({ items }) => (items.length === 0 ? <p class="section-text">{m('runs.none')}</p> : <RunTable items={items} />)}
              </Show>
            </Section>
            <Section title={m('pipeline.title')}>
              <Pipeline />
            </Section>
          </>
        )}
      </Show>
    </article>
  )
}

function RunTable({ items }: { readonly items: readonly Run[] }) {
  return (
    <Table
      caption={m('table', { what: m('runs.all') })}
      rows={items}
      rowKey={({ id }) => id}
      isStacked
      columns={[
        {
          key: 'id',
          title: m('runs.title'),
          cell: ({ id, options }) => (
            <>
              <a href={pathOf({ kind: 'run', runId: id })}>{m('run.title', { id })}</a>
              <span class="cell-note">
                {options.scenario ?? m('run.what', { vehicles: options.vehicles, homes: options.homes, seed: options.seed })}
              </span>
            </>
          ),
        },
        { key: 'status', title: t('device.state'), cell: ({ status }) => m(`status.${status}`) },
        { key: 'why', title: m('contract.cause'), cell: ({ reason }) => (reason === null ? '–' : mOf('why', reason)) },
        { key: 'from', title: m('connections.from'), cell: ({ createdAtMs }) => when(createdAtMs) },
      ]}
    />
  )
}

function StartForm() {
  const vehicles = useSignal('5')
  const homes = useSignal('3')
  const days = useSignal('0')
  const seed = useSignal('1')
  const speed = useSignal<(typeof speeds)[number]>(1)
  const mishaps = useSignal(false)
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const id = useId()

  const start = async (): Promise<void> => {
    isBusy.value = true
    const outcome = await post<Run>('/api/v1/runs', {
      vehicles: Number(vehicles.value),
      homes: Number(homes.value),
      historyDays: Number(days.value),
      seed: seed.value.trim(),
      speed: speed.value,
      mishaps: mishaps.value,
    })
    isBusy.value = false
    if (outcome.kind === 'answer') navigate(pathOf({ kind: 'run', runId: outcome.value.id }))
    else problem.value = outcome.failure.kind === 'conflict' ? m('runs.busy') : failureText(outcome.failure)
  }
  const fields = [
    { key: 'runs.vehicles', value: vehicles, max: vehiclesMax },
    { key: 'runs.homes', value: homes, max: homesMax },
    { key: 'runs.days', value: days, max: historyDaysMax },
  ] as const
  return (
    <form
      class="run-form"
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <div class="run-fields">
        {fields.map(({ key, value, max }) => (
          <label key={key} class="field" for={`${id}-${key}`}>
            <span class="field-name">{m(key)}</span>
            <input
              id={`${id}-${key}`}
              type="number"
              required
              min={0}
              max={max}
              value={value.value}
              onInput={(event) => {
                value.value = event.currentTarget.value
              }}
            />
          </label>
        ))}
        <SeedField value={seed} />
      </div>
      <fieldset class="choices">
        <legend class="field-name">{m('runs.speed')}</legend>
        {speeds.map((option) => (
          <label key={option} class="choice">
            <input
              type="radio"
              name={`${id}-speed`}
              checked={speed.value === option}
              onChange={() => {
                speed.value = option
              }}
            />
            <span>{m(`speed.${option}`)}</span>
          </label>
        ))}
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          checked={mishaps.value}
          onChange={() => {
            mishaps.value = !mishaps.value
          }}
        />
        <span>{m('runs.mishaps')}</span>
      </label>
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
      <button type="submit" class="button button-main" disabled={isBusy.value}>
        {m('runs.go')}
      </button>
    </form>
  )
}
