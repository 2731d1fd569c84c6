// Draws a trip on tiles with MapLibre. Loaded only when a map is opened.

import { LngLatBounds, NavigationControl, type StyleSpecification, setWorkerUrl, Map as TileMap } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import type { MapTiles } from '../../api/map-tiles.ts'
import type { TripDetail } from '../../api/shapes.ts'
import { tokenColours } from '../theme.ts'
import { countedEvents } from './counted-events.ts'
import { nearestIndex } from './trip-table.ts'
import 'maplibre-gl/dist/maplibre-gl.css'

const tilePx = 256
const zoomMax = 17
const tokens = ['accent', 'cost', 'paper', 'sheet'] as const
type Place = [longitude: number, latitude: number]

/** @returns removes the map; @throws when the browser cannot draw it */
export function drawMap(place: HTMLElement, detail: TripDetail, tiles: NonNullable<MapTiles>): Promise<() => void> {
  // A worker of this host: the content policy allows no other.
  setWorkerUrl(new URL(workerUrl, location.href).href)
  const colours = tokenColours(tokens)
  const colour = (name: (typeof tokens)[number]): string => colours.get(name) ?? 'gray'
  const line = placesOf(detail.course)
  const bounds = line.reduce((box, at) => box.extend(at), new LngLatBounds())
  const attribution = escaped(tiles.attribution)
  const map = new TileMap({
    container: place,
    style: tiles.kind === 'style' ? tiles.url : rasterStyle(tiles.url),
    bounds,
    fitBoundsOptions: { padding: 32, maxZoom: 16, animate: false },
    maxZoom: zoomMax + 2,
    attributionControl: { compact: false, customAttribution: attribution },
    // A page that is scrolled past a map goes on being scrolled.
    cooperativeGestures: true,
    fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
  })
  map.addControl(new NavigationControl({ showCompass: false }))
  return new Promise((resolve) => {
    map.on('load', () => {
      map.addSource('route', { type: 'geojson', data: { type: 'LineString', coordinates: line } })
      const wide = { 'line-width': 8, 'line-color': colour('sheet'), 'line-opacity': 0.8 } as const
      map.addLayer({ id: 'route-ground', type: 'line', source: 'route', paint: wide })
      map.addLayer({ id: 'route', type: 'line', source: 'route', paint: { 'line-width': 4, 'line-color': colour('accent') } })
      map.addSource('events', { type: 'geojson', data: { type: 'MultiPoint', coordinates: eventPlaces(detail) } })
      map.addLayer({
        id: 'events',
        type: 'circle',
        source: 'events',
        paint: {
          'circle-radius': 6,
          'circle-color': colour('cost'),
          'circle-stroke-width': 2,
          'circle-stroke-color': colour('sheet'),
        },
      })
      place.dataset['drawn'] = String(line.length)
      resolve(() => map.remove())
    })
  })
}

function rasterStyle(url: string): StyleSpecification {
  return {
    version: 8,
    sources: { tiles: { type: 'raster', tiles: [url], tileSize: tilePx, maxzoom: zoomMax } },
    layers: [{ id: 'tiles', type: 'raster', source: 'tiles' }],
  }
}

function placesOf({ latitude, longitude }: Pick<TripDetail['course'], 'latitude' | 'longitude'>): Place[] {
  return latitude.flatMap((north, index): Place[] => {
    const east = longitude[index] ?? null
    return north === null || east === null ? [] : [[east, north]]
  })
}

function eventPlaces({ course, events, counts }: TripDetail): Place[] {
  return countedEvents(events, counts).flatMap(({ startMs }): Place[] => {
    const index = nearestIndex(course.tMs, startMs)
    const [north, east] = [course.latitude[index] ?? null, course.longitude[index] ?? null]
    return north === null || east === null ? [] : [[east, north]]
  })
}

/** MapLibre takes attributions for markup; ours is a line of text. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
