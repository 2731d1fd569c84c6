// A curve as a chart and as a grid of its points, side by side: what is dragged in one is typed in the other.

import { announce } from '../../announce.ts'
import { w } from '../workbench-words.ts'
import { counterpart } from './counterpart.ts'
import { CurveChart } from './curve-chart.tsx'
import { listAt, numberAt, type Path, put, textAt } from './json-tree.ts'
import { PlanGrid, type PlanView } from './plan-grid.tsx'
import { RowButton } from './plan-part.tsx'
import { addPoint, curvePoints } from './plan-tables.ts'

interface CurveTableProps {
  readonly view: PlanView
  readonly path: Path
  readonly title: string
  readonly xTitle: string
  readonly isRising: boolean
}

export function CurveTable({ view, path, title, xTitle, isRising }: CurveTableProps) {
  const { document, base, edit, isEditable } = view
  const decimals = numberAt(document, ['rounding', 'factorDecimals']) ?? 4
  const there = base === undefined ? undefined : counterpart(document, base, path)
  const points = curvePoints(document, path)
  const before = there === undefined ? [] : curvePoints(base, there)
  const count = listAt(document, path).length
  return (
    <div class="plan-curve">
      <CurveChart
        title={title}
        points={points}
        before={before}
        decimals={decimals}
        isRising={isRising}
        isEditable={isEditable && points.length === count}
        onMove={(index, { x, factor }, about) => edit(put(document, [...path, index], [x, factor]), about)}
        onRemove={(index) => {
          edit(put(document, [...path, index], undefined))
          announce(w('plan.curve.removed'))
        }}
      />
      <PlanGrid
        view={view}
        caption={title}
        headTitle={w('plan.curve.number')}
        columns={[xTitle, w('plan.factor')]}
        rows={listAt(document, path).map((_, index) => ({
          key: String(index),
          head: String(index + 1),
          path: [...path, index],
          places: [
            { kind: 'number', path: [...path, index, 0] },
            { kind: 'number', path: [...path, index, 1] },
          ],
        }))}
        rowActions={(index) => {
          const x = textAt(document, [...path, index, 0])
          return (
            <>
              <RowButton
                text="+"
                label={w('plan.curve.add.label', { x })}
                onPress={() => edit(addPoint(document, path, index, decimals))}
              />
              <RowButton
                text="−"
                label={w('plan.curve.remove.label', { x })}
                isDisabled={count <= 2}
                onPress={() => edit(put(document, [...path, index], undefined))}
              />
            </>
          )
        }}
      />
    </div>
  )
}
