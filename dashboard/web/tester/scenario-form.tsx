// Choosing a scenario: its story, what it is made of, its seed, and faults to switch on besides its own.

import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { ScenarioList } from '../../api/run-routes.ts'
import type { MessageValues } from '../../messages/say.ts'
import { type ScenarioKey, sayScenario } from '../../messages/scenarios.ts'
import type { Run } from '../../runs/run-shapes.ts'
import { post } from '../api.ts'
import { locale } from '../language.ts'
import { m } from '../maker/maker-words.ts'
import { failureText } from '../parts/notice.tsx'
import { navigate } from '../router.ts'
import { pathOf } from '../routes.ts'
import { SeedField } from './seed-field.tsx'

type Fault = ScenarioList['faults'][number]

function s(key: ScenarioKey, values: MessageValues = {}): string {
  return sayScenario(locale.value, key, values)
}

export function ScenarioForm({ list: { scenarios, faults } }: { readonly list: ScenarioList }) {
  const [first] = scenarios
  const name = useSignal(first?.name ?? '')
  const seed = useSignal(first?.seed ?? '1')
  const switched = useSignal<ReadonlyMap<string, number>>(new Map())
  const problem = useSignal('')
  const isBusy = useSignal(false)
  const id = useId()
  const chosen = scenarios.find((scenario) => scenario.name === name.value) ?? first
  if (chosen === undefined) return null
  const language = locale.value
  const titles = chosen.faults.map((own) => faults.find((fault) => fault.name === own)?.title[language] ?? own)

  const start = async (): Promise<void> => {
    isBusy.value = true
    const outcome = await post<Run>('/api/v1/runs', {
      ...{ vehicles: 0, homes: 0, historyDays: 0, speed: 1, mishaps: false },
      scenario: chosen.name,
      seed: seed.value.trim(),
      faults: [...switched.value].map(([fault, intensity]) => ({ fault, intensity })),
    })
    isBusy.value = false
    if (outcome.kind === 'answer') navigate(pathOf({ kind: 'run', runId: outcome.value.id }))
    else problem.value = outcome.failure.kind === 'conflict' ? m('runs.busy') : failureText(outcome.failure)
  }
  return (
    <form
      class="run-form"
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <p class="section-text">{s('lead')}</p>
      <div class="run-fields">
        <label class="field" for={`${id}-name`}>
          <span class="field-name">{s('choose')}</span>
          <select
            id={`${id}-name`}
            value={chosen.name}
            onChange={(event) => {
              name.value = event.currentTarget.value
              seed.value = scenarios.find((scenario) => scenario.name === event.currentTarget.value)?.seed ?? '1'
            }}
          >
            {scenarios.map((scenario) => (
              <option key={scenario.name} value={scenario.name}>
                {scenario.title[language]}
              </option>
            ))}
          </select>
        </label>
        <SeedField value={seed} />
      </div>
      <p class="scenario-story">{chosen.story[language]}</p>
      <p class="section-text">
        {s('what', { days: chosen.days, vehicles: chosen.vehicles, homes: chosen.homes })}
        <br />
        {titles.length === 0 ? s('faults.none') : s('faults.own', { list: titles.join(language === 'en' ? ', ' : '、') })}
      </p>
      <details class="scenario-faults">
        <summary>{s('faults.more')}</summary>
        <ul class="fault-list">
          {faults.map((fault) => (
            <FaultSwitch
              key={fault.name}
              fault={fault}
              intensity={switched.value.get(fault.name)}
              onChange={(intensity) => {
                const next = new Map(switched.value)
                if (intensity === undefined) next.delete(fault.name)
                else next.set(fault.name, intensity)
                switched.value = next
              }}
            />
          ))}
        </ul>
      </details>
      <p class="form-problem" role="alert">
        {problem.value}
      </p>
      <button type="submit" class="button button-main" disabled={isBusy.value}>
        {s('go')}
      </button>
    </form>
  )
}

interface FaultSwitchProps {
  readonly fault: Fault
  /** Undefined: off. */
  readonly intensity: number | undefined
  readonly onChange: (intensity: number | undefined) => void
}

function FaultSwitch({ fault, intensity, onChange }: FaultSwitchProps) {
  const id = useId()
  const language = locale.value
  const { min, max, usual } = fault
  return (
    <li class="fault-switch">
      <label class="check">
        <input
          type="checkbox"
          checked={intensity !== undefined}
          onChange={() => onChange(intensity === undefined ? usual : undefined)}
        />
        <span>{fault.title[language]}</span>
      </label>
      <p class="section-text">{fault.does[language]}</p>
      {intensity === undefined ? null : (
        <>
          <label class="field" for={id}>
            <span class="field-name">{s('faults.intensity', { of: fault.of[language] })}</span>
            <input
              id={id}
              type="number"
              required
              step="any"
              min={min}
              max={max}
              title={s('faults.range', { min, max })}
              value={intensity}
              onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
            />
          </label>
          <p class="section-text">{s('faults.expected', { expected: fault.expected[language] })}</p>
        </>
      )}
    </li>
  )
}
