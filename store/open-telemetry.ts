// Opens the telemetry store that a URL names. The only place that knows which implementations exist.

import { openInfluxTelemetry } from './influx/influx-telemetry.ts'
import { OpenError } from './open-error.ts'
import { openSqliteTelemetry } from './sqlite/sqlite-telemetry.ts'
import type { TelemetryStore } from './telemetry-store.ts'

export interface TelemetryOptions {
  /** When a server's request is given up; 15 s unless said otherwise. */
  readonly requestMsMax?: number
}

/**
 * @param url `sqlite:/absolute/path`, `influxdb://user:password@host:port/database`, or `influxdbs://` for https
 * @throws OpenError (see its codes) or, when the server does not answer, StoreUnavailable
 */
export async function openTelemetryStore(url: string, options: TelemetryOptions = {}): Promise<TelemetryStore> {
  if (url.startsWith('sqlite:')) return openSqliteTelemetry(url)
  if (/^influxdbs?:/.test(url)) return openInfluxTelemetry(url, options.requestMsMax)
  throw new OpenError(
    'store-address',
    `A telemetry store is sqlite:/absolute/path or influxdb://USER:PASSWORD@HOST:8086/DATABASE.`,
  )
}
