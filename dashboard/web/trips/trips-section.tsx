// The trips of a policy on its first screen: the one being driven, and the latest with its pictures and the question who drove. The
// others are on a page of their own.

import type { Policy, TripPage } from '../../api/shapes.ts'
import { formatDate, formatTime } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { liveTrips } from '../live.ts'
import { liveTripOf } from '../live-trips.ts'
import { Empty, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { trip as tripResource, trips } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { LiveTripView } from './live-trip-view.tsx'
import { TripPictures } from './trip-pictures.tsx'
import { TripQuestion } from './trip-question.tsx'

interface TripsSectionProps {
  readonly policy: Policy
  readonly isOwn: boolean
}

export function TripsSection({ policy, isOwn }: TripsSectionProps) {
  return (
    <Show from={trips(policy.id)} lines={8}>
      {(page) => <Trips policy={policy} page={page} isOwn={isOwn} />}
    </Show>
  )
}

function Trips({ policy, page, isOwn }: TripsSectionProps & { readonly page: TripPage }) {
  const live = liveTripOf(liveTrips.value, policy.id)
  const open = page.trips.find(({ status }) => status === 'open')
  const driving = live?.trip ?? open
  const latest = page.trips.find(({ status, id }) => status === 'ended' && id !== driving?.id)
  return (
    <>
      {driving === undefined ? null : <LiveTripView policy={policy} trip={driving} track={live?.track ?? []} />}
      {latest === undefined ? (
        driving === undefined ? (
          <Section title={t('trips.title')}>
            <Empty title={t('trips.none.title')} text={t('trips.none.text')} />
          </Section>
        ) : null
      ) : (
        <Section
          title={t('trips.latest')}
          note={
            <>
              {formatDate(latest.startedAtMs, locale.value, policy.timeZone)}
              <br />
              {formatTime(latest.startedAtMs, locale.value, policy.timeZone)}–
              {formatTime(latest.endedAtMs, locale.value, policy.timeZone)}
            </>
          }
        >
          {isOwn ? <TripQuestion key={latest.id} policyId={policy.id} tripId={latest.id} said={latest.said} /> : null}
          <Show key={latest.id} from={tripResource(latest.id)} lines={6}>
            {(detail) => <TripPictures detail={detail} />}
          </Show>
          <p class="trip-more">
            <a href={pathOf({ kind: 'trip', policyId: policy.id, tripId: latest.id })}>{t('dispute.link')}</a>
            <a class="button" href={pathOf({ kind: 'trips', policyId: policy.id })}>
              {t('trips.all')}
            </a>
          </p>
        </Section>
      )}
    </>
  )
}
