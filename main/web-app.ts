// The web app, built when it has to be.

import { buildWhenStale } from './stale-build.ts'

/** @returns whether a build was needed. @throws BuildError */
export function buildWebAppWhenStale(onBuild: () => void): Promise<boolean> {
  return buildWhenStale(
    {
      config: 'vite.config.ts',
      result: 'dashboard/web/dist/index.html',
      sources: ['dashboard/web', 'dashboard/messages'],
      command: 'npm run build',
    },
    onBuild,
  )
}
