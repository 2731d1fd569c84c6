// The news of appended readings in InfluxDB, a measurement of its own: series device and kind, time of the append,
// fields with the span of event time.
//
// A cursor is the time of the newest change its holder was told. Times come from the writer's clock, made strictly
// increasing, but several writers' clocks differ and a request that was given up may still take effect. So a reader looks
// back a few seconds before its cursor, and this process remembers what it has told from those seconds.

import { randomUUID } from 'node:crypto'
import type { DeviceRef } from '../../devices/contract/reading.ts'
import { deviceKinds } from '../../devices/contract/signals.ts'
import type { ChangesSince, DeviceChange } from '../telemetry-store.ts'
import type { InfluxRow } from './influx-answers.ts'
import { timeLiteral, timeOf } from './influx-readings.ts'
import type { InfluxServer } from './influx-server.ts'
import { encodePoint } from './line-protocol.ts'

export const changeMeasurement = 'merit_change'
/** How far clocks of writers may differ, and how long a request may be under way, before a change could be missed. */
export const lookBackMs = 5_000
/** Changes read one by one; a reader that is further behind is told one span for each device. */
const changesReadMax = 5_000
/** Cursors whose told changes are remembered: one for each reader, and a reader is a stage. */
const cursorsRememberedMax = 16

const columns = '"device", "kind", "from", "to"'

export class InfluxChanges {
  readonly #server: InfluxServer
  #lastToldAtMs: number | undefined
  /** By cursor: the changes told from the seconds before it. */
  readonly #told = new Map<string, ReadonlySet<string>>()

  constructor(server: InfluxServer) {
    this.#server = server
  }

  /** Lines that tell these changes. Times go on from the newest stored one, even when the clock was set back. */
  async lines(changes: readonly DeviceChange[], nowMs: number): Promise<readonly string[]> {
    this.#lastToldAtMs ??= (await this.#newest()) ?? 0
    const timeMs = Math.max(nowMs, this.#lastToldAtMs + 1)
    this.#lastToldAtMs = timeMs
    return changes.map(({ device, fromMs, toMs }) =>
      encodePoint({
        measurement: changeMeasurement,
        tags: { device: device.id, kind: device.kind },
        fields: { from: fromMs, to: toMs },
        timeMs,
      }),
    )
  }

  async since(cursor: string | undefined): Promise<ChangesSince> {
    const position = positionOf(cursor)
    if (position === undefined) return this.#fromFarBehind(cursor, undefined)
    const after = timeLiteral(position - lookBackMs)
    const [rows = []] = await this.#server.query([
      `SELECT ${columns} FROM "${changeMeasurement}" WHERE time > ${after} ORDER BY time LIMIT ${changesReadMax}`,
    ])
    if (rows.length === changesReadMax) return this.#fromFarBehind(cursor, position)
    const told = (cursor === undefined ? undefined : this.#told.get(cursor)) ?? new Set()
    const fresh = rows.filter((row) => !told.has(keyOf(row)))
    if (fresh.length === 0 && cursor !== undefined) return { cursor, changes: [] }
    return this.#tell(position, rows, fresh)
  }

  /** One span for each device up to a few seconds ago, computed by the server, and the changes since then. */
  async #fromFarBehind(cursor: string | undefined, position: number | undefined): Promise<ChangesSince> {
    const newest = await this.#newest()
    if (newest === undefined) return { cursor: cursor ?? 'influx:0', changes: [] }
    const after = position === undefined ? '' : `time > ${timeLiteral(position - lookBackMs)} AND`
    const border = timeLiteral(newest - lookBackMs)
    const [spans = [], rows = []] = await this.#server.query([
      `SELECT min("from") AS "from", max("to") AS "to" FROM "${changeMeasurement}" WHERE ${after} time <= ${border} GROUP BY "device", "kind"`,
      `SELECT ${columns} FROM "${changeMeasurement}" WHERE time > ${border} ORDER BY time`,
    ])
    return this.#tell(newest, rows, [...spans, ...rows])
  }

  #tell(position: number, recent: readonly InfluxRow[], changes: readonly InfluxRow[]): ChangesSince {
    const newest = recent.reduce((latest, row) => Math.max(latest, timeOf(row)), position)
    // The random part tells apart readers that are at the same time but were told different changes.
    const cursor = `influx:${newest}:${randomUUID()}`
    this.#told.set(cursor, new Set(recent.filter((row) => timeOf(row) > newest - lookBackMs).map(keyOf)))
    for (const oldest of this.#told.keys()) if (this.#told.size > cursorsRememberedMax) this.#told.delete(oldest)
    return { cursor, changes: spanOfEachDevice(changes) }
  }

  async #newest(): Promise<number | undefined> {
    const [rows = []] = await this.#server.query([`SELECT last("to") FROM "${changeMeasurement}"`])
    return rows[0] === undefined ? undefined : timeOf(rows[0])
  }

  /** Of one device, what was appended before then. */
  async forget({ id, kind }: DeviceRef, appendedBeforeMs: number): Promise<void> {
    const condition = `"device" = $device AND "kind" = '${kind}' AND time < ${timeLiteral(appendedBeforeMs)}`
    await this.#server.query([`DELETE FROM "${changeMeasurement}" WHERE ${condition}`], { device: id })
  }

  /**
   * Forgets changes whose readings are all gone: a reading is at most minutes newer than its append, so what was appended
   * before then was also taken before about then.
   */
  async prune(appendedBeforeMs: number): Promise<void> {
    await this.#server.query([`DELETE FROM "${changeMeasurement}" WHERE time < ${timeLiteral(appendedBeforeMs)}`])
  }
}

/** Undefined for no cursor and for one of another kind of store: both are told everything. */
function positionOf(cursor: string | undefined): number | undefined {
  const [store, time] = cursor?.split(':') ?? []
  const position = store === 'influx' ? Number(time) : Number.NaN
  return Number.isSafeInteger(position) ? position : undefined
}

function keyOf(row: InfluxRow): string {
  return `${timeOf(row)} ${row['kind']} ${row['device']}`
}

export function spanOfEachDevice(rows: readonly InfluxRow[]): readonly DeviceChange[] {
  const spans = new Map<string, { readonly device: DeviceRef; fromMs: number; toMs: number }>()
  for (const row of rows) {
    const kind = deviceKinds.find((candidate) => candidate === row['kind'])
    const [id, fromMs, toMs] = [row['device'], row['from'], row['to']]
    if (kind === undefined || typeof id !== 'string' || typeof fromMs !== 'number' || typeof toMs !== 'number') continue
    const key = `${kind} ${id}`
    const span = spans.get(key)
    if (span === undefined) spans.set(key, { device: { id, kind }, fromMs, toMs })
    else {
      span.fromMs = Math.min(span.fromMs, fromMs)
      span.toMs = Math.max(span.toMs, toMs)
    }
  }
  return [...spans.values()]
}
