// The events of a trip, one by one.

import type { TripDetail } from '../../api/shapes.ts'
import { formatDuration, formatFixed, formatSpeed, formatTime } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { type Column, Table } from '../parts/table.tsx'
import { countedEvents, type DrivingEvent } from './counted-events.ts'

interface TripEventsProps {
  readonly detail: TripDetail
  /** Do not count although they are strong enough. */
  readonly excused: ReadonlySet<DrivingEvent>
}

export function TripEvents({ detail, excused }: TripEventsProps) {
  if (detail.events.length === 0) return null
  return (
    <section class="single-part">
      <h2>{t('trip.events.title')}</h2>
      <Table
        caption={t('trip.events.title')}
        columns={columns(detail, excused)}
        rows={detail.events}
        rowKey={({ kind, startMs }) => `${kind} ${startMs}`}
      />
    </section>
  )
}

function columns({ timeZone, events, counts }: TripDetail, excused: ReadonlySet<DrivingEvent>): readonly Column<DrivingEvent>[] {
  const counted = new Set(countedEvents(events, counts))
  const language = locale.value
  return [
    { key: 'time', title: t('trip.time'), cell: ({ startMs }) => formatTime(startMs, language, timeZone) },
    { key: 'kind', title: t('trip.event.kind'), cell: ({ kind }) => t(`trip.event.${kind}`) },
    {
      key: 'lasted',
      title: t('trip.event.lasted'),
      isNumber: true,
      cell: ({ startMs, endMs }) => formatDuration((endMs - startMs) / 1000, language),
    },
    { key: 'peak', title: t('trip.event.peak'), isNumber: true, cell: (event) => strength(event) },
    {
      key: 'counts',
      title: t('trip.event.counts'),
      cell: (event) =>
        excused.has(event)
          ? t('dispute.counts.excused')
          : counted.has(event)
            ? t('trip.event.counts.yes')
            : t('trip.event.counts.no'),
    },
  ]
}

function strength({ kind, peak }: DrivingEvent): string {
  if (kind === 'speeding') return t('trip.event.above', { speed: formatSpeed(peak, locale.value) })
  return `${formatFixed(Math.abs(peak), locale.value, 1)} m/s²`
}
