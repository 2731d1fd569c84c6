// A simulated fleet of this machine: signs its devices in with short-lived credentials and takes these back when it stops.

import { issueLocalCredential, type LocalCredential } from '../broker/registry.ts'
import {
  type Fleet,
  type FleetCounts,
  type FleetDevice,
  type FleetOptions,
  type FleetReport,
  startFleet,
} from '../devices/simulator/fleet.ts'
import type { Book } from '../store/book/schema.ts'
import type { Configuration } from './configuration.ts'
import { localCredentialMsMax, mqttUrlOf } from './local-device.ts'

type WithoutSecret<Device> = Device extends FleetDevice ? Omit<Device, 'secret'> : never
export type LocalFleetMember = WithoutSecret<FleetDevice>

export interface LocalFleet {
  readonly configuration: Configuration
  readonly book: Book
  readonly members: readonly LocalFleetMember[]
  readonly seed: string
  readonly signal: AbortSignal
  readonly onCount?: (counts: FleetCounts) => void
  /** Simulated seconds a second, and where simulated time begins when that is not now. */
  readonly speed?: number
  readonly startMs?: number
  readonly publishMs?: number
  readonly onReading?: FleetOptions['onReading']
  readonly onTruth?: FleetOptions['onTruth']
  /** When every device is signed in. */
  readonly onStart?: (fleet: Fleet) => void
}

/**
 * Publishes live until the signal stops it; undefined when that came before it started.
 * @throws DeviceError, UnknownDevice
 */
export async function runLocalFleet(fleet: LocalFleet): Promise<FleetReport | undefined> {
  const { configuration, book, seed, signal, onCount } = fleet
  const credentials: LocalCredential[] = []
  try {
    const devices: FleetDevice[] = []
    for (const member of fleet.members) {
      const credential = await issueLocalCredential(book, member.id, localCredentialMsMax, Date.now())
      credentials.push(credential)
      devices.push({ ...member, secret: credential.secret })
    }
    if (signal.aborted) return undefined
    const { publishMs, onReading, onTruth } = fleet
    const telling = {
      ...(onCount === undefined ? {} : { onCount }),
      ...(publishMs === undefined ? {} : { publishMs }),
      ...(onReading === undefined ? {} : { onReading }),
      ...(onTruth === undefined ? {} : { onTruth }),
    }
    const livesFromMs = Date.now()
    const running = await startFleet({
      devices,
      mqttUrl: mqttUrlOf(configuration),
      seed,
      speed: fleet.speed ?? 1,
      nowMs: fleet.startMs ?? livesFromMs,
      livesFromMs,
      signal,
      ...telling,
    })
    fleet.onStart?.(running)
    return await running.closed
  } finally {
    for (const credential of credentials) await credential.revoke()
  }
}
