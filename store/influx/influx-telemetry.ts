// The telemetry store in InfluxDB 1.x. One process appends, one append at a time; any number read.

import type { DeviceRef, Reading } from '../../devices/contract/reading.ts'
import { deviceKinds } from '../../devices/contract/signals.ts'
import { futureToleranceMsMax } from '../../devices/contract/telemetry.ts'
import { OpenError } from '../open-error.ts'
import { assertStorable } from '../reading-equality.ts'
import { type Appended, type ChangesSince, type Retention, StoreUnavailable, type TelemetryStore } from '../telemetry-store.ts'
import { lookUpSpans, readingKey, settle, spansOf } from './append-plan.ts'
import { deviceKey, HighWaterMarks } from './high-water-marks.ts'
import { parseInfluxAddress } from './influx-address.ts'
import { InfluxChanges } from './influx-changes.ts'
import { measurementOf, presenceField, readingLine, readingOf, selectReadings, timeLiteral } from './influx-readings.ts'
import { InfluxDatabaseMissing, InfluxDenied, InfluxServer, InfluxSignInRefused } from './influx-server.ts'
import { type RefusedLine, writeLines } from './write-lines.ts'

/** About 1 MB of answer. */
export const readingsPerPage = 5_000

/**
 * Signs in and creates the database when it is missing.
 * @param requestMsMax when a request is given up
 * @throws OpenError for a wrong address, password or database; StoreUnavailable when the server does not answer
 */
export async function openInfluxTelemetry(url: string, requestMsMax?: number): Promise<TelemetryStore> {
  const server = new InfluxServer(parseInfluxAddress(url), requestMsMax)
  try {
    await probe(server)
  } catch (error) {
    if (!(error instanceof InfluxDatabaseMissing)) throw explain(error, server)
    try {
      await server.createDatabase()
      await probe(server)
    } catch (refusal) {
      throw refusal instanceof InfluxDenied ? missing(refusal, server) : explain(refusal, server)
    }
  }
  return new InfluxTelemetry(server)
}

/** An empty write is answered like any other: 401, 403 or 404 when a real one would be. */
async function probe(server: InfluxServer): Promise<void> {
  await server.write('', 'ms')
  await server.query([`SELECT last("${presenceField}") FROM "${measurementOf.vehicle}"`])
}

function missing(refusal: Error, { address: { origin, database } }: InfluxServer): OpenError {
  const message = `InfluxDB at ${origin} has no database "${database}" and this user may not create it. As its administrator: CREATE DATABASE "${database}".`
  return new OpenError('store-missing', message, { cause: refusal })
}

function explain(error: unknown, { address: { database, user } }: InfluxServer): unknown {
  if (error instanceof InfluxSignInRefused) return new OpenError('store-sign-in', error.message, { cause: error })
  if (!(error instanceof InfluxDenied)) return error
  const message = `${error.message} As its administrator: GRANT ALL ON "${database}" TO "${user}".`
  return new OpenError('store-denied', message, { cause: error })
}

class InfluxTelemetry implements TelemetryStore {
  readonly #server: InfluxServer
  readonly #marks: HighWaterMarks
  readonly #changes: InfluxChanges
  /** Looking up and writing must not interleave with another append's. */
  #lastAppend: Promise<unknown> = Promise.resolve()

  constructor(server: InfluxServer) {
    this.#server = server
    this.#marks = new HighWaterMarks(server)
    this.#changes = new InfluxChanges(server)
  }

  async append(readings: readonly Reading[]): Promise<Appended> {
    readings.forEach(assertStorable)
    const devices = spansOf(readings).map((span) => span.device)
    const appended = this.#lastAppend.then(async () => {
      try {
        return await this.#append(readings, devices)
      } catch (error) {
        this.#marks.forget(devices)
        throw error
      }
    })
    this.#lastAppend = appended.catch(() => {})
    return appended
  }

  async #append(readings: readonly Reading[], devices: readonly DeviceRef[]): Promise<Appended> {
    if (readings.length === 0) return { stored: 0, duplicates: 0, conflicts: [] }
    await this.#marks.learn(devices)
    const { first, duplicates, conflicts } = settle(readings, await this.#standing(readings))
    const refused = await this.#write(first.map(readingLine))
    // Told after the readings are there, and told for duplicates too: after a crash between the two nobody can know
    // whether a reading that is stored was told.
    const told = await this.#write(await this.#changes.lines(spansOf(readings), Date.now()))
    for (const reading of first) this.#marks.raise({ id: reading.device, kind: reading.kind }, reading.takenAtMs)
    this.#marks.trim()
    const [refusal] = [...refused, ...told]
    if (refusal !== undefined) {
      const count = refused.length
      throw new StoreUnavailable(
        `InfluxDB at ${this.#server.address.origin} refuses ${count} of ${readings.length} readings (${refusal.reason}). The others are stored; it is tried again.`,
      )
    }
    return { stored: first.length, duplicates, conflicts }
  }

  #write(lines: readonly string[]): Promise<readonly RefusedLine[]> {
    return writeLines(lines, (body) => this.#server.write(body, 'ms'))
  }

  /** Stored readings at the instants of those that are not newer than everything stored. */
  async #standing(readings: readonly Reading[]): Promise<ReadonlyMap<string, Reading>> {
    const doubtful = readings.filter(({ device: id, kind, takenAtMs }) => takenAtMs <= this.#marks.of({ id, kind }))
    const ofDevice = Map.groupBy(doubtful, ({ device: id, kind }) => deviceKey({ id, kind }))
    const wanted = new Set(doubtful.map(readingKey))
    const standing = new Map<string, Reading>()
    for (const asked of ofDevice.values())
      for (const { device, fromMs, toMs } of lookUpSpans(asked))
        for await (const reading of this.range(device, fromMs, toMs + 1))
          if (wanted.has(readingKey(reading))) standing.set(readingKey(reading), reading)
    return standing
  }

  async *range(device: DeviceRef, fromMs: number, toMs: number): AsyncIterable<Reading> {
    let nextMs = fromMs
    for (;;) {
      const span = `AND time >= ${timeLiteral(nextMs)} AND time < ${timeLiteral(toMs)} ORDER BY time LIMIT ${readingsPerPage}`
      const [rows = []] = await this.#server.query([selectReadings(device.kind, span)], { device: device.id })
      for (const row of rows) {
        const reading = readingOf(device, row)
        nextMs = reading.takenAtMs + 1
        yield reading
      }
      if (rows.length < readingsPerPage) return
    }
  }

  async latest(device: DeviceRef): Promise<Reading | undefined> {
    const newest = selectReadings(device.kind, 'ORDER BY time DESC LIMIT 1')
    const [rows = []] = await this.#server.query([newest], { device: device.id })
    return rows[0] === undefined ? undefined : readingOf(device, rows[0])
  }

  async count(device?: DeviceRef): Promise<number> {
    const kinds = device === undefined ? deviceKinds : [device.kind]
    const condition = device === undefined ? '' : 'WHERE "device" = $device'
    const statements = kinds.map(
      (kind) => `SELECT count("${presenceField}") AS "readings" FROM "${measurementOf[kind]}" ${condition}`,
    )
    const answers = await this.#server.query(statements, device === undefined ? {} : { device: device.id })
    return answers.flat().reduce((sum, row) => sum + Number(row['readings']), 0)
  }

  devicesChangedSince(cursor?: string): Promise<ChangesSince> {
    return this.#changes.since(cursor)
  }

  async retain({ keepSinceMs }: Retention): Promise<void> {
    const before = timeLiteral(keepSinceMs)
    await this.#server.query(deviceKinds.map((kind) => `DELETE FROM "${measurementOf[kind]}" WHERE time < ${before}`))
    await this.#changes.prune(keepSinceMs - futureToleranceMsMax)
  }

  /** InfluxDB says at once that they are gone; its files lose them with its next compaction. */
  async erase(device: DeviceRef, beforeMs: number): Promise<number> {
    const condition = `"device" = $device AND time < ${timeLiteral(beforeMs)}`
    const measurement = measurementOf[device.kind]
    const counted = `SELECT count("${presenceField}") AS "readings" FROM "${measurement}" WHERE ${condition}`
    const [[row] = []] = await this.#server.query([counted], { device: device.id })
    await this.#server.query([`DELETE FROM "${measurement}" WHERE ${condition}`], { device: device.id })
    await this.#changes.forget(device, beforeMs)
    return Number(row?.['readings'] ?? 0)
  }

  async close(): Promise<void> {
    await this.#lastAppend
  }
}
