// Remembers the newest stored reading of each device. What is newer cannot be stored yet and is written at once; only
// what is not newer must be looked up first, because InfluxDB would overwrite the reading that stands.
//
// This holds as long as one process at a time appends a device's readings, which is how edge runs.

import type { DeviceRef } from '../../devices/contract/reading.ts'
import { measurementOf, presenceField, timeOf } from './influx-readings.ts'
import type { InfluxServer } from './influx-server.ts'

/** About 20 MB; a device beyond them is asked for again. */
const marksMax = 200_000
/** Devices asked about in one request. */
const devicesPerQuery = 200

export function deviceKey(device: DeviceRef): string {
  return `${device.kind}/${device.id}`
}

export class HighWaterMarks {
  readonly #server: InfluxServer
  readonly #newestMs = new Map<string, number>()

  constructor(server: InfluxServer) {
    this.#server = server
  }

  /** Asks the server about the devices that are not known yet. */
  async learn(devices: readonly DeviceRef[]): Promise<void> {
    const unknown = devices.filter((device) => !this.#newestMs.has(deviceKey(device)))
    for (let from = 0; from < unknown.length; from += devicesPerQuery) {
      const asked = unknown.slice(from, from + devicesPerQuery)
      const statements = asked.map(
        ({ kind }, at) => `SELECT last("${presenceField}") FROM "${measurementOf[kind]}" WHERE "device" = $d${at}`,
      )
      const answers = await this.#server.query(statements, Object.fromEntries(asked.map(({ id }, at) => [`d${at}`, id])))
      asked.forEach((device, at) => {
        const row = answers[at]?.[0]
        this.#newestMs.set(deviceKey(device), row === undefined ? Number.NEGATIVE_INFINITY : timeOf(row))
      })
    }
  }

  /** Nothing of a device newer than this is stored; of a device that was not learned, everything may be. */
  of(device: DeviceRef): number {
    return this.#newestMs.get(deviceKey(device)) ?? Number.POSITIVE_INFINITY
  }

  raise(device: DeviceRef, takenAtMs: number): void {
    const key = deviceKey(device)
    const mark = this.#newestMs.get(key)
    if (mark !== undefined && takenAtMs > mark) this.#newestMs.set(key, takenAtMs)
  }

  /** After a failed append nobody knows what was written. */
  forget(devices: readonly DeviceRef[]): void {
    for (const device of devices) this.#newestMs.delete(deviceKey(device))
  }

  trim(): void {
    for (const oldest of this.#newestMs.keys()) {
      if (this.#newestMs.size <= marksMax) return
      this.#newestMs.delete(oldest)
    }
  }
}
