// A whole Merit for a test: `main.ts start` on free loopback ports over a temporary data folder, and its command line.

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { root } from './source-tree.ts'

const readyMsMax = 60_000

export interface RunningMerit {
  readonly dashboardUrl: string
  readonly edgeUrl: string
  readonly mqttUrl: string
  readonly mqttPort: number
  readonly dataDir: string
  /** What it printed so far. */
  output(): string
  /** Runs `merit …` and gives what it printed. @throws with its standard error when it fails */
  merit(...args: readonly string[]): Promise<string>
  /** The same with --json, parsed. */
  meritJson(...args: readonly string[]): Promise<unknown>
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>
}

export interface MeritOptions {
  readonly demo: boolean
  /** A folder of an earlier run; a new temporary one otherwise. */
  readonly dataDir?: string
  readonly environment?: Readonly<Record<string, string>>
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'merit-test-'))
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true })
}

export async function startMerit(options: MeritOptions): Promise<RunningMerit> {
  const [httpPort, mqttPort, mqttWsPort, edgeHttpPort] = [await freePort(), await freePort(), await freePort(), await freePort()]
  const dataDir = options.dataDir ?? temporaryFolder()
  const environment = {
    ...process.env,
    MERIT_DATA_DIR: dataDir,
    MERIT_DEMO: options.demo ? '1' : '0',
    MERIT_HTTP_PORT: String(httpPort),
    MERIT_MQTT_PORT: String(mqttPort),
    MERIT_MQTT_WS_PORT: String(mqttWsPort),
    MERIT_EDGE_HTTP_PORT: String(edgeHttpPort),
    MERIT_LOCALE: 'en',
    ...options.environment,
  }
  const child = spawn(process.execPath, ['main.ts', 'start'], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await until(
    child,
    () => output.includes('Merit is running'),
    () => output,
  )

  const merit = (...args: readonly string[]) => runMerit(environment, args)
  return {
    dashboardUrl: `http://127.0.0.1:${httpPort}`,
    edgeUrl: `http://127.0.0.1:${edgeHttpPort}`,
    mqttUrl: `mqtt://127.0.0.1:${mqttPort}`,
    mqttPort,
    dataDir,
    output: () => output,
    merit,
    meritJson: async (...args) => JSON.parse(await merit(...args, '--json')),
    stop: () => stop(child),
  }
}

function runMerit(environment: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['main.ts', 'merit', ...args],
      { cwd: root, env: environment, maxBuffer: 256 * 1024 * 1024 },
      (error, out, err) => (error === null ? resolve(out) : reject(new Error(`merit ${args.join(' ')}: ${err}`))),
    )
  })
}

async function until(child: ChildProcess, isReady: () => boolean, said: () => string): Promise<void> {
  const deadlineMs = Date.now() + readyMsMax
  while (!isReady()) {
    if (child.exitCode !== null) throw new Error(`Merit ended with ${child.exitCode}: ${said()}`)
    if (Date.now() > deadlineMs) throw new Error(`Merit was not ready in time: ${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function stop(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode)
    child.once('exit', (code) => resolve(code))
    child.kill('SIGINT')
  })
}
