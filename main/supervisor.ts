// `npm start`: makes ready what is missing, starts edge, office and the demo's devices in this order, shows where
// everything is, and stops all of it in the same order, so that what was acknowledged is stored and priced.

import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { isLoopbackAddress } from '../dashboard/api/request-guard.ts'
import { openBook } from '../store/book/open-book.ts'
import { makeFolder } from '../store/make-folder.ts'
import { type Child, logFileIn, startChild } from './child.ts'
import { type Configuration, ConfigurationError, toEnvironment, unknownVariables, variables } from './configuration.ts'
import { type DemoAccount, makeDemoBookWhenEmpty, readDemoAccounts } from './demo/demo-book.ts'
import { type LiveCounts, startLiveCounts } from './live-counts.ts'
import { terminalMessages } from './messages/terminal-messages.ts'
import { choosePorts } from './ports.ts'
import { reportAndExit } from './process-life.ts'
import { reachableHost } from './reachable-host.ts'
import { findRunning, forgetRunning, writeRunning } from './running.ts'
import { statusTable } from './status-table.ts'
import { buildWebAppWhenStale } from './web-app.ts'

const readyMsMax = 60_000
/** Devices first, so that nothing more comes in; then edge drains its journal; then office prices what came. */
const stopOrder = ['devices', 'edge', 'office'] as const

export async function runSupervisor(wanted: Configuration): Promise<void> {
  const say = terminalMessages(wanted.locale)
  const note = (line: string) => console.log(`  ${line}`)
  for (const name of unknownVariables(process.env)) note(say.unknownVariable(name))

  prepareDataFolder(wanted)
  const { ports, moved } = await choosePorts(wanted)
  for (const port of moved) note(say.portMoved(variables[port.name].name, port.from, port.to))
  const configuration: Configuration = { ...wanted, ...ports }
  await buildWebAppWhenStale(() => note(say.buildingWebApp))
  const accounts = await prepareDemo(configuration, () => note(say.makingDemoBook))
  if (accounts.length > 0 && !isLoopbackAddress(configuration.host)) note(say.demoOnNetwork(configuration.host))

  const children = new Map<string, Child>()
  let counts: LiveCounts | undefined
  const stopAll = async () => {
    counts?.stop()
    for (const name of stopOrder) await children.get(name)?.stop()
    forgetRunning(configuration.dataDir)
  }
  const ended = exitOnSignal(async () => {
    console.log(`\n  ${say.stopping}`)
    await stopAll()
    console.log(`  ${say.stopped}`)
  })
  const environment = toEnvironment(configuration)
  const host = reachableHost(configuration.host)
  const edgeUrl = `http://${host}:${configuration.edgeHttpPort}`
  const dashboardUrl = `http://${host}:${configuration.httpPort}`
  const begin = async (name: (typeof stopOrder)[number], args: readonly string[], healthUrl: string | null) => {
    const child = startChild({
      name,
      args,
      environment,
      logFile: logFileIn(configuration.dataDir, name),
      healthUrl,
      onNote: note,
    })
    children.set(name, child)
    await child.ready(readyMsMax)
  }
  try {
    note(say.startingEdge)
    await begin('edge', ['edge'], `${edgeUrl}/healthz`)
    note(say.startingOffice)
    await begin('office', ['office'], `${dashboardUrl}/healthz`)
    writeRunning(configuration.dataDir, { pid: process.pid, host: configuration.host, ...ports })
    if (accounts.length > 0) {
      note(say.startingDevices)
      await begin('devices', ['simulate', '--demo'], null)
    }
  } catch (error) {
    await stopAll()
    throw error
  }
  const addresses = {
    dashboardUrl,
    mqttAddress: `${host}:${configuration.mqttPort}`,
    mqttWsUrl: `ws://${host}:${configuration.mqttWsPort}/mqtt`,
    edgeUrl,
    dataDir: configuration.dataDir,
  }
  console.log(statusTable(say, addresses, accounts))
  counts = await startLiveCounts(configuration, edgeUrl, say)
  await ended
}

function prepareDataFolder(configuration: Configuration): void {
  const say = terminalMessages(configuration.locale)
  try {
    makeFolder(join(configuration.dataDir, 'logs'))
    accessSync(configuration.dataDir, constants.W_OK)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new ConfigurationError(say.errors.dataFolder(configuration.dataDir, reason))
  }
  const other = findRunning(configuration.dataDir)
  if (other !== undefined) throw new ConfigurationError(say.errors.alreadyRunning(other.pid))
}

/** The demo's sign-ins, made on the first start of an empty data folder; none when the demo is off. */
async function prepareDemo(configuration: Configuration, onMake: () => void): Promise<readonly DemoAccount[]> {
  if (!configuration.demo) return []
  const book = await openBook(configuration.bookUrl)
  try {
    await makeDemoBookWhenEmpty(book, configuration.dataDir, Date.now(), onMake)
    return readDemoAccounts(configuration.dataDir)
  } finally {
    await book.destroy()
  }
}

/** Stops everything on the first signal and ends this process; a second signal ends it at once. */
function exitOnSignal(stop: () => Promise<void>): Promise<never> {
  let isStopping = false
  const onSignal = () => {
    if (isStopping) process.exit(1)
    isStopping = true
    stop().then(
      () => process.exit(0),
      (error) => reportAndExit(error),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  return new Promise(() => undefined)
}
