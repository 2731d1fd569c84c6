// What a device may do with which topic. Everything not named here is refused: default deny. Pure; the broker asks.

import { deviceTopic, downChannels, type UpChannel, upChannels } from '../devices/contract/topics.ts'

export interface Publication {
  readonly topic: string
  readonly retain?: boolean | undefined
}

/** The channel a device may publish this on, or undefined when it may not: another's topic, a wildcard, a retained message. */
export function channelOf(deviceId: string, { topic, retain }: Publication): UpChannel | undefined {
  // Retained messages are scanned in full at every SUBSCRIBE, so they would be a way to slow everyone down.
  if (retain === true) return undefined
  return upChannels.find((channel) => topic === deviceTopic(deviceId, channel))
}

/** Exactly the device's own three downward topics: no wildcard, no `$share`, no `$SYS`. */
export function maySubscribe(deviceId: string, filter: string): boolean {
  return downChannels.some((channel) => filter === deviceTopic(deviceId, channel))
}

/** A Last Will speaks for its own device only, and only about its state. */
export function mayLeaveWill(deviceId: string, will: Publication): boolean {
  return channelOf(deviceId, will) === 'state'
}
