// The nodes of devices/palette, built when they have to be.

import { fileURLToPath } from 'node:url'
import { buildWhenStale } from '../stale-build.ts'

export const paletteFolder = fileURLToPath(new URL('../../devices/palette', import.meta.url))

/** @returns whether a build was needed. @throws BuildError */
export function buildPaletteWhenStale(onBuild: () => void): Promise<boolean> {
  return buildWhenStale(
    { config: 'palette.config.ts', result: 'devices/palette/dist/merit.cjs', sources: ['devices'], command: 'npm run palette' },
    onBuild,
  )
}
