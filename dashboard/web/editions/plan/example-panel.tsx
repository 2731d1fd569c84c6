// What one person would pay, followed while the plan is edited: facts taken from a test case and changed at will, the premium by the
// edition in force and by the draft, and the steps that differ. Rated by the server.

import { useEffect, useId } from 'preact/hooks'
import type { WorksheetStep } from '../../../../pricing/worksheet.ts'
import { formatMoney, formatPercent } from '../../../messages/format.ts'
import { stepOperand, stepTitle } from '../../../messages/worksheet.ts'
import { locale } from '../../language.ts'
import { w } from '../workbench-words.ts'
import { inputLabel } from './class-tables.tsx'
import type { DraftSession } from './draft-session.ts'
import { at, isSame, type Json, listAt, membersAt, put, textAt } from './json-tree.ts'
import type { PlanView } from './plan-grid.tsx'
import { withCase } from './test-cases.tsx'

interface ExamplePanelProps {
  readonly view: PlanView
  readonly session: DraftSession
}

export function ExamplePanel({ view, session }: ExamplePanelProps) {
  const { document, isEditable } = view
  const cases = listAt(document, ['testCases'])
  const facts = session.facts.value
  const first = at(document, ['testCases', 0, 'facts'])
  const language = locale.value
  useEffect(() => {
    if (session.facts.peek() === undefined) session.chooseFacts(first)
    else session.ask()
  }, [session, language])
  const chosen = cases.findIndex((one) => isSame(at(one, ['facts']), facts))
  const id = useId()
  return (
    <aside class="plan-example" aria-label={w('plan.example')}>
      <h3>{w('plan.example')}</h3>
      <Amounts document={document} session={session} />
      <label class="plan-field" for={id}>
        <span>{w('plan.example.of')}</span>
        <select
          id={id}
          value={String(chosen)}
          onChange={(event) => session.chooseFacts(at(document, ['testCases', Number(event.currentTarget.value), 'facts']))}
        >
          {chosen < 0 ? <option value="-1">{w('plan.example.own')}</option> : null}
          {cases.map((one, index) => (
            <option key={index} value={String(index)}>
              {textAt(one, ['name'])}
            </option>
          ))}
        </select>
      </label>
      <div class="plan-example-facts">
        {Object.keys(membersAt(document, ['inputs'])).map((input) => (
          <ClassField key={input} document={document} input={input} session={session} />
        ))}
      </div>
      {isEditable && chosen < 0 && session.trial.value?.example.draft != null ? (
        <p>
          <button type="button" class="button-plain" onClick={() => withCase(view, session, caseName(document, facts))}>
            {w('plan.example.keep')}
          </button>
        </p>
      ) : null}
    </aside>
  )
}

function caseName(document: Json, facts: Json | undefined): string {
  const values = Object.entries(membersAt(facts, ['class'])).map(
    ([name, value]) => `${inputLabel(document, name)} ${String(value)}`,
  )
  return values.join(', ').slice(0, 120)
}

interface ClassFieldProps {
  readonly document: Json
  readonly input: string
  readonly session: DraftSession
}

function ClassField({ document, input, session }: ClassFieldProps) {
  const facts = session.facts.value
  const value = textAt(facts, ['class', input])
  const isLevel = textAt(document, ['inputs', input, 'kind']) === 'level'
  const change = (next: Json): void => {
    if (facts !== undefined) session.chooseFacts(put(facts, ['class', input], next))
  }
  const id = useId()
  return (
    <label class="plan-field" for={id}>
      <span>{inputLabel(document, input)}</span>
      {isLevel ? (
        <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
          {listAt(document, ['inputs', input, 'levels']).map((level) => (
            <option key={String(level)} value={String(level)}>
              {String(level)}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type="number"
          value={value}
          onInput={(event) => {
            const number = event.currentTarget.valueAsNumber
            if (!Number.isNaN(number)) change(number)
          }}
        />
      )}
    </label>
  )
}

function Amounts({ document, session }: { readonly document: Json; readonly session: DraftSession }) {
  const { draft, active } = session.trial.value?.example ?? { draft: null, active: null }
  const currency = /^[A-Z]{3}$/.test(textAt(document, ['currency'])) ? textAt(document, ['currency']) : 'EUR'
  const money = (minor: number): string => formatMoney(minor, currency, locale.value)
  if (draft === null) return <p class="plan-example-none">{w('plan.example.none')}</p>
  const change = active === null ? 0 : draft.premiumMinor / active.premiumMinor - 1
  const differing = active === null ? [] : differences(active.steps, draft.steps)
  return (
    <div class={session.isTrying.value ? 'plan-amounts plan-amounts-old' : 'plan-amounts'} aria-live="polite">
      <p class="plan-amount">
        <strong>{money(draft.premiumMinor)}</strong> <span>{w('plan.example.month')}</span>
      </p>
      <p class="plan-amount-note">
        {active === null
          ? w('plan.example.no-active')
          : active.premiumMinor === draft.premiumMinor
            ? w('plan.example.same')
            : w('plan.example.change', {
                before: money(active.premiumMinor),
                change: `${change > 0 ? '+' : ''}${formatPercent(change, locale.value, 1)}`,
              })}
        {' · '}
        {w('plan.example.class', { amount: money(draft.classPremiumMinor) })}
      </p>
      {differing.length === 0 ? null : (
        <table class="plan-steps">
          <caption class="for-screen-readers">{w('plan.example.steps')}</caption>
          <thead>
            <tr>
              <th scope="col">{w('plan.example.step')}</th>
              <th scope="col" class="number">
                {w('plan.example.active')}
              </th>
              <th scope="col" class="number">
                {w('plan.example.draft')}
              </th>
            </tr>
          </thead>
          <tbody>
            {differing.map(({ step, before }) => (
              <tr key={step.id}>
                <th scope="row">{stepTitle(step, locale.value)}</th>
                <td class="number">{before === undefined ? '–' : stepOperand(before, currency, locale.value)}</td>
                <td class="number">{stepOperand(step, currency, locale.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function differences(before: readonly WorksheetStep[], after: readonly WorksheetStep[]) {
  return after
    .filter(({ operation }) => operation !== 'round')
    .map((step) => ({ step, before: before.find(({ id }) => id === step.id) }))
    .filter(({ step, before: old }) => old?.operand !== step.operand)
}
