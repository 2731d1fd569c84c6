// The trips before and after this one; with the keyboard on it, the arrow keys follow it.

import { sayOwnPage } from '../../messages/own-pages.ts'
import { locale } from '../language.ts'
import { tripNeighbours } from '../own-resources.ts'
import { useLoaded } from '../resources.ts'
import { pathOf } from '../routes.ts'

export function TripBetween({ policyId, tripId }: { readonly policyId: string; readonly tripId: string }) {
  const found = useLoaded(tripNeighbours(tripId))
  const { previousId, nextId } = found.kind === 'ready' ? found.value : { previousId: null, nextId: null }
  const say = (key: 'trip.between' | 'trip.previous' | 'trip.next'): string => sayOwnPage(locale.value, key)
  const to = (id: string): string => pathOf({ kind: 'trip', policyId, tripId: id })
  return (
    <nav
      class="trip-between"
      aria-label={say('trip.between')}
      onKeyDown={(event) => {
        const wanted = event.key === 'ArrowLeft' ? '.trip-previous' : event.key === 'ArrowRight' ? '.trip-next' : undefined
        const link = wanted === undefined ? null : event.currentTarget.querySelector<HTMLAnchorElement>(wanted)
        if (link === null) return
        event.preventDefault()
        link.click()
      }}
    >
      {previousId === null ? (
        <span />
      ) : (
        <a class="trip-previous" href={to(previousId)}>
          ← {say('trip.previous')}
        </a>
      )}
      {nextId === null ? null : (
        <a class="trip-next" href={to(nextId)}>
          {say('trip.next')} →
        </a>
      )}
    </nav>
  )
}
