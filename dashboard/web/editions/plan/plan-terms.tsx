// What holds for the whole plan in the editor: title and note, bounds, rounding, instalments, guard rails, and the inputs with the words
// that people see, in both languages.

import { w } from '../workbench-words.ts'
import { factorTitle } from './class-tables.tsx'
import { at, listAt, membersAt, type Path, put, textAt } from './json-tree.ts'
import { type PlaceRow, PlanGrid, type PlanView } from './plan-grid.tsx'
import { PlanPart } from './plan-part.tsx'

export function PlanHead({ view }: { readonly view: PlanView }) {
  const { document, isEditable, edit, problems } = view
  const problem = problems.find(({ path }) => path === '/title')
  return (
    <PlanPart view={view} id="head" title={w('plan.head')}>
      <div class="plan-head">
        <label class="field">
          <span class="field-name">{w('plan.title')}</span>
          <input
            value={textAt(document, ['title'])}
            maxLength={200}
            readOnly={!isEditable}
            aria-invalid={problem === undefined ? undefined : true}
            onInput={(event) => edit(put(document, ['title'], event.currentTarget.value), 'title')}
          />
          {problem === undefined ? null : <span class="form-problem">{problem.text}</span>}
        </label>
        <label class="field">
          <span class="field-name">{w('plan.note')}</span>
          <textarea
            rows={5}
            value={textAt(document, ['note'])}
            readOnly={!isEditable}
            onInput={(event) => edit(put(document, ['note'], event.currentTarget.value), 'note')}
          />
        </label>
      </div>
    </PlanPart>
  )
}

export function AmountTerms({ view }: { readonly view: PlanView }) {
  const { document } = view
  const currency = textAt(document, ['currency'])
  return (
    <PlanPart
      view={view}
      id="amounts"
      title={w('plan.amounts')}
      note={w('plan.amounts.note')}
      wholes={[['premiumBounds'], ['rounding', 'steps']]}
    >
      <PlanGrid
        view={view}
        caption={w('plan.amounts')}
        headTitle={w('plan.setting')}
        columns={[w('plan.value')]}
        rows={[
          {
            key: 'min',
            head: w('plan.amounts.min', { currency }),
            places: [{ kind: 'money', path: ['premiumBounds', 'minAnnualMinor'] }],
          },
          {
            key: 'max',
            head: w('plan.amounts.max', { currency }),
            places: [{ kind: 'money', path: ['premiumBounds', 'maxAnnualMinor'] }],
          },
          { key: 'instalments', head: w('plan.instalments'), places: [{ kind: 'number', path: ['instalments'] }] },
          {
            key: 'decimals',
            head: w('plan.rounding.decimals'),
            places: [{ kind: 'number', path: ['rounding', 'factorDecimals'] }],
          },
          ...listAt(document, ['rounding', 'steps']).map(
            (step, index): PlaceRow => ({
              key: textAt(step, ['after']),
              head: w(roundingTitles[textAt(step, ['after'])] ?? 'plan.rounding.instalment', { currency }),
              path: ['rounding', 'steps', index],
              places: [{ kind: 'money', path: ['rounding', 'steps', index, 'toMinor'] }],
            }),
          ),
        ]}
      />
    </PlanPart>
  )
}

const roundingTitles: Readonly<
  Record<string, 'plan.rounding.class' | 'plan.rounding.exposure' | 'plan.rounding.behaviour' | 'plan.rounding.instalment'>
> = {
  class: 'plan.rounding.class',
  exposure: 'plan.rounding.exposure',
  behaviour: 'plan.rounding.behaviour',
  instalment: 'plan.rounding.instalment',
}

const rails = ['discountOnly', 'noMidTermRerate', 'notForNonRenewal'] as const

export function GuardRails({ view }: { readonly view: PlanView }) {
  const { document, base, isEditable, edit } = view
  return (
    <PlanPart view={view} id="guard-rails" title={w('plan.rails')} note={w('plan.rails.note')} wholes={[['guardRails']]}>
      <ul class="plan-rails">
        {rails.map((rail) => {
          const isOn = at(document, ['guardRails', rail]) === true
          const isChanged = base !== undefined && (at(base, ['guardRails', rail]) === true) !== isOn
          return (
            <li key={rail} class={isChanged ? 'plan-rail-changed' : undefined}>
              <label>
                <input
                  type="checkbox"
                  checked={isOn}
                  disabled={!isEditable}
                  onChange={(event) => edit(put(document, ['guardRails', rail], event.currentTarget.checked))}
                />
                <span>{w(`plan.rails.${rail}`)}</span>
              </label>
              {isChanged ? <span class="grid-old">{w(isOn ? 'plan.rails.was-off' : 'plan.rails.was-on')}</span> : null}
            </li>
          )
        })}
      </ul>
      <PlanGrid
        view={view}
        caption={w('plan.rails.change')}
        headTitle={w('plan.setting')}
        columns={[w('plan.percent')]}
        rows={[
          { key: 'change', head: w('plan.rails.change'), places: [{ kind: 'share', path: ['guardRails', 'maxChangePerTerm'] }] },
        ]}
      />
    </PlanPart>
  )
}

export function Inputs({ view }: { readonly view: PlanView }) {
  const { document } = view
  const names = Object.keys(membersAt(document, ['inputs']))
  const numbers = names.filter((name) => textAt(document, ['inputs', name, 'kind']) === 'number')
  const levels = names.filter((name) => !numbers.includes(name))
  return (
    <PlanPart
      view={view}
      id="inputs"
      title={w('plan.inputs')}
      note={w('plan.inputs.note')}
      wholes={names.map((name) => ['inputs', name])}
    >
      {numbers.length === 0 ? null : (
        <PlanGrid
          view={view}
          caption={w('plan.inputs.numbers')}
          headTitle={w('plan.inputs.numbers')}
          columns={[w('plan.least'), w('plan.most'), w('plan.default'), w('plan.unit')]}
          rows={numbers.map((name) => ({
            key: name,
            head: name,
            places: [
              { kind: 'number', path: ['inputs', name, 'min'] },
              { kind: 'number', path: ['inputs', name, 'max'] },
              { kind: 'number', path: ['inputs', name, 'default'] },
              { kind: 'text', path: ['inputs', name, 'unit'] },
            ],
          }))}
        />
      )}
      {levels.length === 0 ? null : (
        <PlanGrid
          view={view}
          caption={w('plan.inputs.levels')}
          headTitle={w('plan.inputs.levels')}
          columns={[w('plan.default')]}
          rows={levels.map((name) => ({ key: name, head: name, places: [{ kind: 'text', path: ['inputs', name, 'default'] }] }))}
        />
      )}
      <PlanGrid
        view={view}
        caption={w('plan.labels')}
        headTitle={w('plan.labels')}
        columns={['English', '简体中文']}
        rows={[
          ...names.map((name) => labelRow(name, ['inputs', name])),
          ...listAt(document, ['baseRates']).map((rate, index) => labelRow(textAt(rate, ['coverage']), ['baseRates', index])),
          ...listAt(document, ['factors']).map((factor, index) =>
            labelRow(textAt(factor, ['id']) || factorTitle(document, factor), ['factors', index]),
          ),
        ]}
      />
    </PlanPart>
  )
}

function labelRow(name: string, path: Path): PlaceRow {
  return {
    key: path.join('/'),
    head: name,
    places: [
      { kind: 'text', path: [...path, 'label', 'en'] },
      { kind: 'text', path: [...path, 'label', 'zh-CN'] },
    ],
  }
}
