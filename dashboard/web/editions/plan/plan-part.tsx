// A part of a plan in the editor: its name, what is wrong with it as a whole, and its tables beside their picture.

import type { ComponentChildren } from 'preact'
import { tablePicture } from '../table-shapes.ts'
import { type Path, pointerOf } from './json-tree.ts'
import type { PlanView } from './plan-grid.tsx'

interface PlanPartProps {
  readonly view: PlanView
  readonly id: string
  readonly title: string
  readonly note?: string
  /** Places whose problems belong to no cell. */
  readonly wholes?: readonly Path[]
  readonly children: ComponentChildren
}

export function PlanPart({ view, id, title, note, wholes = [], children }: PlanPartProps) {
  const places = new Set(wholes.map(pointerOf))
  const problems = view.problems.filter(({ path }) => places.has(path))
  return (
    <section class="plan-part" id={`part-${id}`} aria-labelledby={`part-${id}-title`}>
      <h3 id={`part-${id}-title`}>{title}</h3>
      {note === undefined ? null : <p class="plan-note">{note}</p>}
      {problems.length === 0 ? null : (
        <ul class="plan-problems">
          {problems.map(({ path, text }) => (
            <li key={`${path} ${text}`}>{text}</li>
          ))}
        </ul>
      )}
      {children}
    </section>
  )
}

const barsSize = { width: 240, height: 96 } as const

/** Factors as bars around 1; the grid beside it has the figures. */
export function FactorBars({
  factors,
}: {
  readonly factors: readonly { readonly level: string; readonly factor: number | undefined }[]
}) {
  const rows = factors.map(({ level, factor }) => [level, String(factor ?? Number.NaN)])
  const picture = tablePicture({ path: 'bars', columns: ['level', 'factor'], rows }, barsSize.width, barsSize.height)
  if (picture === undefined) return null
  return (
    <svg class="plan-bars" viewBox={`0 0 ${barsSize.width} ${barsSize.height}`} aria-hidden="true">
      <line class="table-picture-one" x1="0" x2={barsSize.width} y1={picture.oneY} y2={picture.oneY} />
      {picture.bars.map(({ x, y, barWidth, barHeight, isAbove }) => (
        <rect
          key={x}
          class={isAbove ? 'table-picture-more' : 'table-picture-less'}
          x={x}
          y={y}
          width={barWidth}
          height={barHeight}
        />
      ))}
    </svg>
  )
}

interface RowButtonProps {
  readonly text: string
  readonly label: string
  readonly isDisabled?: boolean
  readonly onPress: () => void
}

export function RowButton({ text, label, isDisabled = false, onPress }: RowButtonProps) {
  return (
    <button type="button" class="button-plain" aria-label={label} disabled={isDisabled} onClick={onPress}>
      {text}
    </button>
  )
}
