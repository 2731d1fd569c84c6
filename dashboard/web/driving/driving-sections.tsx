// How a vehicle is driven, all trips together, and how good the data behind it is. Loaded after the first screen.

import type { DriverScore } from '../../api/driver-score-routes.ts'
import type { MonthQuality } from '../../api/quality-routes.ts'
import type { Policy } from '../../api/shapes.ts'
import { formatCalendarMonth, formatDistance, formatNumber, formatPercent } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { Figure } from '../parts/figure.tsx'
import { Empty, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { dataQuality, driverScore } from '../resources.ts'
import '../style/driving.css'

interface DrivingSectionsProps {
  readonly policy: Policy
  readonly isOwn: boolean
}

export function DrivingSections({ policy, isOwn }: DrivingSectionsProps) {
  return (
    <>
      <Show from={driverScore(policy.id)} lines={4}>
        {(found) => <ScoreSection found={found} isOwn={isOwn} />}
      </Show>
      <Show from={dataQuality(policy.id)} lines={3}>
        {(months) => <QualitySection months={months} />}
      </Show>
    </>
  )
}

const parts = ['smoothness', 'speed', 'cornering', 'timeOfDay'] as const

interface Part {
  readonly name: (typeof parts)[number]
  readonly points: number | null
}

function ScoreSection({ found, isOwn }: { readonly found: DriverScore; readonly isOwn: boolean }) {
  const language = locale.value
  const title = isOwn ? t('driving.title') : t('driving.title.other')
  if (found.trips === 0)
    return (
      <Section title={title}>
        <Empty title={t('driving.none.title')} text={t('driving.none.text')} />
      </Section>
    )
  const rows: readonly Part[] = parts.map((name) => ({ name, points: found.components[name] }))
  return (
    <Section title={title} note={t('driving.note', { trips: found.trips })}>
      <p class="driving-score">{t('driving.score', { score: formatNumber(found.score, language) })}</p>
      <p class="driving-words">
        {t('driving.ordinary', { score: formatNumber(found.ordinaryScore, language) })}{' '}
        {t('driving.sure', { share: formatPercent(found.credibility, language) })}
      </p>
      <div class="driving-pictures">
        <Figure
          title={title}
          caption={t('driving.parts')}
          isCaptionFirst
          columns={[
            { key: 'part', title: t('score.part'), cell: ({ name }) => t(`score.${name}`) },
            { key: 'points', title: t('score.points'), isNumber: true, cell: ({ points }) => pointsWords(points) },
          ]}
          rows={rows}
          rowKey={({ name }) => name}
        >
          <dl class="driving-parts">
            {rows.map(({ name, points }) => (
              <div key={name} class="driving-part">
                <dt>{t(`score.${name}`)}</dt>
                <dd>{pointsWords(points)}</dd>
                <svg class="driving-bar" width="100%" height="8" aria-hidden="true">
                  <rect class="driving-bar-ground" width="100%" height="8" rx="2" />
                  <rect class="driving-bar-points" width={`${points ?? 0}%`} height="8" rx="2" />
                  <rect class="driving-bar-ordinary" x={`${found.ordinaryScore}%`} width="2" height="8" />
                </svg>
              </div>
            ))}
          </dl>
        </Figure>
        {found.months.length < 2 ? null : <Months months={found.months} />}
      </div>
    </Section>
  )
}

function pointsWords(points: number | null): string {
  return points === null ? t('score.unknown') : formatNumber(points, locale.value)
}

type Month = DriverScore['months'][number]

function Months({ months }: { readonly months: readonly Month[] }) {
  return (
    <Table
      caption={t('driving.months')}
      columns={[
        { key: 'month', title: t('driving.month'), cell: ({ month }) => formatCalendarMonth(month, locale.value) },
        { key: 'score', title: t('score.points'), isNumber: true, cell: ({ score }) => formatNumber(score, locale.value) },
        { key: 'trips', title: t('driving.trips'), isNumber: true, cell: ({ trips }) => formatNumber(trips, locale.value) },
      ]}
      rows={months}
      rowKey={({ month }) => month}
    />
  )
}

function QualitySection({ months }: { readonly months: readonly MonthQuality[] }) {
  return (
    <Section title={t('quality.title')} note={t('quality.note')}>
      {months.length === 0 ? (
        <Empty title={t('quality.none.title')} text={t('quality.none.text')} />
      ) : (
        <>
          <p class="section-text">{t('quality.caption')}</p>
          <Table
            caption={t('quality.caption')}
            columns={qualityColumns()}
            rows={months.toReversed()}
            rowKey={({ month }) => month}
            isStacked
          />
        </>
      )}
    </Section>
  )
}

function qualityColumns(): readonly Column<MonthQuality>[] {
  const language = locale.value
  const share = (value: number): string => formatPercent(value, language)
  return [
    { key: 'month', title: t('quality.month'), cell: ({ month }) => formatCalendarMonth(month, language) },
    {
      key: 'trips',
      title: t('quality.trips'),
      isNumber: true,
      cell: ({ trips, ratedTrips }) =>
        t('quality.trips.of', { trips: formatNumber(trips, language), rated: formatNumber(ratedTrips, language) }),
    },
    {
      key: 'distance',
      title: t('quality.distance'),
      isNumber: true,
      cell: ({ distanceM }) => formatDistance(distanceM, language),
    },
    {
      key: 'completeness',
      title: t('quality.completeness'),
      isNumber: true,
      cell: ({ completeness }) => share(completeness),
    },
    { key: 'clock', title: t('quality.clock'), isNumber: true, cell: ({ clockTrust }) => share(clockTrust) },
    { key: 'confidence', title: t('quality.confidence'), isNumber: true, cell: ({ confidence }) => share(confidence) },
    {
      key: 'doubts',
      title: t('quality.doubts'),
      cell: ({ doubts }) =>
        doubts.length === 0
          ? t('app.none')
          : doubts
              .map(({ doubt, trips }) => t('quality.doubts.of', { doubt: t(`quality.doubt.${doubt}`), trips }))
              .join(t('app.list-comma')),
    },
  ]
}
