// Starts the dashboard: the API of the route table, sign-in, live events and the web app, on one port.

import { fileURLToPath } from 'node:url'
import express from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import type { Replays } from '../pricing/dislocation/start-replays.ts'
import type { Pricing } from '../pricing/start-pricing.ts'
import type { Book } from '../store/book/schema.ts'
import type { TelemetryStore } from '../store/telemetry-store.ts'
import { createEdgeDesk } from './api/edge-desk.ts'
import { createStreams } from './api/follow-device.ts'
import { insurerOfPolicies } from './api/insurer-of.ts'
import { publishChanges } from './api/live-changes.ts'
import { createLiveHub } from './api/live-hub.ts'
import { createLiveStatus } from './api/live-status.ts'
import { type MapTiles, originOfTiles } from './api/map-tiles.ts'
import { createMetrics } from './api/metrics.ts'
import { describeApi } from './api/openapi.ts'
import { registerRoutes, reportFailures } from './api/register-routes.ts'
import { isLoopbackAddress } from './api/request-guard.ts'
import { routes } from './api/routes.ts'
import type { Services } from './api/services.ts'
import type { DemoAccounts, Health, LiveEvent } from './api/shapes.ts'
import { serveWebApp } from './api/web-app.ts'
import { listen } from './http-server.ts'
import { startSilenceWatch } from './inbox/silent-devices.ts'
import { startErasing } from './privacy/erasure.ts'
import { type RunProcess, startRuns } from './runs/start-runs.ts'
import { createAttempts, signInLimits } from './sign-in/attempts.ts'
import { openSignIn } from './sign-in/open-sign-in.ts'
import type { Passwords } from './sign-in/password.ts'
import { openSessions } from './sign-in/sessions.ts'

/** Of the API; it changes when a client has to. */
const apiVersion = '1.0.0'
const builtWebApp = fileURLToPath(new URL('web/dist', import.meta.url))
const sessionSweepMs = 60 * 60_000

export interface DashboardOptions {
  readonly book: Book
  readonly telemetry: TelemetryStore
  readonly pricing: Pricing
  readonly replays: Replays
  readonly log: Logger
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** The address people type, or empty: the dashboard's own. */
  readonly publicUrl: string
  /** Signs sessions; at least 32 characters. */
  readonly secret: string
  /** False refuses the demo's accounts. */
  readonly demo: boolean
  /** Offered on the sign-in page, on loopback only. */
  readonly demoAccounts: DemoAccounts['accounts']
  /** Edge's `/healthz`, for the count of messages. */
  readonly edgeHealthUrl?: string
  /** Edge's HTTP address and what it answers the office for. */
  /** Starts the process of a simulated fleet; without it none can be run from the page. */
  readonly launchRun?: (id: string) => RunProcess
  readonly edgeDesk?: { readonly url: string; readonly token: string }
  readonly health: () => { readonly status: Health['status']; readonly reasons: readonly string[] }
  /** What maps are drawn with; without them no other host is asked for anything. */
  readonly tiles?: MapTiles
  readonly webAppFolder?: string
  readonly nowMs?: () => number
  /** How passwords are hashed and checked; a test may count. */
  readonly passwords?: Passwords
}

export interface Dashboard {
  readonly url: string
  /** Tells everybody who watches the policy. */
  publish(event: LiveEvent): void
  close(): Promise<void>
}

/** @throws ListenError when the port cannot be had */
export async function startDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { book, telemetry, pricing, replays, log, host, publicUrl, demo, nowMs = Date.now } = options
  const isLoopback = isLoopbackAddress(host)
  // RFC 3986 §3.2.2
  const inUrl = host.includes(':') ? `[${host}]` : host
  const sessions = openSessions({
    book,
    secret: options.secret,
    publicUrl: publicUrl === '' ? `http://${inUrl}` : publicUrl,
    demo,
    ...(options.passwords === undefined ? {} : { passwords: options.passwords }),
    nowMs,
  })
  const live = createLiveHub(insurerOfPolicies(book), (error) => log.warn({ err: error }, 'live views could not be checked'))
  const metrics = createMetrics({ pricingLagMs: () => pricing.health().lagMs, liveClients: live.clients })
  const runs = await startRuns({ book, telemetry, launch: options.launchRun, log, nowMs })
  const services: Services = {
    book,
    telemetry,
    sessions,
    signIn: openSignIn({ book, secret: options.secret, publicUrl, isLoopback, demo }),
    attempts: createAttempts(signInLimits),
    live,
    edge: createEdgeDesk(options.edgeDesk),
    deviceStreams: createStreams(),
    runs,
    replays,
    metrics,
    log,
    demoAccounts: demo && isLoopback ? options.demoAccounts : [],
    publicUrl,
    tiles: options.tiles ?? null,
    openApi: describeApi(routes, apiVersion),
    status: createLiveStatus({ book, telemetry, edgeHealthUrl: options.edgeHealthUrl, nowMs }),
    health: () => {
      const { status, reasons } = options.health()
      return { status, pid: process.pid, reasons: [...reasons], pricedAtMs: pricing.health().passedAtMs }
    },
    nowMs,
  }
  const stopPublishing = publishChanges(pricing, services)
  const erasing = startErasing({ book, telemetry, pricing, log, nowMs })
  const silence = startSilenceWatch({ book, log, nowMs })

  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  // Only a proxy on this machine may say whom it speaks for, and only where one was announced.
  if (publicUrl !== '') app.set('trust proxy', 'loopback')
  app.use(securityHeaders(publicUrl.startsWith('https:'), options.tiles ?? null))
  registerRoutes(app, routes, services, { publicUrl, isLoopback })
  app.get('/{*page}', serveWebApp(options.webAppFolder ?? builtWebApp))
  app.use(reportFailures(services))

  const server = await listen(app, host, options.port)
  const sweep = () => sessions.forgetExpired(new Date(nowMs())).catch((error) => log.warn({ err: error }, 'old sessions stay'))
  const sweeper = setInterval(sweep, sessionSweepMs)
  await sweep()
  return {
    url: `http://${inUrl}:${server.port}`,
    publish: live.publish,
    async close() {
      clearInterval(sweeper)
      stopPublishing()
      await erasing.close()
      await silence.close()
      live.close()
      await runs.close()
      await server.close()
      metrics.close()
    },
  }
}

/** Nothing from elsewhere but the tiles that were configured, nothing inline: what a page may load is what this server built. */
function securityHeaders(isHttps: boolean, tiles: MapTiles) {
  const origin = originOfTiles(tiles)
  const map = origin === undefined ? [] : [origin]
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', ...map],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...map],
        ...(origin === undefined ? {} : { workerSrc: ["'self'"] }),
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'same-origin' },
    frameguard: { action: 'deny' },
  })
}
