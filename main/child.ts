// One supervised process: started in a process group of its own (so that Ctrl-C reaches the supervisor alone and the order
// of stopping is ours), watched, started again when it dies, its log kept in a file.

import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Quick enough that devices notice little, slow enough that a broken start does not spin. */
const restartDelayMs = 500
const restartDelayMsMax = 10_000
/** A process that ran this long had started well: its next restart is a quick one again. */
const steadyMs = 30_000
/** Draining a journal may take a while; after this a stop is forced. */
const stopMsMax = 30_000
/** One earlier log is kept beside the current one. */
const logBytesMax = 16 * 1024 * 1024
const lastWordsMax = 5

export interface ChildOptions {
  readonly name: string
  /** Arguments behind `main.ts`. */
  readonly args: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly logFile: string
  /** Polled until it answers; null for a process without one. */
  readonly healthUrl: string | null
  /** A line for the person: a warning out of the log, a restart. */
  readonly onNote: (note: string) => void
}

export interface Child {
  /** Resolves when the process answers on its health address the first time. */
  ready(withinMs: number): Promise<void>
  stop(): Promise<void>
}

/** A supervised process did not come up; the message is its own last words. */
export class ChildFailed extends Error {
  readonly code = 'child-failed'
}

const mainFile = fileURLToPath(new URL('../main.ts', import.meta.url))

export function startChild(options: ChildOptions): Child {
  const log = openLog(options.logFile)
  let current: ChildProcess | undefined
  let restartTimer: NodeJS.Timeout | undefined
  let isStopping = false
  let hasBeenReady = options.healthUrl === null
  let delayMs = restartDelayMs
  let lastWords: string[] = []
  let failure: ChildFailed | undefined

  const launch = () => {
    const startedAtMs = Date.now()
    lastWords = []
    const child = spawn(process.execPath, [mainFile, ...options.args], {
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    })
    current = child
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => keepLine(line))
    }
    child.once('exit', (code, signal) => {
      current = undefined
      if (isStopping) return
      const reason = lastWords.at(-1) ?? (signal === null ? `exit code ${code ?? '?'}` : signal)
      if (!hasBeenReady) {
        failure = new ChildFailed(
          lastWords.length > 0 ? plain(lastWords.join(' ')) : `${options.name} ended at once (${reason}).`,
        )
        return
      }
      if (code === 0 && options.healthUrl === null) return
      if (Date.now() - startedAtMs > steadyMs) delayMs = restartDelayMs
      options.onNote(`${options.name} ended (${plain(reason)}); starting it again.`)
      restartTimer = setTimeout(launch, delayMs)
      delayMs = Math.min(delayMs * 2, restartDelayMsMax)
    })
  }

  const keepLine = (line: string) => {
    log.write(`${line}\n`)
    const warning = warningIn(line)
    if (warning !== undefined) options.onNote(`${options.name}: ${warning}`)
    if (!line.startsWith('{')) lastWords = [...lastWords, line].slice(-lastWordsMax)
  }

  launch()
  return {
    async ready(withinMs) {
      if (options.healthUrl === null) return
      const deadlineMs = Date.now() + withinMs
      while (Date.now() < deadlineMs) {
        if (failure !== undefined) throw failure
        if (await answers(options.healthUrl)) {
          hasBeenReady = true
          return
        }
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new ChildFailed(`${options.name} did not answer within ${withinMs / 1000} s; its log is ${options.logFile}.`)
    },
    async stop() {
      isStopping = true
      clearTimeout(restartTimer)
      if (current !== undefined) await endOf(current)
      await new Promise<void>((resolve) => log.end(resolve))
    },
  }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const force = setTimeout(() => child.kill('SIGKILL'), stopMsMax)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1000) })
    await response.body?.cancel()
    return response.status < 600
  } catch {
    return false
  }
}

/** Log lines are JSON; from `warn` upwards the person is told in words. */
function warningIn(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const entry: unknown = JSON.parse(line)
    if (typeof entry !== 'object' || entry === null || !('level' in entry) || !('msg' in entry)) return undefined
    return typeof entry.level === 'number' && entry.level >= 40 && typeof entry.msg === 'string' ? entry.msg : undefined
  } catch {
    return undefined
  }
}

function plain(line: string): string {
  return line.replace(/^Merit: /, '').trim()
}

function openLog(file: string): WriteStream {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > logBytesMax) renameSync(file, `${file}.1`)
  return createWriteStream(file, { flags: 'a' })
}

/** Where the logs of a data folder lie. */
export function logFileIn(dataDir: string, name: string): string {
  return join(dataDir, 'logs', `${name}.log`)
}
