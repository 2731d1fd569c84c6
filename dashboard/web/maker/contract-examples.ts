// Payloads to start from, one of each kind; a test holds them to the contract.

import type { DeviceKind } from '../../../devices/contract/signals.ts'

/** @param atMs when the reading is said to be taken */
export function exampleBatch(kind: DeviceKind, atMs: number): string {
  const values =
    kind === 'vehicle'
      ? { Speed: 48.2, Latitude: 52.3702, Longitude: 4.8951, Heading: 91, AccelerationLongitudinal: -0.4, Ignition: true }
      : { WaterLeak: false, WaterFlow: 0, Temperature: 20.5, Humidity: 48, Smoke: false, Locked: true, BatteryLevel: 88 }
  return JSON.stringify({ schema: `${kind}/1`, seq: 1, sent: atMs, readings: [{ t: atMs, ...values }] }, null, 2)
}

export const exampleState = JSON.stringify({ state: 'online', session: 1, firmware: '1.4.2', batteryPercent: 88 }, null, 2)
