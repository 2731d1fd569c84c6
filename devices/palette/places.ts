// The Merits that a flow speaks to, and the devices it holds at them, each by the id of its configuration node: one connection for
// each device, however many nodes use it.

import type { DeviceKind } from '../contract/signals.ts'
import { connectFlowDevice, type FlowDevice, type FlowDeviceEvent } from './flow-device.ts'
import { claimDevice, type MeritPlace } from './merit-api.ts'

const places = new Map<string, MeritPlace>()
const heldDevices = new Map<string, HeldDevice>()

/** The node has no configuration node that is deployed. */
export class NotConfigured extends Error {
  readonly code = 'not-configured'
}

export function addPlace(id: string, place: MeritPlace): void {
  places.set(id, place)
}

export function removePlace(id: string): void {
  places.delete(id)
}

/** @throws NotConfigured with these words */
export function placeOf(id: string, words: string): MeritPlace {
  const place = places.get(id)
  if (place === undefined) throw new NotConfigured(words)
  return place
}

/** Secrets that a flow claimed, by Merit and device: until Node-RED ends. */
const claimedSecrets = new Map<string, string>()
const claimKey = (place: MeritPlace, device: string) => `${place.apiUrl} ${device}`

export function keepClaimed(place: MeritPlace, device: string, secret: string): void {
  claimedSecrets.set(claimKey(place, device), secret)
  // Its old secret has ended, and with it the connection.
  for (const held of heldDevices.values()) if (held.id === device && held.apiUrl === place.apiUrl) held.signInAgain()
}

export interface DeviceOptions {
  readonly place: MeritPlace
  readonly id: string
  readonly kind: DeviceKind
  /** Empty: the device is claimed with the place's key. */
  readonly secret: string
}

export interface HeldDevice {
  readonly id: string
  readonly kind: DeviceKind
  readonly apiUrl: string
  /** Claims the device where it has no secret, signs in, publishes. @throws MeritApiError or the connection's own error */
  publish(bytes: Uint8Array): Promise<void>
  /** What a faulty device does to its connection: `cut`, `rejoin 3` or `try-wrong-secret`. */
  disturb(what: string): Promise<void>
  /** The same without a message: for who only listens. */
  signIn(): Promise<void>
  /** @returns what ends it */
  watch(listen: (event: FlowDeviceEvent) => void): () => void
  signInAgain(): void
  close(): Promise<void>
}

export function addDevice(nodeId: string, options: DeviceOptions): void {
  heldDevices.set(nodeId, holdDevice(options))
}

export async function removeDevice(nodeId: string): Promise<void> {
  const held = heldDevices.get(nodeId)
  heldDevices.delete(nodeId)
  await held?.close()
}

/** @throws NotConfigured with these words */
export function deviceOf(nodeId: string, words: string): HeldDevice {
  const held = heldDevices.get(nodeId)
  if (held === undefined) throw new NotConfigured(words)
  return held
}

function holdDevice({ place, id, kind, secret }: DeviceOptions): HeldDevice {
  const watchers = new Set<(event: FlowDeviceEvent) => void>()
  let connecting: Promise<FlowDevice> | undefined
  const connect = async (): Promise<FlowDevice> => {
    const own = secret === '' ? (claimedSecrets.get(claimKey(place, id)) ?? (await claim())) : secret
    const onEvent = (event: FlowDeviceEvent) => {
      // A secret that was replaced elsewhere is not tried again: the next message claims the device anew.
      if (event.kind === 'refused') {
        claimedSecrets.delete(claimKey(place, id))
        connecting = undefined
      }
      for (const watcher of watchers) watcher(event)
    }
    return connectFlowDevice({ url: place.mqttUrl, device: { id, kind }, secret: own, onEvent })
  }
  const claim = async (): Promise<string> => {
    const claimed = await claimDevice(place, { id, kind, label: id })
    claimedSecrets.set(claimKey(place, id), claimed.secret)
    return claimed.secret
  }
  const connected = (): Promise<FlowDevice> => {
    connecting ??= connect().catch((error: unknown) => {
      connecting = undefined
      throw error
    })
    return connecting
  }
  const close = async (): Promise<void> => {
    const device = connecting
    connecting = undefined
    await (await device?.catch(() => undefined))?.close()
  }
  return {
    id,
    kind,
    apiUrl: place.apiUrl,
    publish: async (bytes) => (await connected()).publish(bytes),
    disturb: async (what) => (await connected()).disturb(what),
    signIn: async () => void (await connected()),
    watch(listen) {
      watchers.add(listen)
      return () => watchers.delete(listen)
    },
    signInAgain: () => void close(),
    async close() {
      watchers.clear()
      await close()
    },
  }
}
