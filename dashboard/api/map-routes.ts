// Where the page learns which tiles to draw maps with.

import { MapTilesSchema } from './map-tiles.ts'
import { guardedRoute, noInput, reply } from './route.ts'

export const mapRoutes = [
  guardedRoute({
    method: 'get',
    path: '/api/v1/map',
    summary: 'The tiles that maps are drawn with, or null where none are configured.',
    roles: ['policyholder', 'insurer'],
    ...noInput,
    response: MapTilesSchema,
    handle: async ({ services }) => reply({ tiles: services.tiles }),
  }),
]
