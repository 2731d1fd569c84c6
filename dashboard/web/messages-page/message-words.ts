// What one message says, and the page it leads to.

import type { InboxEntry } from '../../api/inbox-routes.ts'
import { formatDate, formatDistance, formatMoney } from '../../messages/format.ts'
import { sayInbox, sayInboxIfKnown } from '../../messages/inbox.ts'
import type { Locale } from '../../messages/locale.ts'
import type { MessageValues } from '../../messages/say.ts'
import { pathOf } from '../routes.ts'

export function messageText(message: InboxEntry, locale: Locale): string {
  const { kind, what, facts } = message
  const isPausedUntil = kind === 'privacy' && what === 'paused' && typeof facts['untilMs'] === 'number'
  const key = isPausedUntil ? 'messages.privacy.paused-until' : `messages.${kind}.${what}`
  return sayInboxIfKnown(locale, key, valuesOf(message, locale)) ?? sayInbox(locale, 'messages.other')
}

/** What somebody wrote, where there is such a thing. */
export function messageReason({ kind, facts }: InboxEntry, locale: Locale): string | undefined {
  const reason = facts['reason']
  if (kind !== 'dispute' || typeof reason !== 'string' || reason === '') return undefined
  return sayInbox(locale, 'messages.dispute.reason', { reason })
}

export function messageLink(
  { kind, policyId, facts }: InboxEntry,
  locale: Locale,
): { readonly href: string; readonly text: string } {
  const tripId = facts['tripId']
  if (typeof tripId === 'string')
    return { href: pathOf({ kind: 'trip', policyId, tripId }), text: sayInbox(locale, 'messages.open.trip') }
  const href = pathOf({ kind: 'policy', policyId })
  if (kind === 'premium') return { href, text: sayInbox(locale, 'messages.open.premium') }
  if (kind === 'privacy') return { href: pathOf({ kind: 'privacy', policyId }), text: sayInbox(locale, 'messages.open.privacy') }
  if (kind === 'goal') return { href, text: sayInbox(locale, 'messages.open.goal') }
  return { href, text: sayInbox(locale, 'messages.open.policy') }
}

function valuesOf({ facts, timeZone }: InboxEntry, locale: Locale): MessageValues {
  const number = (name: string): number => {
    const value = facts[name]
    return typeof value === 'number' ? value : 0
  }
  const currency = typeof facts['currency'] === 'string' ? facts['currency'] : 'EUR'
  const money = (name: string): string => formatMoney(number(name), currency, locale)
  const dated = ['tripStartMs', 'sinceMs', 'untilMs', 'dueAtMs'].map((name) => facts[name]).find((at) => typeof at === 'number')
  return {
    old: money('oldMinor'),
    new: money('newMinor'),
    budget: money('budgetMinor'),
    left: money('leftMinor'),
    date: dated === undefined || dated === null ? '' : formatDate(Number(dated), locale, timeZone),
    distance: formatDistance(number('distanceM'), locale),
    device: typeof facts['label'] === 'string' ? facts['label'] : '',
    readings: number('readings'),
    trips: number('trips'),
    days: number('homeDays'),
  }
}
