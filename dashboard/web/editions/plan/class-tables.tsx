// What a class pays in the editor: base rates, the factors (levels, bands, curves, pairs) and the bonus-malus.

import { useSignal } from '@preact/signals'
import { locale } from '../../language.ts'
import { w } from '../workbench-words.ts'
import { CurveTable } from './curve-table.tsx'
import { at, type Json, listAt, membersAt, numberAt, type Path, put, textAt } from './json-tree.ts'
import { PlanGrid, type PlanView } from './plan-grid.tsx'
import { FactorBars, PlanPart, RowButton } from './plan-part.tsx'
import { type Axis, addLevel, bandStart, mergeAxis, mergeBand, splitAxis, splitBand } from './plan-tables.ts'

/** The plan's own words for a part, else its name. */
export function labelOf(part: Json | undefined, name: string): string {
  const label = textAt(part, ['label', locale.value])
  return label === '' ? name : label
}

export function inputLabel(document: Json, input: string): string {
  return labelOf(at(document, ['inputs', input]), input)
}

export function BaseRates({ view }: { readonly view: PlanView }) {
  const { document } = view
  return (
    <PlanPart view={view} id="base-rates" title={w('plan.base-rates')} note={w('plan.base-rates.note')} wholes={[['baseRates']]}>
      <PlanGrid
        view={view}
        caption={w('plan.base-rates')}
        headTitle={w('plan.coverage')}
        columns={[w('plan.base-rates.amount', { currency: textAt(document, ['currency']) })]}
        rows={listAt(document, ['baseRates']).map((rate, index) => ({
          key: textAt(rate, ['coverage']),
          head: labelOf(rate, textAt(rate, ['coverage'])),
          path: ['baseRates', index],
          places: [{ kind: 'money', path: ['baseRates', index, 'annualMinor'] }],
        }))}
      />
    </PlanPart>
  )
}

export function factorTitle(document: Json, factor: Json): string {
  const inputs = textAt(factor, ['kind']) === 'pair' ? listAt(factor, ['inputs']).map(String) : [textAt(factor, ['input'])]
  return labelOf(factor, inputs.map((input) => inputLabel(document, input)).join(' × '))
}

export function FactorPart({ view, index }: { readonly view: PlanView; readonly index: number }) {
  const { document } = view
  const path = ['factors', index]
  const factor = at(document, path) ?? null
  const kind = textAt(factor, ['kind'])
  const title = factorTitle(document, factor)
  const wholes: readonly Path[] = [
    path,
    ...['levels', 'bands', 'curve', 'rows', 'columns', 'factors', 'inputs'].map((name) => [...path, name]),
  ]
  return (
    <PlanPart view={view} id={`factor-${textAt(factor, ['id'])}`} title={title} wholes={wholes}>
      {kind === 'levels' ? <Levels view={view} path={path} title={title} /> : null}
      {kind === 'bands' ? <Bands view={view} path={path} title={title} /> : null}
      {kind === 'curve' ? (
        <CurveTable
          view={view}
          path={[...path, 'curve']}
          title={title}
          xTitle={inputLabel(document, textAt(factor, ['input']))}
          isRising={false}
        />
      ) : null}
      {kind === 'pair' ? <Pair view={view} path={path} title={title} /> : null}
    </PlanPart>
  )
}

interface TableProps {
  readonly view: PlanView
  readonly path: Path
  readonly title: string
}

function Levels({ view, path, title }: TableProps) {
  const { document, isEditable, edit } = view
  const levels = Object.keys(membersAt(document, [...path, 'levels']))
  const input = textAt(document, [...path, 'input'])
  return (
    <div class="plan-table">
      <PlanGrid
        view={view}
        caption={title}
        headTitle={inputLabel(document, input)}
        columns={[w('plan.factor')]}
        rows={levels.map((level) => ({
          key: level,
          head: level,
          places: [{ kind: 'number', path: [...path, 'levels', level] }],
        }))}
      />
      <FactorBars factors={levels.map((level) => ({ level, factor: numberAt(document, [...path, 'levels', level]) }))} />
      {isEditable ? (
        <NewLevel input={inputLabel(document, input)} onAdd={(level) => edit(addLevel(document, input, level))} />
      ) : null}
    </div>
  )
}

function NewLevel({ input, onAdd }: { readonly input: string; readonly onAdd: (level: string) => void }) {
  const name = useSignal('')
  return (
    <form
      class="plan-new-level"
      onSubmit={(event) => {
        event.preventDefault()
        onAdd(name.value.trim())
        name.value = ''
      }}
    >
      <input
        aria-label={w('plan.level.new', { input })}
        placeholder={w('plan.level.new', { input })}
        maxLength={60}
        value={name.value}
        onInput={(event) => {
          name.value = event.currentTarget.value
        }}
      />
      <button type="submit" class="button-plain" disabled={name.value.trim() === ''}>
        {w('plan.level.add')}
      </button>
    </form>
  )
}

function Bands({ view, path, title }: TableProps) {
  const { document, edit } = view
  const input = textAt(document, [...path, 'input'])
  const list = [...path, 'bands']
  const start = bandStart(document, input)
  const end = numberAt(document, ['inputs', input, 'max']) ?? start + 1
  const bands = listAt(document, list)
  return (
    <div class="plan-table">
      <PlanGrid
        view={view}
        caption={title}
        headTitle={inputLabel(document, input)}
        columns={[w('plan.band.name'), w('plan.band.from'), w('plan.band.below'), w('plan.factor')]}
        rows={bands.map((band, index) => ({
          key: String(index),
          head: textAt(band, ['level']),
          path: [...list, index],
          places: [
            { kind: 'text', path: [...list, index, 'level'] },
            {
              kind: 'number',
              path: [...list, index, 'from'],
              isFixed: true,
              shown: String(numberAt(bands[index - 1], ['below']) ?? start),
            },
            { kind: 'number', path: [...list, index, 'below'] },
            { kind: 'number', path: [...list, index, 'factor'] },
          ],
        }))}
        rowActions={(index) => (
          <BandActions
            level={textAt(bands[index], ['level'])}
            isLast={index === bands.length - 1}
            onSplit={() => edit(splitBand(document, list, index, start, end))}
            onMerge={() => edit(mergeBand(document, list, index, start))}
          />
        )}
      />
      <FactorBars factors={bands.map((band) => ({ level: textAt(band, ['level']), factor: numberAt(band, ['factor']) }))} />
    </div>
  )
}

interface BandActionsProps {
  readonly level: string
  readonly isLast: boolean
  readonly onSplit: () => void
  readonly onMerge: () => void
}

function BandActions({ level, isLast, onSplit, onMerge }: BandActionsProps) {
  return (
    <>
      <RowButton text={w('plan.band.split')} label={w('plan.band.split.label', { level })} onPress={onSplit} />
      <RowButton
        text={w('plan.band.merge')}
        label={w('plan.band.merge.label', { level })}
        isDisabled={isLast}
        onPress={onMerge}
      />
    </>
  )
}

function Pair({ view, path, title }: TableProps) {
  const { document } = view
  const columns = listAt(document, [...path, 'columns'])
  return (
    <div class="plan-pair">
      <PlanGrid
        view={view}
        caption={title}
        headTitle={listAt(document, [...path, 'inputs'])
          .map((input) => inputLabel(document, String(input)))
          .join(' ＼ ')}
        columns={columns.map((column) => textAt(column, ['level']))}
        rows={listAt(document, [...path, 'rows']).map((row, index) => ({
          key: String(index),
          head: textAt(row, ['level']),
          path: [...path, 'factors', index],
          places: columns.map((_, column) => ({ kind: 'number', path: [...path, 'factors', index, column] })),
        }))}
      />
      <details class="plan-axes">
        <summary>{w('plan.axes')}</summary>
        <div class="plan-axes-grids">
          <AxisTable view={view} path={path} axis="rows" />
          <AxisTable view={view} path={path} axis="columns" />
        </div>
      </details>
    </div>
  )
}

function AxisTable({ view, path, axis }: { readonly view: PlanView; readonly path: Path; readonly axis: Axis }) {
  const { document, edit } = view
  const input = textAt(document, [...path, 'inputs', axis === 'rows' ? 0 : 1])
  const isNumber = textAt(document, ['inputs', input, 'kind']) === 'number'
  const entries = listAt(document, [...path, axis])
  const title = w(axis === 'rows' ? 'plan.axis.rows' : 'plan.axis.columns', { input: inputLabel(document, input) })
  return (
    <PlanGrid
      view={view}
      caption={title}
      headTitle={title}
      columns={isNumber ? [w('plan.band.name'), w('plan.band.below')] : [w('plan.band.name')]}
      rows={entries.map((entry, index) => ({
        key: String(index),
        head: textAt(entry, ['level']),
        path: [...path, axis, index],
        places: [
          { kind: 'text', path: [...path, axis, index, 'level'] },
          ...(isNumber ? [{ kind: 'number', path: [...path, axis, index, 'below'] } as const] : []),
        ],
      }))}
      {...(isNumber
        ? {
            rowActions: (index: number) => (
              <BandActions
                level={textAt(entries[index], ['level'])}
                isLast={index === entries.length - 1}
                onSplit={() => edit(splitAxis(document, path, axis, index))}
                onMerge={() => edit(mergeAxis(document, path, axis, index))}
              />
            ),
          }
        : {})}
    />
  )
}

const scale = ['start', 'perClaimFreeYear', 'perAtFaultClaim', 'decimals', 'floor', 'cap'] as const
/** The French scale; what a plan begins with that had none. */
const frenchScale = { start: 1, perClaimFreeYear: 0.95, perAtFaultClaim: 1.25, decimals: 2, floor: 0.5, cap: 3.5 } as const

export function BonusMalus({ view }: { readonly view: PlanView }) {
  const { document, isEditable, edit } = view
  const isThere = at(document, ['bonusMalus']) !== undefined
  if (!isThere && !isEditable) return null
  return (
    <PlanPart
      view={view}
      id="bonus-malus"
      title={w('plan.bonus-malus')}
      note={w('plan.bonus-malus.note')}
      wholes={[['bonusMalus']]}
    >
      {isThere ? (
        <PlanGrid
          view={view}
          caption={w('plan.bonus-malus')}
          headTitle={w('plan.setting')}
          columns={[w('plan.value')]}
          rows={scale.map((name) => ({
            key: name,
            head: w(`plan.bonus-malus.${name}`),
            places: [{ kind: 'number', path: ['bonusMalus', name] }],
          }))}
        />
      ) : null}
      {isEditable ? (
        <p>
          <button
            type="button"
            class="button-plain"
            onClick={() => edit(put(document, ['bonusMalus'], isThere ? undefined : frenchScale))}
          >
            {w(isThere ? 'plan.bonus-malus.remove' : 'plan.bonus-malus.add')}
          </button>
        </p>
      ) : null}
    </PlanPart>
  )
}
