// The trip on the tiles that were configured. Nothing of it is loaded, and no other host is asked, before somebody opens it.

import { effect, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { MapTiles } from '../../api/map-tiles.ts'
import type { TripDetail } from '../../api/shapes.ts'
import { type OwnPageKey, sayOwnPage } from '../../messages/own-pages.ts'
import { locale } from '../language.ts'
import { mapTiles } from '../own-resources.ts'
import { useLoaded } from '../resources.ts'
import { followTheme } from '../theme.ts'
import '../style/map.css'

const words = (key: OwnPageKey, values?: Readonly<Record<string, string | number>>): string =>
  sayOwnPage(locale.value, key, values)

export function TripMap({ detail }: { readonly detail: TripDetail }) {
  const found = useLoaded(mapTiles)
  const isOpen = useSignal(false)
  const tiles = found.kind === 'ready' ? found.value.tiles : null
  const hasPlace = detail.course.latitude.some((value) => value !== null)
  if (tiles === null || !hasPlace) return null
  return (
    <div class="trip-map">
      <button
        type="button"
        class="button"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value
        }}
      >
        {isOpen.value ? words('map.close') : words('map.open')}
      </button>
      {isOpen.value ? (
        <TilesPlace detail={detail} tiles={tiles} />
      ) : (
        <p class="section-text">{words('map.asks', { host: new URL(tiles.url.replaceAll(/[{}]/g, '')).host })}</p>
      )}
    </div>
  )
}

function TilesPlace({ detail, tiles }: { readonly detail: TripDetail; readonly tiles: NonNullable<MapTiles> }) {
  const place = useRef<HTMLDivElement>(null)
  const isBroken = useSignal(false)
  useEffect(() => {
    const { current } = place
    if (current === null) return
    return effect(() => {
      followTheme()
      let isGone = false
      let remove: (() => void) | undefined
      import('./tile-map.ts')
        .then(async ({ drawMap }) => {
          if (isGone) return
          remove = await drawMap(current, detail, tiles)
          if (isGone) remove()
        })
        .catch(() => {
          isBroken.value = true
        })
      return () => {
        isGone = true
        remove?.()
      }
    })
  }, [detail, tiles, isBroken])
  return isBroken.value ? (
    <p class="figure-missing" role="alert">
      {words('map.failed')}
    </p>
  ) : (
    <section class="trip-map-place" ref={place} aria-label={words('map.label')} />
  )
}
