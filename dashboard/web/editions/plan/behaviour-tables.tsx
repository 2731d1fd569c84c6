// What behaviour does to a premium in the editor: the mileage curve, each behaviour with its curve, credibility and bounds, and how far
// all of them together may go.

import { behaviourThresholds } from '../../../../pricing/behaviour/thresholds.ts'
import { measureNames, measures } from '../../../../pricing/rating/measure-table.ts'
import { formatNumber } from '../../../messages/format.ts'
import { stepTitle } from '../../../messages/worksheet.ts'
import { locale } from '../../language.ts'
import { w } from '../workbench-words.ts'
import { CurveTable } from './curve-table.tsx'
import { at, type Json, listAt, put, textAt } from './json-tree.ts'
import { PlanGrid, type PlanView } from './plan-grid.tsx'
import { PlanPart } from './plan-part.tsx'

export function behaviourTitle(behaviour: Json | undefined): string {
  return stepTitle({ id: `behaviour:${textAt(behaviour, ['id'])}` }, locale.value)
}

export function Exposure({ view }: { readonly view: PlanView }) {
  if (at(view.document, ['exposure']) === undefined) return null
  return (
    <PlanPart
      view={view}
      id="exposure"
      title={w('plan.exposure')}
      note={w('plan.exposure.note')}
      wholes={[['exposure'], ['exposure', 'curve']]}
    >
      <CurveTable view={view} path={['exposure', 'curve']} title={w('plan.exposure')} xTitle={w('plan.exposure.x')} isRising />
      <PlanGrid
        view={view}
        caption={w('plan.k.exposure')}
        headTitle={w('plan.setting')}
        columns={[w('plan.value')]}
        rows={[{ key: 'k', head: w('plan.k.exposure'), places: [{ kind: 'number', path: ['exposure', 'k'] }] }]}
      />
    </PlanPart>
  )
}

export function BehaviourTerms({ view }: { readonly view: PlanView }) {
  const { document } = view
  const behaviours = listAt(document, ['behaviours'])
  const hasValve = behaviours.some((behaviour) => textAt(behaviour, ['measure']) === 'water')
  return (
    <PlanPart
      view={view}
      id="behaviour-terms"
      title={w('plan.behaviour.terms')}
      note={w('plan.behaviour.terms.note')}
      wholes={[['behaviourBounds'], ...behaviours.map((_, index) => ['behaviours', index])]}
    >
      <PlanGrid
        view={view}
        caption={w('plan.behaviour.terms')}
        headTitle={w('plan.behaviour')}
        columns={[w('plan.k'), w('plan.least'), w('plan.most'), ...(hasValve ? [w('plan.untested')] : [])]}
        rows={behaviours.map((behaviour, index) => ({
          key: textAt(behaviour, ['id']),
          head: behaviourTitle(behaviour),
          places: [
            { kind: 'number', path: ['behaviours', index, 'k'] },
            { kind: 'number', path: ['behaviours', index, 'min'] },
            { kind: 'number', path: ['behaviours', index, 'max'] },
            ...(hasValve
              ? [
                  {
                    kind: 'number',
                    path: ['behaviours', index, 'untestedFactor'],
                    isFixed: textAt(behaviour, ['measure']) !== 'water',
                  } as const,
                ]
              : []),
          ],
        }))}
      />
      <PlanGrid
        view={view}
        caption={w('plan.behaviour.bounds')}
        headTitle={w('plan.behaviour.bounds')}
        columns={[w('plan.least'), w('plan.most')]}
        rows={[
          {
            key: 'bounds',
            head: w('plan.behaviour.together'),
            places: [
              { kind: 'number', path: ['behaviourBounds', 'min'] },
              { kind: 'number', path: ['behaviourBounds', 'max'] },
            ],
          },
        ]}
      />
    </PlanPart>
  )
}

export function BehaviourPart({ view, index }: { readonly view: PlanView; readonly index: number }) {
  const { document, isEditable, edit } = view
  const path = ['behaviours', index]
  const behaviour = at(document, path)
  const name = measureNames.find((candidate) => candidate === textAt(behaviour, ['measure']))
  const measure = name === undefined ? undefined : measures[name]
  const title = behaviourTitle(behaviour)
  const rung = textAt(behaviour, ['rungMps2'])
  return (
    <PlanPart
      view={view}
      id={`behaviour-${textAt(behaviour, ['id'])}`}
      title={title}
      wholes={[
        [...path, 'curve'],
        [...path, 'measure'],
        [...path, 'rungMps2'],
      ]}
    >
      <CurveTable view={view} path={[...path, 'curve']} title={title} xTitle={w(`plan.x.${measure?.unit ?? 'share'}`)} isRising />
      {measure?.hasRung === true ? (
        <label class="plan-rung">
          <span>{w('plan.rung')}</span>
          <select
            disabled={!isEditable}
            value={rung}
            onChange={(event) => edit(put(document, [...path, 'rungMps2'], Number(event.currentTarget.value)))}
          >
            {behaviourThresholds.event.ladderMps2.map((step) => (
              <option key={step} value={String(step)}>
                {w('plan.rung.value', { rung: formatNumber(step, locale.value, 1) })}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </PlanPart>
  )
}
