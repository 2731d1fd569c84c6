// The events of a trip in words, for lists and captions.

import type { Trip } from '../../api/shapes.ts'
import type { Locale } from '../../messages/locale.ts'
import { say } from '../../messages/say.ts'

const kinds = ['brake', 'acceleration', 'cornering', 'speeding'] as const

/** `2 hard brakes, 1 hard corner`, or that nothing stood out. */
export function eventWords(counts: Trip['counts'], locale: Locale): string {
  const parts = kinds.filter((kind) => counts[kind] > 0).map((kind) => say(locale, `trip.count.${kind}`, { count: counts[kind] }))
  return parts.length === 0 ? say(locale, 'trip.events.none') : parts.join(say(locale, 'app.list-comma'))
}
