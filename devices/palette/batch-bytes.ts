// What a flow hands to a device, as the bytes of a batch: readings by the names of the contract, or whatever it made itself.

import type { DeviceKind } from '../contract/signals.ts'
import { encodeTelemetry } from '../contract/telemetry.ts'

/** Goes out as it is, and the receipt says what Merit thinks of it. */
export function batchBytes(kind: DeviceKind, seq: number, sentMs: number, payload: unknown): Uint8Array {
  if (payload instanceof Uint8Array) return payload
  if (typeof payload === 'string') return new TextEncoder().encode(payload)
  const empty: unknown = JSON.parse(encodeTelemetry(kind, seq, sentMs, []))
  const readings = Array.isArray(payload) ? payload : [payload]
  return new TextEncoder().encode(JSON.stringify({ ...(isObject(empty) ? empty : {}), readings }))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
