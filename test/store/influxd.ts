// Starts a real InfluxDB 1.x for tests: free loopback ports, its own temporary folder, gone afterwards.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../free-port.ts'
import { findService, howToGet } from '../services.ts'

/** Debian's influxd starts in under a second; a loaded machine gets more. */
const startMsMax = 20_000

export interface Influxd {
  /** `influxdb://…/merit`, for openTelemetryStore; with the administrator's password when signing in is asked for. */
  readonly url: string
  readonly httpUrl: string
  readonly pid: number
  /** SIGKILL, then a new process on the same folder and ports. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** @param options.signIn ask for user and password: `merit` and `p%ss w:rd/@` */
export async function startInfluxd(options: { readonly signIn?: boolean } = {}): Promise<Influxd> {
  const program = findService('influxd')
  if (program === undefined) throw new Error(`influxd is missing: ${howToGet('influxd')}`)
  const folder = await mkdtemp(join(tmpdir(), 'merit-influxd-'))
  const [httpPort, rpcPort] = [await freePort(), await freePort()]
  const httpUrl = `http://127.0.0.1:${httpPort}`
  await writeFile(join(folder, 'influxdb.conf'), configuration(folder, httpPort, rpcPort, options.signIn === true))

  let child = await launch(program, folder, httpUrl)
  if (options.signIn === true) {
    const create = `CREATE USER "merit" WITH PASSWORD '${password}' WITH ALL PRIVILEGES`
    const answer = await fetch(`${httpUrl}/query`, { method: 'POST', body: new URLSearchParams({ q: create }) })
    if (!answer.ok) throw new Error(await answer.text())
  }
  return {
    url: `influxdb://${options.signIn === true ? `merit:${encodeURIComponent(password)}@` : ''}127.0.0.1:${httpPort}/merit`,
    httpUrl,
    get pid() {
      return child.pid ?? 0
    },
    async restart() {
      await end(child)
      child = await launch(program, folder, httpUrl)
    },
    async stop() {
      await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const password = 'p%ss w:rd/@'

function configuration(folder: string, httpPort: number, rpcPort: number, signIn: boolean): string {
  return `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${httpPort}"
  auth-enabled = ${signIn}
  log-enabled = false
`
}

async function launch(program: string, folder: string, httpUrl: string): Promise<ChildProcess> {
  const child = spawn(program, ['-config', join(folder, 'influxdb.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr?.on('data', (chunk) => {
    log = `${log}${chunk}`.slice(-4_000)
  })
  const giveUpAtMs = Date.now() + startMsMax
  while (Date.now() < giveUpAtMs && child.exitCode === null) {
    const answer = await fetch(`${httpUrl}/ping`).catch(() => undefined)
    if (answer?.ok === true) return child
    await sleep(50)
  }
  await end(child)
  throw new Error(`influxd did not start:\n${log}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}
