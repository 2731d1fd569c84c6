// The trips of a policy: the one being driven, the latest with its pictures, and the earlier ones as a list.

import { useSignal } from '@preact/signals'
import type { Policy, Trip, TripPage } from '../../api/shapes.ts'
import { formatDate, formatDateTime, formatDistance, formatDuration, formatSpeed, formatTime } from '../../messages/format.ts'
import { get } from '../api.ts'
import { locale, t } from '../language.ts'
import { liveTrips } from '../live.ts'
import { liveTripOf } from '../live-trips.ts'
import { ArrowIcon } from '../parts/icons.tsx'
import { Empty, failureText, Show } from '../parts/notice.tsx'
import { Section } from '../parts/section.tsx'
import { olderTripsPath, trip as tripResource, trips } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { eventWords } from './event-words.ts'
import { LiveTripView } from './live-trip-view.tsx'
import { TripPictures } from './trip-pictures.tsx'

export function TripsSection({ policy }: { readonly policy: Policy }) {
  return (
    <Show from={trips(policy.id)} lines={8}>
      {(page) => <Trips policy={policy} page={page} />}
    </Show>
  )
}

function Trips({ policy, page }: { readonly policy: Policy; readonly page: TripPage }) {
  const live = liveTripOf(liveTrips.value, policy.id)
  const open = page.trips.find(({ status }) => status === 'open')
  const driving = live?.trip ?? open
  const ended = page.trips.filter(({ status, id }) => status === 'ended' && id !== driving?.id)
  const [latest, ...earlier] = ended
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
          <Show key={latest.id} from={tripResource(latest.id)} lines={6}>
            {(detail) => <TripPictures detail={detail} />}
          </Show>
          <p class="trip-more">
            <a href={pathOf({ kind: 'trip', policyId: policy.id, tripId: latest.id })}>{t('dispute.link')}</a>
          </p>
        </Section>
      )}
      {earlier.length === 0 ? null : <EarlierTrips policy={policy} first={earlier} nextBefore={page.nextBefore} />}
    </>
  )
}

interface EarlierTripsProps {
  readonly policy: Policy
  readonly first: readonly Trip[]
  readonly nextBefore: number | null
}

function EarlierTrips({ policy, first, nextBefore }: EarlierTripsProps) {
  const older = useSignal<readonly Trip[]>([])
  /** Undefined until the first older page was fetched. */
  const next = useSignal<number | null | undefined>(undefined)
  const problem = useSignal('')
  const before = next.value === undefined ? nextBefore : next.value
  const known = new Set(first.map(({ id }) => id))
  const all = [...first, ...older.value.filter(({ id }) => !known.has(id))]

  const loadMore = async (fromMs: number): Promise<void> => {
    const outcome = await get<TripPage>(olderTripsPath(policy.id, fromMs))
    if (outcome.kind === 'failure') {
      problem.value = failureText(outcome.failure)
      return
    }
    problem.value = ''
    older.value = [...older.value, ...outcome.value.trips.filter(({ status }) => status === 'ended')]
    next.value = outcome.value.nextBefore
  }

  return (
    <Section title={t('trips.more')}>
      <ul class="trip-list">
        {all.map((trip) => (
          <li key={trip.id}>
            <TripRow trip={trip} policy={policy} />
          </li>
        ))}
      </ul>
      {before === null ? null : (
        <button type="button" class="button" onClick={() => void loadMore(before)}>
          {t('trips.more')}
        </button>
      )}
      <p role="alert" class="form-problem">
        {problem.value}
      </p>
    </Section>
  )
}

/** Undefined for a trip that counts. */
function standingWords({ standing }: Trip): string | undefined {
  return standing === 'counts' || standing === 'open' ? undefined : t(`trips.standing.${standing}`)
}

function TripRow({ trip, policy }: { readonly trip: Trip; readonly policy: Policy }) {
  const language = locale.value
  const events = standingWords(trip) ?? eventWords(trip.counts, language)
  const start = formatDateTime(trip.startedAtMs, language, policy.timeZone)
  return (
    <a
      class="trip-row"
      href={pathOf({ kind: 'trip', policyId: policy.id, tripId: trip.id })}
      aria-label={`${t('trips.open', { time: start })}. ${formatDistance(trip.distanceM, language)}. ${events}`}
    >
      <span class="trip-row-time">{start}</span>
      <span class="trip-row-distance">{formatDistance(trip.distanceM, language)}</span>
      <span class="trip-row-duration">{formatDuration(trip.durationS, language)}</span>
      <span class="trip-row-speed">{formatSpeed(trip.maxSpeedKph, language)}</span>
      <span class="trip-row-events">{events}</span>
      <ArrowIcon />
    </a>
  )
}
