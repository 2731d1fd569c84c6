// Listens to the server's events: trips as they are driven, and premiums and home days as they change. Resources that an
// event makes old are fetched again.

import { signal } from '@preact/signals'
import type { LiveEvent } from '../api/shapes.ts'
import { formatDistance } from '../messages/format.ts'
import { announce } from './announce.ts'
import { locale, t } from './language.ts'
import { foldTrip, type LiveTrips } from './live-trips.ts'
import { homeLine, month, valve } from './own-resources.ts'
import {
  dispute,
  disputes,
  goal,
  notices,
  nudges,
  policies,
  policy,
  premium,
  premiumHistory,
  trip,
  tripDisputes,
  trips,
} from './resources.ts'
import { askSession, presence } from './session.ts'

/** `lost` while the browser tries again by itself. */
export const connection = signal<'closed' | 'open' | 'lost'>('closed')
export const liveTrips = signal<LiveTrips>(new Map())
export interface PremiumArrival {
  readonly premiumMinor: number
  /** On the page's own clock, `performance.now()`. */
  readonly arrivedAtMs: number
}

/** The newest premium that arrived while the page was open, by policy. */
export const premiumArrivals = signal<ReadonlyMap<string, PremiumArrival>>(new Map())

/** After this many events in one burst of a replay, one refresh is enough. */
const refreshDelayMs = 400

/** A browser gives up on an answer that is not an event stream; then the page tries again itself, with some spread. */
const retryMs = 5000

let source: EventSource | undefined

export function startLive(): void {
  if (source !== undefined) return
  const opened = new EventSource('/api/v1/live')
  source = opened
  opened.addEventListener('open', () => {
    if (connection.value === 'lost') refreshSoon('', [policies.refresh])
    connection.value = 'open'
  })
  opened.addEventListener('error', () => {
    connection.value = 'lost'
    if (opened.readyState !== EventSource.CLOSED) return
    source = undefined
    setTimeout(() => void startAgain(), retryMs * (1 + Math.random()))
  })
  for (const kind of ['trip', 'premium', 'dispute', 'nudge', 'home-day'] as const) {
    opened.addEventListener(kind, (message: MessageEvent<string>) => {
      const event: LiveEvent = JSON.parse(message.data)
      take(event)
    })
  }
}

/** A stream that is refused may mean that the session has ended; then the page shows the sign-in instead. */
async function startAgain(): Promise<void> {
  await askSession()
  if (presence.peek().kind !== 'nobody') startLive()
}

function take(event: LiveEvent): void {
  const { policyId } = event
  switch (event.kind) {
    case 'trip':
      if (event.trip.status === 'ended') {
        if (liveTrips.value.has(event.trip.id))
          announce(t('trip.live.ended', { distance: formatDistance(event.trip.distanceM, locale.value) }))
        refreshSoon(`trip ${policyId}`, [trips(policyId).refresh, trip(event.trip.id).refresh])
      }
      liveTrips.value = foldTrip(liveTrips.value, event)
      return
    case 'premium':
      premiumArrivals.value = new Map(premiumArrivals.value).set(policyId, {
        premiumMinor: event.premiumMinor,
        arrivedAtMs: performance.now(),
      })
      refreshSoon(`premium ${policyId}`, [
        policies.refresh,
        policy(policyId).refresh,
        premium(policyId).refresh,
        month(policyId).refresh,
        premiumHistory(policyId).refresh,
        nudges(policyId).refresh,
        goal(policyId).refresh,
        notices[locale.value](policyId).refresh,
      ])
      return
    case 'dispute':
      if (!isInsurer() && (event.status === 'accepted' || event.status === 'rejected'))
        announce(t(`dispute.told.${event.status}`))
      refreshSoon(`dispute ${event.disputeId}`, [
        ...(isInsurer() ? [disputes.refresh, dispute(event.disputeId).refresh] : []),
        tripDisputes(event.tripId).refresh,
        trip(event.tripId).refresh,
        trips(policyId).refresh,
      ])
      return
    case 'nudge':
      refreshSoon(`nudge ${policyId}`, [goal(policyId).refresh])
      return
    case 'home-day':
      refreshSoon(`home ${policyId}`, [homeLine(policyId).refresh, valve(policyId).refresh])
  }
}

function isInsurer(): boolean {
  const now = presence.peek()
  return now.kind === 'somebody' && now.user.role === 'insurer'
}

const waiting = new Set<string>()

function refreshSoon(name: string, refreshes: readonly (() => Promise<void>)[]): void {
  if (waiting.has(name)) return
  waiting.add(name)
  setTimeout(() => {
    waiting.delete(name)
    for (const refresh of refreshes) void refresh()
  }, refreshDelayMs)
}
