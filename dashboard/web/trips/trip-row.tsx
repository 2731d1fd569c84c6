// One trip as a line of a list, which leads to its page.

import type { Trip } from '../../api/shapes.ts'
import { formatDateTime, formatDistance, formatDuration, formatSpeed } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { ArrowIcon } from '../parts/icons.tsx'
import { pathOf } from '../routes.ts'
import { eventWords } from './event-words.ts'

interface TripRowProps {
  readonly trip: Trip
  readonly policyId: string
  readonly timeZone: string
  /** What the holder said of it, in words. */
  readonly said?: string | undefined
}

export function TripRow({ trip, policyId, timeZone, said }: TripRowProps) {
  const language = locale.value
  const events = [standingWords(trip) ?? eventWords(trip.counts, language), ...(said === undefined ? [] : [said])].join(
    t('app.list-comma'),
  )
  const start = formatDateTime(trip.startedAtMs, language, timeZone)
  return (
    <a class="trip-row" href={pathOf({ kind: 'trip', policyId, tripId: trip.id })}>
      <span class="trip-row-time">{start}</span>
      <span class="trip-row-distance">{formatDistance(trip.distanceM, language)}</span>
      <span class="trip-row-duration">{formatDuration(trip.durationS, language)}</span>
      <span class="trip-row-speed">{formatSpeed(trip.maxSpeedKph, language)}</span>
      <span class="trip-row-events">{events}</span>
      <ArrowIcon />
    </a>
  )
}

/** Undefined for a trip that counts. */
function standingWords({ standing }: Trip): string | undefined {
  return standing === 'counts' || standing === 'open' ? undefined : t(`trips.standing.${standing}`)
}
