// What the office process tells Prometheus: requests, latency, pricing and the event loop.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface MetricSources {
  /** Milliseconds by which pricing is behind what was stored. */
  pricingLagMs(): number
  liveClients(): number
}

/** What of a route its figures are told apart by. */
export interface MeasuredRoute {
  readonly method: string
  readonly path: string
  readonly contentType: string
}

export interface Metrics {
  request(route: MeasuredRoute, status: number, startedAt: bigint): void
  /** Whatever was refused, routed or not, by the problem's name. */
  refused(problem: string): void
  premiumComputed(): void
  /** In Prometheus' text format. */
  text(): Promise<string>
  readonly contentType: string
  close(): void
}

/** From an answer out of memory to a slow store. */
const latencyBucketsSeconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
const nanosecondsPerSecond = 1e9

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const loop = monitorEventLoopDelay({ resolution: 10 })
  loop.enable()

  const requests = new Counter({
    name: 'merit_http_requests_total',
    help: 'Requests by route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    registers,
  })
  const refusals = new Counter({
    name: 'merit_http_refusals_total',
    help: 'Requests refused, by the name of the problem.',
    labelNames: ['problem'] as const,
    registers,
  })
  const latency = new Histogram({
    name: 'merit_http_request_seconds',
    help: 'Time from the request to the end of its answer, by route.',
    labelNames: ['method', 'route'] as const,
    buckets: latencyBucketsSeconds,
    registers,
  })
  const premiums = new Counter({ name: 'merit_premiums_computed_total', help: 'Premiums computed since the start.', registers })
  gauge('merit_pricing_lag_seconds', 'How far pricing is behind the telemetry store.', () => sources.pricingLagMs() / 1000)
  gauge('merit_live_clients', 'Open live views.', () => sources.liveClients())
  gauge('merit_event_loop_delay_p99_seconds', 'Event-loop delay since the last scrape, 99th percentile.', () => p99(loop))
  gauge('merit_resident_bytes', 'Memory the process holds.', () => process.memoryUsage.rss())

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  }

  return {
    request({ method, path, contentType }, status, startedAt) {
      requests.inc({ method, route: path, status })
      // A live view is open for as long as somebody watches.
      if (contentType === 'text/event-stream') return
      latency.observe({ method, route: path }, Number(process.hrtime.bigint() - startedAt) / nanosecondsPerSecond)
    },
    refused: (problem) => refusals.inc({ problem }),
    premiumComputed: () => premiums.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    close: () => loop.disable(),
  }
}

function p99(loop: ReturnType<typeof monitorEventLoopDelay>): number {
  const seconds = loop.percentile(99) / nanosecondsPerSecond
  loop.reset()
  return Number.isFinite(seconds) ? seconds : 0
}
