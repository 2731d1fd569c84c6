// Builds what Vite builds when it is missing or older than its sources, so that nobody has to know that anything is built.

import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const lockFile = join(root, 'node_modules/.merit-build')
const lockedAgainMs = 200

export interface Build {
  /** Vite's configuration, relative to the project, as everything here. */
  readonly config: string
  /** A file that each build writes anew. */
  readonly result: string
  /** Folders that the build itself writes are passed over: `dist` is. */
  readonly sources: readonly string[]
  /** What a person is told to run to see why it failed. */
  readonly command: string
}

export class BuildError extends Error {
  readonly code = 'not-built'
}

/** @returns whether a build was needed. @throws BuildError */
export async function buildWhenStale(wanted: Build, onBuild: () => void): Promise<boolean> {
  if (isFresh(wanted)) return false
  const unlock = await lock()
  try {
    // Another process may have built it meanwhile.
    if (isFresh(wanted)) return false
    onBuild()
    await build(wanted)
    return true
  } finally {
    unlock()
  }
}

function isFresh({ result, sources, config }: Build): boolean {
  const builtAtMs = statSync(join(root, result), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return builtAtMs > 0 && [...sources, config, 'package-lock.json'].every((source) => newestMs(join(root, source)) <= builtAtMs)
}

/** One process builds at a time: each build empties its folder first. */
async function lock(): Promise<() => void> {
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
      return () => rmSync(lockFile, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    if (isLeftBehind()) rmSync(lockFile, { force: true })
    else await sleep(lockedAgainMs)
  }
}

/** By a process that is gone, or that was killed between making the file and writing into it. */
function isLeftBehind(): boolean {
  const entry = statSync(lockFile, { throwIfNoEntry: false })
  if (entry === undefined || Date.now() - entry.mtimeMs < lockedAgainMs) return false
  try {
    process.kill(Number(readFileSync(lockFile, 'utf8')) || Number.NaN, 0)
    return false
  } catch {
    return true
  }
}

function build({ config, result, command }: Build): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--config', join(root, config), '--logLevel', 'error'], {
      cwd: root,
      stdio: 'ignore',
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) return resolve()
      reject(new BuildError(`${result} could not be built; "${command}" shows why.`))
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
