// Talks to one InfluxDB database: queries through the `influx` client, writes as own requests, because a client's own
// buffering and retrying drops lines. Every request has a time limit, and every failure says whether it is worth a retry.

import { InfluxDB } from 'influx'
import { StoreUnavailable } from '../telemetry-store.ts'
import type { InfluxAddress } from './influx-address.ts'
import { type InfluxRow, parseAnswer } from './influx-answers.ts'

/** InfluxDB's own limit for a write is 10 s; whoever has not answered after this hangs. */
export const requestMsDefault = 15_000

/** The server answered, and refuses user or password. */
export class InfluxSignInRefused extends StoreUnavailable {}
/** The server answered, and this user has not the rights. */
export class InfluxDenied extends StoreUnavailable {}
/** The server answered, and has no such database. */
export class InfluxDatabaseMissing extends StoreUnavailable {}
/** The server answered, and refuses what was asked. */
export class InfluxRefusal extends StoreUnavailable {}

/** What the server made of a body of lines. `refused`: at least one line was, and others may have been written. */
export type WriteAnswer = { readonly kind: 'written' } | { readonly kind: 'refused'; readonly reason: string }

/** InfluxQL's bound parameters: `$name` in a condition stands for the value, whatever characters it holds. */
export type Bindings = Readonly<Record<string, string | number>>

export class InfluxServer {
  readonly address: InfluxAddress
  readonly #client: InfluxDB
  readonly #requestMsMax: number

  constructor(address: InfluxAddress, requestMsMax = requestMsDefault) {
    this.address = address
    this.#requestMsMax = requestMsMax
    this.#client = new InfluxDB({
      host: address.host,
      port: address.port,
      protocol: address.protocol,
      database: address.database,
      ...(address.user === undefined ? {} : { username: address.user, password: address.password }),
      // One server, so leaving it out for a while after a failure would only refuse queries that might succeed.
      pool: { maxRetries: 0, requestTimeout: requestMsMax, backoff: noBackoff },
    })
  }

  /** Rows of each statement; times are epoch milliseconds. */
  async query(statements: readonly string[], bindings: Bindings = {}): Promise<readonly (readonly InfluxRow[])[]> {
    const options = { method: 'POST', precision: 'ms', placeholders: { ...bindings } } as const
    const answer = parseAnswer(await this.#orUnavailable(() => this.#client.queryRaw([...statements], options)))
    if (answer.kind === 'error') throw this.#refusal(200, answer.reason)
    return answer.statements
  }

  async createDatabase(): Promise<void> {
    await this.#orUnavailable(() => this.#client.createDatabase(this.address.database))
  }

  /** @param precision unit of the lines' times */
  async write(lines: string, precision: 'ms'): Promise<WriteAnswer> {
    const { origin, database, user, password } = this.address
    const credentials = Buffer.from(`${user}:${password}`).toString('base64')
    const answer = await this.#orUnavailable(async () => {
      const response = await fetch(`${origin}/write?db=${encodeURIComponent(database)}&precision=${precision}`, {
        method: 'POST',
        headers: user === undefined ? {} : { authorization: `Basic ${credentials}` },
        body: lines,
      })
      return { status: response.status, body: await response.text() }
    })
    if (answer.status === 204) return { kind: 'written' }
    const reason = reasonIn(answer.body)
    // 400: a line cannot be parsed or was dropped; 413: the body is too long. Fewer lines at once may pass.
    if (answer.status === 400 || answer.status === 413) return { kind: 'refused', reason }
    throw this.#refusal(answer.status, reason)
  }

  /** The client waits for ever when a connection breaks inside an answer, hence an own limit around every request. */
  async #orUnavailable<Result>(request: () => Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${this.#requestMsMax / 1000} s`)), this.#requestMsMax)
    })
    try {
      return await Promise.race([request(), late])
    } catch (error) {
      const status = statusOf(error)
      if (status !== undefined) throw this.#refusal(status, reasonOf(error))
      throw new StoreUnavailable(`InfluxDB at ${this.address.origin} does not answer (${reasonOf(error)}).`)
    } finally {
      clearTimeout(timer)
    }
  }

  #refusal(status: number, reason: string): StoreUnavailable {
    const { origin, database } = this.address
    if (status === 401)
      return new InfluxSignInRefused(`InfluxDB at ${origin} refuses the user or the password (${reason}). Check the address.`)
    if (status === 403) return new InfluxDenied(`InfluxDB at ${origin} denies this user what Merit needs (${reason}).`)
    if (/database not found/i.test(reason))
      return new InfluxDatabaseMissing(`InfluxDB at ${origin} has no database "${database}".`)
    return new InfluxRefusal(`InfluxDB at ${origin} refuses (${status}: ${reason}).`)
  }
}

const noBackoff = { getDelay: () => 0, next: () => noBackoff, reset: () => noBackoff }

/** The client's errors carry the request with its password; only their text goes further. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  const text = `${error.message}${cause}`
  const body = /\{.*\}/s.exec(text)?.[0]
  return body === undefined ? text || error.name : reasonIn(body)
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('res' in error)) return undefined
  const response: unknown = error.res
  const status = typeof response === 'object' && response !== null ? Reflect.get(response, 'statusCode') : undefined
  return typeof status === 'number' ? status : undefined
}

function reasonIn(body: string): string {
  try {
    const answer = parseAnswer(JSON.parse(body))
    return answer.kind === 'error' ? answer.reason : body
  } catch {
    return body.trim() || 'no reason given'
  }
}
