// All trips of a policy, week by week, by what becomes of them.

import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Trip, TripPage } from '../../api/shapes.ts'
import { formatDay, formatDistance } from '../../messages/format.ts'
import { type OwnPageKey, sayOwnPage } from '../../messages/own-pages.ts'
import { type Failure, get } from '../api.ts'
import { locale } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { Empty, Failed, Show, Skeleton } from '../parts/notice.tsx'
import { policy as policyResource } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { TripRow } from './trip-row.tsx'
import { tripWeeks } from './trip-weeks.ts'
import '../style/trip-list.css'

const filters = ['all', 'counted', 'not-counted', 'disputed'] as const
type Filter = (typeof filters)[number]
const perPage = 30

const words = (key: OwnPageKey, values?: Readonly<Record<string, string | number>>): string =>
  sayOwnPage(locale.value, key, values)

export function TripsPage({ policyId }: { readonly policyId: string }) {
  usePageTitle(words('list.title'))
  const filter = useSignal<Filter>('all')
  return (
    <article class="single">
      <p class="crumb">
        <a href={pathOf({ kind: 'policy', policyId })}>← {words('list.back')}</a>
      </p>
      <h1>{words('list.title')}</h1>
      <fieldset class="trip-filter">
        <legend class="for-screen-readers">{words('list.filter')}</legend>
        {filters.map((each) => (
          <button
            key={each}
            type="button"
            class="button"
            aria-pressed={filter.value === each}
            onClick={() => {
              filter.value = each
            }}
          >
            {words(`list.${each}`)}
          </button>
        ))}
      </fieldset>
      <Show from={policyResource(policyId)} lines={6}>
        {({ timeZone }) => <Trips key={filter.value} policyId={policyId} timeZone={timeZone} filter={filter.value} />}
      </Show>
    </article>
  )
}

interface TripsProps {
  readonly policyId: string
  readonly timeZone: string
  readonly filter: Filter
}

function Trips({ policyId, timeZone, filter }: TripsProps) {
  const found = useSignal<readonly Trip[]>([])
  const next = useSignal<number | null>(null)
  const isBusy = useSignal(true)
  const failure = useSignal<Failure | undefined>(undefined)

  const load = async (before: number | null): Promise<void> => {
    isBusy.value = true
    const query = new URLSearchParams({ limit: String(perPage) })
    if (filter !== 'all') query.set('filter', filter)
    if (before !== null) query.set('before', String(before))
    const outcome = await get<TripPage>(`policies/${encodeURIComponent(policyId)}/trips?${query}`)
    isBusy.value = false
    failure.value = outcome.kind === 'failure' ? outcome.failure : undefined
    if (outcome.kind === 'failure') return
    found.value = [...found.value, ...outcome.value.trips.filter(({ status }) => status === 'ended')]
    next.value = outcome.value.nextBefore
  }
  useEffect(() => {
    void load(null)
  }, [])

  if (failure.value !== undefined) return <Failed failure={failure.value} retry={() => void load(next.value)} />
  if (found.value.length === 0)
    return isBusy.value ? <Skeleton lines={8} /> : <Empty title={words('list.none.title')} text={words('list.none.text')} />
  return (
    <>
      {tripWeeks(found.value, timeZone).map(({ monday, trips, distanceM }) => (
        <section key={monday} class="trip-week">
          <h2>
            {words('list.week', { day: formatDay(monday, locale.value) })}
            <span class="trip-week-sum">
              {words('list.sum', { trips: trips.length, distance: formatDistance(distanceM, locale.value) })}
            </span>
          </h2>
          <ul class="trip-list">
            {trips.map((trip) => (
              <li key={trip.id}>
                <TripRow trip={trip} policyId={policyId} timeZone={timeZone} said={saidWords(trip)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {next.value === null ? (
        <p class="section-text">{words('list.end')}</p>
      ) : (
        <button type="button" class="button" disabled={isBusy.value} onClick={() => void load(next.value)}>
          {words('list.more')}
        </button>
      )}
    </>
  )
}

function saidWords({ said, standing }: Trip): string | undefined {
  if (said === null || said === undefined || standing === 'taken-out') return undefined
  return words(`list.said.${said}`)
}
