// Reads an InfluxDB address: influxdb://USER:PASSWORD@HOST:PORT/DATABASE, or influxdbs:// for https.

import { OpenError } from '../open-error.ts'

export interface InfluxAddress {
  readonly protocol: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** Absent when the server asks for none. */
  readonly user: string | undefined
  readonly password: string
  readonly database: string
  /** Scheme, host and port: what may be shown and logged. */
  readonly origin: string
}

/** InfluxDB's own. */
const portDefault = 8086
const form = 'influxdb://USER:PASSWORD@HOST:8086/DATABASE (influxdbs:// for https; special characters as %XX)'

/** @throws OpenError `store-address`; its message never repeats the password */
export function parseInfluxAddress(text: string): InfluxAddress {
  const scheme = /^influxdb(s?):\/\//.exec(text)
  if (scheme === null || !URL.canParse(text)) throw new OpenError('store-address', `The telemetry address is not ${form}.`)
  const url = new URL(text)
  const protocol = scheme[1] === 's' ? 'https' : 'http'
  const database = decode(url.pathname.slice(1))
  if (url.hostname === '' || database === undefined || database === '' || database.includes('/') || url.search + url.hash !== '')
    throw new OpenError('store-address', `The telemetry address ${url.host}${url.pathname} is not ${form}.`)
  const [user, password] = [decode(url.username), decode(url.password)]
  if (user === undefined || password === undefined)
    throw new OpenError('store-address', `User or password of the telemetry address holds a stray %; expected ${form}.`)
  const port = url.port === '' ? portDefault : Number(url.port)
  return {
    protocol,
    host: url.hostname,
    port,
    user: user === '' ? undefined : user,
    password,
    database,
    origin: `${protocol}://${url.hostname}:${port}`,
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
