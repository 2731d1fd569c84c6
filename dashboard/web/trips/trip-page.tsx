// One trip on a page of its own.

import { formatDateTime } from '../../messages/format.ts'
import { sayOwnPage } from '../../messages/own-pages.ts'
import { locale, t } from '../language.ts'
import { tripRoads } from '../own-resources.ts'
import { usePageTitle } from '../page-title.ts'
import { later } from '../parts/later.tsx'
import { Show } from '../parts/notice.tsx'
import { trip, tripDisputes, useLoaded } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { presence } from '../session.ts'
import { excusedEvents } from './excused-events.ts'
import { TripBetween } from './trip-between.tsx'
import { TripCost } from './trip-cost.tsx'
import { TripEvents } from './trip-events.tsx'
import { TripMap } from './trip-map.tsx'
import { RouteFigure, type RouteFigureProps, TripPictures } from './trip-pictures.tsx'
import { TripQuestion } from './trip-question.tsx'
import { ZoomChart } from './zoom-chart.tsx'
import '../style/trip-page.css'

const TripScore = later(async () => (await import('./trip-score.tsx')).TripScore)
const TripEvidence = later(async () => (await import('./trip-evidence.tsx')).TripEvidence)
const TripQuality = later(async () => (await import('./trip-quality.tsx')).TripQuality)
const TripDisputes = later(async () => (await import('./trip-disputes.tsx')).TripDisputes)

export function TripPage({ policyId, tripId }: { readonly policyId: string; readonly tripId: string }) {
  usePageTitle(t('trips.title'))
  const said = useLoaded(tripDisputes(tripId))
  const disputes = said.kind === 'ready' ? said.value : []
  const now = presence.value
  const isHolder = now.kind === 'somebody' && now.user.role === 'policyholder'
  return (
    <article class="single">
      <p class="crumb">
        <a href={pathOf({ kind: 'policy', policyId })}>← {t('app.back')}</a>
      </p>
      <Show from={trip(tripId)} lines={8}>
        {(detail) => (
          <>
            <h1>{t('trip.title', { time: formatDateTime(detail.startedAtMs, locale.value, detail.timeZone) })}</h1>
            <TripBetween policyId={policyId} tripId={tripId} />
            <TripPictures detail={detail} Route={RouteOnRoads} Speed={ZoomChart} />
            {isHolder && detail.status === 'ended' ? (
              <TripQuestion policyId={policyId} tripId={tripId} said={detail.said} />
            ) : null}
            <TripCost detail={detail} />
            <TripScore detail={detail} />
            <TripEvents detail={detail} excused={excusedEvents(detail.events, disputes)} />
            <TripEvidence detail={detail} />
            <TripQuality detail={detail} />
            <TripDisputes policyId={policyId} detail={detail} />
          </>
        )}
      </Show>
    </article>
  )
}

/** The route upon the roads that were driven before, and on a map where there is one. */
function RouteOnRoads({ detail }: RouteFigureProps) {
  const roads = useLoaded(tripRoads(detail.id))
  return (
    <div>
      <RouteFigure detail={detail} roads={roads.kind === 'ready' ? roads.value.lines : []} />
      {roads.kind === 'ready' && roads.value.lines.length > 0 ? (
        <p class="figure-caption">{sayOwnPage(locale.value, 'map.roads')}</p>
      ) : null}
      <TripMap detail={detail} />
    </div>
  )
}
