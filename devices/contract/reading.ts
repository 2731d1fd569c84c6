// A reading: what one device said about one instant. The unit of everything behind the broker.

import type { DeviceKind, HomeValues, VehicleValues } from './signals.ts'

interface ReadingOf<Kind extends DeviceKind, Values> {
  readonly kind: Kind
  readonly device: string
  /** The device's own clock, epoch milliseconds. Together with `device` it identifies the reading. */
  readonly takenAtMs: number
  readonly values: Values
}

export type VehicleReading = ReadingOf<'vehicle', VehicleValues>
export type HomeReading = ReadingOf<'home', HomeValues>
export type Reading = VehicleReading | HomeReading

/** A registered device as far as the contract cares. */
export interface DeviceRef {
  readonly id: string
  readonly kind: DeviceKind
}

/** Letters, digits, dot, underscore and hyphen; it is also the MQTT client id and a topic level. */
export const deviceIdPattern = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'
const deviceIdExpression = new RegExp(deviceIdPattern)

export function isDeviceId(value: string): boolean {
  return deviceIdExpression.test(value)
}
