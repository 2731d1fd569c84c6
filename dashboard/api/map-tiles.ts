// The map that somebody runs or rents, as far as Merit knows it: an address of tiles or of a style, and whom to thank. Without one
// trips are drawn upon the roads that are known from earlier trips, and no host but this one is ever asked.

import Type from 'typebox'

export const MapTilesSchema = Type.Object({
  tiles: Type.Union([
    Type.Null(),
    Type.Object({
      /** `raster` is a template with {z}, {x} and {y}; `style` a MapLibre style document. */
      kind: Type.Enum(['raster', 'style'] as const),
      url: Type.String(),
      attribution: Type.String(),
    }),
  ]),
})
export type MapTiles = Type.Static<typeof MapTilesSchema>['tiles']

/** @param url empty for none; checked where settings are read */
export function mapTilesOf(url: string, attribution: string): MapTiles {
  if (url === '') return null
  return { kind: ['{z}', '{x}', '{y}'].every((part) => url.includes(part)) ? 'raster' : 'style', url, attribution }
}

/** Where the page may load tiles from, for its content policy. */
export function originOfTiles(tiles: MapTiles): string | undefined {
  return tiles === null ? undefined : new URL(tiles.url.replaceAll(/[{}]/g, '0')).origin
}
