// A drive drawn as a line: start, end, events, a scale and north, without a map, upon the roads that are known.

import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { TripDetail } from '../../api/shapes.ts'
import { formatDistance } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import type { DrivingEvent } from './counted-events.ts'
import { type Course, linePath, type Point, projectRoute } from './route-projection.ts'
import { nearestIndex } from './trip-table.ts'

const size = { width: 400, height: 300, margin: 34 }

interface RouteDrawingProps {
  readonly course: Pick<TripDetail['course'], 'tMs' | 'latitude' | 'longitude'>
  readonly events: readonly DrivingEvent[]
  readonly label: string
  readonly caption?: ComponentChildren
  readonly missing: ComponentChildren
  /** Driven before, near this drive: thin lines behind it. */
  readonly roads?: readonly Course[]
  /** The end is where the vehicle is now, not where it stopped. */
  readonly isLive?: boolean
}

export function RouteDrawing({ course, events, label, caption, missing, roads = [], isLive = false }: RouteDrawingProps) {
  const picture = useMemo(() => projectRoute(course, size), [course])
  if (picture === undefined) return <>{missing}</>
  const start = picture.lines.at(0)?.at(0)
  const end = picture.lines.at(-1)?.at(-1)
  const marks = events.flatMap((event) => {
    const at = picture.at(nearestIndex(course.tMs, event.startMs))
    return at === undefined ? [] : [{ event, at }]
  })
  const scaleX = size.width - 14 - picture.scale.length
  const scaleY = size.height - 14
  return (
    <>
      <svg class="route" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={label}>
        <g class="route-grid">
          {picture.grid.x.map((x) => (
            <line key={x} x1={x} x2={x} y1="0" y2={size.height} />
          ))}
          {picture.grid.y.map((y) => (
            <line key={y} x1="0" x2={size.width} y1={y} y2={y} />
          ))}
        </g>
        {roads.flatMap(picture.drawn).map((line, index) => (
          <path key={index} class="route-road" d={linePath(line)} />
        ))}
        {picture.lines.map((line, index) => (
          <path key={index} class="route-line" d={linePath(line)} />
        ))}
        {marks.map(({ event, at }) => (
          <EventMark key={`${event.kind} ${event.startMs}`} kind={event.kind} at={at} />
        ))}
        {start === undefined ? null : <circle class="route-start" cx={start.x} cy={start.y} r="6" />}
        {end === undefined ? null : isLive ? (
          <circle class="route-now" cx={end.x} cy={end.y} r="7" />
        ) : (
          <rect class="route-end" x={end.x - 5.5} y={end.y - 5.5} width="11" height="11" />
        )}
        <path class="route-scale" d={`M${scaleX} ${scaleY - 5}v5h${picture.scale.length}v-5`} />
        <text class="route-text" x={scaleX + picture.scale.length / 2} y={scaleY - 8} text-anchor="middle">
          {formatDistance(picture.scale.metres, locale.value)}
        </text>
        <path class="route-north" d="M18 30V14m-4.5 5L18 13l4.5 6" />
      </svg>
      {caption === undefined ? null : <figcaption class="figure-caption">{caption}</figcaption>}
    </>
  )
}

type Kind = DrivingEvent['kind']

/** Braking points down, starting up, turning to its side; above the limit is a diamond. */
const markPaths: Readonly<Record<Kind, string>> = {
  brake: 'M-6-4.5h12L0 6.5Z',
  acceleration: 'M-6 4.5h12L0-6.5Z',
  'left-turn': 'M4.5-6v12L-6.5 0Z',
  'right-turn': 'M-4.5-6v12L6.5 0Z',
  speeding: 'M0-6.5 6.5 0 0 6.5-6.5 0Z',
}

function EventMark({ kind, at }: { readonly kind: Kind; readonly at: Point }) {
  return (
    <path class="route-event" d={markPaths[kind]} transform={`translate(${at.x} ${at.y})`}>
      <title>{t(`trip.event.${kind}`)}</title>
    </path>
  )
}
