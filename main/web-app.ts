// Builds the web app when it is missing or older than its sources, so that nobody has to know it has a build.

import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const built = join(root, 'dashboard/web/dist/index.html')
const sources = ['dashboard/web', 'dashboard/messages', 'vite.config.ts', 'package-lock.json']

export class WebAppError extends Error {
  readonly code = 'web-app-not-built'
}

/** @returns whether a build was needed */
export async function buildWebAppWhenStale(onBuild: () => void): Promise<boolean> {
  const builtAtMs = changedAtMs(built)
  if (builtAtMs > 0 && sources.every((source) => newestMs(join(root, source)) <= builtAtMs)) return false
  onBuild()
  await build()
  return true
}

function build(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
      cwd: root,
      stdio: 'ignore',
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) return resolve()
      reject(new WebAppError('The web app could not be built; "npm run build" shows why.'))
    })
  })
}

function newestMs(path: string): number {
  const entry = statSync(path, { throwIfNoEntry: false })
  if (entry === undefined) return 0
  if (!entry.isDirectory()) return entry.mtimeMs
  const inside = readdirSync(path).filter((name) => name !== 'dist')
  return Math.max(0, ...inside.map((name) => newestMs(join(path, name))))
}

function changedAtMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
