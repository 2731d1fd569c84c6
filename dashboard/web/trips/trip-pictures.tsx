// A trip in figures and pictures: distance and time, the speed over time, the route.

import type { ComponentType } from 'preact'
import type { TripDetail } from '../../api/shapes.ts'
import { formatDistance, formatDuration, formatPercent, formatSpeed, formatTime } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { Facts } from '../parts/facts.tsx'
import { Figure } from '../parts/figure.tsx'
import type { Column } from '../parts/table.tsx'
import { countedEvents } from './counted-events.ts'
import { eventWords } from './event-words.ts'
import { RouteDrawing } from './route-drawing.tsx'
import type { Course } from './route-projection.ts'
import { SpeedChart } from './speed-chart.tsx'
import { averageSpeedKph, type CourseRow, courseRows } from './trip-table.ts'

/** Below this, rounded to a percent, some of the trip is missing. */
const fullyCovered = 0.995

interface TripPicturesProps {
  readonly detail: TripDetail
  /** What else is drawn with the route on a page of the trip's own. */
  readonly Route?: ComponentType<RouteFigureProps>
  readonly Speed?: ComponentType<{ readonly detail: TripDetail }>
}

export interface RouteFigureProps {
  readonly detail: TripDetail
  readonly roads?: readonly Course[]
}

export function TripPictures({ detail, Route = RouteFigure, Speed = SpeedChart }: TripPicturesProps) {
  const language = locale.value
  return (
    <div class="trip">
      <Facts
        isLarge
        facts={[
          { term: t('trips.distance'), value: formatDistance(detail.distanceM, language) },
          { term: t('trips.duration'), value: formatDuration(detail.durationS, language) },
          { term: t('trips.top-speed'), value: formatSpeed(detail.maxSpeedKph, language) },
          { term: t('trip.night'), value: formatPercent(detail.nightShare, language) },
          {
            term: t('trip.covered'),
            value: formatPercent(detail.completeness, language),
          },
        ]}
      />
      <p class="trip-events-line">
        {eventWords(detail.counts, language)}
        {detail.completeness < fullyCovered ? <span class="trip-gaps">{t('trip.covered.note')}</span> : null}
      </p>
      <div class="trip-pictures">
        <SpeedFigure detail={detail} Chart={Speed} />
        <Route detail={detail} />
      </div>
    </div>
  )
}

function SpeedFigure({
  detail,
  Chart,
}: {
  readonly detail: TripDetail
  readonly Chart: ComponentType<{ readonly detail: TripDetail }>
}) {
  const { course } = detail
  const language = locale.value
  if (!course.speedKph.some((speed) => speed !== null)) return <p class="figure-missing">{t('trip.speed.none')}</p>
  const average = averageSpeedKph(detail.distanceM, detail.durationS)
  const hasLimit = course.limitKph.some((limit) => limit !== null)
  const caption = t('trip.speed.caption', {
    duration: formatDuration(detail.durationS, language),
    top: formatSpeed(detail.maxSpeedKph, language),
    average: formatSpeed(average ?? 0, language),
    events: hasLimit ? eventCount(detail) : `${eventCount(detail)} ${t('trip.speed.no-limit')}`,
  })
  return (
    <Figure
      title={t('trip.speed.title')}
      caption={caption}
      columns={speedColumns(detail.timeZone, hasLimit)}
      rows={courseRows(course)}
      rowKey={({ tMs }) => String(tMs)}
    >
      <Chart detail={detail} />
    </Figure>
  )
}

function speedColumns(timeZone: string, hasLimit: boolean): readonly Column<CourseRow>[] {
  const language = locale.value
  const speed = (value: number | null): string => (value === null ? '–' : formatSpeed(value, language))
  return [
    { key: 'time', title: t('trip.time'), cell: ({ tMs }) => formatTime(tMs, language, timeZone) },
    { key: 'speed', title: t('trips.top-speed'), isNumber: true, cell: ({ topSpeedKph }) => speed(topSpeedKph) },
    ...(hasLimit
      ? [{ key: 'limit', title: t('trip.speed.limit'), isNumber: true, cell: ({ limitKph }: CourseRow) => speed(limitKph) }]
      : []),
  ]
}

export function RouteFigure({ detail, roads = [] }: RouteFigureProps) {
  return (
    <figure class="figure">
      <RouteDrawing
        course={detail.course}
        roads={roads}
        events={countedEvents(detail.events, detail.counts)}
        label={t('trip.route.title')}
        missing={<p class="figure-missing">{t('trip.route.none')}</p>}
        caption={t('trip.route.caption', {
          distance: formatDistance(detail.distanceM, locale.value),
          events: eventCount(detail),
        })}
      />
    </figure>
  )
}

function eventCount(detail: TripDetail): string {
  const { length } = countedEvents(detail.events, detail.counts)
  return length === 0 ? t('trip.events.none') : t('trip.events.count', { count: length })
}
