// A trip while it is being driven: speed, distance so far, and the route as it grows.

import { useEffect, useMemo } from 'preact/hooks'
import type { Policy, Trip, TripDetail } from '../../api/shapes.ts'
import {
  formatDistance,
  formatDuration,
  formatNumber,
  formatSpeed,
  formatTime,
  shownSpeed,
  speedUnit,
} from '../../messages/format.ts'
import { announce } from '../announce.ts'
import { locale, t } from '../language.ts'
import type { TrackPoint } from '../live-trips.ts'
import { Facts } from '../parts/facts.tsx'
import { Section } from '../parts/section.tsx'
import { trip as tripResource, useLoaded } from '../resources.ts'
import { countedEvents } from './counted-events.ts'
import { eventWords } from './event-words.ts'
import { RouteDrawing } from './route-drawing.tsx'

interface LiveTripViewProps {
  readonly policy: Policy
  readonly trip: Trip
  readonly track: readonly TrackPoint[]
}

export function LiveTripView({ policy, trip, track }: LiveTripViewProps) {
  const known = useLoaded(tripResource(trip.id))
  const language = locale.value
  const before = known.kind === 'ready' ? known.value : undefined
  const course = useMemo(() => joinCourse(before, track), [before, track])
  const speedKph = track.at(-1)?.speedKph ?? course.speedKph.findLast((speed) => speed !== null) ?? null

  useEffect(() => {
    announce(t('trip.live.announce'))
  }, [trip.id])

  return (
    <div id="live" class="live">
      <Section
        title={t('trip.live.title')}
        note={
          <>
            <span class="live-mark" />
            {t('trip.live.since', { time: formatTime(trip.startedAtMs, language, policy.timeZone) })}
          </>
        }
      >
        <div class="live-body">
          <div class="live-figures">
            <p class="live-speed">
              <span class="live-speed-figure">{speedKph === null ? '–' : formatNumber(shownSpeed(speedKph), language)}</span>
              <span class="live-speed-unit">{speedUnit()}</span>
            </p>
            <Facts
              facts={[
                { term: t('trips.distance'), value: formatDistance(trip.distanceM, language) },
                { term: t('trips.duration'), value: formatDuration(trip.durationS, language) },
                { term: t('trips.top-speed'), value: formatSpeed(trip.maxSpeedKph, language) },
              ]}
            />
            <p class="live-events">{eventWords(trip.counts, language)}</p>
            <p class="live-note">{t('trip.live.note')}</p>
          </div>
          <figure class="figure">
            <RouteDrawing
              course={course}
              events={before === undefined ? [] : countedEvents(before.events, trip.counts)}
              label={t('trip.route.title')}
              missing={<p class="figure-missing">{t('trip.route.none')}</p>}
              isLive
            />
          </figure>
        </div>
      </Section>
    </div>
  )
}

type LiveCourse = Pick<TripDetail['course'], 'tMs' | 'speedKph' | 'latitude' | 'longitude'>

/** What was driven before the page opened, then what arrived since. */
function joinCourse(before: TripDetail | undefined, track: readonly TrackPoint[]): LiveCourse {
  const course = before?.course ?? { tMs: [], speedKph: [], latitude: [], longitude: [] }
  const lastMs = course.tMs.at(-1) ?? Number.NEGATIVE_INFINITY
  const newer = track.filter(({ tMs }) => tMs > lastMs)
  return {
    tMs: [...course.tMs, ...newer.map(({ tMs }) => tMs)],
    speedKph: [...course.speedKph, ...newer.map(({ speedKph }) => speedKph)],
    latitude: [...course.latitude, ...newer.map(({ latitude }) => latitude)],
    longitude: [...course.longitude, ...newer.map(({ longitude }) => longitude)],
  }
}
