// The office process, in the order data takes: store ─▶ pricing ─▶ dashboard. It starts without its telemetry store when that
// cannot be reached: the book answers what it can, and pricing goes on when the store is back.

import pino, { type Logger } from 'pino'
import { mapTilesOf } from '../dashboard/api/map-tiles.ts'
import { isLoopbackAddress } from '../dashboard/api/request-guard.ts'
import { keptSecret } from '../dashboard/sign-in/kept-secret.ts'
import { type Dashboard, type DashboardOptions, startDashboard } from '../dashboard/start-dashboard.ts'
import { lockFolder } from '../ingest/folder-lock.ts'
import { openPatiently } from '../ingest/patient-store.ts'
import { startReplays } from '../pricing/dislocation/start-replays.ts'
import { startNudging } from '../pricing/nudging/start-nudging.ts'
import { startPricing } from '../pricing/start-pricing.ts'
import { openBook } from '../store/book/open-book.ts'
import { openTelemetryStore } from '../store/open-telemetry.ts'
import { type Configuration, variables } from './configuration.ts'
import { readDemoAccounts } from './demo/demo-book.ts'
import { deskTokenName } from './desk-token.ts'
import { launchRun } from './launch-run.ts'
import { patientTelemetry } from './patient-telemetry.ts'
import { choosePorts } from './ports.ts'
import { reachableHost } from './reachable-host.ts'

/** Pricing further behind than this is worth somebody's attention. */
const lagMsMax = 30_000
/** A store that never answers may hold a socket open; the process ends all the same. */
const exitMsMax = 2000

/** Resolves when the process was told to stop and has stopped. */
export async function runOffice(configuration: Configuration): Promise<void> {
  const log = pino({ level: configuration.logLevel, base: { process: 'office' } }, pino.destination({ fd: 2, sync: true }))
  const told = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal))
  })
  const office = await startOffice(configuration, log)
  log.info({ signal: await told }, 'stopping')
  await office.close()
  log.info('stopped')
  setTimeout(() => process.exit(), exitMsMax).unref()
}

/** @throws an Error with a `code` and a message for a person when the office cannot start */
/** @param changes a web app built elsewhere */
export async function startOffice(
  configuration: Configuration,
  log: Logger,
  changes: Pick<DashboardOptions, 'webAppFolder'> = {},
): Promise<Dashboard> {
  const lock = lockFolder(configuration.dataDir, 'office')
  const closing: (() => Promise<void>)[] = [async () => lock.release()]
  try {
    const { url, publish } = await assemble(configuration, log, closing, changes)
    log.info({ url }, 'office is ready')
    return { url, publish, close: () => closeAll(closing) }
  } catch (error) {
    await closeAll(closing)
    throw error
  }
}

async function assemble(
  configuration: Configuration,
  log: Logger,
  closing: (() => Promise<void>)[],
  changes: Pick<DashboardOptions, 'webAppFolder'>,
): Promise<Dashboard> {
  const { host, dataDir, demo, publicUrl } = configuration
  const port = await choosePort(configuration, log)
  const secret = configuration.secret === '' ? keptSecret(dataDir, 'secret') : configuration.secret

  const book = await openBook(configuration.bookUrl)
  closing.push(() => book.destroy())
  const patient = await openPatiently(() => openTelemetryStore(configuration.telemetryUrl), log)
  closing.push(() => patient.close())
  const telemetry = patientTelemetry(patient)

  const pricing = await startPricing({ book, telemetry, log, nowMs: Date.now })
  closing.push(() => pricing.close())
  const { bookUrl, telemetryUrl } = configuration
  const replays = await startReplays({ book, bookUrl, telemetryUrl, log, nowMs: Date.now })
  closing.push(() => replays.close())

  const dashboard = await startDashboard({
    book,
    telemetry,
    pricing,
    replays,
    log,
    host,
    port,
    publicUrl,
    secret,
    demo,
    demoAccounts: demo && isLoopbackAddress(host) ? [...readDemoAccounts(dataDir)] : [],
    tiles: mapTilesOf(configuration.tilesUrl, configuration.tilesAttribution),
    ...changes,
    launchRun: (id) => launchRun(configuration, id),
    edgeDesk: {
      url: `http://${reachableHost(host)}:${configuration.edgeHttpPort}`,
      token: keptSecret(dataDir, deskTokenName),
    },
    edgeHealthUrl: `http://${reachableHost(host)}:${configuration.edgeHttpPort}/healthz`,
    health() {
      const { status, reasons, lagMs } = pricing.health()
      const absence = patient.absence()
      const all = [
        ...(absence === undefined ? reasons : [absence]),
        ...(lagMs < lagMsMax ? [] : [`Pricing is ${Math.round(lagMs / 1000)} s behind.`]),
      ]
      return { status: all.length > 0 ? 'degraded' : status, reasons: all }
    },
  })
  closing.push(() => dashboard.close())

  const { nudgeHookUrl, nudgeHookSecret } = configuration
  const nudging = startNudging({
    book,
    log,
    nowMs: Date.now,
    hook: nudgeHookUrl === '' ? undefined : { url: nudgeHookUrl, secret: nudgeHookSecret },
    onMessage: ({ policy_id: policyId }) => dashboard.publish({ kind: 'nudge', policyId }),
  })
  closing.push(() => nudging.close())
  return dashboard
}

/** The other ports are edge's, and busy when that runs. */
async function choosePort(configuration: Configuration, log: Logger): Promise<number> {
  const portsSet = new Set([...configuration.portsSet].filter((name) => name === 'httpPort'))
  const { ports, moved } = await choosePorts({ ...configuration, portsSet })
  for (const { name, from, to } of moved) {
    if (name === 'httpPort') log.warn(`Port ${from} is taken; ${variables.httpPort.name} is ${to} instead.`)
  }
  return ports.httpPort
}

/** Last opened, first closed. */
async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close()
}
