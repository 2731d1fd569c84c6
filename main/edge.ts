// The edge process, in the order data takes: broker ─▶ ingest (intake ─▶ journal ─▶ writer) ─▶ store. It starts without its
// telemetry store when that cannot be reached, because the journal keeps what devices send meanwhile.

import { createServer, type Server } from 'node:http'
import pino, { type Logger } from 'pino'
import { type Broker, createBroker } from '../broker/create-broker.ts'
import { type ExternalBroker, openExternalBroker } from '../broker/external-broker.ts'
import { startNudgePost } from '../broker/nudge-post.ts'
import { keptSecret } from '../dashboard/sign-in/kept-secret.ts'
import { type ConnectionLog, openConnectionLog } from '../ingest/connection-log.ts'
import { createEdgeMetrics, type EdgeMetrics } from '../ingest/edge-metrics.ts'
import { lockFolder } from '../ingest/folder-lock.ts'
import { openPatiently, type PatientStore } from '../ingest/patient-store.ts'
import { createRecentMessages } from '../ingest/recent-messages.ts'
import { openMessagesFile } from '../ingest/recent-messages-file.ts'
import { type Ingest, startIngest } from '../ingest/start-ingest.ts'
import { openBook } from '../store/book/open-book.ts'
import type { Book } from '../store/book/schema.ts'
import { openTelemetryStore } from '../store/open-telemetry.ts'
import { type Configuration, ConfigurationError, variables } from './configuration.ts'
import { deskTokenName } from './desk-token.ts'
import { type Desk, type DeskParts, openDesk } from './edge-desk.ts'
import { type ChosenPorts, choosePorts, type PortName } from './ports.ts'

/** What is left in the journal at a stop is stored for this long at most; the rest at the next start. */
const drainMsMax = 10_000
/** A writer further behind than this is worth somebody's attention. */
const lagMsMax = 15_000
const journalFillMax = 0.8
/** The server answers a machine; nobody needs longer to ask. */
const httpMsMax = 5000
const bytesPerMegabyte = 1024 * 1024
/** A store that never answers may hold a socket open; the process ends all the same. */
const exitMsMax = 2000
/** MQTT 3.1.1 §3.1.3.1 lets every broker take 23 characters. */
const clientIdCharacters = 12

export interface EdgeHealth {
  readonly status: 'starting' | 'ok' | 'degraded'
  readonly pid: number
  readonly reasons: readonly string[]
  /** Since this process started. */
  readonly counts: {
    readonly messages: number
    readonly readings: number
    readonly quarantined: number
    readonly devicesOnline: number
  }
}

export interface Edge {
  readonly ports: { readonly mqttPort: number; readonly mqttWsPort: number; readonly edgeHttpPort: number }
  health(): EdgeHealth
  /** Stops in the order data takes, so that nothing taken in is lost. */
  close(): Promise<void>
}

/** Resolves when the process was told to stop and has stopped. */
export async function runEdge(configuration: Configuration): Promise<void> {
  const log = pino({ level: configuration.logLevel, base: { process: 'edge' } }, pino.destination({ fd: 2, sync: true }))
  const told = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal))
  })
  const edge = await startEdge(configuration, log)
  log.info({ signal: await told }, 'stopping')
  await edge.close()
  log.info('stopped')
  setTimeout(() => process.exit(), exitMsMax).unref()
}

/** @throws an Error with a `code` and a message for a person when edge cannot start */
export async function startEdge(configuration: Configuration, log: Logger): Promise<Edge> {
  const lock = lockFolder(configuration.dataDir, 'edge')
  const closing: (() => Promise<void>)[] = [async () => lock.release()]
  try {
    return await assemble(configuration, log, closing)
  } catch (error) {
    await closeAll(closing)
    throw error
  }
}

async function assemble(configuration: Configuration, log: Logger, closing: (() => Promise<void>)[]): Promise<Edge> {
  const { host, dataDir } = configuration
  // The dashboard's port is the other process's, and busy when that one runs.
  const ownPorts = new Set([...configuration.portsSet].filter((name) => name !== 'httpPort'))
  const chosen = await choosePorts({ ...configuration, portsSet: ownPorts })
  for (const { name, from, to } of chosen.moved) {
    if (name !== 'httpPort') log.warn(`Port ${from} is taken; ${variables[name].name} is ${to} instead.`)
  }

  const metrics = createEdgeMetrics()
  let parts: EdgeParts | undefined
  let deskParts: DeskParts | undefined
  const desk = openDesk(keptSecret(dataDir, deskTokenName), () => deskParts, log)
  const health = () => healthOf(parts, configuration, metrics)
  const http = await listenHttp(configuration, chosen, metrics, health, desk)
  closing.push(() => closeHttp(http, desk))

  const book = await openBook(configuration.bookUrl)
  closing.push(() => book.destroy())
  const store = await openPatiently(() => openTelemetryStore(configuration.telemetryUrl), log)
  closing.push(() => store.close())

  const connections = await openConnectionLog({ book, log, nowMs: Date.now })
  closing.push(() => connections.close())
  const messages = createRecentMessages()
  const messagesFile = await openMessagesFile({ dataDir, recent: messages, log })
  closing.push(() => messagesFile.close())
  const broker = await brokerOf(configuration, { book, log, metrics, connections })
  const ingest = await startIngest({
    dataDir,
    journalBytesMax: configuration.journalMegabytesMax * bytesPerMegabyte,
    book,
    openStore: store.open,
    send: broker.send,
    metrics,
    messages,
    writeMessages: messagesFile.write,
    connections,
    log,
    nowMs: Date.now,
  })
  closing.push(() => ingest.close(drainMsMax))
  const post = startNudgePost({ book, send: broker.send, log, nowMs: Date.now })
  closing.push(() => post.close())
  closing.push(() => broker.close())
  metrics.watch({ ...ingest, connectedDevices: broker.connectedDevices, nowMs: Date.now })

  const { mqttPort, mqttWsPort, edgeHttpPort } = chosen.ports
  if ('start' in broker) broker.start(ingest.handlers)
  else await orNameThePort(chosen, () => broker.listen({ host, tcpPort: mqttPort, webSocketPort: mqttWsPort }, ingest.handlers))
  const brokerAbsence = 'absence' in broker ? broker.absence : () => undefined
  parts = { ingest, store, connectedDevices: broker.connectedDevices, brokerAbsence }
  deskParts = { address: { host, mqttPort, mqttWsPort }, messages, connections, broker, ingest, nowMs: Date.now }
  log.info({ host, mqttPort, mqttWsPort, edgeHttpPort }, 'edge is ready')
  return { ports: { mqttPort, mqttWsPort, edgeHttpPort }, health, close: () => closeAll(closing) }
}

interface BrokerParts {
  readonly book: Book
  readonly log: Logger
  readonly metrics: EdgeMetrics
  readonly connections: ConnectionLog
}

/** Our own, or one that somebody runs already. */
async function brokerOf(
  configuration: Configuration,
  { book, log, metrics, connections }: BrokerParts,
): Promise<Broker | ExternalBroker> {
  const { mqttUrl, mqttGroup, dataDir } = configuration
  if (mqttUrl === '') return createBroker({ book, log, onSignInRefused: metrics.signInRefused, onConnection: connections.take })
  // Kept, so that what this edge did not acknowledge comes to it again after a restart.
  const clientId = `merit-${keptSecret(dataDir, 'mqtt-client').slice(0, clientIdCharacters)}`
  const onIgnored = (reason: string) => metrics.rejected(reason, 1)
  return openExternalBroker({ url: mqttUrl, group: mqttGroup, clientId, book, log, onIgnored, nowMs: Date.now })
}

/** Last opened, first closed. */
async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close()
}

interface EdgeParts {
  readonly ingest: Ingest
  readonly store: PatientStore
  readonly connectedDevices: () => number
  readonly brokerAbsence: () => string | undefined
}

function healthOf(parts: EdgeParts | undefined, configuration: Configuration, metrics: EdgeMetrics): EdgeHealth {
  const counts = { ...metrics.totals(), devicesOnline: parts?.connectedDevices() ?? 0 }
  if (parts === undefined) return { status: 'starting', pid: process.pid, reasons: [], counts }
  const journal = parts.ingest.journal.status()
  const absence = parts.store.absence()
  const brokerAbsence = parts.brokerAbsence()
  const { failure, oldestPendingMs } = parts.ingest.writer.status()
  const lagMs = oldestPendingMs === undefined ? 0 : Date.now() - oldestPendingMs
  const fill = journal.bytes / (configuration.journalMegabytesMax * bytesPerMegabyte)
  const reasons = [
    ...(journal.failure === undefined ? [] : [`The journal could not be written: ${journal.failure}`]),
    ...(journal.damaged.length === 0
      ? []
      : [`Damaged journal files were set aside; look at them and move them away: ${journal.damaged.join(', ')}`]),
    ...(fill < journalFillMax ? [] : [`The journal is ${Math.floor(fill * 100)} % full.`]),
    ...(brokerAbsence === undefined ? [] : [brokerAbsence]),
    ...(absence === undefined ? [] : [absence]),
    ...(failure === undefined || absence !== undefined ? [] : [failure]),
    ...(lagMs < lagMsMax ? [] : [`The store is ${Math.round(lagMs / 1000)} s behind.`]),
  ]
  return { status: reasons.length === 0 ? 'ok' : 'degraded', pid: process.pid, reasons, counts }
}

async function listenHttp(
  configuration: Configuration,
  chosen: ChosenPorts,
  metrics: EdgeMetrics,
  health: () => EdgeHealth,
  desk: Desk,
): Promise<Server> {
  const server = createServer({ headersTimeout: httpMsMax, requestTimeout: httpMsMax, connectionsCheckingInterval: 1000 })
  server.on('request', async (request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/healthz') {
      const body = health()
      response.writeHead(body.status === 'starting' ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    } else if (path === '/metrics') {
      const body = await metrics.registry.metrics()
      response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(body)
    } else if (!desk.answer(request, response)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found: try /healthz or /metrics.\n')
    }
  })
  const { host } = configuration
  await orNameThePort(
    chosen,
    () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen({ host, port: chosen.ports.edgeHttpPort }, resolve)
      }),
  )
  return server
}

function closeHttp(server: Server, desk: Desk): Promise<void> {
  desk.close()
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** A port may be taken in the moment between choosing and listening. */
async function orNameThePort<Result>(chosen: ChosenPorts, listen: () => Promise<Result>): Promise<Result> {
  try {
    return await listen()
  } catch (error) {
    const port = error instanceof Error && 'port' in error ? error.port : undefined
    const names: readonly PortName[] = ['mqttPort', 'mqttWsPort', 'edgeHttpPort']
    const name = names.find((candidate) => chosen.ports[candidate] === port)
    if (name === undefined) throw error
    throw new ConfigurationError(`Port ${String(port)} cannot be used; set ${variables[name].name} to a free one.`, {
      cause: error,
    })
  }
}
