// One trip on a page of its own.

import { formatDateTime } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { later } from '../parts/later.tsx'
import { Show } from '../parts/notice.tsx'
import { trip, tripDisputes, useLoaded } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { excusedEvents } from './excused-events.ts'
import { TripEvents } from './trip-events.tsx'
import { TripPictures } from './trip-pictures.tsx'

const TripScore = later(async () => (await import('./trip-score.tsx')).TripScore)
const TripEvidence = later(async () => (await import('./trip-evidence.tsx')).TripEvidence)
const TripQuality = later(async () => (await import('./trip-quality.tsx')).TripQuality)
const TripDisputes = later(async () => (await import('./trip-disputes.tsx')).TripDisputes)

export function TripPage({ policyId, tripId }: { readonly policyId: string; readonly tripId: string }) {
  usePageTitle(t('trips.title'))
  const said = useLoaded(tripDisputes(tripId))
  const disputes = said.kind === 'ready' ? said.value : []
  return (
    <article class="single">
      <p class="crumb">
        <a href={pathOf({ kind: 'policy', policyId })}>← {t('app.back')}</a>
      </p>
      <Show from={trip(tripId)} lines={8}>
        {(detail) => (
          <>
            <h1>{t('trip.title', { time: formatDateTime(detail.startedAtMs, locale.value, detail.timeZone) })}</h1>
            <TripPictures detail={detail} />
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
