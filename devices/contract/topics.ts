// The topics of the wire contract: merit/v1/{device}/{channel}.

import { isDeviceId } from './reading.ts'

/** Devices publish on the first two and subscribe to the other three; everything else is refused. */
export const upChannels = ['telemetry', 'state'] as const
export const downChannels = ['receipt', 'config', 'nudge'] as const

export type UpChannel = (typeof upChannels)[number]
export type DownChannel = (typeof downChannels)[number]
export type Channel = UpChannel | DownChannel

export interface DeviceTopic {
  readonly device: string
  readonly channel: Channel
}

const channels: readonly Channel[] = [...upChannels, ...downChannels]

export function deviceTopic(device: string, channel: Channel): string {
  return `merit/v1/${device}/${channel}`
}

/** The topic's parts, or undefined for any string that is not exactly one of the contract's topics. */
export function parseDeviceTopic(topic: string): DeviceTopic | undefined {
  const levels = topic.split('/')
  const [root, version, device, name] = levels
  if (levels.length !== 4 || root !== 'merit' || version !== 'v1' || device === undefined) return undefined
  const channel = channels.find((candidate) => candidate === name)
  return channel !== undefined && isDeviceId(device) ? { device, channel } : undefined
}
