// The id of a trip: computing the same trip again gives the same one.

import { sha256 } from './canonical-json.ts'

/** 80 bits of a hash of device and start. */
const idDigits = 20

export function tripId(deviceId: string, startedAtMs: number): string {
  return sha256(`${deviceId}\n${startedAtMs}`).slice(0, idDigits)
}
