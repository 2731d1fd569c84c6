// Which of a trip's events do not count for the price because a correction was accepted.

import type { Dispute } from '../../api/dispute-shapes.ts'
import type { DrivingEvent } from './counted-events.ts'

/** An accepted dispute of the whole trip excuses all of them. */
export function excusedEvents(events: readonly DrivingEvent[], disputes: readonly Dispute[]): ReadonlySet<DrivingEvent> {
  const accepted = disputes.filter(({ status }) => status === 'accepted')
  if (accepted.some(({ event, match }) => event === null && match !== 'gone')) return new Set(events)
  return new Set(events.filter((event) => accepted.some((dispute) => isAmong(event, dispute.events))))
}

/** The API names the events as the trip lists them. */
export function isAmong({ kind, startMs }: DrivingEvent, events: Dispute['events']): boolean {
  return events.some((event) => event.kind === kind && event.startMs === startMs)
}
