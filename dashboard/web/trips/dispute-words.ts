// A dispute in words: what somebody says, and of which event.

import type { Dispute } from '../../api/dispute-shapes.ts'
import { formatFixed, formatSpeed, formatTimeToSecond } from '../../messages/format.ts'
import { sayIfKnown } from '../../messages/say.ts'
import { locale, t } from '../language.ts'
import type { DrivingEvent } from './counted-events.ts'

/** What the holder says in their own words, and of which event. */
export function disputeWords({ kind, event, timeZone }: Pick<Dispute, 'kind' | 'event' | 'timeZone'>): string {
  const said = t(`dispute.kind.${kind}`)
  if (event === null) return said
  return t('dispute.words.event', { said, event: eventName(event.kind), time: timeOf(event.startMs, timeZone) })
}

/** An event of a kind that this page does not know is named as the trip names it. */
export function eventName(kind: string): string {
  return sayIfKnown(locale.value, `trip.event.${kind}`) ?? kind
}

export function timeOf(atMs: number, timeZone: string): string {
  return formatTimeToSecond(atMs, locale.value, timeZone)
}

export function strengthOf({ kind, peak }: Pick<DrivingEvent, 'kind' | 'peak'>): string {
  if (kind === 'speeding') return t('trip.event.above', { speed: formatSpeed(peak, locale.value) })
  return `${formatFixed(Math.abs(peak), locale.value, 1)} m/s²`
}
