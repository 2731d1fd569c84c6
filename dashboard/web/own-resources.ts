// What the policyholder's own pages show beside what every page does: the month, and one trip's cost, neighbours and roads.

import type { MapTiles } from '../api/map-tiles.ts'
import type { Month, Valve } from '../api/month-routes.ts'
import type { HomeDay } from '../api/shapes.ts'
import type { Neighbours, Roads, TripCost } from '../api/trip-shapes.ts'
import { keyed, resource } from './resources.ts'

export const month = keyed<Month>((id) => `policies/${id}/month`)
/** Thirty days of several installations. */
export const homeLine = keyed<{ readonly items: readonly HomeDay[] }>((id) => `policies/${id}/home-days?limit=200`)
export const valve = keyed<Valve>((id) => `policies/${id}/valve`)
export const tripCost = keyed<TripCost>((id) => `trips/${id}/cost`)
export const tripNeighbours = keyed<Neighbours>((id) => `trips/${id}/neighbours`)
export const tripRoads = keyed<Roads>((id) => `trips/${id}/roads`)
export const mapTiles = resource<{ readonly tiles: MapTiles }>('map')
