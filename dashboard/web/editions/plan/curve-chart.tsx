// A curve as a chart whose points are moved with the pointer or the arrow keys; the curve in force lies behind it, dashed.

import { useRef } from 'preact/hooks'
import { formatNumber } from '../../../messages/format.ts'
import { locale } from '../../language.ts'
import { w } from '../workbench-words.ts'
import { chartSize, curveScale, heldPoint, linePath, placeOf, pointAt } from './curve-shapes.ts'
import type { CurvePoint } from './plan-tables.ts'

/** A drawing whose points are controls. */
function asGroup(name: string) {
  return { role: 'group', 'aria-label': name } as const
}

interface CurveChartProps {
  readonly title: string
  readonly points: readonly CurvePoint[]
  readonly before: readonly CurvePoint[]
  readonly decimals: number
  readonly isRising: boolean
  readonly isEditable: boolean
  /** @param about joins what one drag does */
  readonly onMove: (index: number, point: CurvePoint, about: string) => void
  readonly onRemove: (index: number) => void
}

/** What one press of an arrow key changes a factor by; with Shift ten times as much. */
const factorStep = 0.01

export function CurveChart({ title, points, before, decimals, isRising, isEditable, onMove, onRemove }: CurveChartProps) {
  const drawing = useRef<SVGSVGElement>(null)
  // A drag keeps the scale that it began with, else the point would run away from the pointer.
  const held = useRef<{ readonly index: number; readonly scale: ReturnType<typeof curveScale>; readonly about: string } | null>(
    null,
  )
  const scale = held.current?.scale ?? curveScale([points, before])
  const { width, height, left, right, bottom, top } = chartSize
  const number = (value: number): string => formatNumber(value, locale.value, 4)
  const oneY = placeOf({ x: 0, factor: 1 }, scale).top

  const follow = (event: PointerEvent): void => {
    const drag = held.current
    const box = drawing.current?.getBoundingClientRect()
    if (drag === null || box === undefined) return
    const at = pointAt(
      ((event.clientX - box.left) / box.width) * width,
      ((event.clientY - box.top) / box.height) * height,
      drag.scale,
      decimals,
    )
    onMove(drag.index, heldPoint(points, drag.index, at, isRising), drag.about)
  }
  const onKey =
    (index: number, point: CurvePoint) =>
    (event: KeyboardEvent): void => {
      const size = event.shiftKey ? 10 : 1
      const span = (scale.toX - scale.fromX) / 100
      const ways: Readonly<Record<string, CurvePoint>> = {
        ArrowUp: { ...point, factor: Number((point.factor + factorStep * size).toFixed(decimals)) },
        ArrowDown: { ...point, factor: Number((point.factor - factorStep * size).toFixed(decimals)) },
        ArrowRight: { ...point, x: Number((point.x + span * size).toPrecision(4)) },
        ArrowLeft: { ...point, x: Number((point.x - span * size).toPrecision(4)) },
      }
      const moved = ways[event.key]
      if (moved !== undefined) {
        event.preventDefault()
        onMove(index, heldPoint(points, index, moved, isRising), `keys ${title} ${String(index)}`)
      } else if ((event.key === 'Delete' || event.key === 'Backspace') && points.length > 2) {
        event.preventDefault()
        onRemove(index)
      }
    }

  return (
    <svg
      ref={drawing}
      class="curve-chart"
      viewBox={`0 0 ${width} ${height}`}
      {...asGroup(title)}
      onPointerMove={follow}
      onPointerUp={() => {
        held.current = null
      }}
      onPointerCancel={() => {
        held.current = null
      }}
    >
      <title>{title}</title>
      {scale.yTicks.map((factor) => (
        <g key={factor}>
          <line
            class="curve-rule"
            x1={left}
            x2={width - right}
            y1={placeOf({ x: 0, factor }, scale).top}
            y2={placeOf({ x: 0, factor }, scale).top}
          />
          <text class="curve-mark" x={left - 6} y={placeOf({ x: 0, factor }, scale).top + 3.5} text-anchor="end">
            {number(factor)}
          </text>
        </g>
      ))}
      {scale.xTicks.map((x) => (
        <text key={x} class="curve-mark" x={placeOf({ x, factor: 1 }, scale).left} y={height - bottom + 18} text-anchor="middle">
          {number(x)}
        </text>
      ))}
      <line class="curve-axis" x1={left} x2={width - right} y1={height - bottom} y2={height - bottom} />
      <line class="curve-one" x1={left} x2={width - right} y1={oneY} y2={oneY} />
      {before.length === 0 ? null : <path class="curve-before" d={linePath(before, scale)} />}
      <path class="curve-line" d={linePath(points, scale)} />
      {points.map((point, index) => {
        const place = placeOf(point, scale)
        const words = w('plan.curve.point', { number: index + 1, x: number(point.x), factor: number(point.factor) })
        if (!isEditable) return <circle key={index} class="curve-point" cx={place.left} cy={place.top} r="3.5" />
        return (
          <g key={index}>
            <circle
              class="curve-handle"
              cx={place.left}
              cy={Math.max(top, place.top)}
              r="13"
              role="slider"
              tabindex={0}
              aria-label={w('plan.curve.point.name', { number: index + 1, curve: title })}
              aria-valuenow={point.factor}
              aria-valuetext={words}
              aria-orientation="vertical"
              onKeyDown={onKey(index, point)}
              onPointerDown={(event) => {
                event.preventDefault()
                event.currentTarget.focus()
                drawing.current?.setPointerCapture(event.pointerId)
                held.current = { index, scale, about: `drag ${title} ${String(index)} ${String(event.timeStamp)}` }
              }}
            >
              <title>{words}</title>
            </circle>
            <circle class="curve-point" cx={place.left} cy={place.top} r="4.5" />
          </g>
        )
      })}
    </svg>
  )
}
