// Who is connected: for every device the one connection that speaks for it, and what that connection subscribed to. The
// broker library keeps such a table too, but loses an entry when a device takes over while its old connection is closing.

import type { DeviceRef } from '../devices/contract/reading.ts'
import type { EndReason } from './connection-events.ts'
import type { LimitedConnection } from './limited-connection.ts'

/** The part of the broker library's client that sending needs. */
export interface Outlet {
  publish(
    message: { cmd: 'publish'; topic: string; payload: Buffer; qos: 1; retain: false; dup: false },
    done: (error?: Error) => void,
  ): void
}

export interface Session {
  /** Of this connection alone. */
  readonly id: string
  readonly device: DeviceRef
  readonly credentialId: string
  readonly connection: LimitedConnection
  readonly outlet: Outlet
  readonly subscriptions: Set<string>
  /** Why it is about to end, as far as this side knows. */
  ending: EndReason | undefined
}

export interface Sessions {
  /** Makes this the device's connection; an earlier one that is still open is cut. */
  enter(session: Session): void
  /** True when the session was the device's current one. */
  leave(session: Session): boolean
  current(deviceId: string): Session | undefined
  all(): Iterable<Session>
  count(): number
}

export function createSessions(): Sessions {
  const byDevice = new Map<string, Session>()
  return {
    enter(session) {
      const previous = byDevice.get(session.device.id)
      byDevice.set(session.device.id, session)
      if (previous === undefined || previous === session) return
      previous.ending ??= 'taken-over'
      previous.connection.destroy()
    },
    leave(session) {
      return byDevice.get(session.device.id) === session && byDevice.delete(session.device.id)
    },
    current: (deviceId) => byDevice.get(deviceId),
    all: () => byDevice.values(),
    count: () => byDevice.size,
  }
}
