// What the nodes have in common that follow one of Merit's event streams.

import { follow, type MeritPlace } from './merit-api.ts'
import type { PaletteNode } from './palette-node.ts'

export function followFor(
  node: PaletteNode,
  place: MeritPlace,
  path: string,
  onEvent: (event: string, data: unknown) => void,
): void {
  node.show('grey', node.say('connecting'))
  const stop = follow(place, path, {
    onEvent,
    onStanding(standing) {
      if (standing.kind === 'following') node.show('green', node.say('following'))
      else node.show('yellow', standing.why.slice(0, 60))
    },
  })
  node.onClose(stop)
}
